/** Who the client is. */

import { verifyAccess } from "./access.js";
import { clientTokens } from "./credentials.js";
import { Code, Fault } from "./faults.js";

/**
 * @typedef {object} Client
 * @property {string} name
 * @property {boolean} ambient whether its browser says who it is without the page having to know
 */

/**
 * @param {import("./config.js").Config} config
 * @param {Request} request
 * @param {URL} url
 * @returns {Promise<Client | null>} null when nobody is asked
 * @throws {Fault}
 */
export async function authenticate(config, request, url) {
  if (!config.bearer.length && !config.access) return null;
  const named = await byToken(config.bearer, clientTokens(request, url));
  if (named !== null) return { name: named, ambient: false };
  if (config.access) {
    const name = await verifyAccess(config.access, request);
    if (name !== null) return { name, ambient: true };
  }
  throw new Fault(401, Code.UNAUTHORIZED, "Unauthorized", { "www-authenticate": "Bearer" });
}

/**
 * All hashes are compared with all tokens, however early one fits, so that time tells nothing.
 * @param {{name: string, hash: Uint8Array}[]} known
 * @param {string[]} tokens
 * @returns {Promise<string | null>}
 */
async function byToken(known, tokens) {
  /** @type {string | null} */
  let found = null;
  for (const token of tokens) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token));
    for (const one of known) {
      if (crypto.subtle.timingSafeEqual(hash, one.hash)) found ??= one.name;
    }
  }
  return found;
}
