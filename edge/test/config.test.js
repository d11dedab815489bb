import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Edge, GATEWAY, sha256 } from "./edge.js";

const RULE = { then: { log: true } };
const AUTH = { bearer: [{ name: "a", sha256: sha256("client") }] };

/**
 * @param {object} rules
 * @param {Record<string, string>} [secrets]
 * @param {Record<string, unknown>} [json]
 */
async function served(rules, secrets = {}, json = {}) {
  const edge = await Edge.start(rules, secrets, json);
  try {
    const answer = await edge.post("/openai/x", {}, { authorization: "Bearer client" });
    return { ...answer, asked: edge.upstream.seen };
  } finally {
    await edge.stop();
  }
}

describe("bindings", () => {
  for (const [why, rules, secrets, json] of /** @type {[string, object, any?, any?][]} */ ([
    ["RULES/version: Instance does not match 1.", { version: 2 }],
    ["RULES/gateway/url: String does not match pattern.", { gateway: { url: "http://gateway.example/v1/a/b" } }],
    ["RULES/gateway/url: String does not match pattern.", { gateway: { url: "https://user@gateway.example/v1" } }],
    ["RULES/rules/0/then/cache/ttl: 5 is less than 60.", { rules: [{ then: { cache: { ttl: 5 } } }] }],
    ["RULES/rules/0/then/cahce: there is no such setting", { rules: [{ then: { cahce: { ttl: 60 } } }] }],
    [
      "RULES/rules/0/then/cache/ttl: there is no such setting",
      { rules: [{ then: { cache: { ttl: 60, off: true } } }] },
    ],
    [
      'RULES/rules/0/match/path: Instance type "number" is invalid. Expected "string".',
      { rules: [{ match: { path: 7 }, then: { log: true } }] },
    ],
    ['RULES/rules/1: Instance does not have required property "then".', { rules: [RULE, { match: {} }] }],
    ["auth: secrets are bound and nobody is asked; write open: true if that is meant", {}, { GATEWAY_TOKEN: "secret" }],
    ["auth: open, and also asks who the client is", { auth: { ...AUTH, open: true } }],
    ["keys: there is no binding KEY_X", { auth: AUTH, keys: { openai: { binding: "KEY_X" } } }],
    ["the binding RULES_2 is not a JSON array", {}, {}, { RULES_2: {} }],
    ["the binding RULES is not a JSON object", {}, {}, { RULES: "{}" }],
  ])) {
    test(`wrong: ${why}`, async () => {
      const { status, json: told, asked } = await served(rules, secrets, json);
      assert.deepEqual([status, told.internalCode], [500, 6020]);
      assert.equal(told.message, `this Worker is not set up correctly: ${why}`);
      assert.equal(asked.length, 0);
    });
  }

  test("rules in further bindings follow, by number", async () => {
    const at = (/** @type {number} */ timeout) => [{ then: { timeout_ms: timeout, log: timeout > 5 }, continue: true }];
    const more = { RULES_10: at(4), RULES_2: [{ then: { byok_alias: "two" }, continue: true }], RULES_3: at(3) };
    const { asked } = await served({ gateway: GATEWAY }, {}, more);
    assert.equal(asked[0].headers["cf-aig-byok-alias"], "two");
    assert.equal(asked[0].headers["cf-aig-request-timeout"], "3");
  });

  test("no rules: a proxy", async () => {
    const { status, asked } = await served({ auth: AUTH }, { GATEWAY_TOKEN: "gw" });
    assert.equal(status, 200);
    assert.equal(asked[0].headers["cf-aig-authorization"], "Bearer gw");
  });
});
