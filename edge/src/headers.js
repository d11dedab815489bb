/** Which headers go on, in either direction. */

// They belong to one connection (RFC 9110, 7.6.1), or are written anew for the next one.
const HOP_BY_HOP = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

// What a browser or a proxy tells about the client and its address. Providers have no use for it, and some refuse what
// comes from browsers.
const ABOUT_CLIENTS = new RegExp(
  "^(?:cookie2?|origin|referer|forwarded|via|x-forwarded-.*|x-real-ip|true-client-ip|sec-.*|cdn-loop|priority|dnt" +
    "|x-original-.*|x-rewrite-url|x-(?:http-)?method(?:-override)?|access-control-.*)$",
);
const OF_CLOUDFLARE = /^cf-(?!aig-)/;

const RENAMED = Object.freeze({ "cf-cache-ttl": "cf-aig-cache-ttl", "cf-skip-cache": "cf-aig-skip-cache" });

/**
 * The client's headers as far as they go on, names in lower case, the gateway's old names replaced by the new ones.
 * @param {Headers} headers
 * @returns {Map<string, string>}
 */
export function forwardable(headers) {
  const named = namedBy(headers);
  /** @type {Map<string, string>} */
  const kept = new Map();
  for (const [name, value] of headers) {
    if (HOP_BY_HOP.has(name) || named.has(name) || ABOUT_CLIENTS.test(name) || OF_CLOUDFLARE.test(name)) continue;
    kept.set(name, value);
  }
  for (const [old, name] of Object.entries(RENAMED)) {
    const value = headers.get(old);
    if (value !== null && !kept.has(name)) kept.set(name, value);
  }
  return kept;
}

/**
 * The same for headers of an item of the universal endpoint, which are members of a JSON object.
 * @param {unknown} headers
 * @returns {Map<string, string>}
 */
export function itemHeaders(headers) {
  if (typeof headers !== "object" || headers === null) return new Map();
  const known = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    try {
      if (["string", "number", "boolean"].includes(typeof value) && !known.has(name)) known.set(name, String(value));
    } catch {
      // No name or value of a header: it is left out, as it could only be used to smuggle another one in.
    }
  }
  return forwardable(known);
}

/**
 * The upstream's headers as far as they concern the client.
 * @param {Headers} headers
 * @param {boolean} ownCors whether the Worker says itself which pages may read the answer
 * @returns {Headers}
 */
export function answered(headers, ownCors) {
  const named = namedBy(headers);
  const kept = new Headers();
  for (const [name, value] of headers) {
    if (HOP_BY_HOP.has(name) && name !== "content-length") continue;
    if (named.has(name) || OF_ONE_HOST.test(name) || (ownCors && name.startsWith("access-control-"))) continue;
    kept.append(name, value);
  }
  return kept;
}

// Cookies and promises of the gateway's host; this is another one.
const OF_ONE_HOST = /^(?:set-cookie2?|alt-svc|strict-transport-security|nel|report-to|clear-site-data|cf-ray|server)$/;

/**
 * Headers that the Connection header names are hop by hop as well.
 * @param {Headers} headers
 */
function namedBy(headers) {
  const named = (headers.get("connection") ?? "").toLowerCase().split(",");
  return new Set(named.map((name) => name.trim()).filter((name) => name !== ""));
}
