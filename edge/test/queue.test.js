import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { Edge, until } from "./edge.js";

describe("waiting at 429", () => {
  /** @type {Edge} */
  let edge;
  /** @param {string} path @param {object} queue */
  const at = (path, queue) => ({ match: { path: `/openai/${path}` }, then: { queue } });
  before(async () => {
    edge = await Edge.start({
      explain: true,
      rules: [
        at("patient", { wait_ms: 20_000, attempts: 3 }),
        at("twice", { wait_ms: 20_000, attempts: 2 }),
        at("short", { wait_ms: 500 }),
        at("alone", { wait_ms: 20_000, waiting: 1 }),
      ],
    });
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  /**
   * So many times 429, then 200 with what was sent.
   * @param {number} times
   * @param {string} [retryAfter]
   */
  const busy = (times, retryAfter) => {
    edge.upstream.behaviour = ({ body }, response) => {
      const full = edge.upstream.seen.length <= times;
      response.writeHead(full ? 429 : 200, retryAfter ? { "retry-after": retryAfter } : {});
      response.end(full ? "busy" : body);
    };
  };

  test("it asks again, with the same body, after what Retry-After says", async () => {
    busy(2, "0.2");
    const { status, text, headers } = await edge.post("/openai/patient", { a: 1 });
    assert.deepEqual([status, text], [200, '{"a":1}']);
    assert.equal(edge.upstream.seen.length, 3);
    assert.ok(Number(headers["cfaig-edge-waited-ms"]) >= 400, headers["cfaig-edge-waited-ms"]);
  });

  test("without Retry-After it waits by itself", async () => {
    busy(1);
    const { status, headers } = await edge.post("/openai/patient", {});
    assert.equal(status, 200);
    assert.ok(Number(headers["cfaig-edge-waited-ms"]) >= 250, headers["cfaig-edge-waited-ms"]);
  });

  test("after so many times the answer is the 429, whole", async () => {
    busy(99, "0");
    const { status, text, headers } = await edge.post("/openai/twice", {});
    assert.deepEqual([status, text, headers["retry-after"]], [429, "busy", "0"]);
    assert.equal(edge.upstream.seen.length, 3);
  });

  for (const retryAfter of ["7", new Date(Date.now() + 3_600_000).toUTCString(), "999999999"]) {
    test(`what is longer than allowed is not waited for: ${retryAfter}`, async () => {
      busy(99, retryAfter);
      const { status, headers } = await edge.post("/openai/short", {});
      assert.deepEqual([status, headers["cfaig-edge-waited-ms"]], [429, undefined]);
      assert.equal(edge.upstream.seen.length, 1);
    });
  }

  test("Retry-After that says nothing counts as none", async () => {
    busy(1, "soon");
    assert.equal((await edge.post("/openai/patient", {})).status, 200);
  });

  test("other answers are not waited for", async () => {
    edge.upstream.behaviour = (_request, response) => response.writeHead(503, { "retry-after": "1" }).end();
    assert.equal((await edge.post("/openai/patient", {})).status, 503);
    assert.equal(edge.upstream.seen.length, 1);
  });

  test("no more than so many wait at once", async () => {
    let free = false;
    edge.upstream.behaviour = (_request, response) =>
      response.writeHead(free ? 200 : 429, { "retry-after": "1" }).end();
    /** @type {number[]} */
    const answered = [];
    const asked = [1, 2, 3].map(async () => answered.push((await edge.post("/openai/alone", {})).status));
    await until(() => answered.length === 2, "two of three are not kept");
    free = true;
    await Promise.all(asked);
    assert.deepEqual(answered, [429, 429, 200]);
  });

  test("a client that goes away is not waited for", async () => {
    busy(99, "1");
    const socket = connect(edge.worker.port, "127.0.0.1");
    socket.write("POST /openai/patient HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}");
    await until(() => edge.upstream.seen.length === 1, "it was asked once");
    socket.resetAndDestroy();
    // Another one that waits longer than the first would have: time goes by for both.
    busy(3, "0.6");
    edge.upstream.seen.length = 0;
    await edge.post("/openai/patient", { a: 2 });
    assert.equal(edge.upstream.seen.filter(({ body }) => body === "{}").length, 0);
  });
});
