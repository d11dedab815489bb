/** One question and what becomes of it. */

/** @typedef {import("../src/index.js").GatewayResult} GatewayResult */
/** @typedef {import("../src/index.js").Gateway | import("../src/index.js").GatewaySocket} Caller */
/** @typedef {"waiting" | "answering" | "done" | "stopped" | "failed"} State */
/**
 * @typedef {object} Exchange
 * @property {number} id
 * @property {string} question
 * @property {string} text of the answer
 * @property {State} state
 * @property {string} where
 * @property {boolean} inParts whether it was asked for as a stream
 * @property {GatewayResult | null} result
 * @property {string | null} provider
 * @property {string | null} model
 * @property {number | null} cost US dollars; null while nobody knows
 * @property {number | null} duration milliseconds until the end
 * @property {unknown} error
 */
/**
 * @typedef {object} Question
 * @property {Caller} caller
 * @property {string} model
 * @property {{role: string, content: string}[]} messages
 * @property {boolean} inParts
 * @property {boolean} skipCache
 * @property {AbortSignal} signal
 */

/**
 * Asks, and tells what is new each time.
 * @param {Question} question
 * @param {(news: Partial<Exchange>) => void} tell
 */
export async function ask(question, tell) {
  const begin = performance.now();
  const duration = () => performance.now() - begin;
  try {
    await (question.inParts ? askForParts : askForAll)(question, tell);
    tell({ state: "done", duration: duration() });
  } catch (error) {
    if (question.signal.aborted) tell({ state: "stopped", duration: duration() });
    else tell({ state: "failed", error, duration: duration() });
  }
}

/** @type {typeof ask} */
async function askForAll({ caller, model, messages, skipCache, signal }, tell) {
  const { result, text, body, cost } = await caller.chat({ model, messages }, { skip_cache: skipCache, signal });
  tell({ result, text, cost, provider: result.provider, model: result.model ?? body.model ?? null });
}

/** @type {typeof ask} */
async function askForParts({ caller, model, messages, skipCache, signal }, tell) {
  const body = { model, messages, stream_options: { include_usage: true } };
  const stream = await caller.stream(body, { skip_cache: skipCache, signal });
  const { result } = stream;
  tell({ state: "answering", result, provider: result.provider, model: result.model });
  for await (const _ of stream.texts()) tell({ text: stream.text });
  tell({ cost: stream.cost });
}
