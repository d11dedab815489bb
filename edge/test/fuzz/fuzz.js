/** Sends malformed requests to the Worker on workerd, and looks at all that comes out of it, on both sides. */

import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { BASE, Edge } from "../edge.js";
import { frames, handshake, httpRequest } from "./generate.js";
import { CLIENT, HIDDEN, RULES, SECRETS, SMUGGLED } from "./planted.js";
import { Random } from "./random.js";

const AT_ONCE = 24;
const QUIET_MS = 60;
const FIRST_MS = 1000;
const LONGEST_MS = 15_000;
const OWN_CODES = new Set([6021]);
/** What workerd says itself of requests that the Worker never sees; CONNECT, too, which it answers with 500. */
const OF_RUNTIME = new Set([501, 505]);

/**
 * @typedef {object} Figures
 * @property {number} runs
 * @property {number} seed
 * @property {number} upstream requests that reached the gateway
 * @property {Record<string, number>} statuses
 * @property {number} sockets WebSockets that were opened
 * @property {number} seconds
 * @property {number} megabytes of workerd at the end
 * @property {string[]} faults what went wrong, with what caused it
 */

/**
 * @param {object} options
 * @param {number} options.runs
 * @param {number} options.seed
 * @returns {Promise<Figures>}
 */
export async function fuzz({ runs, seed }) {
  const edge = await Edge.start(RULES, SECRETS);
  /** @type {Figures} */
  const figures = { runs, seed, upstream: 0, statuses: {}, sockets: 0, seconds: 0, megabytes: 0, faults: [] };
  const began = Date.now();
  try {
    hostile(edge.upstream);
    let next = 0;
    const worker = async () => {
      while (next < runs && figures.faults.length < 20) await one(edge, figures, (seed << 16) + next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    lookBehind(edge.upstream.seen, figures);
    for (const { url, text } of edge.upstream.messages) {
      const realtime = url.startsWith(`${BASE}/`);
      if (!realtime && /Bearer mine|"cf-aig-skip-cache"|"Host"/.test(text))
        figures.faults.push(`not taken out: ${text}`);
    }
    await lookAfter(edge, figures);
  } finally {
    figures.seconds = Math.round((Date.now() - began) / 100) / 10;
    figures.megabytes = await memoryOf(edge.worker.pid);
    await edge.stop();
  }
  return figures;
}

/** The gateway, as unpleasant as it can be. @param {import("../upstream.js").Upstream} upstream */
function hostile(upstream) {
  let count = 0;
  upstream.behaviour = ({ headers }, response) => {
    count += 1;
    const echo = JSON.stringify(headers);
    if (count % 31 === 0) return response.destroy();
    if (count % 7 === 0) return response.writeHead(429, { "retry-after": "0.001", "x-from-gateway": "1" }).end(echo);
    if (count % 5 === 0)
      return response.writeHead(307, { location: "https://evil.example/", "x-from-gateway": "1" }).end();
    const failed = count % 3 === 0;
    const told = { "x-from-gateway": "1", ...(failed ? { "x-echo": headers["cf-aig-authorization"] ?? "" } : {}) };
    return response.writeHead(failed ? 500 : 200, told).end(failed ? echo : "{}");
  };
}

/**
 * @param {Edge} edge
 * @param {Figures} figures
 * @param {number} seed
 */
async function one(edge, figures, seed) {
  const random = new Random(seed);
  const socket = random.chance(0.25);
  const parts = socket ? [handshake(random), frames(random)] : [httpRequest(random)];
  const got = await exchange(edge.worker.port, parts);
  const text = got.toString("latin1");
  const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? "closed";
  figures.statuses[status] = (figures.statuses[status] ?? 0) + 1;
  if (status === "101") figures.sockets += 1;
  const [method] = parts[0].toString("latin1").split(" ", 1);
  const why = method === "CONNECT" ? undefined : complaint(text, Number(status), method === "HEAD");
  if (why)
    figures.faults.push(
      [`seed ${seed}: ${why}`, ...[parts.join(""), text].map((told) => JSON.stringify(told).slice(0, 400))].join("\n"),
    );
  if (!edge.worker.alive()) figures.faults.push(`seed ${seed}: workerd has ended`);
}

/**
 * @param {string} text
 * @param {number} status
 * @param {boolean} bodiless
 * @returns {string | undefined}
 */
function complaint(text, status, bodiless) {
  const secret = HIDDEN.find((hidden) => text.includes(hidden));
  if (secret) return "a secret came out";
  if (new RegExp(`^${SMUGGLED}`, "im").test(text)) return "a header was smuggled into the answer";
  if (!(status >= 500) || /^x-from-gateway: 1/im.test(text) || OF_RUNTIME.has(status)) return undefined;
  if (bodiless && status === 502) return undefined;
  const code = Number(/"internalCode":(\d+)/.exec(text)?.[1]);
  return OWN_CODES.has(code) ? undefined : `an undocumented ${status}`;
}

/**
 * Send the parts, and read until the other side ends or is quiet.
 * @param {number} port
 * @param {Buffer[]} parts
 * @returns {Promise<Buffer>}
 */
function exchange(port, [first, second]) {
  return new Promise((resolve) => {
    /** @type {Buffer[]} */
    const got = [];
    const socket = connect(port, "127.0.0.1");
    const end = () => {
      clearTimeout(quiet);
      clearTimeout(late);
      socket.destroy();
      resolve(Buffer.concat(got));
    };
    // Many requests are not finished, so that nothing comes: quiet is an end as well.
    let quiet = setTimeout(end, FIRST_MS);
    const late = setTimeout(end, LONGEST_MS);
    socket.on("data", (data) => {
      if (got.length === 0 && second && data.toString("latin1").startsWith("HTTP/1.1 101")) socket.write(second);
      got.push(data);
      clearTimeout(quiet);
      quiet = setTimeout(end, QUIET_MS);
    });
    socket.on("error", end).on("close", end);
    socket.write(first);
  });
}

/**
 * What reached the gateway: only its own address, none of the client's tokens, nothing smuggled in.
 * @param {import("../upstream.js").Seen[]} seen
 * @param {Figures} figures
 */
function lookBehind(seen, figures) {
  figures.upstream = seen.length;
  for (const { method, url, headers, body } of seen) {
    const told = `${method} ${url} ${JSON.stringify(headers)} ${body.slice(0, 300)}`;
    if (url !== BASE && !url.startsWith(`${BASE}/`) && !url.startsWith(`${BASE}?`))
      figures.faults.push(`left the gateway: ${told}`);
    else if (/(?:^|\/)(?:\.|%2e){2}(?:\/|$)/i.test(new URL(url).pathname)) figures.faults.push(`a way up: ${told}`);
    if (`${url}${JSON.stringify(headers)}`.includes(CLIENT)) figures.faults.push(`the client's token went on: ${told}`);
    if (Object.keys(headers).some((name) => name.startsWith(SMUGGLED))) figures.faults.push(`smuggled: ${told}`);
    if (headers["cf-aig-authorization"] !== `Bearer ${SECRETS.GATEWAY_TOKEN}`)
      figures.faults.push(`another token: ${told}`);
  }
}

/**
 * It still works, and has not said anything that it should not.
 * @param {Edge} edge
 * @param {Figures} figures
 */
async function lookAfter(edge, figures) {
  edge.upstream.reset();
  const { status, text } = await edge.post("/openai/x", {}, { authorization: `Bearer ${CLIENT}` });
  if (status !== 200) figures.faults.push(`afterwards: ${status} ${text}`);
  const talk = edge.worker.talk();
  if ([...HIDDEN, CLIENT].some((hidden) => talk.includes(hidden))) figures.faults.push("a secret in the log");
  const said = talk.split("\n").filter((line) => /cfaig edge:|fatal|segv|assert/i.test(line));
  if (said.length > 0) figures.faults.push(`said: ${said.slice(0, 5).join("\n")}`);
}

/** @param {number} pid */
async function memoryOf(pid) {
  try {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return 0; // Only Linux tells it this way.
  }
}
