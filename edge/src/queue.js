/** Waiting while the gateway or a provider says 429. */

const FIRST_WAIT_MS = 500;
const LONGEST_STEP_MS = 30_000;

/** How many requests wait in this isolate. */
let waitingNow = 0;

/**
 * Ask again after 429s, as often and as long as the rule allows; then the last 429 is the answer.
 * A client that goes away ends it: the runtime cancels all that was begun for its request.
 * @param {{wait_ms: number, attempts?: number, waiting?: number}} queue
 * @param {() => Promise<Response>} ask
 * @returns {Promise<{response: Response, waitedMs: number}>}
 */
export async function askPatiently({ wait_ms: budget, attempts = 5, waiting = 100 }, ask) {
  let response = await ask();
  let waitedMs = 0;
  for (let attempt = 0; response.status === 429 && attempt < attempts; attempt += 1) {
    const pause = pauseBefore(attempt, response.headers.get("retry-after"));
    if (waitedMs + pause > budget || waitingNow >= waiting) break;
    await response.body?.cancel();
    await pauseFor(pause);
    waitedMs += pause;
    response = await ask();
  }
  return { response, waitedMs };
}

/**
 * @param {number} attempt from 0
 * @param {string | null} retryAfter seconds or a date
 * @returns {number} milliseconds: at least what was asked for, and a random part, so that not all come back at once
 */
function pauseBefore(attempt, retryAfter) {
  const asked = readRetryAfter(retryAfter);
  const step = Math.min(FIRST_WAIT_MS * 2 ** attempt, LONGEST_STEP_MS);
  if (asked === null) return Math.ceil(step * (0.5 + Math.random() / 2));
  return Math.ceil(asked + Math.random() * Math.min(step, asked / 10 + 100));
}

/**
 * @param {string | null} value
 * @returns {number | null} milliseconds
 */
function readRetryAfter(value) {
  if (value === null) return null;
  if (/^\s*\d{1,9}(?:\.\d{1,3})?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - Date.now());
}

/** @param {number} milliseconds */
async function pauseFor(milliseconds) {
  waitingNow += 1;
  try {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  } finally {
    waitingNow -= 1;
  }
}
