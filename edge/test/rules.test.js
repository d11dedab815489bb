import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { BASE, Edge, aig } from "./edge.js";

const CHAT = { model: "openai/gpt-4o", messages: [{ role: "user", content: "hi" }] };

describe("actions", () => {
  /** @type {Edge} */
  let edge;
  const at = (/** @type {string} */ name, /** @type {object} */ then, /** @type {object} */ more = {}) => ({
    name,
    match: { path: `/openai/${name}` },
    then,
    ...more,
  });
  before(async () => {
    edge = await Edge.start({
      explain: true,
      rules: [
        at("ttl", { cache: { ttl: 3600 } }),
        at("off", { cache: { off: true } }),
        at("timeout", { timeout_ms: 30000 }),
        at("retries", { retries: { attempts: 3, delay_ms: 500, backoff: "exponential" } }),
        at("once", { retries: { attempts: 1 } }),
        at("cost", { custom_cost: { per_token_in: 0.000001, per_token_out: 2 } }),
        at("metadata", { metadata: { team: "a", paid: true, seats: 3, city: "Zürich €" } }),
        at("five", { metadata: { a: 1, b: 2, c: 3, d: 4, e: 5 } }),
        at("log", { log: true }),
        at("nolog", { log: false }),
        at("payload", { log: "metadata" }),
        at("alias", { byok_alias: "eu", zdr: true, no_wholesale: true }),
        at("headers", { headers: { "cf-aig-event-id": "e1", "anthropic-beta": "x" } }),
        at("provider", { rewrite: { provider: "groq" } }),
        at("model", { rewrite: { model: "gpt-4o-mini" } }),
        at("both", { rewrite: { provider: "groq", model: "llama-3" } }),
        at("reject", { reject: { status: 451, message: "not here" } }),
        at("code", { reject: { status: 403, message: "no", code: 1234 } }),
        at("continue", { timeout_ms: 1000, metadata: { a: "first" } }, { continue: true }),
        at("continue", { timeout_ms: 2000, log: false, metadata: { a: "second", b: "second" } }),
        at("continue", { byok_alias: "never" }),
        { name: "compat", match: { path: "/compat/embeddings" }, then: { rewrite: { provider: "groq", model: "e" } } },
        { name: "google", match: { provider: "google-ai-studio" }, then: { rewrite: { model: "gemini-2" } } },
        { name: "workers", match: { provider: "workers-ai" }, then: { rewrite: { model: "@cf/meta/llama-4" } } },
      ],
    });
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  const TABLE = {
    off: { "cf-aig-skip-cache": "true" },
    timeout: { "cf-aig-request-timeout": "30000" },
    retries: { "cf-aig-max-attempts": "3", "cf-aig-retry-delay": "500", "cf-aig-backoff": "exponential" },
    once: { "cf-aig-max-attempts": "1" },
    cost: { "cf-aig-custom-cost": '{"per_token_in":0.000001,"per_token_out":2}' },
    metadata: { "cf-aig-metadata": '{"team":"a","paid":true,"seats":3,"city":"Z\\u00fcrich \\u20ac"}' },
    log: { "cf-aig-collect-log": "true" },
    nolog: { "cf-aig-collect-log": "false" },
    payload: { "cf-aig-collect-log": "true", "cf-aig-collect-log-payload": "false" },
    alias: { "cf-aig-byok-alias": "eu", "cf-aig-zdr": "true", "cf-aig-no-wholesale": "true" },
    headers: { "cf-aig-event-id": "e1" },
    continue: {
      "cf-aig-request-timeout": "1000",
      "cf-aig-collect-log": "false",
      "cf-aig-metadata": '{"a":"first","b":"second"}',
    },
    none: {},
  };
  for (const [name, headers] of Object.entries(TABLE)) {
    test(`${name} becomes ${Object.keys(headers).join(", ") || "nothing"}`, async () => {
      const sent = await edge.sent(`/openai/${name}`, CHAT);
      assert.deepEqual(aig(sent.headers), headers);
      assert.equal(sent.text, JSON.stringify(CHAT));
    });
  }

  test("a lifetime alone makes a key of the whole body", async () => {
    const { headers } = await edge.sent("/openai/ttl", CHAT);
    assert.equal(headers["cf-aig-cache-ttl"], "3600");
    assert.match(headers["cf-aig-cache-key"], /^[0-9a-f]{64}$/);
  });

  test("request headers win over rules, entry by entry in metadata", async () => {
    const own = { "cf-aig-request-timeout": "5", "cf-aig-metadata": '{"a":"own","z":1}' };
    const { headers } = await edge.sent("/openai/continue", CHAT, own);
    assert.equal(headers["cf-aig-request-timeout"], "5");
    assert.deepEqual(JSON.parse(headers["cf-aig-metadata"]), { a: "own", z: 1, b: "second" });
  });

  test("five entries of metadata count, the request's first, none of Cloudflare's own", async () => {
    const own = { "cf-aig-metadata": '{"x":"own","cf.y":"reserved","e":9}' };
    const { headers } = await edge.sent("/openai/five", CHAT, own);
    assert.deepEqual(JSON.parse(headers["cf-aig-metadata"]), { x: "own", e: 9, a: 1, b: 2, c: 3 });
  });

  for (const broken of ["{", "[1]", "null", '{"a":null}', '{"a":{}}']) {
    test(`metadata that the gateway would discard does not keep the rule's away: ${broken}`, async () => {
      const { headers } = await edge.sent("/openai/metadata", CHAT, { "cf-aig-metadata": broken });
      assert.equal(headers["cf-aig-metadata"], TABLE.metadata["cf-aig-metadata"]);
    });
  }

  test("the gateway's old header names count as the new ones", async () => {
    const { headers } = await edge.sent("/openai/ttl", CHAT, { "cf-cache-ttl": "77", "cf-skip-cache": "true" });
    assert.equal(headers["cf-aig-cache-ttl"], "77");
    assert.equal(headers["cf-aig-skip-cache"], "true");
    assert.equal(headers["cf-cache-ttl"], undefined);
  });

  test("rewriting: path and body, everything else of the body as it came", async () => {
    const long = '{"n": 12345678901234567890123, "f": 1.10, "model": "gpt-4o", "s": "\\u00e9"}';
    const provider = await edge.sent("/openai/provider?x=1", long);
    assert.equal(provider.url, `${BASE}/groq/provider?x=1`);
    assert.equal(provider.text, long);
    const model = await edge.sent("/openai/model", long);
    assert.equal(model.url, `${BASE}/openai/model`);
    assert.match(model.text, /12345678901234567890123/);
    assert.equal(model.json.model, "gpt-4o-mini");
    assert.equal(model.json.s, "é");
    const both = await edge.sent("/openai/both", CHAT);
    assert.equal(both.url, `${BASE}/groq/both`);
    assert.equal(both.json.model, "llama-3");
    assert.deepEqual(both.json.messages, CHAT.messages);
  });

  test("rewriting: the unified endpoint has both in the model", async () => {
    const { url, json } = await edge.sent("/compat/embeddings", CHAT);
    assert.equal(url, `${BASE}/compat/embeddings`);
    assert.equal(json.model, "groq/e");
  });

  test("rewriting: models in paths", async () => {
    const google = await edge.sent("/google-ai-studio/v1beta/models/gemini-1:generateContent", {});
    assert.equal(google.url, `${BASE}/google-ai-studio/v1beta/models/gemini-2:generateContent`);
    const workers = await edge.sent("/workers-ai/%40cf/meta/llama-3", {});
    assert.equal(workers.url, `${BASE}/workers-ai/@cf/meta/llama-4`);
  });

  test("a rejection has the gateway's shape and goes nowhere", async () => {
    const answer = await edge.post("/openai/reject", CHAT);
    assert.equal(answer.status, 451);
    assert.deepEqual(answer.json.error, [{ code: 6010, message: "not here" }]);
    assert.equal(answer.json.success, false);
    assert.deepEqual(answer.json.result, []);
    assert.equal(answer.headers["cfaig-edge-rules"], "reject");
    assert.equal((await edge.post("/openai/code", CHAT)).json.internalCode, 1234);
    assert.equal(edge.upstream.seen.length, 0);
  });

  test("answers tell the rules when asked to", async () => {
    const answer = await edge.post("/openai/continue", CHAT);
    assert.equal(answer.headers["cfaig-edge-rules"], "continue, continue");
  });
});

describe("matching", () => {
  /** @type {Edge} */
  let edge;
  const rule = (/** @type {string} */ name, /** @type {object} */ match) => ({ name, match, then: { log: true } });
  before(async () => {
    edge = await Edge.start({
      explain: true,
      rules: [
        rule("get", { method: ["GET", "DELETE"] }),
        rule("header", { headers: { "x-team": "a", "x-seats": { $gte: 5 } } }),
        rule("metadata", { metadata: { plan: { $in: ["paid", "team"] }, test: { $exists: false } } }),
        rule("shorthand", { path: "/chat/completions", body: { user: "short" } }),
        rule("deep", { path: "/azure-openai/**/images/*", method: "POST" }),
        rule("any", { path: "/**/embeddings" }),
        rule("anthropic", { provider: "anthropic", model: "claude-*-4*" }),
        rule("unified", { provider: ["groq", "grok"] }),
        rule("prefixed", { model: "mistral/large*" }),
        rule("dynamic", { provider: "dynamic" }),
        rule("gemini", { model: "gemini-*" }),
        rule("last", { body: { "messages.-1.role": "tool" } }),
        rule("pointer", { body: { "/a.b/0": { $ne: 1, $exists: true } } }),
        rule("absent", { body: { stream: { $exists: false }, temperature: { $gt: 1, $lte: 2 } } }),
        rule("glob", { body: { user: { $glob: "ci-*" } } }),
        rule("nin", { body: { tier: { $nin: ["a", null] }, kind: [1, true] } }),
      ],
    });
  });
  after(() => edge.stop());

  /** @type {[string, string, string, object | undefined, Record<string, string>?][]} */
  const CASES = [
    ["get", "GET", "/openai/models", undefined],
    ["header", "POST", "/openai/x", {}, { "x-team": "a", "x-seats": "12" }],
    ["", "POST", "/openai/x", {}, { "x-team": "a", "x-seats": "4" }],
    ["metadata", "POST", "/openai/x", {}, { "cf-aig-metadata": '{"plan":"paid"}' }],
    ["", "POST", "/openai/x", {}, { "cf-aig-metadata": '{"plan":"paid","test":true}' }],
    ["shorthand", "POST", "/chat/completions", { user: "short" }],
    ["shorthand", "POST", "/compat/chat/completions", { user: "short" }],
    ["shorthand", "POST", "/%63hat/completions", { user: "short" }],
    ["", "POST", "/openai/chat/completions", { user: "short" }],
    ["deep", "POST", "/azure-openai/res/dep/images/generations", {}],
    ["deep", "POST", "/azure-openai/res%2Fdep%2Fimages%2Fgenerations", {}],
    ["deep", "POST", "/Azure-OpenAI/IMAGES/edits/", {}],
    ["shorthand", "POST", "/Compat/chat/completions/", { user: "short" }],
    ["deep", "POST", "/azure-openai/images/edits", {}],
    ["", "POST", "/azure-openai/images/edits/x", {}],
    ["any", "POST", "/openai/embeddings", {}],
    ["any", "POST", "/embeddings", {}],
    ["anthropic", "POST", "/anthropic/v1/messages", { model: "claude-sonnet-4-5" }],
    ["anthropic", "POST", "/Anthropic/v1/messages", { model: "CLAUDE-sonnet-4-5" }],
    ["anthropic", "POST", "/chat/completions", { model: "anthropic/claude-opus-4" }],
    ["", "POST", "/anthropic/v1/messages", { model: "claude-3" }],
    ["unified", "POST", "/compat/chat/completions", { model: "groq/llama" }],
    ["prefixed", "POST", "/mistral/v1/chat/completions", { model: "large-2" }],
    ["prefixed", "POST", "/compat/chat/completions", { model: "mistral/large-2" }],
    ["dynamic", "POST", "/compat/chat/completions", { model: "dynamic/support" }],
    ["gemini", "POST", "/google-ai-studio/v1/models/gemini-2.5-flash:generateContent", {}],
    ["last", "POST", "/openai/x", { messages: [{ role: "user" }, { role: "tool" }] }],
    ["pointer", "POST", "/openai/x", { "a.b": [2] }],
    ["absent", "POST", "/openai/x", { temperature: 1.5 }],
    ["", "POST", "/openai/x", { temperature: 1.5, stream: false }],
    ["", "POST", "/openai/x", { temperature: "1.5" }],
    ["glob", "POST", "/openai/x", { user: "ci-7" }],
    ["nin", "POST", "/openai/x", { tier: "b", kind: true }],
    ["nin", "POST", "/openai/x", { kind: 1 }],
    ["", "POST", "/openai/x", { tier: null, kind: 1 }],
    ["", "POST", "/openai/x", { tier: "b", kind: "1" }],
  ];
  for (const [name, method, path, body, headers = {}] of CASES) {
    test(`${method} ${path} ${JSON.stringify(body)} ${JSON.stringify(headers)}: ${name || "no rule"}`, async () => {
      const text = body === undefined ? "" : JSON.stringify(body);
      /** @type {Record<string, string>} */
      const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(text)) };
      const answer = await edge.send(method, path, { ...length, ...headers }, text);
      assert.equal(answer.headers["cfaig-edge-rules"], name, answer.text);
    });
  }

  test("the model of a form", async () => {
    const form = '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\ngemini-tts\r\n--b--\r\n';
    const headers = { "content-type": "multipart/form-data; boundary=b", "content-length": String(form.length) };
    const answer = await edge.send("POST", "/openai/audio/transcriptions", headers, form);
    assert.equal(answer.headers["cfaig-edge-rules"], "gemini");
  });
});
