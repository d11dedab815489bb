/**
 * WebSockets: realtime providers are passed through; at the universal endpoint each message is a request of its own,
 * and is treated as an item of one (facts/ai-gateway.md 6.6).
 */

import { carryOut, putCredentials, refuse, subjectOf } from "./call.js";
import { readProtocols } from "./credentials.js";
import { parseExactly } from "./canonical.js";
import { Code, Fault } from "./faults.js";
import { explain } from "./proxy.js";
import { decide } from "./rules.js";
import { carryOutItem, isTransparent } from "./universal.js";
import { addressOf, bringBack, withoutSecret } from "./upstream.js";

/** @typedef {import("./call.js").Call} Call */

/** Codes that an endpoint may not send itself (RFC 6455, 7.4.1). */
const NEVER_SENT = new Set([1004, 1005, 1006, 1015]);
const BROKEN = 1011;

/**
 * @param {Call} call
 * @returns {Promise<Response>}
 */
export async function connect(call) {
  const universal = call.place.path === "/";
  const { names } = universal ? await openUniversal(call) : await openRealtime(call);
  const offered = readProtocols(call.request.headers.get("sec-websocket-protocol"));
  const response = await handshake(call, call.config.managed ? offered.open : offered.all);
  if (response.webSocket === null) return bringBack(call, response);
  const headers = new Headers();
  const chosen = chosenProtocol(response.headers.get("sec-websocket-protocol"), offered);
  if (chosen !== undefined) headers.set("sec-websocket-protocol", chosen);
  if (call.config.explain) explain(headers, names, 0);
  const webSocket = universal && !isTransparent(call) ? bridged(call, response.webSocket) : response.webSocket;
  return new Response(null, { status: 101, headers, webSocket });
}

/** @param {Call} call */
async function openUniversal(call) {
  await putCredentials(call, undefined);
  return { names: [] };
}

/** @param {Call} call */
async function openRealtime(call) {
  call.body.kind = "none";
  const decision = decide(call.config.rules, subjectOf(call));
  refuse(decision.then);
  await carryOut(call, decision.then);
  return decision;
}

/**
 * @param {Call} call
 * @param {string[]} protocols
 */
async function handshake(call, protocols) {
  const headers = new Headers([...call.headers]);
  headers.set("upgrade", "websocket");
  if (protocols.length > 0) headers.set("sec-websocket-protocol", protocols.join(", "));
  const address = addressOf(call);
  try {
    return await fetch(address, { headers, redirect: "manual" });
  } catch {
    throw new Fault(502, Code.UNREACHABLE, "the gateway cannot be reached");
  }
}

/**
 * Browsers give up when none of the subprotocols that they offer is taken, and offer their token as one.
 * @param {string | null} upstream
 * @param {{all: string[], open: string[]}} offered
 */
function chosenProtocol(upstream, { all, open }) {
  return upstream !== null && all.includes(upstream) ? upstream : (open[0] ?? all[0]);
}

/**
 * @param {Call} call
 * @param {WebSocket} upstream
 * @returns {WebSocket} the client's end
 */
function bridged(call, upstream) {
  const [client, server] = Object.values(new WebSocketPair());
  server.accept();
  upstream.accept();
  // Messages may have to wait for a hash: one after the other, so that they stay in order.
  let last = Promise.resolve();
  server.addEventListener("message", ({ data }) => {
    last = last.then(() => passOn(call, data, server, upstream)).catch(() => end(upstream, BROKEN, ""));
  });
  upstream.addEventListener("message", ({ data }) => {
    if (server.readyState === WebSocket.OPEN)
      server.send(typeof data === "string" ? withoutSecret(data, call.secrets) : data);
  });
  server.addEventListener("close", ({ code, reason }) => void last.then(() => end(upstream, code, reason)));
  upstream.addEventListener("close", ({ code, reason }) => end(server, code, reason));
  server.addEventListener("error", () => end(upstream, BROKEN, ""));
  upstream.addEventListener("error", () => end(server, BROKEN, ""));
  return client;
}

/**
 * @param {Call} call
 * @param {string | ArrayBuffer} data
 * @param {WebSocket} server
 * @param {WebSocket} upstream
 */
async function passOn(call, data, server, upstream) {
  /** @type {any} */
  let message;
  try {
    message = parseExactly(typeof data === "string" ? data : new TextDecoder().decode(data));
    const next = isRequest(message) ? { ...message, request: await carryOutMessage(call, message.request) } : message;
    // Always written anew: what we and the gateway might read differently does not get there.
    if (upstream.readyState === WebSocket.OPEN) upstream.send(JSON.stringify(next));
  } catch (error) {
    server.send(JSON.stringify({ type: "universal.error", ...complaint(error, message?.request?.eventId) }));
  }
}

/** @param {any} message */
const isRequest = (message) => message?.type === "universal.create";

/**
 * @param {Call} call
 * @param {unknown} request
 */
async function carryOutMessage(call, request) {
  const { item } = await carryOutItem(call, request);
  return item;
}

/**
 * @param {unknown} error
 * @param {unknown} eventId
 */
function complaint(error, eventId = null) {
  const metadata = { eventId };
  if (error instanceof Fault) return { metadata, error: { code: error.code, message: error.message } };
  return { metadata, error: { code: Code.BAD_UNIVERSAL, message: "the message cannot be understood" } };
}

/**
 * @param {WebSocket} socket
 * @param {number} code
 * @param {string} reason
 */
function end(socket, code, reason) {
  if (socket.readyState !== WebSocket.OPEN && socket.readyState !== WebSocket.CLOSING) return;
  try {
    if (code === 1005) socket.close();
    else socket.close(NEVER_SENT.has(code) ? BROKEN : code, reason);
  } catch {
    // It is gone already.
  }
}
