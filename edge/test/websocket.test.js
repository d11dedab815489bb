import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import WebSocket from "ws";
import { BASE, Edge, sha256, until } from "./edge.js";

const SECRETS = { GATEWAY_TOKEN: "gateway-token", KEY_OPENAI: "sk-openai" };
const TOKEN = "client";

describe("WebSockets", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start(
      {
        auth: { bearer: [{ name: "app", sha256: sha256(TOKEN) }] },
        keys: { openai: { binding: "KEY_OPENAI" }, "google-ai-studio": { binding: "KEY_OPENAI" } },
        deny_headers: ["cf-aig-skip-cache"],
        rules: [
          { match: { model: "forbidden" }, then: { reject: { status: 403, message: "no such model" } } },
          { match: { provider: "openai" }, then: { timeout_ms: 1000, cache: { ttl: 60 } } },
        ],
      },
      SECRETS,
    );
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  test("a realtime provider: credentials put in, the client's taken out, messages untouched both ways", async () => {
    const path = `/openai?model=gpt-4o-realtime&api_key=${TOKEN}`;
    const { socket, next } = await open(edge, path, [], { authorization: `Bearer ${TOKEN}` });
    const { url, headers } = edge.upstream.only;
    assert.equal(url, `${BASE}/openai?model=gpt-4o-realtime`);
    assert.equal(headers["cf-aig-authorization"], "Bearer gateway-token");
    assert.equal(headers.authorization, "Bearer sk-openai");
    assert.equal(headers["cf-aig-request-timeout"], "1000");
    for (const message of ['{"type":"universal.create","request":{}}', "ü", "x".repeat(500_000)]) {
      socket.send(message);
      assert.equal((await next()).toString(), message);
    }
    socket.send(Buffer.from([0, 255, 128]));
    assert.deepEqual(await next(), Buffer.from([0, 255, 128]));
    socket.close(4001, "bye");
    await until(() => edge.upstream.sockets.at(-1)?.readyState === WebSocket.CLOSED, "the provider sees the end");
  });

  for (const [what, offered, chosen] of /** @type {[string, string[], string][]} */ ([
    ["and another one", ["realtime", `cf-aig-authorization.${TOKEN}`], "realtime"],
    ["alone", [`cf-aig-authorization.${TOKEN}`], `cf-aig-authorization.${TOKEN}`],
    ["as OpenAI's", ["realtime", `openai-insecure-api-key.${TOKEN}`, "openai-beta.realtime-v1"], "realtime"],
    ["as ElevenLabs'", [`xi-api-key.${TOKEN}`, "chat"], "chat"],
  ])) {
    test(`browsers send the token as a subprotocol: ${what}`, async () => {
      const { socket } = await open(edge, "/google?model=gemini", offered);
      assert.equal(socket.protocol, chosen);
      const { headers } = edge.upstream.only;
      assert.ok(!Object.values(headers).some((value) => value.includes(`.${TOKEN}`)));
      assert.equal(edge.upstream.only.url, `${BASE}/google?model=gemini&api_key=sk-openai`);
      socket.terminate();
    });
  }

  test("refused: no token, an unwanted model, a bad path; nothing is opened", async () => {
    const auth = { authorization: `Bearer ${TOKEN}` };
    assert.deepEqual(await refused(edge, "/openai?model=x", {}), [401, 6001]);
    assert.deepEqual(await refused(edge, "/openai?model=forbidden", auth), [403, 6010]);
    assert.deepEqual(await refused(edge, "/openai/%2e%2e%2f", auth), [400, 6003]);
    assert.equal(edge.upstream.seen.length, 0);
  });

  test("a gateway that does not want to is passed on", async () => {
    edge.upstream.socketServer.options.verifyClient = (_info, done) => done(false, 401, "{}");
    const got = await refused(edge, "/openai?model=x", { authorization: `Bearer ${TOKEN}` });
    delete edge.upstream.socketServer.options.verifyClient;
    assert.equal(got[0], 401);
  });

  for (const path of ["/", "/ws"]) {
    test(`the universal endpoint at ${path}: every message is treated as a request`, async () => {
      const { socket, next } = await open(edge, path, [], { authorization: `Bearer ${TOKEN}` });
      assert.equal(edge.upstream.only.url, BASE);
      assert.equal(edge.upstream.only.headers["cf-aig-authorization"], "Bearer gateway-token");
      socket.send(JSON.stringify({ type: "universal.create", request: request({ "cf-aig-skip-cache": "true" }) }));
      const echo = String(await next());
      const { text } = edge.upstream.messages[0];
      const { type, request: got } = JSON.parse(text);
      assert.equal(echo, text.replace(SECRETS.KEY_OPENAI, "***"), "what comes back is looked through");
      assert.equal(type, "universal.create");
      assert.equal(got.eventId, "e1");
      assert.equal(got.headers.authorization, "Bearer sk-openai");
      assert.equal(got.headers["cf-aig-request-timeout"], "1000");
      assert.match(got.headers["cf-aig-cache-key"], /^[0-9a-f]{64}$/);
      assert.equal(got.headers["cf-aig-skip-cache"], undefined);
      assert.deepEqual(got.query, request({}).query);
      socket.terminate();
    });
  }

  test("messages stay in order, other ones pass, unwanted ones are answered here", async () => {
    const { socket, next } = await open(edge, "/", [], { authorization: `Bearer ${TOKEN}` });
    const create = (/** @type {object} */ query) =>
      JSON.stringify({ type: "universal.create", request: { ...request({}), query } });
    for (const message of [create({ n: 1 }), '{ "n": 1.50, "n": 2.50 }', "[]", create({ n: 2 })]) socket.send(message);
    assert.equal(JSON.parse(String(await next())).request.query.n, 1);
    assert.equal(String(await next()), '{"n":2.5}');
    assert.equal(String(await next()), "[]");
    assert.equal(JSON.parse(String(await next())).request.query.n, 2);
    socket.send(create({ model: "forbidden" }));
    const unwanted = JSON.parse(String(await next()));
    assert.deepEqual(unwanted, {
      type: "universal.error",
      metadata: { eventId: "e1" },
      error: { code: 6010, message: "no such model" },
    });
    socket.send(JSON.stringify({ type: "universal.create", request: { provider: "../.." } }));
    assert.equal(JSON.parse(String(await next())).error.code, 6006);
    for (const message of ["plain", '{"type":"universal.create","request":7}', '{"type":"universal.create"}']) {
      socket.send(message);
      assert.equal(JSON.parse(String(await next())).error.code, 6006);
    }
    socket.terminate();
  });

  test("ends are passed on in both directions", async () => {
    const auth = { authorization: `Bearer ${TOKEN}` };
    const one = await open(edge, "/", [], auth);
    const seen = new Promise((resolve) =>
      edge.upstream.sockets.at(-1)?.on("close", (code, why) => resolve([code, `${why}`])),
    );
    one.socket.close(4000, "enough");
    assert.deepEqual(await seen, [4000, "enough"]);
    const other = await open(edge, "/", [], auth);
    const told = new Promise((resolve) => other.socket.on("close", (code, why) => resolve([code, `${why}`])));
    edge.upstream.sockets.at(-1)?.close(4002, "over");
    assert.deepEqual(await told, [4002, "over"]);
  });

  test("a client that vanishes ends the connection to the gateway", async () => {
    const { socket } = await open(edge, "/", [], { authorization: `Bearer ${TOKEN}` });
    socket.terminate();
    await until(() => (edge.upstream.sockets.at(-1)?.readyState ?? 0) >= WebSocket.CLOSING, "the gateway sees it");
  });
});

