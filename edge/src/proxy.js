/** Requests over HTTP. */

import { carryOut, subjectOf } from "./call.js";
import { Fault } from "./faults.js";
import { askPatiently } from "./queue.js";
import { decide, needBody } from "./rules.js";
import { carryOutItems } from "./universal.js";
import { ask, bringBack } from "./upstream.js";

/** @typedef {import("./call.js").Call} Call */

const RULES_HEADER = "cfaig-edge-rules";

/**
 * @param {Call} call
 * @returns {Promise<Response>}
 */
export async function proxy(call) {
  const universal = call.place.path === "/" && !["GET", "HEAD"].includes(call.request.method);
  const { then, names } = universal ? await carryOutItems(call) : await carryOutOne(call);
  const { response, waitedMs } = await askAsAllowed(call, then.queue);
  const answer = await bringBack(call, response);
  if (call.config.explain) explain(answer.headers, names, waitedMs);
  return answer;
}

/** @param {Call} call */
async function carryOutOne(call) {
  const { config, body, place } = call;
  const keyByModel = config.keys.size > 0 && place.first === "compat";
  if (keyByModel || needBody(config.rules, subjectOf(call))) await body.read();
  const decision = decide(config.rules, subjectOf(call));
  await carryOut(call, decision.then).catch((/** @type {unknown} */ error) => {
    if (config.explain && error instanceof Fault) error.headers[RULES_HEADER] = decision.names.join(", ");
    throw error;
  });
  return decision;
}

/**
 * @param {Call} call
 * @param {any} queue
 */
async function askAsAllowed(call, queue) {
  if (queue && call.body.again) return await askPatiently(queue, () => ask(call));
  return { response: await ask(call), waitedMs: 0 };
}

/**
 * @param {Headers} headers of the answer; changed
 * @param {string[]} names
 * @param {number} waitedMs
 */
export function explain(headers, names, waitedMs) {
  headers.set(RULES_HEADER, names.join(", "));
  if (waitedMs > 0) headers.set("cfaig-edge-waited-ms", String(waitedMs));
}
