/**
 * What the Worker costs, on workerd: time for a request with a cache rule against asking the fake gateway directly, one
 * after the other; then memory while many more go through. `npm run bench -- --requests 100000`
 */

import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { parseArgs } from "node:util";
import { Edge, sha256 } from "../test/edge.js";

const AT_ONCE = 16;
const TIMED = 3000;
const STEPS = 10;
const RULES = {
  auth: { bearer: [{ name: "a", sha256: sha256("client") }] },
  rules: [
    { match: { path: "/openai/images/**" }, then: { reject: { status: 403, message: "no" } } },
    {
      match: { path: "/chat/completions" },
      then: { cache: { ttl: 3600, key: ["model", "messages"] }, timeout_ms: 30000 },
    },
  ],
};
const BODY = JSON.stringify({ model: "openai/gpt-4o", messages: [{ role: "user", content: "x".repeat(2000) }] });

const { values } = parseArgs({ options: { requests: { type: "string", default: "100000" } } });
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const edge = await Edge.start(RULES, { GATEWAY_TOKEN: "token" });
edge.upstream.seen.push = () => 0; // A hundred thousand requests need not be kept.

/**
 * @param {number} port
 * @returns {Promise<void>}
 */
function once(port) {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: "Bearer client",
      "content-type": "application/json",
      "content-length": BODY.length,
    };
    const sent = request({ agent, host: "127.0.0.1", port, path: "/chat/completions", method: "POST", headers });
    sent.on("error", reject).on("response", (response) => {
      response
        .resume()
        .on("end", () => (response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}`))));
    });
    sent.end(BODY);
  });
}

/**
 * @param {number} port
 * @returns {Promise<{p50: number, p99: number}>} milliseconds
 */
async function timed(port) {
  /** @type {number[]} */
  const times = [];
  for (let count = 0; count < TIMED; count += 1) {
    const began = performance.now();
    await once(port);
    times.push(performance.now() - began);
  }
  times.sort((one, other) => one - other);
  const at = (/** @type {number} */ share) => Math.round(times[Math.floor(TIMED * share)] * 100) / 100;
  return { p50: at(0.5), p99: at(0.99) };
}

/** @param {number} requests */
async function many(requests) {
  let left = requests;
  const client = async () => {
    while (left-- > 0) await once(edge.worker.port);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
}

/** Megabytes of workerd; Linux only. */
async function memory() {
  const status = await readFile(`/proc/${edge.worker.pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
}

await timed(edge.worker.port);
const figures = { direct: await timed(edge.upstream.port), edge: await timed(edge.worker.port) };
const total = Number(values.requests);
const megabytes = [];
const began = performance.now();
for (let step = 0; step < STEPS; step += 1) {
  await many(Math.round(total / STEPS));
  megabytes.push(await memory());
}
const perSecond = Math.round((total / (performance.now() - began)) * 1000);
console.log(JSON.stringify({ ...figures, requests: total, perSecond, megabytes }));
agent.destroy();
await edge.stop();
