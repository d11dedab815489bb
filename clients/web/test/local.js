/** The local Cloudflare that the tests call: tests/web starts it, and names it in the environment. */

import { createConnection, createServer } from "node:net";
import WebSocket from "ws";
import { Gateway } from "../src/index.js";

const { CFAIG_LOCAL, CFAIG_EDGE } = process.env;
if (!CFAIG_LOCAL) throw new Error("CFAIG_LOCAL is not set: run these tests with `pytest tests/web`");

/** Where the local Cloudflare is, without a slash at the end. */
export const LOCAL = CFAIG_LOCAL;
/** An edge on workerd in front of it, whose only client has the token `edge-token`. */
export const EDGE = CFAIG_EDGE ?? "";
export const ACCOUNT = "10ca10ca10ca10ca10ca10ca10ca10ca";
export const TOKEN = "local-run-token";
/** The WebSocket of Node 20 is that of a package. */
export const Socket = /** @type {typeof globalThis.WebSocket} */ (/** @type {unknown} */ (WebSocket));

/**
 * @param {object} [more]
 * @param {string} [gateway] made by tests/web: `web` has a cache, `limited` takes one request
 */
export const gatewayAt = (more = {}, gateway = "web") =>
  new Gateway({ account: ACCOUNT, gateway, base_url: `${LOCAL}/v1`, token: TOKEN, WebSocket: Socket, ...more });

/** @param {string} content */
export const asking = (content, more = {}) => ({
  model: "dynamic/chat",
  messages: [{ role: "user", content }],
  ...more,
});

/** @param {object[]} rules what scripted providers do next (docs/upstreams.md) */
export async function script(...rules) {
  const headers = { authorization: "Bearer local-token", "content-type": "application/json" };
  const told = await fetch(`${LOCAL}/__local/upstreams`, { method: "PUT", headers, body: JSON.stringify(rules) });
  if (!told.ok) throw new Error(await told.text());
}

const LOGS = `${LOCAL}/client/v4/accounts/${ACCOUNT}/ai-gateway/gateways/web/logs`;
const READS = { headers: { authorization: "Bearer local-read-token" } };

/** @returns {Promise<Record<string, any>[]>} newest first */
export const logs = async () => (await (await fetch(LOGS, READS)).json()).result;

/** @returns {Promise<any>} the body of the newest request that has a log */
export async function lastAsked() {
  const [{ id }] = await logs();
  return (await fetch(`${LOGS}/${id}/request`, READS)).json();
}

/**
 * Waits until it holds; fails after a generous time.
 * @param {() => boolean | Promise<boolean>} holds
 * @param {string} what
 */
export async function until(holds, what) {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within 30 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/**
 * All that it yields.
 * @template T
 * @param {AsyncIterable<T>} parts
 */
export async function all(parts) {
  const got = [];
  for await (const part of parts) got.push(part);
  return got;
}

/** @param {Promise<unknown>} promise @returns {Promise<any>} what it fails with */
export const failureOf = (promise) =>
  promise.then(
    () => Promise.reject(new Error("it did not fail")),
    (/** @type {unknown} */ error) => error,
  );

/** Passes TCP on to the local Cloudflare, counts connections, and can cut them. */
export class Cable {
  /** @type {Set<import("node:net").Socket>} */
  #ends = new Set();
  #server = createServer((near) => {
    if (this.refusing) {
      near.destroy();
      return;
    }
    this.count += 1;
    const far = createConnection(Number(new URL(LOCAL).port), "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      this.#ends.add(one);
      one.on("data", (chunk) => {
        if (one === near) this.said += chunk.toString("latin1");
        other.write(chunk);
      });
      one.on("error", () => {});
      one.on("close", () => {
        this.#ends.delete(one);
        other.destroy();
      });
    }
  });
  count = 0;
  refusing = false;
  /** What clients have sent, WebSocket frames masked. */
  said = "";

  async lay() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return this;
  }

  get base_url() {
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${port}/v1`;
  }

  cut() {
    for (const end of this.#ends) end.destroy();
  }

  take() {
    this.cut();
    this.#server.close();
  }
}
