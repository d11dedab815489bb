/** Which web pages may call, and read answers. */

const METHODS = "GET, POST, PUT, PATCH, DELETE";
// Pages may read only headers that are named.
const READABLE = [
  "cf-aig-cache-status",
  "cf-aig-dlp",
  "cf-aig-event-id",
  "cf-aig-log-id",
  "cf-aig-model",
  "cf-aig-provider",
  "cf-aig-request-id",
  "cf-aig-run-id",
  "cf-aig-step",
  "cfaig-edge-rules",
  "cfaig-edge-waited-ms",
  "content-type",
  "retry-after",
  "x-request-id",
].join(", ");
const MOST_REQUESTED = 64;

/** @typedef {import("./config.js").Config} Config */

/** @param {Request} request */
export const isPreflight = (request) =>
  request.method === "OPTIONS" && request.headers.has("origin") && request.headers.has("access-control-request-method");

/**
 * @param {Config} config
 * @param {Request} request
 * @returns {Response}
 */
export function preflight(config, request) {
  const origin = allowedOrigin(config, request);
  if (origin === null) return new Response(null, { status: 403, headers: { vary: "origin" } });
  const wanted = (request.headers.get("access-control-request-headers") ?? "").toLowerCase().split(",");
  const granted = wanted.map((name) => name.trim()).filter((name) => mayBeSent(config, name));
  const headers = new Headers({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": METHODS,
    "access-control-max-age": String(config.cors?.maxAge ?? 0),
    vary: "origin, access-control-request-headers, access-control-request-method",
  });
  if (granted.length > 0) headers.set("access-control-allow-headers", granted.slice(0, MOST_REQUESTED).join(", "));
  return new Response(null, { status: 204, headers });
}

/**
 * @param {Config} config
 * @param {Request} request
 * @param {Headers} headers of the answer; changed
 */
export function allowReading(config, request, headers) {
  if (!config.cors) return;
  const origin = allowedOrigin(config, request);
  if (origin !== "*") headers.append("vary", "origin");
  if (origin === null) return;
  headers.set("access-control-allow-origin", origin);
  headers.set("access-control-expose-headers", READABLE);
}

/**
 * Whether a page may use what its visitor's browser adds by itself, such as the session of Cloudflare Access.
 * @param {Config} config
 * @param {Request} request
 * @param {URL} url
 */
export function isTrustedOrigin(config, request, url) {
  const origin = request.headers.get("origin");
  if (origin === null) return request.headers.get("sec-fetch-site") !== "cross-site";
  return origin === url.origin || (config.cors?.origins.has(origin) ?? false);
}

/**
 * @param {Config} config
 * @param {Request} request
 */
function allowedOrigin(config, request) {
  const origin = request.headers.get("origin");
  if (origin === null || !config.cors) return null;
  if (config.cors.origins.has("*")) return "*";
  return config.cors.origins.has(origin) ? origin : null;
}

/**
 * @param {Config} config
 * @param {string} name
 */
function mayBeSent(config, name) {
  if (!/^[a-z0-9!#$&'*+.^_`|~-]{1,64}$/.test(name) || config.denies(name)) return false;
  const { headers } = /** @type {NonNullable<Config["cors"]>} */ (config.cors);
  return headers === null || ALWAYS.has(name) || headers.has(name);
}

const ALWAYS = new Set([
  "authorization",
  "content-type",
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "anthropic-version",
]);
