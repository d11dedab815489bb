/** What rules say, as headers of the gateway. Request headers win: only what the client left open is set. */

import { cacheKey } from "./cachekey.js";
import { readMetadata } from "./subject.js";

const MOST_ENTRIES = 5;

/** @typedef {Record<string, any>} Then */
/** @typedef {(then: Then) => [string, string | number | undefined][]} Writer */

/** @type {Record<string, (value: any) => [string, unknown][]>} */
const WRITERS = {
  cache: ({ off, ttl }) => (off ? [["cf-aig-skip-cache", true]] : [["cf-aig-cache-ttl", ttl]]),
  timeout_ms: (value) => [["cf-aig-request-timeout", value]],
  retries: ({ attempts, delay_ms: delay, backoff }) => [
    ["cf-aig-max-attempts", attempts],
    ["cf-aig-retry-delay", delay],
    ["cf-aig-backoff", backoff],
  ],
  custom_cost: (value) => [["cf-aig-custom-cost", JSON.stringify(value)]],
  log: (value) => [
    ["cf-aig-collect-log", value !== false],
    ["cf-aig-collect-log-payload", value === "metadata" ? false : undefined],
  ],
  byok_alias: (value) => [["cf-aig-byok-alias", value]],
  zdr: (value) => [["cf-aig-zdr", value]],
  no_wholesale: (value) => [["cf-aig-no-wholesale", value]],
  headers: (value) => Object.entries(value),
};

/**
 * @param {Then} then
 * @returns {Map<string, string>} without metadata and the cache key, which need more than the rule
 */
function plainHeaders(then) {
  const written = Object.entries(then).flatMap(([name, value]) => WRITERS[name]?.(value) ?? []);
  const told = written.filter(([, value]) => value !== undefined);
  return new Map(told.map(([name, value]) => [name, String(value)]));
}

/**
 * The headers that a decision adds to those that are there already.
 * @param {Then} then
 * @param {import("./cachekey.js").Keyed} keyed the request, after it was rewritten
 * @param {Map<string, string>} present
 * @returns {Promise<Map<string, string>>}
 */
export async function headersOf(then, keyed, present) {
  const added = plainHeaders(then);
  const { cache, metadata } = then;
  if (cache && !cache.off && !present.has("cf-aig-cache-key")) {
    const key = await cacheKey(cache.key, keyed);
    if (key !== null) added.set("cf-aig-cache-key", key);
  }
  for (const name of [...added.keys()]) if (present.has(name)) added.delete(name);
  if (metadata) added.set("cf-aig-metadata", mergedMetadata(metadata, present, keyed.subject.client));
  return added;
}

/**
 * The client's entries, then the rule's; the gateway keeps five and drops those under its own prefix.
 * @param {Record<string, unknown>} metadata
 * @param {Map<string, string>} present
 * @param {string | null} client
 */
function mergedMetadata(metadata, present, client) {
  const named = Object.entries(metadata).map(([name, value]) => [name, value === "$client" ? (client ?? "") : value]);
  const all = Object.entries({ ...readMetadata(present), ...without(named, present) });
  const kept = all.filter(([name]) => !name.startsWith("cf.")).slice(0, MOST_ENTRIES);
  // Headers are Latin-1 at best, so that everything beyond ASCII is escaped.
  return JSON.stringify(Object.fromEntries(kept)).replace(/[\u007f-\uffff]/g, escaped);
}

/**
 * @param {unknown[][]} named
 * @param {Map<string, string>} present
 */
function without(named, present) {
  const told = readMetadata(present);
  return Object.fromEntries(named.filter(([name]) => !Object.hasOwn(told, /** @type {string} */ (name))));
}

/** @param {string} char */
const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
