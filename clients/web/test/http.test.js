import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import {
  Answer,
  ConnectionError,
  Gateway,
  GatewayError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
} from "../src/index.js";
import { ACCOUNT, all, asking, failureOf, gatewayAt, LOCAL, logs, script, TOKEN, until } from "./local.js";

const gateway = gatewayAt();
let number = 0;
/** A question that nobody has asked before. */
const fresh = () => `question ${(number += 1)}`;

beforeEach(() => script());

describe("whole answers", () => {
  test("tell who answered, at which step, and from where", async () => {
    await script({ provider: "openai", status: 503 });
    const question = fresh();
    const answer = await gateway.chat(asking(question), { event_id: "mine" });
    assert.ok(answer instanceof Answer);
    assert.equal(answer.text, `[anthropic claude-sonnet-5] ${question}`);
    const { latency, log_id, request_id, ...told } = answer.result;
    assert.deepEqual(told, {
      provider: "anthropic",
      model: "claude-sonnet-5",
      cache: "MISS",
      cached: false,
      step: 1,
      event_id: "mine",
    });
    assert.ok(latency > 0 && log_id !== null);
    assert.equal(answer.usage?.prompt_tokens, answer.body.usage.prompt_tokens);
    assert.equal(answer.cost, null);
    const [log] = await logs();
    assert.deepEqual([log.id, log.step], [log_id, 1]);
  });

  test("come from the cache the second time, and cost nothing", async () => {
    const question = asking(fresh());
    assert.equal((await gateway.chat(question)).result.cache, "MISS");
    const again = await gateway.chat(question);
    assert.deepEqual([again.result.cached, again.cost], [true, 0]);
    assert.equal((await gateway.chat(question, { skip_cache: true })).result.cached, false);
  });

  test("costs that a provider tells are told", async () => {
    const body = { choices: [{ message: { content: "hi" } }], usage: { cost: 0.25 } };
    await script({ body });
    assert.equal((await gateway.chat(asking(fresh()), { skip_cache: true })).cost, 0.25);
  });

  test("options become headers that the gateway understands", async () => {
    const metadata = { plan: "paid", "größe": 1.5, beta: true };
    await gateway.chat(asking(fresh()), { metadata, custom_cost: { total_cost: 0.5 } });
    const [log] = await logs();
    assert.deepEqual(log.metadata, metadata);
    assert.equal(log.cost, 0.5);
  });

  test("other paths take and give JSON", async () => {
    const { body } = await gateway.post("openai/embeddings", { model: "text-embedding-3-small", input: "x" });
    assert.equal(body.data[0].embedding.length, 8);
  });

  test("an address of one's own", async () => {
    const own = new Gateway({ url: `${LOCAL}/v1/${ACCOUNT}/web/`, token: TOKEN });
    assert.equal((await own.chat(asking(fresh()))).result.provider, "openai");
    assert.deepEqual(own.headers({ skip_cache: true }), {
      "cf-aig-authorization": `Bearer ${TOKEN}`,
      "cf-aig-skip-cache": "true",
    });
  });
});

describe("streams", () => {
  test("come in parts, with tokens at the end", async () => {
    const stream = await gateway.stream(asking("one two three", { stream_options: { include_usage: true } }));
    assert.equal(stream.result.provider, "openai");
    const texts = [];
    for await (const text of stream.texts()) texts.push(text);
    assert.ok(texts.length > 2);
    assert.equal(texts.join(""), "[openai gpt-4o] one two three");
    assert.equal(stream.text, texts.join(""));
    assert.equal(stream.finish, "stop");
    assert.ok(stream.usage?.completion_tokens > 0);
  });

  test("begin before they end", async () => {
    await script({ stall_after: 2 });
    const stream = await gateway.stream(asking(fresh()));
    const parts = stream[Symbol.asyncIterator]();
    assert.equal((await parts.next()).done, false);
    await parts.return();
  });

  test("that break off say so, after what has come", async () => {
    await script({ cut_after: 3 });
    const stream = await gateway.stream(asking("one two three"));
    const error = await failureOf(all(stream));
    assert.ok(error instanceof ConnectionError);
    assert.equal(error.retryable, true);
    assert.equal(error.result, stream.result);
    assert.notEqual(stream.text, "");
    assert.equal(stream.finish, null);
  });

  test("that end early without a word have broken off, too", async () => {
    await script({ headers: { "content-type": "text/event-stream" }, body: 'data: {"choices": []}\n\n' });
    const error = await failureOf(all(await gateway.stream(asking(fresh()))));
    assert.ok(error instanceof ConnectionError, String(error));
  });

  test("that tell of a failure fail with it", async () => {
    const data = JSON.stringify({ error: { message: "overloaded", type: "server_error", code: "busy" } });
    await script({ headers: { "content-type": "text/event-stream" }, body: `data: ${data}\n\n` });
    const error = await failureOf(all(await gateway.stream(asking(fresh()))));
    assert.ok(error instanceof GatewayError);
    assert.deepEqual([error.message, error.code, error.from, error.status], ["overloaded", "busy", "provider", null]);
  });

  test("an answer that is no stream is its only part", async () => {
    await script({ body: { choices: [{ message: { content: "all" }, finish_reason: "stop" }] } });
    const stream = await gateway.stream(asking(fresh()));
    assert.deepEqual((await all(stream.texts())).join("|"), "all");
  });
});