/** @param {Record<string, string>} headers */
const request = (headers) => ({
  eventId: "e1",
  provider: "openai",
  endpoint: "chat/completions",
  headers: { authorization: "Bearer own", ...headers },
  query: { model: "gpt-4o", messages: [] },
});

/**
 * @param {Edge} edge
 * @param {string} path
 * @param {string[]} protocols
 * @param {Record<string, string>} [headers]
 */
async function open(edge, path, protocols, headers = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${edge.worker.port}${path}`, protocols, { headers });
  /** @type {Buffer[]} */
  const waiting = [];
  /** @type {((message: Buffer) => void)[]} */
  const wanted = [];
  socket.on("message", (data) => {
    const take = wanted.shift();
    if (take) take(/** @type {Buffer} */ (data));
    else waiting.push(/** @type {Buffer} */ (data));
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {});
  const next = () =>
    /** @type {Promise<Buffer>} */ (
      new Promise((resolve) => {
        const message = waiting.shift();
        if (message) resolve(message);
        else wanted.push(resolve);
      })
    );
  return { socket, next };
}

/**
 * @param {Edge} edge
 * @param {string} path
 * @param {Record<string, string>} headers
 */
async function refused(edge, path, headers) {
  const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  const key = { "sec-websocket-key": Buffer.alloc(16).toString("base64") };
  const { status, json } = await edge.send("GET", path, { ...upgrade, ...key, ...headers });
  return [status, json?.internalCode];
}
