/** Answers of chat completions, whole and in parts. */

/** @typedef {import("./result.js").GatewayResult} GatewayResult */
/** @typedef {Record<string, any>} Json a JSON object as OpenAI's chat completions have it */

/** A whole answer. */
export class Answer {
  /**
   * @param {Readonly<GatewayResult>} result
   * @param {Json} body
   */
  constructor(result, body) {
    /** What the gateway tells of it. */
    this.result = result;
    /** What the provider sent. */
    this.body = body;
  }

  /** What the model said; empty for answers without text. */
  get text() {
    return textOf(this.body);
  }

  /** Tokens as the provider counts them; null where it does not. @returns {Json | null} */
  get usage() {
    return this.body.usage ?? null;
  }

  /** US dollars, where the answer says: nothing from the cache, else what some providers tell. */
  get cost() {
    return costOf(this.result, this.usage);
  }
}

/**
 * An answer that comes in parts: `for await (const chunk of stream)`, or `stream.texts()`. Can be read once. Leaving
 * the loop ends the request.
 * @implements {AsyncIterable<Json>}
 */
export class ChatStream {
  #chunks;

  /**
   * @param {Readonly<GatewayResult>} result
   * @param {AsyncIterable<Json>} chunks
   */
  constructor(result, chunks) {
    this.#chunks = chunks;
    /** What the gateway tells of it. */
    this.result = result;
    /** What the model has said until now. */
    this.text = "";
    /** Tokens, at the end, if `stream_options.include_usage` asked for them. @type {Json | null} */
    this.usage = null;
    /** Why the model has ended: `stop`, `length`, …; null while it has not. @type {string | null} */
    this.finish = null;
  }

  /** As for whole answers, when the stream has ended. */
  get cost() {
    return costOf(this.result, this.usage);
  }

  async *[Symbol.asyncIterator]() {
    for await (const chunk of this.#chunks) {
      this.text += textOf(chunk);
      this.usage = chunk.usage ?? this.usage;
      this.finish = finishOf(chunk) ?? this.finish;
      yield chunk;
    }
  }

  /** The text alone, piece by piece. */
  async *texts() {
    for await (const chunk of this) {
      const text = textOf(chunk);
      if (text !== "") yield text;
    }
  }
}

/** @param {Json} body of a whole answer or a part of one */
function textOf(body) {
  const choice = body.choices?.[0];
  const content = (choice?.delta ?? choice?.message)?.content;
  return typeof content === "string" ? content : "";
}

/** @param {Json} chunk @returns {string | null} */
export const finishOf = (chunk) => chunk.choices?.[0]?.finish_reason ?? null;

/**
 * @param {GatewayResult} result
 * @param {Json | null} usage
 * @returns {number | null}
 */
function costOf(result, usage) {
  if (result.cached) return 0;
  return typeof usage?.cost === "number" ? usage.cost : null;
}
