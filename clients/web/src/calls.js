/** Calls over HTTP: one request, one answer. */

import { Answer, ChatStream, finishOf } from "./answers.js";
import { ConnectionError, errorOf, isFailure, noJson } from "./errors.js";
import { resultOf } from "./result.js";
import { eventsOf } from "./sse.js";

/** @typedef {import("./answers.js").Json} Json */
/**
 * @typedef {object} HttpCall
 * @property {typeof globalThis.fetch} fetch
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {unknown} body
 * @property {AbortSignal} [signal]
 */

/**
 * @param {HttpCall} call
 * @returns {Promise<Answer>}
 */
export async function askForAll(call) {
  const { response, result } = await ask(call);
  const body = await readJson(call, response, result);
  if (typeof body !== "object" || body === null) throw noJson(body, result);
  return new Answer(result, body);
}

/**
 * @param {HttpCall} call
 * @returns {Promise<ChatStream>}
 */
export async function askForParts(call) {
  const { response, result } = await ask(call);
  const streams = response.headers.get("content-type")?.startsWith("text/event-stream");
  const chunks = streams ? chunksOf(call, response, result) : oneChunk(await readJson(call, response, result));
  return new ChatStream(result, chunks);
}

/** @param {HttpCall} call */
async function ask({ fetch, url, headers, body, signal }) {
  const begin = performance.now();
  const request = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    signal,
  };
  const response = await fetch(url, request).catch((cause) => {
    throw broken(signal, "no answer: the network, the address, or not for pages of this site", cause);
  });
  const result = resultOf(response.headers, performance.now() - begin);
  if (response.ok) return { response, result };
  const told = await readJson({ signal }, response, result);
  throw errorOf(response.status, told, result, response.headers.get("retry-after"));
}

/**
 * @param {{signal?: AbortSignal}} call
 * @param {Response} response
 * @param {import("./result.js").GatewayResult} result
 * @returns {Promise<any>} text where it is no JSON
 */
async function readJson({ signal }, response, result) {
  const text = await response.text().catch((cause) => {
    throw broken(signal, "the answer broke off", cause, result);
  });
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param {Json} body @returns {AsyncGenerator<Json, void, void>} */
async function* oneChunk(body) {
  yield body;
}

/**
 * @param {HttpCall} call
 * @param {Response} response
 * @param {import("./result.js").GatewayResult} result
 * @returns {AsyncGenerator<Json, void, void>}
 */
async function* chunksOf({ signal }, response, result) {
  let ended = false;
  for await (const data of eventsOf(bytesOf(response, signal, result))) {
    if (data === "[DONE]") return;
    const chunk = parsed(data, result);
    if (isFailure(chunk)) throw errorOf(null, chunk, result);
    ended ||= finishOf(chunk) !== null;
    yield chunk;
  }
  if (!ended) throw broken(signal, "the answer broke off", undefined, result);
}

/**
 * Not every browser can iterate over a stream by itself.
 * @param {Response} response
 * @param {AbortSignal | undefined} signal
 * @param {import("./result.js").GatewayResult} result
 */
async function* bytesOf(response, signal, result) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  try {
    while (true) {
      const { done, value } = await reader.read().catch((cause) => {
        throw broken(signal, "the answer broke off", cause, result);
      });
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * @param {string} data
 * @param {import("./result.js").GatewayResult} result
 * @returns {Json}
 */
function parsed(data, result) {
  try {
    return JSON.parse(data);
  } catch (cause) {
    throw noJson(data, result, cause);
  }
}

/**
 * @param {AbortSignal | undefined} signal
 * @param {string} message
 * @param {unknown} cause
 * @param {import("./result.js").GatewayResult | null} [result]
 * @returns {unknown} the signal's own reason when it was that
 */
function broken(signal, message, cause, result = null) {
  return signal?.aborted ? signal.reason : new ConnectionError({ message, result, cause });
}
