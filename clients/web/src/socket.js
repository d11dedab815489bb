/**
 * The gateway's universal endpoint over a WebSocket (facts/ai-gateway.md 6.6): many requests on one connection, told
 * apart by their event ids. It opens when there is something to ask, and comes back while something is unanswered.
 *
 * The protocol cannot go on with an answer where it was cut, and it cannot take a request back. So after a cut
 * connection a request that was never sent is sent; one that was sent and has no answer is sent again only if `resend`
 * says so, because it may be carried out, and paid for, twice; a stream that has begun fails.
 */

import { pauseAfter, wait } from "./backoff.js";
import { ConnectionError } from "./errors.js";
import { gatewayHeaders } from "./options.js";
import { PendingAnswer, PendingStream } from "./pending.js";

/** @typedef {import("./answers.js").Json} Json */
/** @typedef {import("./pending.js").Pending<any>} AnyPending */
/** @typedef {"idle" | "connecting" | "open" | "waiting" | "closed"} SocketState */
/**
 * @typedef {object} SocketOptions
 * @property {boolean} [resend] whether requests that were sent and have no answer are sent again; default false
 * @property {number} [reconnects] how many tries may fail one after the other; default 6
 * @property {number} [first] the longest first pause, milliseconds; default 500, doubled each time
 * @property {number} [longest] the longest pause of all, milliseconds; default 30,000
 */
/**
 * @typedef {object} AskExtras
 * @property {AbortSignal} [signal]
 * @property {Record<string, string>} [headers] further headers, such as a provider's key
 * @property {boolean} [resend] as for the whole connection
 */
/** @typedef {import("./options.js").HeaderOptions & AskExtras} AskOptions */
/** @typedef {{provider: string, endpoint: string, query: Json}} Item as at the universal endpoint */

const OPEN = 1;
// With another one beside it, servers need not repeat the token in their answer.
const PROTOCOL = "realtime";
const TOKEN_PROTOCOL = "cf-aig-authorization.";

/** Fires `statechange`; `state` tells what it is. */
export class GatewaySocket extends EventTarget {
  #place;
  #options;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<string, AnyPending>} */
  #pending = new Map();
  #failures = 0;
  #stopWaiting = () => {};

