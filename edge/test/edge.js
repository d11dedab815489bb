/** The Worker with a fake upstream behind it, and a client that sends requests exactly as a test writes them. */

import { createHash } from "node:crypto";
import { request } from "node:http";
import { Upstream } from "./upstream.js";
import { serve } from "./workerd.js";

export const BASE = "https://gateway.example/v1/acc/gw";
export const GATEWAY = { url: BASE };

/** @param {string} token */
export const sha256 = (token) => createHash("sha256").update(token).digest("hex");

/** @typedef {{status: number, headers: Record<string, string>, text: string, json: any}} Answered */
/** @typedef {Record<string, string | string[]>} Sent */

export class Edge {
  /**
   * @param {Upstream} upstream
   * @param {import("./workerd.js").Running} worker
   */
  constructor(upstream, worker) {
    this.upstream = upstream;
    this.worker = worker;
  }

  /**
   * @param {object} rules all of RULES but version and gateway
   * @param {Record<string, string>} [secrets]
   * @param {Record<string, unknown>} [json]
   * @param {string} [stored]
   */
  static async start(rules = {}, secrets = {}, json = {}, stored) {
    const upstream = await new Upstream().start();
    const all = { version: 1, gateway: GATEWAY, ...rules };
    return new Edge(upstream, await serve({ rules: all, secrets, json, stored, upstream: upstream.port }));
  }

  async stop() {
    await this.worker.stop();
    await this.upstream.stop();
  }

  /**
   * @param {string} method
   * @param {string} path sent as it is
   * @param {Sent} [headers]
   * @param {string | Buffer} [body]
   * @returns {Promise<Answered>}
   */
  send(method, path, headers = {}, body = "") {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port: this.worker.port, method, path, headers, agent: false };
      const sent = request(options, async (response) => {
        const chunks = [];
        try {
          for await (const chunk of response) chunks.push(chunk);
        } catch (error) {
          reject(error);
          return;
        }
        const text = Buffer.concat(chunks).toString();
        const told = /** @type {Record<string, string>} */ (response.headers);
        resolve({ status: response.statusCode ?? 0, headers: told, text, json: parsed(text) });
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /**
   * @param {string} path
   * @param {unknown} body
   * @param {Sent} [headers]
   */
  async post(path, body, headers = {}) {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const length = { "content-length": String(Buffer.byteLength(text)) };
    return this.send("POST", path, { "content-type": "application/json", ...length, ...headers }, text);
  }

  /**
   * What the gateway gets of a request.
   * @param {string} path
   * @param {unknown} body
   * @param {Sent} [headers]
   */
  async sent(path, body, headers = {}) {
    this.upstream.seen.length = 0;
    const answer = await this.post(path, body, headers);
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    const { url, headers: got, body: text } = this.upstream.only;
    return { url, headers: got, text, json: parsed(text) };
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The gateway's headers among these. @param {Record<string, string>} headers */
export function aig(headers) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("cf-aig-")));
}

/**
 * A condition that becomes true; fails after a generous time.
 * @param {() => boolean} holds
 * @param {string} what
 */
export async function until(holds, what) {
  const end = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
