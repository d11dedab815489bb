/** The gateway's cache key, from what tells requests apart. */

import { canonical } from "./canonical.js";
import { NOTHING, fieldOf, readField } from "./fields.js";

/**
 * @typedef {object} Keyed
 * @property {import("./subject.js").Subject} subject
 * @property {string} path
 * @property {string} search without credentials
 * @property {() => any} body the JSON, exactly
 * @property {string[]} credentials of the client, where they go on to the provider: answers of one are not another's
 */

/**
 * @param {string[] | undefined} fields undefined: the whole body
 * @param {Keyed} keyed
 * @returns {Promise<string | null>} null when the body is no JSON that can be told apart
 */
export async function cacheKey(fields, keyed) {
  const { subject } = keyed;
  if (subject.bodyKind !== "json") return null;
  try {
    const told = canonical(identity(fields, keyed));
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(told));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * @param {string[] | undefined} fields
 * @param {Keyed} keyed
 */
function identity(fields, { subject, path, search, body, credentials }) {
  const json = body();
  const { method, provider = "", model = "" } = subject;
  // A stream and a whole answer are different, whatever fields are chosen.
  const stream = fieldOf(json, ["stream"]) === true;
  const chosen = fields ? chosenFields(fields, json, subject) : undefined;
  const whole = fields ? undefined : json;
  return { version: 1, method, path, search, provider, model, stream, credentials, fields: chosen, body: whole };
}

/**
 * As pairs, because a field may have any name, such as `__proto__`; those that are missing are left out.
 * @param {string[]} fields
 * @param {any} json
 * @param {import("./subject.js").Subject} subject
 */
function chosenFields(fields, json, subject) {
  const pairs = fields.toSorted().map((name) => [name, valueOf(name, json, subject)]);
  return pairs.filter(([, value]) => value !== NOTHING);
}

/**
 * @param {string} name
 * @param {any} json
 * @param {import("./subject.js").Subject} subject
 */
function valueOf(name, json, { client, headers, metadata }) {
  if (name === "$client") return client ?? NOTHING;
  if (name.startsWith("$header.")) return headers.get(name.slice(8)) ?? NOTHING;
  if (name.startsWith("$metadata.")) return fieldOf(metadata, [name.slice(10)]);
  return fieldOf(json, readField(name));
}
