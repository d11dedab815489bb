import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import {
  ConnectionError,
  GatewayError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
} from "../src/index.js";
import { all, asking, Cable, failureOf, gatewayAt, logs, script, until } from "./local.js";

/** @typedef {import("../src/index.js").GatewaySocket} GatewaySocket */

let number = 0;
/** A question that nobody has asked before. */
const fresh = () => `message ${(number += 1)}`;
const QUICK = { first: 1, longest: 5 };

/** @type {Cable} */
let cable;
/** @type {GatewaySocket[]} */
let sockets = [];

/** @param {import("../src/index.js").SocketOptions} [options] */
function connect(options = {}, more = {}) {
  const socket = gatewayAt({ base_url: cable.base_url, ...more }).connect({ ...QUICK, ...options });
  sockets.push(socket);
  return socket;
}

beforeEach(async () => {
  await script();
  cable = await new Cable().lay();
});
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
  cable.take();
});

describe("one connection, many requests", () => {
  test("whole answers and streams at the same time", async () => {
    const socket = connect();
    const questions = Array.from({ length: 8 }, fresh);
    const answers = Promise.all(questions.map((question) => socket.chat(asking(question), { skip_cache: true })));
    const streams = Promise.all(questions.map(async (question) => socket.stream(asking(question))));
    const texts = questions.map((question) => `[openai gpt-4o] ${question}`);
    assert.deepEqual((await answers).map((answer) => answer.text), texts);
    assert.deepEqual(
      await Promise.all((await streams).map(async (stream) => (await all(stream.texts())).join(""))),
      texts,
    );
    assert.equal(cable.count, 1);
  });

  test("answers tell of themselves what messages tell", async () => {
    const socket = connect();
    const question = asking(fresh());
    await socket.chat(question, { event_id: "mine" });
    const { result, cost, usage } = await socket.chat(question, { event_id: "mine" });
    const { latency, log_id, ...told } = result;
    assert.ok(latency > 0 && log_id !== null);
    assert.deepEqual(told, {
      provider: null,
      model: null,
      cache: "HIT",
      cached: true,
      step: 0,
      event_id: "mine",
      request_id: null,
    });
    assert.deepEqual([cost, usage?.total_tokens > 0], [0, true]);
  });

  test("options become headers of the one request", async () => {
    const socket = connect();
    await socket.chat(asking(fresh()), { metadata: { plan: "paid" } });
    assert.deepEqual((await logs())[0].metadata, { plan: "paid" });
    await socket.chat(asking(fresh()));
    assert.deepEqual((await logs())[0].metadata, {});
  });

  test("anything else that the universal endpoint takes", async () => {
    const item = { provider: "openai", endpoint: "embeddings", query: { model: "text-embedding-3-small", input: "x" } };
    assert.equal((await connect().ask(item)).body.data[0].embedding.length, 8);
  });

  test("states are told", async () => {
    const socket = connect();
    /** @type {string[]} */
    const states = [socket.state];
    socket.addEventListener("statechange", () => states.push(socket.state));
    await socket.chat(asking(fresh()));
    socket.close();
    assert.deepEqual(states, ["idle", "connecting", "open", "closed"]);
    await assert.rejects(socket.chat(asking("late")), /closed/);
  });
});

describe("failures", () => {
  test("of a provider, whose status messages do not tell", async () => {
    await script({ status: 503, message: "no" });
    const error = await failureOf(connect().chat(asking(fresh(), { model: "openai/gpt-4o" })));
    assert.equal(error.constructor, GatewayError);
    assert.deepEqual([error.message, error.from, error.status], ["no", "provider", null]);
  });

  test("of the gateway", async () => {
    const error = await failureOf(connect().chat(asking(fresh(), { model: "dynamic/none" })));
    assert.ok(error instanceof InvalidRequestError || error instanceof ServerError, String(error));
    assert.equal(error.from, "gateway");
  });

  test("too many requests, also for streams", async () => {
    const limited = gatewayAt({ base_url: cable.base_url }, "limited").connect(QUICK);
    sockets.push(limited);
    const question = asking(fresh(), { model: "openai/gpt-4o" });
    await failureOf(limited.chat(question).then(() => limited.chat(question, { skip_cache: true })));
    const error = await failureOf(limited.stream(question));
    assert.ok(error instanceof RateLimitError);
    assert.equal(error.code, 2003);
  });

  test("a stream that breaks off", async () => {
    await script({ cut_after: 3 });
    const stream = await connect().stream(asking("one two three"));
    assert.ok((await failureOf(all(stream))) instanceof GatewayError);
    assert.notEqual(stream.text, "");
  });

  test("an event id that waits for its answer cannot be taken twice", async () => {
    await script({ hang: true });
    const socket = connect();
    const first = failureOf(socket.chat(asking(fresh()), { event_id: "same" }));
    await assert.rejects(socket.chat(asking(fresh()), { event_id: "same" }), RangeError);
    socket.close();
    assert.equal((await first).name, "AbortError");
  });

  test("an event id that has its answer can be taken again, even while that is read", async () => {
    const socket = connect();
    const stream = await socket.stream(asking("one two three"), { event_id: "same" });
    const parts = stream[Symbol.asyncIterator]();
    while (stream.finish === null) await parts.next();
    await script({ hang: true });
    /** @type {Promise<unknown>} */
    let second = Promise.resolve();
    const taken = async () => {
      second = failureOf(socket.chat(asking(fresh()), { event_id: "same" }));
      return Promise.race([second, new Promise((resolve) => setImmediate(resolve))]);
    };
    await until(async () => !((await taken()) instanceof RangeError), "the last message of the first is there");
    assert.equal((await parts.next()).done, true);
    assert.equal(socket.state, "open");
    socket.close();
    assert.equal(/** @type {Error} */ (await second).name, "AbortError");
  });

  test("no connection: tries again, then says so", async () => {
    const socket = connect({ reconnects: 3 }, { token: "wrong" });
    const error = await failureOf(socket.chat(asking(fresh())));
    assert.ok(error instanceof ConnectionError && !(error instanceof UnauthorizedError));
    assert.match(error.message, /the address, the token, or the network/);
    assert.equal(cable.count, 4);
    assert.equal(socket.state, "idle");
  });

  test("a token that browsers could not send", () => {
    assert.throws(() => gatewayAt({ token: "a/b" }).connect(), RangeError);
  });
});

