/** Credentials: where clients and providers have them, how they are taken away and put in. */

import { Code, Fault } from "./faults.js";

/** @typedef {{header: string, scheme: string}} KeyPlace */

const BEARER = { header: "authorization", scheme: "Bearer" };

/** Where providers want their key, if not in Authorization with Bearer: as cfaig/runtime/providers/catalog.py. */
const PLACES = new Map(
  Object.entries({
    anthropic: { header: "x-api-key", scheme: "" },
    "azure-openai": { header: "api-key", scheme: "" },
    cartesia: { header: "x-api-key", scheme: "" },
    deepgram: { header: "authorization", scheme: "Token" },
    elevenlabs: { header: "xi-api-key", scheme: "" },
    fal: { header: "authorization", scheme: "Key" },
    "google-ai-studio": { header: "x-goog-api-key", scheme: "" },
    ideogram: { header: "api-key", scheme: "" },
    parallel: { header: "x-api-key", scheme: "" },
  }),
);

const GATEWAY_HEADER = "cf-aig-authorization";

/** Headers in which clients send tokens or keys. */
const HEADERS = [
  "authorization",
  GATEWAY_HEADER,
  "x-api-key",
  "api-key",
  "x-goog-api-key",
  "xi-api-key",
  "token",
  "x-amz-security-token",
  "x-auth-token",
];
const QUERIES = new Set(["key", "api_key", "api-key", "apikey", "access_token", "token", "cf-aig-authorization"]);
const PROTOCOL = /^(?:cf-aig-authorization|openai-insecure-api-key|xi-api-key|fal-api-key)\.(.*)$/s;

/**
 * @param {string} provider
 * @param {boolean} unified whether it is reached through the unified endpoint, which takes every key in the same place
 * @param {{header?: string, scheme?: string}} [own] what the rules say
 * @returns {KeyPlace}
 */
export function keyPlace(provider, unified, own = {}) {
  const usual = unified ? BEARER : (PLACES.get(provider) ?? BEARER);
  return { header: own.header ?? usual.header, scheme: own.scheme ?? (own.header ? "" : usual.scheme) };
}

/**
 * @param {Map<string, string>} headers
 * @param {{header: string, scheme: string}} place
 * @param {string} key
 */
export function putKey(headers, { header, scheme }, key) {
  headers.set(header, scheme ? `${scheme} ${key}` : key);
}

/** Realtime endpoints that take the key in the query (facts/ai-gateway.md 6.6). */
const IN_QUERIES = new Set(["google-ai-studio", "cartesia"]);

/**
 * @param {string} search
 * @param {string} provider
 * @param {string} key
 * @returns {string} with the key, if this is where this provider's realtime endpoint takes it
 */
export function queryWithKey(search, provider, key) {
  if (!IN_QUERIES.has(provider)) return search;
  return `${search === "" ? "?" : `${search}&`}api_key=${encodeURIComponent(key)}`;
}

/**
 * @param {Map<string, string>} headers
 * @param {string} token
 */
export function putGatewayToken(headers, token) {
  headers.set(GATEWAY_HEADER, `Bearer ${token}`);
}

/**
 * @param {Map<string, string>} headers
 * @param {Iterable<string>} more names of headers that keys are put in here
 */
export function stripHeaders(headers, more) {
  for (const name of [...HEADERS, ...more]) headers.delete(name);
}

/**
 * @param {string} search with its question mark
 * @returns {string} without credentials, otherwise as it came
 */
export function stripQuery(search) {
  const kept = search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => !QUERIES.has(nameOf(part)));
  return kept.length > 0 && kept[0] !== "" ? `?${kept.join("&")}` : "";
}

/** @param {string} part */
function nameOf(part) {
  const [name = ""] = new URLSearchParams(part).keys();
  return name.trim().toLowerCase();
}

/**
 * @param {string | null} offered Sec-WebSocket-Protocol
 * @returns {{all: string[], open: string[]}} all, and those that are no secrets
 */
export function readProtocols(offered) {
  const all = (offered ?? "")
    .split(",")
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== "");
  return { all, open: all.filter((protocol) => !PROTOCOL.test(protocol)) };
}

/**
 * Everything that the client may have meant as its token: SDKs send it where their provider wants a key.
 * @param {Request} request
 * @param {URL} url
 * @returns {string[]}
 */
export function clientTokens(request, url) {
  const headers = HEADERS.map((name) => request.headers.get(name) ?? "");
  const queries = [...url.searchParams].filter(([name]) => QUERIES.has(name.toLowerCase())).map(([, value]) => value);
  const { all } = readProtocols(request.headers.get("sec-websocket-protocol"));
  const protocols = all.map((protocol) => PROTOCOL.exec(protocol)?.[1] ?? "");
  return [...headers, ...queries, ...protocols]
    .map((value) => value.replace(/^(?:bearer|token|key)\s+/i, "").trim())
    .filter((value) => value !== "" && value.length <= LONGEST_TOKEN)
    .slice(0, MOST_TOKENS);
}

const LONGEST_TOKEN = 4096;
const MOST_TOKENS = 12;

/**
 * A secret is text, or an entry of a Secrets Store.
 * @param {unknown} binding
 * @returns {Promise<string>}
 * @throws {Fault}
 */
export async function secret(binding) {
  if (typeof binding === "string") return binding;
  const value = await /** @type {{get(): Promise<string>}} */ (binding).get().catch(() => "");
  if (value !== "") return value;
  throw new Fault(500, Code.CONFIGURATION, "this Worker is not set up correctly: a secret cannot be read");
}
