import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { BASE, Edge } from "./edge.js";

const item = (/** @type {string} */ provider, /** @type {object} */ more = {}) => ({
  provider,
  endpoint: "chat/completions",
  headers: {},
  query: { model: "gpt-4o", messages: [] },
  ...more,
});

describe("the universal endpoint", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start(
      {
        explain: true,
        auth: {
          bearer: [
            { name: "ci", sha256: "f".repeat(64) },
            { name: "app", sha256: SHA_OF_CLIENT },
          ],
        },
        deny_headers: ["cf-aig-skip-cache", "cf-aig-max-attempts"],
        keys: { openai: { binding: "KEY_OPENAI" }, anthropic: { binding: "KEY_ANTHROPIC" } },
        rules: [
          { name: "no", match: { model: "forbidden*" }, then: { reject: { status: 403, message: "no such model" } } },
          { name: "move", match: { model: "old" }, then: { rewrite: { provider: "groq", model: "new" } } },
          { name: "google", match: { model: "gemini-old" }, then: { rewrite: { model: "gemini-new" } } },
          {
            name: "openai",
            match: { provider: "openai", path: "/openai/chat/*" },
            then: { timeout_ms: 1000, cache: { ttl: 60 }, metadata: { who: "$client" }, retries: { attempts: 2 } },
          },
          { name: "rest", then: { timeout_ms: 9000 } },
        ],
      },
      { GATEWAY_TOKEN: "gateway-token", KEY_OPENAI: "sk-openai", KEY_ANTHROPIC: "sk-anthropic" },
    );
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  const CLIENT = { authorization: "Bearer client" };
  /** @param {unknown} items @param {Record<string, string>} [headers] */
  const sent = (items, headers = {}) => edge.sent("/", items, { ...CLIENT, ...headers });
  /** @param {unknown} items */
  const refused = async (items) => {
    const answer = await edge.post("/", items, CLIENT);
    assert.equal(edge.upstream.seen.length, 0);
    return [answer.status, answer.json.internalCode];
  };

  test("rules are asked about each item, and speak in its headers", async () => {
    const { url, headers, json } = await sent([item("openai"), item("anthropic", { endpoint: "v1/messages" })]);
    assert.equal(url, BASE);
    assert.equal(headers["cf-aig-authorization"], "Bearer gateway-token");
    assert.equal(headers["authorization"], undefined);
    const [openai, anthropic] = json;
    assert.equal(openai.headers["authorization"], "Bearer sk-openai");
    assert.equal(openai.headers["cf-aig-request-timeout"], "1000");
    assert.equal(openai.headers["cf-aig-metadata"], '{"who":"app"}');
    assert.match(openai.headers["cf-aig-cache-key"], /^[0-9a-f]{64}$/);
    assert.equal(anthropic.headers["x-api-key"], "sk-anthropic");
    assert.equal(anthropic.headers["cf-aig-request-timeout"], "9000");
    assert.deepEqual(anthropic.query, item("x").query);
  });

  test("precedence: item, request, rule", async () => {
    const items = [
      item("openai", { headers: { "CF-AIG-Request-Timeout": "1" } }),
      item("openai", { config: { requestTimeout: 2 } }),
      item("openai"),
    ];
    const [own, config, plain] = (await sent(items)).json;
    assert.equal(own.headers["cf-aig-request-timeout"], "1");
    assert.equal(config.headers["cf-aig-request-timeout"], undefined);
    assert.equal(config.config.requestTimeout, 2);
    assert.equal(plain.headers["cf-aig-request-timeout"], "1000");
    const request = await sent([item("openai")], { "cf-aig-request-timeout": "3" });
    assert.equal(request.headers["cf-aig-request-timeout"], "3");
    assert.equal(request.json[0].headers["cf-aig-request-timeout"], undefined);
  });

  test("clients' credentials and denied headers are taken out of items, in every spelling", async () => {
    const headers = {
      Authorization: "Bearer mine",
      AUTHORIZATION: "Bearer mine",
      "X-Api-Key": "mine",
      "cf-aig-authorization": "mine",
      "cf-aig-skip-cache": "true",
      "bad name\r\n": "mine",
      "x-bad": "a\r\nauthorization: mine",
      Host: "evil.example",
      "x-good": "kept",
    };
    const config = { maxAttempts: 5, retryDelay: 7 };
    const { text, json } = await sent([item("mistral", { headers, config, endpoint: "v1/x?key=mine&a=1" })]);
    assert.doesNotMatch(text, /mine|evil/);
    assert.deepEqual(json[0].headers, { "x-good": "kept", "cf-aig-request-timeout": "9000" });
    assert.deepEqual(json[0].config, { retryDelay: 7 });
    assert.equal(json[0].endpoint, "v1/x?a=1");
  });

  test("rewriting, exact numbers, one item without a list", async () => {
    const text =
      '{"provider":"openai","endpoint":"chat/completions","query":{"seed":12345678901234567890,"model":"old"}}';
    const { json, text: got } = await sent(text);
    assert.deepEqual([json.provider, json.endpoint, json.query.model], ["groq", "chat/completions", "new"]);
    assert.match(got, /12345678901234567890/);
    const endpoint = "v1beta/models/gemini-old:generateContent";
    const google = await sent([item("google-ai-studio", { endpoint, query: { contents: [] } })]);
    assert.equal(google.json[0].endpoint, "v1beta/models/gemini-new:generateContent");
  });

  test("the unified endpoint as an item", async () => {
    const query = { model: "anthropic/claude" };
    const { json } = await sent([item("compat", { query })]);
    assert.equal(json[0].headers["authorization"], "Bearer sk-anthropic");
    assert.deepEqual(json[0].query, query);
  });

  test("one unwanted item is enough", async () => {
    assert.deepEqual(
      await refused([item("openai"), item("mistral", { query: { model: "forbidden-1" } })]),
      [403, 6010],
    );
  });

  for (const provider of ["../..", "evil.example/", "https://evil.example", "open ai", "a@b", "a%2fb", "", 7, null]) {
    test(`no provider, no address: ${provider}`, async () => {
      assert.deepEqual(await refused([item(/** @type {string} */ (provider))]), [400, 6006]);
    });
  }
  for (const endpoint of ["../x", "a/../../x", "%2e%2e/x", "//evil.example", "\\..\\x", "a\u0000", "%zz"]) {
    test(`no way out through an endpoint: ${JSON.stringify(endpoint)}`, async () => {
      assert.deepEqual(await refused([item("openai", { endpoint })]), [400, 6003]);
    });
  }
  for (const body of ["", "{", "[]", "null", "7", '["x"]', "{}"]) {
    test(`not a list of items: ${body}`, async () => assert.deepEqual(await refused(body), [400, 6006]));
  }

  test("every method that has a body is looked into", async () => {
    const body = JSON.stringify([item("mistral", { headers: { "x-api-key": "mine" } })]);
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      edge.upstream.reset();
      const { status } = await edge.send(method, "/", { ...CLIENT, "content-length": String(body.length) }, body);
      assert.equal(status, 200);
      assert.doesNotMatch(edge.upstream.only.body, /mine/);
    }
  });

  test("nesting without end is refused, not a mistake of ours", async () => {
    for (const number of ["1", "12345678901234567890"]) {
      const deep = `[{"provider":"openai","query":${"[".repeat(100_000)}${number}${"]".repeat(100_000)}}]`;
      assert.deepEqual(await refused(deep), [400, 6008]);
    }
  });

  test("what cannot be looked into is not sent", async () => {
    const packed = await edge.post("/", "[]", { ...CLIENT, "content-encoding": "gzip" });
    assert.deepEqual([packed.status, packed.json.internalCode], [415, 6005]);
    const length = { "content-length": String(26 * 1024 * 1024) };
    const large = await edge.send("POST", "/", { ...CLIENT, ...length }, "[");
    assert.deepEqual([large.status, large.json.internalCode], [413, 6004]);
    assert.equal(edge.upstream.seen.length, 0);
  });
});

// Of the token `client`.
const SHA_OF_CLIENT = "948fe603f61dc036b5c596dc09fe3ce3f3d30dc90f024c85f3c82db2ccab679d";