describe("a connection that is cut", () => {
  /**
   * Cuts it when all has been sent, and mends it when the client has seen that; nobody hangs any more then.
   * @param {GatewaySocket} socket
   */
  async function cutAndMend(socket) {
    await until(() => socket.state === "open", "it is open");
    cable.refusing = true;
    cable.cut();
    await until(() => socket.state !== "open", "the end is seen");
    await script();
    cable.refusing = false;
  }

  test("comes back by itself for the next request", async () => {
    const socket = connect();
    await socket.chat(asking(fresh()));
    cable.cut();
    await until(() => socket.state === "idle", "the end is seen");
    const question = fresh();
    assert.equal((await socket.chat(asking(question))).text, `[openai gpt-4o] ${question}`);
    assert.equal(cable.count, 2);
  });

  test("what has no answer is asked again if that is wanted", async () => {
    await script({ hang: true });
    const socket = connect({ resend: true, reconnects: 1000 });
    const question = fresh();
    const answer = socket.chat(asking(question));
    await cutAndMend(socket);
    assert.equal((await answer).text, `[openai gpt-4o] ${question}`);
    assert.equal(cable.count, 2);
  });

  test("streams that have not begun, too", async () => {
    await script({ hang: true });
    const socket = connect({ reconnects: 1000 });
    const question = fresh();
    const stream = socket.stream(asking(question), { resend: true });
    await cutAndMend(socket);
    assert.equal((await all((await stream).texts())).join(""), `[openai gpt-4o] ${question}`);
  });

  test("otherwise it fails, because it may have been carried out", async () => {
    await script({ hang: true });
    const socket = connect();
    const answer = failureOf(socket.chat(asking(fresh())));
    await cutAndMend(socket);
    const error = await answer;
    assert.ok(error instanceof ConnectionError);
    assert.equal(error.retryable, true);
    assert.equal(socket.state, "idle");
  });

  test("a stream that has begun fails, with what has come", async () => {
    await script({ stall_after: 2 });
    const socket = connect({ resend: true });
    const stream = await socket.stream(asking("one two three"));
    const error = await failureOf(
      (async () => {
        for await (const text of stream.texts()) if (text) cable.cut();
      })(),
    );
    assert.ok(error instanceof ConnectionError);
    assert.notEqual(stream.text, "");
  });

  test("what was never sent is sent when the network is back", async () => {
    const socket = connect({ reconnects: 1000 });
    cable.refusing = true;
    const answers = [fresh(), fresh()].map((question) => socket.chat(asking(question)));
    await until(() => socket.state === "waiting", "the first try has failed");
    cable.refusing = false;
    for (const answer of await Promise.all(answers)) assert.match(answer.text, /^\[openai gpt-4o\] message/);
    assert.equal(cable.count, 1);
  });
});

describe("ending a request", () => {
  test("alone on its connection: the connection ends, and the request at the gateway with it", async () => {
    await script({ stall_after: 2 });
    const socket = connect();
    const controller = new AbortController();
    const stream = await socket.stream(asking("one two three"), { signal: controller.signal });
    const error = await failureOf(
      (async () => {
        for await (const _ of stream) controller.abort();
      })(),
    );
    assert.equal(error.name, "AbortError");
    assert.equal(socket.state, "idle");
    await until(async () => (await logs())[0].id === stream.result.log_id, "its log is written");
  });

  test("beside others: they go on", async () => {
    await script({ model: "gpt-4o-mini", hang: true });
    const socket = connect();
    const controller = new AbortController();
    const first = failureOf(
      socket.chat(asking(fresh(), { model: "openai/gpt-4o-mini" }), { signal: controller.signal }),
    );
    const second = socket.chat(asking(fresh()));
    controller.abort();
    assert.equal((await first).name, "AbortError");
    assert.match((await second).text, /message/);
    assert.equal(cable.count, 1);
  });

  test("before it begins, nothing is opened", async () => {
    const socket = connect();
    const error = await failureOf(socket.chat(asking(fresh()), { signal: AbortSignal.abort() }));
    assert.equal(error.name, "AbortError");
    assert.deepEqual([socket.state, cable.count], ["idle", 0]);
  });

  test("by leaving the loop", async () => {
    await script({ stall_after: 2 });
    const socket = connect();
    for await (const _ of await socket.stream(asking("one two three"))) break;
    assert.equal(socket.state, "idle");
  });
});
