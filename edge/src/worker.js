/** The Worker in front of one AI Gateway. docs/edge.md tells what it does; the rules are data, in the binding RULES. */

import { authenticate } from "./auth.js";
import { isUpgrade, readCall } from "./call.js";
import { loadConfig } from "./config.js";
import { allowReading, isPreflight, isTrustedOrigin, preflight } from "./cors.js";
import { Code, Fault } from "./faults.js";
import { readPath } from "./paths.js";
import { proxy } from "./proxy.js";
import { connect } from "./websocket.js";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

export default {
  /**
   * @param {Request} request
   * @param {import("./config.js").Env} env
   * @returns {Promise<Response>}
   */
  async fetch(request, env) {
    /** @type {import("./config.js").Config} */
    let config;
    try {
      config = loadConfig(env);
    } catch (error) {
      return refusal(error);
    }
    if (config.cors && isPreflight(request)) return preflight(config, request);
    const response = await answer(config, request).catch(refusal);
    if (response.webSocket === null) allowReading(config, request, response.headers);
    return response;
  },
};

/**
 * @param {import("./config.js").Config} config
 * @param {Request} request
 */
async function answer(config, request) {
  const url = addressed(request);
  const client = await authenticate(config, request, url);
  if (client?.ambient && !isTrustedOrigin(config, request, url)) {
    throw new Fault(403, Code.WRONG_ORIGIN, "this page may not use the session of its visitor");
  }
  if (!METHODS.includes(request.method)) {
    throw new Fault(405, Code.BAD_METHOD, "no such method here", { allow: METHODS.join(", ") });
  }
  const place = readPath(isUpgrade(request) && url.pathname === "/ws" ? "/" : url.pathname);
  const call = readCall(config, request, url, place, client?.name ?? null);
  return call.isSocket ? connect(call) : proxy(call);
}

/**
 * @param {Request} request
 * @throws {Fault} for a host that is none
 */
function addressed({ url }) {
  if (!URL.canParse(url)) throw new Fault(400, Code.BAD_PATH, "the address is not one");
  return new URL(url);
}

/**
 * @param {unknown} error
 * @returns {Response}
 */
function refusal(error) {
  if (error instanceof Fault) return error.response();
  if (error instanceof RangeError && error.message.includes("call stack")) return tooDeep().response();
  // Only where it happened: a message may quote what a client or a provider has sent.
  console.error("cfaig edge:", error instanceof Error ? `${error.name}${frames(error)}` : "unknown error");
  return new Fault(500, Code.INTERNAL, "internal error").response();
}

/** Rules that rewrite, and the universal endpoint, have to write the body anew. */
const tooDeep = () => new Fault(400, Code.BROKEN_BODY, "the body is nested too deeply");

/** @param {Error} error */
const frames = ({ stack = "" }) => stack.slice(Math.max(0, stack.indexOf("\n    at ")));
