import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import { Edge } from "./edge.js";

const KEY = "cf-aig-cache-key";

describe("cache keys", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start({
      rules: [
        { match: { path: "/chat/completions" }, then: { cache: { ttl: 3600, key: ["model", "messages"] } } },
        { match: { path: "/openai/last" }, then: { cache: { key: ["messages.-1.content", "/a.b/0"] } } },
        { match: { path: "/openai/header" }, then: { cache: { key: ["$header.x-team", "$metadata.user"] } } },
        { match: { path: ["/openai/**", "/groq/**"] }, then: { cache: { ttl: 60 } } },
      ],
    });
  });
  after(() => edge.stop());

  /**
   * @param {unknown} body
   * @param {string} [path]
   * @param {Record<string, string>} [headers]
   */
  const keyOf = async (body, path = "/openai/x", headers = {}) => (await edge.sent(path, body, headers)).headers[KEY];

  test("fields that are not chosen do not matter, those that are do", async () => {
    const chat = { model: "openai/gpt-4o", messages: [{ role: "user", content: "hi" }] };
    const key = await keyOf(chat, "/chat/completions");
    assert.equal(await keyOf({ ...chat, user: "somebody else" }, "/chat/completions"), key);
    assert.equal(await keyOf({ ...chat, stream: false }, "/compat/chat/completions"), key);
    for (const other of [{ model: "openai/gpt-4" }, { messages: [] }, { stream: true }]) {
      assert.notEqual(await keyOf({ ...chat, ...other }, "/chat/completions"), key, JSON.stringify(other));
    }
  });

  test("path, query and the client's own provider key tell requests apart", async () => {
    const keys = [
      await keyOf({}),
      await keyOf({}, "/openai/y"),
      await keyOf({}, "/groq/x"),
      await keyOf({}, "/openai/x?api-version=2"),
      await keyOf({}, "/openai/x", { authorization: "Bearer one" }),
      await keyOf({}, "/openai/x", { authorization: "Bearer two" }),
      await keyOf({}, "/openai/x?key=three"),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });

  test("single fields, headers and metadata", async () => {
    const last = (/** @type {string} */ content, /** @type {object} */ more = {}) =>
      keyOf({ messages: [{ content: "x" }, { content }], ...more }, "/openai/last");
    assert.equal(await last("a"), await last("a", { z: 1 }));
    assert.notEqual(await last("a"), await last("b"));
    assert.notEqual(await last("a"), await last("a", { "a.b": [null] }), "null is not nothing");
    const a = await keyOf({ z: 1 }, "/openai/header", { "x-team": "a" });
    assert.equal(await keyOf({ z: 2 }, "/openai/header", { "x-team": "a" }), a);
    assert.notEqual(await keyOf({ z: 1 }, "/openai/header", { "x-team": "b" }), a);
    assert.notEqual(await keyOf({ z: 1 }, "/openai/header", { "x-team": "a", "cf-aig-metadata": '{"user":"u"}' }), a);
  });

  for (const [name, same, other] of /** @type {const} */ ([
    ["spaces and order", ['{"a":1,"b":[1,2]}', '\ufeff{ "b": [1, 2],\n "a": 1 }'], '{"a":1,"b":[2,1]}'],
    ["spelling of numbers", ['{"a":100}', '{"a":1e2}', '{"a":100.00}', '{"a":10000e-2}'], '{"a":100.01}'],
    ["zeros", ['{"a":0}', '{"a":-0}', '{"a":0.0e9}'], '{"a":"0"}'],
    ["large numbers", ['{"a":9007199254740993}', '{"a":9007199254740993.0}'], '{"a":9007199254740992}'],
    ["numbers beyond doubles", ['{"a":1e400}', '{"a":10E399}'], '{"a":1e401}'],
    ["escapes", ['{"a":"é"}', '{"a":"\\u00e9"}', '{"\\u0061":"é"}'], '{"a":"e\\u0301"}'],
    ["odd names", ['{"__proto__":1,"constructor":2}', '{"constructor":2,"__proto__":1}'], '{"constructor":2}'],
    ["structure", ['{"a":[[],{}]}', '{"a":[ [ ], { } ]}'], '{"a":[{},[]]}'],
    ["types", ['{"a":null}'], '{"a":"null"}'],
  ])) {
    test(`the same for the same value: ${name}`, async () => {
      const key = await keyOf(same[0]);
      for (const body of same) assert.equal(await keyOf(body), key, body);
      assert.notEqual(await keyOf(other), key);
    });
  }

  test("what is no JSON, or nested without end, has no key and still gets through", async () => {
    for (const body of ["", "{", "hello", `${"[".repeat(100_000)}${"]".repeat(100_000)}`]) {
      const { headers, text } = await edge.sent("/openai/x", body);
      assert.equal(headers[KEY], undefined);
      assert.equal(text, body);
    }
  });

  test("a number with an endless exponent costs nothing", async () => {
    assert.equal(await keyOf(`{"a":1e${"9".repeat(500_000)}}`), undefined);
    assert.match(await keyOf(`{"a":1${"0".repeat(500_000)}1}`), /^[0-9a-f]{64}$/);
  });

  test("a client's own key stays", async () => {
    assert.equal(await keyOf({}, "/openai/x", { [KEY]: "mine" }), "mine");
  });

  test("property: order of members and spelling never matter", async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.integer(), async (value, seed) => {
        const body = { value };
        assert.equal(await keyOf(reordered(body, seed)), await keyOf(body));
      }),
      { numRuns: 60 },
    );
  });

  test("property: different values have different keys", async () => {
    const both = fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 3 }));
    await fc.assert(
      fc.asyncProperty(both, async ([one, other]) => {
        const same = isSame(one, other);
        assert.equal((await keyOf({ value: one })) === (await keyOf({ value: other })), same);
      }),
      { numRuns: 60, examples: [[[1, "1"]], [[[], {}]], [[0, -0]], [[{ a: null }, {}]], [[["a,b"], ["a", "b"]]]] },
    );
  });
});

/**
 * The same value with members in another order, written with other spaces.
 * @param {unknown} value
 * @param {number} seed
 */
function reordered(value, seed) {
  const turned = (/** @type {unknown} */ part) => {
    if (typeof part !== "object" || part === null || Array.isArray(part)) return part;
    const members = Object.entries(part);
    const at = members.length > 0 ? Math.abs(seed) % members.length : 0;
    return Object.fromEntries([...members.slice(at), ...members.slice(0, at)].reverse());
  };
  return JSON.stringify(value, (_name, part) => turned(part), Math.abs(seed) % 5);
}

/**
 * @param {unknown} one
 * @param {unknown} other
 * @returns {boolean}
 */
function isSame(one, other) {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [first, second] = [one, other].map((value) => Object.entries(value));
  const same = (/** @type {[string, any]} */ [name, value]) =>
    Object.hasOwn(other, name) && isSame(value, /** @type {any} */ (other)[name]);
  return first.length === second.length && first.every(same);
}
