/** What answers tell of themselves. */

/**
 * What the headers of an answer tell, or the message that begins it on a WebSocket; null is what they do not.
 * @typedef {object} GatewayResult
 * @property {string | null} provider who answered; told for dynamic routes
 * @property {string | null} model told for dynamic routes
 * @property {string | null} cache `HIT` or `MISS`
 * @property {boolean} cached whether the answer came from the cache
 * @property {number | null} step how many models failed before this one
 * @property {string | null} log_id
 * @property {string | null} event_id
 * @property {string | null} request_id
 * @property {number} latency milliseconds from the request to the beginning of the answer, as seen from here
 */

/**
 * @param {(name: string) => string | null} told a header by its name without `cf-aig-`
 * @param {number} latency
 * @returns {Readonly<GatewayResult>}
 */
function resultFrom(told, latency) {
  const step = told("step");
  const cache = told("cache-status");
  return Object.freeze({
    provider: told("provider"),
    model: told("model"),
    cache,
    cached: cache === "HIT",
    step: step !== null && /^\d+$/.test(step) ? Number(step) : null,
    log_id: told("log-id"),
    event_id: told("event-id"),
    request_id: told("request-id"),
    latency,
  });
}

/**
 * @param {Headers} headers
 * @param {number} [latency] milliseconds
 */
export const resultOf = (headers, latency = 0) => resultFrom((name) => headers.get(`cf-aig-${name}`), latency);

/** As messages on a WebSocket name it (facts/ai-gateway.md 6.6). @type {Record<string, string>} */
const METADATA = { "cache-status": "cacheStatus", step: "step", "log-id": "logId", "event-id": "eventId" };

/**
 * @param {Record<string, unknown>} metadata
 * @param {number} latency milliseconds
 */
export const resultOfMessage = (metadata, latency) =>
  resultFrom((name) => {
    const value = metadata[METADATA[name]] ?? null;
    return value === null ? null : String(value);
  }, latency);
