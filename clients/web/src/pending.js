/** Requests on a WebSocket that have no answer yet, or not all of it. */

import { Answer, ChatStream } from "./answers.js";
import { errorOf, isFailure, noJson } from "./errors.js";
import { resultOfMessage } from "./result.js";

/** @typedef {import("./answers.js").Json} Json */
/** @typedef {import("./result.js").GatewayResult} GatewayResult */

/** The base of both kinds: one answer in one message, or in many. @template T */
export class Pending {
  #begun = performance.now();

  /**
   * @param {string} text the message that asks
   * @param {boolean} resend whether it may be asked twice
   */
  constructor(text, resend) {
    this.text = text;
    this.resend = resend;
    this.sent = false;
    /** Whether nothing more is to come. */
    this.done = false;
    /** What the beginning of the answer told; null before it. @type {Readonly<GatewayResult> | null} */
    this.result = null;
    /** @type {Promise<T>} */
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    /** Gives back what was taken for it. */
    this.release = () => {};
  }

  /** @type {(value: T) => void} */
  resolve = () => {};
  /** @type {(reason: unknown) => void} */
  reject = () => {};

  /** Whether it can be asked on another connection without harm, or its owner does not mind the harm. */
  get canMove() {
    return !this.sent || (this.resend && this.result === null);
  }

  /** @param {Json} message */
  take({ type, metadata, response, error }) {
    if (type === "universal.error") this.fail(errorOf(null, { error }, this.result));
    else if (type === "universal.created") {
      this.result = resultOfMessage(metadata, performance.now() - this.#begun);
      if (isFailure(response)) this.fail(errorOf(null, response, this.result));
      else this.begin(this.result, response);
    } else if (type === "universal.stream") this.part(response);
    else if (type === "universal.done") this.end();
  }

  /** @param {unknown} reason */
  fail(reason) {
    this.reject(reason);
    this.end();
  }

  /** Fails, and forgets what has come. @param {unknown} reason */
  abort(reason) {
    this.fail(reason);
  }

  /**
   * @param {Readonly<GatewayResult>} _result
   * @param {Json | undefined} _response
   */
  begin(_result, _response) {}

  /** @param {Json} _chunk */
  part(_chunk) {}

  end() {
    this.done = true;
  }
}

/** @extends {Pending<Answer>} */
export class PendingAnswer extends Pending {
  /**
   * @param {Readonly<GatewayResult>} result
   * @param {Json | undefined} response
   */
  begin(result, response) {
    if (typeof response === "object") this.resolve(new Answer(result, response));
    else this.fail(noJson(response, result));
    this.end();
  }
}

/** @extends {Pending<ChatStream>} */
export class PendingStream extends Pending {
  /** @type {Json[]} */
  #chunks = [];
  /** @type {{reason: unknown} | null} */
  #failure = null;
  #wake = () => {};

  /**
   * @param {string} text
   * @param {boolean} resend
   * @param {() => void} leave called when the reader does not want any more
   */
  constructor(text, resend, leave) {
    super(text, resend);
    this.leave = leave;
  }

  /**
   * @param {Readonly<GatewayResult>} result
   * @param {Json | undefined} response
   */
  begin(result, response) {
    if (response !== undefined) {
      this.part(response);
      this.end();
    }
    this.resolve(new ChatStream(result, this.#parts()));
  }

  /** @param {Json} chunk */
  part(chunk) {
    if (isFailure(chunk)) this.fail(errorOf(null, chunk, this.result));
    else this.#chunks.push(chunk);
    this.#wake();
  }

  end() {
    super.end();
    this.#wake();
  }

  /** @param {unknown} reason */
  fail(reason) {
    this.#failure ??= { reason };
    super.fail(reason);
  }

  /** @param {unknown} reason */
  abort(reason) {
    this.#chunks.length = 0;
    this.fail(reason);
  }

  async *#parts() {
    try {
      while (true) {
        const chunk = this.#chunks.shift();
        if (chunk !== undefined) yield chunk;
        else if (this.#failure !== null) throw this.#failure.reason;
        else if (this.done) return;
        else await new Promise((resolve) => (this.#wake = () => resolve(undefined)));
      }
    } finally {
      this.leave();
    }
  }
}
