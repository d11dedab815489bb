/** What can go wrong, as classes. Misuse of the library is a TypeError or a RangeError, an abort an AbortError. */

/** @typedef {import("./result.js").GatewayResult} GatewayResult */
/** @typedef {"gateway" | "edge" | "provider" | "network"} Origin who said no */

/**
 * @typedef {object} Failure
 * @property {string} message
 * @property {Origin} [from] default: `network`
 * @property {number | null} [status] of HTTP; null where nobody told one
 * @property {number | string | null} [code] the gateway's or the provider's own
 * @property {number | null} [retryAfter] seconds
 * @property {unknown} [body] as it came
 * @property {GatewayResult | null} [result] what the headers told
 * @property {unknown} [cause]
 */

/** A request that failed. The classes below say how. */
export class GatewayError extends Error {
  /** @param {Failure} failure */
  constructor({ message, from = "network", status, code, retryAfter = null, body = null, result = null, cause }) {
    super(message, cause === undefined ? undefined : { cause });
    /** Who said no. */
    this.from = from;
    this.status = status ?? null;
    this.code = code ?? null;
    /** Seconds to wait, if somebody said so. */
    this.retryAfter = retryAfter;
    this.body = body;
    this.result = result;
  }

  /** Whether the same request may succeed later, without anybody changing anything. */
  get retryable() {
    return this.status !== null && (this.status === 408 || this.status >= 500);
  }
}

/** The token or the key is missing, unknown, or may not do this (401, 403). */
export class UnauthorizedError extends GatewayError {}

/** Too many requests (429): of the gateway or of the provider. */
export class RateLimitError extends GatewayError {
  get retryable() {
    return true;
  }
}

/** The budget is spent (2041, 2045), or there are no credits (2021). */
export class SpendLimitError extends GatewayError {
  get retryable() {
    return this.retryAfter !== null;
  }
}

/** Guardrails or data loss prevention do not want the question (2016, 2029) or the answer (2017, 2030). */
export class BlockedError extends GatewayError {
  get retryable() {
    return false;
  }
}

/** The request is wrong, or what it names is not there (other 4xx). */
export class InvalidRequestError extends GatewayError {}

/** The provider, the gateway or the edge failed (5xx). */
export class ServerError extends GatewayError {}

/** No answer, or not all of it: the network failed, or an answer broke off. It may have been paid for. */
export class ConnectionError extends GatewayError {
  get retryable() {
    return true;
  }
}

// Spelled out, because those of the classes get lost when code is minified.
const CLASSES = {
  GatewayError,
  UnauthorizedError,
  RateLimitError,
  SpendLimitError,
  BlockedError,
  InvalidRequestError,
  ServerError,
  ConnectionError,
};
for (const [name, one] of Object.entries(CLASSES)) one.prototype.name = name;

const SPEND_CODES = new Set([2021, 2041, 2045]);
const BLOCKED_CODES = new Set([2016, 2017, 2029, 2030]);
const NAMES = /** @type {Readonly<Record<string, Origin>>} */ ({ AiGatewayError: "gateway", CfaigEdgeError: "edge" });

/**
 * The error for an answer that is none.
 * @param {number | null} status
 * @param {unknown} body JSON, or text
 * @param {GatewayResult | null} result
 * @param {string | null} [retryAfter] the header
 * @returns {GatewayError}
 */
export function errorOf(status, body, result, retryAfter = null) {
  const told = toldBy(body);
  const known = status ?? told.status;
  const message = told.message || (known === null ? "the request failed" : `the request failed with ${known}`);
  const failure = { ...told, message, status: known, body, result, retryAfter: secondsOf(retryAfter) };
  return new (classOf(known, told.code))(failure);
}

/**
 * @param {unknown} body
 * @param {GatewayResult} result
 * @param {unknown} [cause]
 */
export const noJson = (body, result, cause) =>
  new ConnectionError({ message: "the answer is no JSON", from: "provider", body, result, cause });

/** Whether a JSON body tells of a failure. @param {unknown} body */
export const isFailure = (body) => isObject(body) && (body.success === false || (body.error ?? null) !== null);

/**
 * @param {number | null} status
 * @param {unknown} code
 */
function classOf(status, code) {
  if (SPEND_CODES.has(/** @type {number} */ (code))) return SpendLimitError;
  if (BLOCKED_CODES.has(/** @type {number} */ (code))) return BlockedError;
  if (status === 401 || status === 403) return UnauthorizedError;
  if (status === 429) return RateLimitError;
  if (status !== null && status >= 500) return ServerError;
  return status !== null && status >= 400 ? InvalidRequestError : GatewayError;
}

/**
 * Reads the shapes there are: the gateway's and the edge's (`error` is a list), Cloudflare's API (`errors`), OpenAI's
 * and Anthropic's (`error` is an object), Google's (the same in a list).
 * @param {unknown} body
 * @returns {{message: string, from: Origin, code: number | string | null, status: number | null}}
 */
function toldBy(body) {
  const [outer] = Array.isArray(body) ? body : [body];
  if (!isObject(outer)) return { message: shortened(outer), from: "provider", code: null, status: null };
  const from = NAMES[String(outer.name)] ?? (Array.isArray(outer.errors) ? "gateway" : "provider");
  const inner = [outer.errors ?? outer.error].flat()[0];
  const status = typeof outer.httpCode === "number" ? outer.httpCode : null;
  if (!isObject(inner)) return { message: shortened(inner ?? outer.message), from, code: null, status };
  const code = inner.code ?? inner.type ?? null;
  const message = shortened(inner.message);
  return { message, from: inner.type === "gateway_error" ? "gateway" : from, code, status };
}

/** @param {unknown} text */
const shortened = (text) => (typeof text === "string" ? text.trim().slice(0, 500) : "");

/** @param {string | null} header seconds or a date (RFC 9110, 10.2.3) */
function secondsOf(header) {
  if (!header) return null;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null;
