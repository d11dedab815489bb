/** Cloudflare Access: the signed token that it puts on requests. */

import { joined, readUpTo } from "./body.js";
import { Code, Fault } from "./faults.js";

const FRESH_MS = 3_600_000;
const USABLE_MS = 24 * FRESH_MS;
const ASK_AGAIN_MS = 60_000;
const FETCH_MS = 5_000;
const LEEWAY_SECONDS = 30;
const LONGEST_TOKEN = 16_384;
const LARGEST_KEY_SET = 256 * 1024;
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** @typedef {{keys: Map<string, CryptoKey>, at: number, asked: number}} KeySet */

/** Signing keys by issuer, for the life of the isolate. @type {Map<string, KeySet>} */
const keySets = new Map();

/**
 * @param {{issuer: string, aud: string[]}} access
 * @param {Request} request
 * @returns {Promise<string | null>} who it is; null when the token is missing or does not hold
 * @throws {Fault} when the signing keys cannot be had
 */
export async function verifyAccess(access, request) {
  const token = request.headers.get("cf-access-jwt-assertion") ?? cookie(request, "CF_Authorization");
  if (!token || token.length > LONGEST_TOKEN) return null;
  const read = readToken(token);
  if (read === null || !claimsHold(read.claims, access)) return null;
  const key = await signingKey(access.issuer, read.kid);
  if (!key || !(await crypto.subtle.verify(ALGORITHM.name, key, read.signature, read.signed))) return null;
  const { email, common_name: service, sub } = read.claims;
  return [email, service, sub].find((name) => typeof name === "string" && name !== "") ?? "access";
}

/** @param {string} token */
function readToken(token) {
  const parts = token.split(".");
  if (parts.length !== 3) return null;
  try {
    const [header, claims] = parts.slice(0, 2).map((part) => JSON.parse(new TextDecoder().decode(bytes(part))));
    if (header?.alg !== "RS256" || typeof header.kid !== "string" || typeof claims !== "object" || !claims) return null;
    const signed = new TextEncoder().encode(`${parts[0]}.${parts[1]}`);
    return { kid: /** @type {string} */ (header.kid), claims, signed, signature: bytes(parts[2]) };
  } catch {
    return null;
  }
}

/**
 * @param {Record<string, unknown>} claims
 * @param {{issuer: string, aud: string[]}} access
 */
function claimsHold(claims, { issuer, aud }) {
  const now = Date.now() / 1000;
  const { exp, nbf, iat } = claims;
  const audiences = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  return (
    claims.iss === issuer &&
    audiences.some((one) => aud.includes(one)) &&
    typeof exp === "number" &&
    exp > now - LEEWAY_SECONDS &&
    [nbf, iat].every((time) => time === undefined || (typeof time === "number" && time < now + LEEWAY_SECONDS))
  );
}

/**
 * An unknown key may be a new one: the set is fetched again then, but not at every made-up name.
 * @param {string} issuer
 * @param {string} kid
 */
async function signingKey(issuer, kid) {
  const now = Date.now();
  const known = keySets.get(issuer);
  const found = known?.keys.get(kid);
  const age = known ? now - known.at : Infinity;
  if (found && age < FRESH_MS) return found;
  if (known && now - known.asked < ASK_AGAIN_MS) return age < USABLE_MS ? found : undefined;
  if (known) known.asked = now;
  try {
    const keys = await fetchKeys(issuer);
    keySets.set(issuer, { keys, at: now, asked: now });
    return keys.get(kid);
  } catch {
    if (found && age < USABLE_MS) return found;
    throw new Fault(503, Code.ACCESS_KEYS, "the signing keys of Cloudflare Access cannot be had", {
      "retry-after": "5",
    });
  }
}

/** @param {string} issuer */
async function fetchKeys(issuer) {
  const signal = AbortSignal.timeout(FETCH_MS);
  const response = await fetch(`${issuer}/cdn-cgi/access/certs`, { redirect: "manual", signal });
  if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
  const { chunks, size, rest } = await readUpTo(response.body, LARGEST_KEY_SET);
  if (rest) throw new Error("too large");
  const set = JSON.parse(new TextDecoder().decode(joined(chunks, size)));
  /** @type {Map<string, CryptoKey>} */
  const keys = new Map();
  for (const key of set.keys) {
    if (key?.kty !== "RSA" || typeof key.kid !== "string") continue;
    keys.set(key.kid, await crypto.subtle.importKey("jwk", key, ALGORITHM, false, ["verify"]));
  }
  return keys;
}

/**
 * @param {Request} request
 * @param {string} name
 */
function cookie(request, name) {
  const parts = (request.headers.get("cookie") ?? "").split(";").map((part) => part.trim());
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** @param {string} text base64url */
function bytes(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) throw new SyntaxError("not base64url");
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
