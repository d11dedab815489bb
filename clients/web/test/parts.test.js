import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pauseAfter, wait } from "../src/backoff.js";
import { gatewayHeaders, resultOf, SpendLimitError } from "../src/index.js";
import { errorOf } from "../src/errors.js";
import { eventsOf } from "../src/sse.js";
import { all } from "./local.js";

/** @param {(string | Uint8Array)[]} chunks */
async function* bytes(chunks) {
  for (const chunk of chunks) yield typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

describe("server-sent events", () => {
  const TEXT =
    "\uFEFF: a comment\r\ndata: one\r\n\r\nevent: x\rid: 7\rdata:two\rdata\rdata:  three\r\r" +
    "data: ü€😀\n\nretry: 1\n\ndata: lost";
  const EVENTS = ["one", "two\n\n three", "ü€😀"];

  test("are the same wherever chunks end", async () => {
    const whole = new TextEncoder().encode(TEXT);
    for (let size = 1; size <= whole.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.subarray(index * size, (index + 1) * size),
      );
      assert.deepEqual(await all(eventsOf(bytes(chunks))), EVENTS, `chunks of ${size}`);
    }
  });

  test("an end that is a single CR", async () => {
    assert.deepEqual(await all(eventsOf(bytes(["data: x\r\r"]))), ["x"]);
  });
});

describe("pauses", () => {
  const bounds = { first: 100, longest: 1000 };

  test("double up to a bound, and are anywhere below it", () => {
    const longest = [1, 2, 3, 4, 5, 60].map((failures) => pauseAfter(failures, bounds, () => 1));
    assert.deepEqual(longest, [100, 200, 400, 800, 1000, 1000]);
    assert.equal(pauseAfter(3, bounds, () => 0.25), 100);
    const drawn = new Set(Array.from({ length: 50 }, () => pauseAfter(1, bounds)));
    assert.ok(drawn.size > 10 && [...drawn].every((pause) => pause >= 0 && pause <= 100));
  });

  test("end when the network comes back, and can be called off", async () => {
    const network = new EventTarget();
    const { addEventListener, removeEventListener } = globalThis;
    globalThis.addEventListener = network.addEventListener.bind(network);
    globalThis.removeEventListener = network.removeEventListener.bind(network);
    try {
      let ended = 0;
      const callOff = wait(3_600_000, () => (ended += 100));
      callOff();
      wait(3_600_000, () => (ended += 1));
      network.dispatchEvent(new Event("online"));
      network.dispatchEvent(new Event("online"));
      assert.equal(ended, 1);
    } finally {
      Object.assign(globalThis, { addEventListener, removeEventListener });
    }
  });
});

describe("options", () => {
  for (const [options, said] of /** @type {[any, RegExp][]} */ ([
    [{ cache_ttl: "59s" }, /cache_ttl: "59s" is not 0, nor whole seconds/],
    [{ cache_ttl: "soon" }, /cache_ttl: "soon" is no duration/],
    [{ timeout: 0 }, /timeout: 0 is not 1ms to 24h/],
    [{ timeout: NaN }, /timeout: .* is no duration/],
    [{ attempts: 6 }, /attempts: 6 is no whole number from 1 to 5/],
    [{ backoff: "random" }, /backoff: "random" is none of/],
    [{ skip_cache: "yes" }, /skip_cache: "yes" is neither/],
    [{ cache_key: "a\r\nx: y" }, /cache_key: .* is no plain ASCII/],
    [{ metadata: { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 } }, /metadata: more than 5/],
    [{ metadata: { a: [] } }, /metadata: a is neither/],
    [{ metadata: { "cf.x": 1 } }, /metadata: Cloudflare keeps/],
    [{ metadata: [1] }, /metadata: \[1\] is no object/],
    [{ custom_cost: { per_token_out: -1 } }, /custom_cost: per_token_out is no amount/],
    [{ custom_cost: { per_cache_read_token: 1 } }, /custom_cost: needs one of/],
    [{ custom_cost: { total_cost: 1, tip: 1 } }, /custom_cost: there is no tip/],
    [{ otel_trace_id: "0".repeat(32) }, /otel_trace_id: /],
  ])) {
    test(`refused: ${JSON.stringify(options)}`, () => {
      assert.throws(() => gatewayHeaders(options), { name: "RangeError", message: said });
    });
  }

  test("what is left out is left out", () => {
    assert.deepEqual(gatewayHeaders({ token: null, zdr: undefined, no_wholesale: false }), {});
  });
});

describe("what is told", () => {
  test("headers of other gateways are no result", () => {
    const { latency, ...told } = resultOf(new Headers({ "cf-aig-step": "one" }));
    assert.equal(latency, 0);
    assert.deepEqual(new Set(Object.values(told)), new Set([null, false]));
  });

  for (const [body, message, from, code] of /** @type {[unknown, string, string, any][]} */ ([
    [{ name: "AiGatewayError", error: [{ code: 2045, message: "spent" }] }, "spent", "gateway", 2045],
    [{ error: { message: "spent", type: "gateway_error", code: 2045 } }, "spent", "gateway", 2045],
    [{ errors: [{ code: 10000, message: "no" }] }, "no", "gateway", 10000],
    [[{ error: { code: 429, message: "quota", status: "X" } }], "quota", "provider", 429],
    [{ type: "error", error: { type: "overloaded_error", message: "busy" } }, "busy", "provider", "overloaded_error"],
    [{ error: "plain" }, "plain", "provider", null],
    ["<html>", "<html>", "provider", null],
    [null, "the request failed with 429", "provider", null],
  ])) {
    test(`errors in their shapes: ${JSON.stringify(body)}`, () => {
      const error = errorOf(429, body, null);
      assert.deepEqual([error.message, error.from, error.code], [message, from, code]);
      assert.equal(error instanceof SpendLimitError, code === 2045);
    });
  }

  test("when to come back: seconds, a date, or nothing that can be understood", () => {
    assert.equal(errorOf(429, "", null, "7").retryAfter, 7);
    const soon = errorOf(429, "", null, new Date(Date.now() + 60_000).toUTCString()).retryAfter;
    assert.ok(soon !== null && soon > 50 && soon <= 60);
    assert.equal(errorOf(429, "", null, "Mon, 01 Jan 2001 00:00:00 GMT").retryAfter, 0);
    assert.equal(errorOf(429, "", null, "later").retryAfter, null);
  });
});
