/** The body of a request: read only when somebody asks what is in it, sent on as it came unless a rule changes it. */

import { parseExactly } from "./canonical.js";
import { Code, Fault } from "./faults.js";

/** What is read at most; more passes through unread. */
export const MOST_BYTES = 25 * 1024 * 1024;

/** @typedef {"none" | "json" | "form" | "other" | "too large" | "encoded"} Kind */

export class Body {
  /** @param {Request} request */
  constructor(request) {
    this.request = request;
    /** @type {Kind | undefined} */
    this.kind = request.body === null ? "none" : undefined;
    /** @type {unknown} */
    this.json = undefined;
    this.text = "";
    /** @type {BodyInit | null} */
    this.raw = null;
  }

  /** Read it, if it can be read; afterwards `kind` is known, and `json` and `text` where it is JSON. */
  async read() {
    if (this.kind !== undefined) return;
    const { headers } = this.request;
    if (!/^(?:identity)?$/i.test(headers.get("content-encoding") ?? "")) {
      this.kind = "encoded";
    } else if (Number(headers.get("content-length") ?? 0) > MOST_BYTES) {
      this.kind = "too large";
    } else {
      await this.#readStream();
    }
  }

  /** Whether it could not be looked into, so that nobody knows what is in it. */
  get unreadable() {
    return this.kind === "too large" || this.kind === "encoded";
  }

  /** @returns {BodyInit | null} to send on; can be used as often as needed when `again` is true */
  send() {
    return this.kind === undefined || (this.unreadable && this.raw === null) ? this.request.body : this.raw;
  }

  /** Whether it can be sent more than once. */
  get again() {
    return this.kind !== undefined && !this.unreadable;
  }

  /**
   * @returns {any} with the exact digits of numbers, for `canonical` and for writing it again
   * @throws {SyntaxError | RangeError}
   */
  exactly() {
    return parseExactly(this.text);
  }

  /** @param {unknown} json */
  replace(json) {
    this.text = JSON.stringify(json);
    this.raw = this.text;
    this.json = JSON.parse(this.text);
  }

  async #readStream() {
    const stream = /** @type {ReadableStream} */ (this.request.body);
    const { chunks, size, rest } = await readUpTo(stream, MOST_BYTES).catch(broken);
    if (rest) {
      this.kind = "too large";
      this.raw = followed(chunks, rest);
      return;
    }
    const bytes = joined(chunks, size);
    this.raw = bytes;
    this.kind = "other";
    if (/^\s*multipart\/form-data/i.test(this.request.headers.get("content-type") ?? "")) {
      this.kind = "form";
      this.text = new TextDecoder().decode(bytes.subarray(0, LOOKED_AT_OF_FORMS));
      return;
    }
    this.#parse(new TextDecoder().decode(bytes));
  }

  /** @param {string} text */
  #parse(text) {
    try {
      this.json = JSON.parse(text);
      this.text = text;
      this.kind = "json";
    } catch {
      // Not JSON: nothing to compare, and the gateway says itself what it thinks of it.
    }
  }
}

/** @returns {never} */
function broken() {
  throw new Fault(400, Code.BROKEN_BODY, "the body breaks off, or is not framed as HTTP says");
}

const LOOKED_AT_OF_FORMS = 1024 * 1024;

/**
 * @param {ReadableStream<Uint8Array>} stream
 * @param {number} most
 */
export async function readUpTo(stream, most) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  const reader = stream.getReader();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { chunks, size, rest: null };
    chunks.push(value);
    size += value.byteLength;
    if (size > most) return { chunks, size, rest: reader };
  }
}

/**
 * @param {Uint8Array[]} chunks
 * @param {number} size
 */
export function joined(chunks, size) {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/**
 * @param {Uint8Array[]} chunks what was read already
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader of the rest
 * @returns {ReadableStream<Uint8Array>}
 */
function followed(chunks, reader) {
  return new ReadableStream({
    async pull(controller) {
      const next = chunks.length > 0 ? { done: false, value: chunks.shift() } : await reader.read();
      if (next.done) controller.close();
      else controller.enqueue(/** @type {Uint8Array} */ (next.value));
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
