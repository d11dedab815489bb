import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { ConnectionError, Gateway, UnauthorizedError } from "../src/index.js";
import { all, asking, EDGE, failureOf, script, Socket } from "./local.js";

/** @param {string | null} token */
const edgeWith = (token) => new Gateway({ url: EDGE, token, WebSocket: Socket });
const edge = edgeWith("edge-token");

describe("through an edge on workerd", () => {
  beforeEach(() => script());

  test("whole answers and streams", async () => {
    const answer = await edge.chat(asking("through the edge"));
    assert.equal(answer.text, "[openai gpt-4o] through the edge");
    assert.equal(answer.result.provider, "openai");
    const stream = await edge.stream(asking("in parts"));
    assert.equal((await all(stream.texts())).join(""), "[openai gpt-4o] in parts");
  });

  test("its own refusals", async () => {
    const unknown = await failureOf(edgeWith("wrong").chat(asking("x")));
    assert.ok(unknown instanceof UnauthorizedError);
    assert.deepEqual([unknown.from, unknown.code, unknown.status], ["edge", 6001, 401]);
    const rejected = await failureOf(edge.chat(asking("x", { model: "openai/forbidden" })));
    assert.deepEqual([rejected.message, rejected.code, rejected.status], ["not this one", 6010, 403]);
  });

  test("WebSockets, whose token is a subprotocol", async () => {
    const socket = edge.connect();
    assert.equal((await socket.chat(asking("over a socket"))).text, "[openai gpt-4o] over a socket");
    const stream = await socket.stream(asking("in parts"));
    assert.equal((await all(stream.texts())).join(""), "[openai gpt-4o] in parts");
    const rejected = await failureOf(socket.chat(asking("x", { model: "openai/forbidden" })));
    assert.deepEqual([rejected.message, rejected.code], ["not this one", 6010]);
    socket.close();
  });

  test("a WebSocket with a wrong token is not opened", async () => {
    const socket = edgeWith("wrong").connect({ reconnects: 0 });
    assert.ok((await failureOf(socket.chat(asking("x")))) instanceof ConnectionError);
  });
});
