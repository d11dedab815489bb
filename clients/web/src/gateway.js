/** A gateway, or an edge in front of one, and how to call it. */

import { askForAll, askForParts } from "./calls.js";
import { gatewayHeaders } from "./options.js";
import { GatewaySocket } from "./socket.js";

/** @typedef {import("./options.js").HeaderOptions} HeaderOptions */
/** @typedef {import("./answers.js").Json} Json */
/**
 * @typedef {object} Place
 * @property {string} [account] with `gateway`: a gateway of Cloudflare
 * @property {string} [gateway]
 * @property {string} [base_url] what comes before the account; the local Cloudflare has its own
 * @property {string} [url] instead of the three: the address of an edge, or of a gateway's own domain
 * @property {string | null} [token] goes into every request
 * @property {typeof globalThis.fetch} [fetch] in place of the browser's
 * @property {typeof globalThis.WebSocket} [WebSocket] in place of the browser's
 */
/**
 * @typedef {object} CallExtras
 * @property {AbortSignal} [signal] ends the request
 * @property {Record<string, string>} [headers] further headers, such as a provider's key
 */
/** @typedef {HeaderOptions & CallExtras} CallOptions */

const CLOUDFLARE = "https://gateway.ai.cloudflare.com/v1";
const CHAT = "compat/chat/completions";

export class Gateway {
  #token;
  #fetch;
  #WebSocket;

  /**
   * @param {Place} place
   * @throws {TypeError} when it is no address
   */
  constructor({ account, gateway, base_url = CLOUDFLARE, url, token = null, fetch, WebSocket }) {
    /** The address of the gateway itself, which is its universal endpoint. @readonly @type {string} */
    this.root = trimmed(url ?? `${trimmed(base_url)}/${segment("account", account)}/${segment("gateway", gateway)}`);
    if (!/^https?:$/.test(new URL(this.root).protocol)) throw new TypeError(`${this.root} is no http(s) address`);
    this.#token = token;
    this.#fetch = fetch ?? globalThis.fetch.bind(globalThis);
    this.#WebSocket = WebSocket ?? globalThis.WebSocket;
  }

  /**
   * The headers of a request, with the gateway's token; for other libraries.
   * @param {HeaderOptions} [options]
   */
  headers(options = {}) {
    return gatewayHeaders({ token: this.#token, ...options });
  }

  /**
   * Asks for a whole answer. Models are `openai/gpt-4o` or `dynamic/<route>`.
   * @param {Json} body of OpenAI's chat completions
   * @param {CallOptions} [options]
   * @throws {import("./errors.js").GatewayError}
   */
  async chat(body, options = {}) {
    if (body.stream) throw new TypeError("stream(body) asks for a stream");
    return this.post(CHAT, body, options);
  }

  /**
   * Asks for an answer that comes in parts.
   * @param {Json} body of OpenAI's chat completions; `stream` is set
   * @param {CallOptions} [options]
   * @throws {import("./errors.js").GatewayError} here, or while the stream is read
   */
  async stream(body, options = {}) {
    return askForParts(this.#call(CHAT, { ...body, stream: true }, options));
  }

  /**
   * Asks anything else that takes and gives JSON.
   * @param {string} path such as `openai/embeddings`
   * @param {Json} body
   * @param {CallOptions} [options]
   * @throws {import("./errors.js").GatewayError}
   */
  async post(path, body, options = {}) {
    return askForAll(this.#call(path, body, options));
  }

  /**
   * One WebSocket for many requests. It opens with the first of them.
   * @param {import("./socket.js").SocketOptions} [options]
   */
  connect(options = {}) {
    return new GatewaySocket({ url: this.root, token: this.#token, WebSocket: this.#WebSocket }, options);
  }

  /**
   * @param {string} path
   * @param {Json} body
   * @param {CallOptions} options
   */
  #call(path, body, { signal, headers, ...named }) {
    const url = `${this.root}/${path}`;
    return { fetch: this.#fetch, url, headers: { ...this.headers(named), ...headers }, body, signal };
  }
}

/** @param {string} address */
const trimmed = (address) => address.replace(/\/+$/, "");

/**
 * @param {string} name
 * @param {string | undefined} value
 */
function segment(name, value) {
  if (value && !/[/?#\\%\s]/.test(value) && value !== "." && value !== "..") return value;
  throw new TypeError(`${name}: ${JSON.stringify(value)} is no part of an address`);
}
