/** The gateway: asked for one address only, answers brought back as they come. */

import { readUpTo, joined } from "./body.js";
import { Code, Fault } from "./faults.js";
import { answered } from "./headers.js";

/** @typedef {import("./call.js").Call} Call */

const LONGEST_ERROR = 256 * 1024;
const HIDDEN = "***";

/**
 * @param {Call} call
 * @returns {string}
 * @throws {Fault} for what would lead elsewhere
 */
export function addressOf({ config, place, search }) {
  const base = new URL(config.base);
  const path = place.path === "/" ? "" : place.path;
  const url = new URL(config.base + path + search);
  const within = url.pathname === base.pathname || url.pathname.startsWith(`${base.pathname.replace(/\/$/, "")}/`);
  // readPath has refused all that is known to lead out; this holds whatever it may have overlooked.
  if (url.origin !== base.origin || url.username || url.password || !within) {
    throw new Fault(400, Code.BAD_PATH, "the path is not one that can be sent on");
  }
  return url.href;
}

/**
 * @param {Call} call
 * @returns {Promise<Response>}
 * @throws {Fault} when the gateway does not answer
 */
export async function ask(call) {
  const { request, headers, body } = call;
  const address = addressOf(call);
  const bare = request.method === "GET" || request.method === "HEAD";
  try {
    return await fetch(address, {
      method: request.method,
      headers: new Headers([...headers]),
      body: bare ? null : body.send(),
      redirect: "manual",
      signal: request.signal,
    });
  } catch {
    throw new Fault(502, Code.UNREACHABLE, "the gateway cannot be reached");
  }
}

/**
 * The answer for the client: streamed, with the gateway's headers.
 * @param {Call} call
 * @param {Response} response
 * @returns {Promise<Response>}
 */
export async function bringBack(call, response) {
  const headers = answered(response.headers, call.config.managed || call.config.cors !== null);
  hideSecrets(headers, call.secrets);
  const { status, statusText } = response;
  if (status < 200 || status > 599) throw new Fault(502, Code.UNREACHABLE, "the gateway's answer is not one");
  if (status < 400 || response.body === null) return new Response(response.body, { status, statusText, headers });
  return new Response(await withoutSecrets(response.body, call.secrets, headers), { status, statusText, headers });
}

/**
 * @param {Headers} headers changed
 * @param {Set<string>} secrets
 */
function hideSecrets(headers, secrets) {
  for (const [name, value] of [...headers]) {
    if (withoutSecret(value, secrets) !== value) headers.delete(name);
  }
}

/**
 * @param {string} text
 * @param {Set<string>} secrets
 * @returns {string}
 */
export function withoutSecret(text, secrets) {
  let left = text;
  for (const secret of secrets) left = left.replaceAll(secret, HIDDEN);
  return left;
}

/**
 * Providers repeat rejected keys in their errors. These are small, so they can be looked through.
 * @param {ReadableStream<Uint8Array>} body
 * @param {Set<string>} secrets
 * @param {Headers} headers changed: the length may be another
 * @returns {Promise<BodyInit>}
 */
async function withoutSecrets(body, secrets, headers) {
  if (secrets.size === 0) return body;
  headers.delete("content-length");
  const { chunks, size, rest } = await readUpTo(body, LONGEST_ERROR);
  if (rest) await rest.cancel();
  const bytes = joined(chunks, size);
  const text = new TextDecoder().decode(bytes);
  const hidden = withoutSecret(text, secrets);
  return hidden === text ? bytes : hidden;
}
