/** Numbers and errors in words that people read. */

import {
  BlockedError,
  ConnectionError,
  GatewayError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
  SpendLimitError,
  UnauthorizedError,
} from "../src/index.js";

/** US dollars with two digits that matter, as the local page has them. @param {number} amount */
export function dollars(amount) {
  if (amount <= 0) return "$0";
  const digits = Math.max(2, 1 - Math.floor(Math.log10(amount)));
  return `$${amount.toFixed(digits)}`;
}

/** @param {number} milliseconds */
export const elapsed = (milliseconds) =>
  milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;

/** From the special to the general. @type {[typeof GatewayError, string][]} */
const TITLES = [
  [SpendLimitError, "The budget is spent"],
  [RateLimitError, "Too many requests"],
  [BlockedError, "Blocked by a guardrail"],
  [UnauthorizedError, "Not allowed"],
  [InvalidRequestError, "The request is wrong"],
  [ServerError, "The other side failed"],
  [ConnectionError, "No answer, or not all of it"],
];
const WHO = { gateway: "the gateway", edge: "the edge", provider: "the provider", network: "the connection" };

/**
 * @param {unknown} error
 * @returns {{title: string, text: string, details: string}}
 */
export function errorInWords(error) {
  if (!(error instanceof GatewayError))
    return { title: "It could not be asked", text: String(error), details: "" };
  const title = TITLES.find(([kind]) => error instanceof kind)?.[1] ?? "It did not work";
  const details = [
    `told by ${WHO[error.from]}`,
    error.status === null ? null : `HTTP ${error.status}`,
    error.code === null ? null : `code ${error.code}`,
    error.retryAfter === null ? null : `try again in ${Math.ceil(error.retryAfter)} s`,
  ];
  return { title, text: error.message, details: details.filter((detail) => detail !== null).join(" · ") };
}