describe("ending a request", () => {
  test("before it begins", async () => {
    const error = await failureOf(gateway.chat(asking(fresh()), { signal: AbortSignal.abort() }));
    assert.equal(error.name, "AbortError");
  });

  test("while it waits, with a reason of one's own", async () => {
    await script({ hang: true });
    const controller = new AbortController();
    const waiting = gateway.chat(asking(fresh()), { signal: controller.signal });
    const reason = new Error("changed my mind");
    controller.abort(reason);
    assert.equal(await failureOf(waiting), reason);
  });

  test("in the middle of a stream, which ends it at the gateway as well", async () => {
    await script({ stall_after: 2 });
    const controller = new AbortController();
    const stream = await gateway.stream(asking("one two three"), { signal: controller.signal });
    const error = await failureOf(
      (async () => {
        for await (const _ of stream) controller.abort();
      })(),
    );
    assert.equal(error.name, "AbortError");
    await until(async () => (await logs())[0].id === stream.result.log_id, "its log is written");
  });

  test("by leaving the loop", async () => {
    await script({ stall_after: 2 });
    const stream = await gateway.stream(asking("one two three"));
    for await (const _ of stream) break;
    await until(async () => (await logs())[0].id === stream.result.log_id, "its log is written");
  });
});

describe("failures", () => {
  for (const [status, kind, retryable] of /** @type {[number, typeof GatewayError, boolean][]} */ ([
    [400, InvalidRequestError, false],
    [401, UnauthorizedError, false],
    [429, RateLimitError, true],
    [503, ServerError, true],
  ])) {
    test(`of a provider: ${status}`, async () => {
      await script({ status, message: "no, not now", ...(status === 429 && { retry_after: "7s" }) });
      const question = asking(fresh(), { model: "openai/gpt-4o" });
      const error = await failureOf(gateway.chat(question));
      assert.ok(error instanceof kind);
      assert.equal(error.name, kind.name);
      assert.deepEqual([error.from, error.status, error.retryable], ["provider", status, retryable]);
      assert.equal(error.message, "no, not now");
      assert.equal(error.retryAfter, status === 429 ? 7 : null);
      assert.ok(error.result?.log_id);
    });
  }

  test("of the gateway: no token", async () => {
    const error = await failureOf(gatewayAt({ token: null }).chat(asking(fresh())));
    assert.ok(error instanceof UnauthorizedError);
    assert.deepEqual([error.from, error.code, error.status, error.retryable], ["gateway", 2009, 401, false]);
  });

  test("of the gateway: too many requests, and when to come back", async () => {
    const limited = gatewayAt({}, "limited");
    await limited.chat(asking(fresh(), { model: "openai/gpt-4o" }));
    const error = await failureOf(limited.chat(asking(fresh(), { model: "openai/gpt-4o" })));
    assert.ok(error instanceof RateLimitError);
    assert.deepEqual([error.from, error.code], ["gateway", 2003]);
  });

  test("of the gateway: a gateway that is not there", async () => {
    const error = await failureOf(gatewayAt({}, "nowhere").chat(asking(fresh())));
    assert.deepEqual([error.code, error.constructor], [2001, InvalidRequestError]);
  });

  test("an answer that is no JSON", async () => {
    await script({ malformed: "content_type" });
    const error = await failureOf(gateway.chat(asking(fresh(), { model: "openai/gpt-4o" })));
    assert.ok(error instanceof ConnectionError);
    assert.match(String(error.body), /<html/i);
  });

  test("nobody there", async () => {
    const error = await failureOf(new Gateway({ url: "http://127.0.0.1:1" }).chat(asking(fresh())));
    assert.ok(error instanceof ConnectionError);
    assert.deepEqual([error.from, error.status, error.retryable], ["network", null, true]);
    assert.ok(error.cause instanceof TypeError);
  });
});

describe("misuse", () => {
  test("is a TypeError or RangeError that says what", async () => {
    assert.throws(() => new Gateway({ account: "a/b", gateway: "g" }), /account: "a\/b" is no part of an address/);
    assert.throws(() => new Gateway({ url: "ftp://example.com" }), TypeError);
    await assert.rejects(gateway.chat(asking("x", { stream: true })), /stream\(body\) asks for a stream/);
    await assert.rejects(gateway.chat(asking("x"), { cache_ttl: "1s" }), /RangeError: cache_ttl: "1s" is not 0/);
    await assert.rejects(gateway.chat(asking("x"), /** @type {any} */ ({ ttl: 1 })), /there is no option ttl/);
  });

  test("repeats no token", () => {
    const secret = "Bearer very secret";
    assert.throws(() => gatewayAt({ token: secret }).headers(), (error) => !String(error).includes("secret"));
  });
});