  /**
   * @param {{url: string, token: string | null, WebSocket: typeof globalThis.WebSocket}} place
   * @param {SocketOptions} options
   * @throws {RangeError} for a token that browsers cannot send
   */
  constructor({ url, token, WebSocket }, { resend = false, reconnects = 6, first = 500, longest = 30_000 }) {
    super();
    // A subprotocol is a token in the sense of RFC 9110, 5.6.2.
    if (token !== null && !/^[\w!#$%&'*+.^`|~-]+$/.test(token))
      throw new RangeError("token: has characters that browsers cannot send with a WebSocket");
    this.#place = { url: url.replace(/^http/, "ws"), token, WebSocket };
    this.#options = { resend, reconnects, first, longest };
    /** @type {SocketState} */
    this.state = "idle";
  }

  /**
   * Asks for a whole answer.
   * @param {Json} body of OpenAI's chat completions
   * @param {AskOptions} [options]
   * @returns {Promise<import("./answers.js").Answer>}
   */
  async chat(body, options = {}) {
    if (body.stream) throw new TypeError("stream(body) asks for a stream");
    return this.ask({ provider: "compat", endpoint: "chat/completions", query: body }, options);
  }

  /**
   * Asks for an answer that comes in parts.
   * @param {Json} body of OpenAI's chat completions; `stream` is set
   * @param {AskOptions} [options]
   * @returns {Promise<import("./answers.js").ChatStream>}
   */
  async stream(body, options = {}) {
    const query = { ...body, stream: true };
    const { id, text, resend } = this.#written({ provider: "compat", endpoint: "chat/completions", query }, options);
    /** @type {PendingStream} */
    const pending = new PendingStream(text, resend, () => this.#leave(id, pending));
    return this.#begin(id, pending, options.signal);
  }

  /**
   * Asks anything else that takes and gives JSON.
   * @param {Item} item
   * @param {AskOptions} [options]
   * @returns {Promise<import("./answers.js").Answer>}
   */
  async ask(item, options = {}) {
    const { id, text, resend } = this.#written(item, options);
    return this.#begin(id, new PendingAnswer(text, resend), options.signal);
  }

  /** Ends the connection and everything on it, for good. */
  close() {
    this.#failAll(() => true, new DOMException("the connection was closed", "AbortError"));
    this.#stopWaiting();
    this.#drop();
    this.#become("closed");
  }

  /**
   * @param {Item} item
   * @param {AskOptions} options
   */
  #written(item, { signal, headers, event_id, resend = this.#options.resend, ...named }) {
    if (this.state === "closed") throw new TypeError("the connection is closed");
    const id = event_id ?? newId();
    if (this.#pending.has(id)) throw new RangeError(`event_id: ${id} waits for its answer already`);
    const request = { eventId: id, ...item, headers: { ...gatewayHeaders({ ...named, event_id }), ...headers } };
    return { id, text: JSON.stringify({ type: "universal.create", request }), resend };
  }

  /**
   * @template T
   * @param {string} id
   * @param {import("./pending.js").Pending<T>} pending
   * @param {AbortSignal | undefined} signal
   */
  async #begin(id, pending, signal) {
    signal?.throwIfAborted();
    const abort = () => {
      this.#leave(id, pending);
      pending.abort(signal?.reason);
    };
    signal?.addEventListener("abort", abort);
    pending.release = () => signal?.removeEventListener("abort", abort);
    this.#pending.set(id, pending);
    this.#flush();
    return pending.promise;
  }

  /** Sends what was not sent, and opens the connection first if there is none. */
  #flush() {
    if (this.#socket === null && this.state !== "waiting") this.#open();
    if (this.#socket?.readyState !== OPEN) return;
    for (const pending of this.#pending.values()) {
      if (pending.sent) continue;
      pending.sent = true;
      this.#socket.send(pending.text);
    }
  }

  #open() {
    const socket = this.#socketOrNone();
    this.#socket = socket;
    if (socket === null) return;
    this.#become("connecting");
    socket.addEventListener("open", () => {
      if (socket !== this.#socket) return;
      this.#become("open");
      this.#flush();
    });
    socket.addEventListener("message", ({ data }) => {
      if (socket === this.#socket) this.#take(data);
    });
    // An error is always followed by a close, which tells all that browsers let pages know.
    socket.addEventListener("error", () => {});
    socket.addEventListener("close", ({ code }) => {
      if (socket === this.#socket) this.#lost(code);
    });
  }

  /** A page that may not connect at all (Content-Security-Policy) is told at once. */
  #socketOrNone() {
    const { url, token, WebSocket } = this.#place;
    try {
      return new WebSocket(url, token === null ? [] : [PROTOCOL, TOKEN_PROTOCOL + token]);
    } catch (cause) {
      this.#giveUp(new ConnectionError({ message: "this page may not connect there", cause }));
      return null;
    }
  }

  /** @param {unknown} data */
  #take(data) {
    const message = parsed(data);
    const id = message.metadata?.eventId ?? this.#onlyOne(message);
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#failures = 0;
    pending.take(message);
    if (pending.done) this.#remove(id);
  }

  /** A complaint about a message that could not be read names no request. @param {Json} message */
  #onlyOne({ type }) {
    return type === "universal.error" && this.#pending.size === 1 ? [...this.#pending.keys()][0] : null;
  }

  /** @param {number} code of the end (RFC 6455, 7.4) */
  #lost(code) {
    this.#socket = null;
    const message = `the connection was cut (${code})`;
    this.#failAll((pending) => !pending.canMove, new ConnectionError({ message }));
    for (const pending of this.#pending.values()) pending.sent = false;
    if (this.#pending.size === 0) {
      this.#failures = 0;
      this.#become("idle");
      return;
    }
    this.#failures += 1;
    if (this.#failures <= this.#options.reconnects) {
      this.#comeBack();
      return;
    }
    // Browsers hide why a handshake fails.
    const lost = `no connection (${code}): the address, the token, or the network`;
    this.#giveUp(new ConnectionError({ message: lost }));
  }

  #comeBack() {
    this.#become("waiting");
    this.#stopWaiting = wait(pauseAfter(this.#failures, this.#options), () => {
      if (this.state !== "waiting") return;
      if (this.#pending.size === 0) this.#become("idle");
      else this.#open();
    });
  }

  /** @param {ConnectionError} error */
  #giveUp(error) {
    this.#failures = 0;
    this.#become("idle");
    this.#failAll(() => true, error);
  }

  /**
   * Its owner does not want the answer any more. The protocol cannot say that, but a connection that ends can: so it
   * ends, if nobody else needs it.
   * @param {string} id
   * @param {AnyPending} pending
   */
  #leave(id, pending) {
    // When it has its answer, another request may have its id.
    if (this.#pending.get(id) !== pending) return;
    this.#remove(id);
    if (pending.sent && this.#pending.size === 0) {
      this.#drop();
      this.#become("idle");
    }
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close(1000);
  }

  /**
   * @param {(pending: AnyPending) => boolean} meant
   * @param {unknown} reason
   */
  #failAll(meant, reason) {
    for (const [id, pending] of [...this.#pending]) {
      if (!meant(pending)) continue;
      this.#remove(id);
      pending.fail(reason);
    }
  }

  /** @param {string} id */
  #remove(id) {
    this.#pending.get(id)?.release();
    this.#pending.delete(id);
  }

  /** @param {SocketState} state */
  #become(state) {
    if (this.state === state) return;
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

/** @param {unknown} data @returns {Json} empty for what is no JSON object */
function parsed(data) {
  try {
    return JSON.parse(String(data)) ?? {};
  } catch {
    return {};
  }
}

/** Pages without TLS have no crypto.randomUUID. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
