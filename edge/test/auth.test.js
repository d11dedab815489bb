import assert from "node:assert/strict";
import { createSign, generateKeyPairSync } from "node:crypto";
import { after, before, beforeEach, describe, test } from "node:test";
import { BASE, Edge, sha256 } from "./edge.js";

const SECRETS = { GATEWAY_TOKEN: "gateway-token-secret", KEY_OPENAI: "sk-openai-secret", KEY_FAL: "fal-secret" };
const KEYS = {
  openai: { binding: "KEY_OPENAI" },
  anthropic: { binding: "KEY_OPENAI" },
  "google-ai-studio": { binding: "KEY_OPENAI" },
  fal: { binding: "KEY_FAL" },
  "custom-lab": { binding: "KEY_OPENAI", header: "x-lab-key" },
};
const TOKEN = "client-token-0123456789";

describe("tokens of clients", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start(
      {
        explain: true,
        auth: {
          bearer: [
            { name: "other", sha256: sha256("other") },
            { name: "ci", sha256: sha256(TOKEN) },
          ],
        },
        keys: KEYS,
        rules: [{ name: "for ci", match: { client: "c*" }, then: { log: true } }],
      },
      SECRETS,
    );
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  for (const [what, path, headers] of /** @type {[string, string, Record<string, string>][]} */ ([
    ["Authorization", "/openai/x", { authorization: `Bearer ${TOKEN}` }],
    ["its scheme in capitals", "/openai/x", { authorization: `BEARER  ${TOKEN}` }],
    ["cf-aig-authorization", "/openai/x", { "cf-aig-authorization": `Bearer ${TOKEN}` }],
    ["cf-aig-authorization, bare", "/openai/x", { "cf-aig-authorization": TOKEN }],
    ["x-api-key, as Anthropic's SDK", "/openai/x", { "x-api-key": TOKEN }],
    ["api-key, as Azure's", "/openai/x", { "api-key": TOKEN }],
    ["x-goog-api-key, as Google's", "/openai/x", { "x-goog-api-key": TOKEN }],
    ["key=, as Google's", `/openai/x?a=1&key=${TOKEN}&b=2`, {}],
    ["one of several", "/openai/x", { authorization: "Bearer placeholder", "x-api-key": TOKEN }],
  ])) {
    test(`a token in ${what} is known, and goes no further`, async () => {
      const { url, headers: sent } = await edge.sent(path, {}, headers);
      assert.equal(sent["cf-aig-collect-log"], "true");
      assert.equal(sent["cf-aig-authorization"], "Bearer gateway-token-secret");
      assert.equal(sent.authorization, "Bearer sk-openai-secret");
      assert.ok(![url, ...Object.values(sent)].some((value) => value.includes(TOKEN)));
      if (path.includes("?")) assert.equal(url, `${BASE}/openai/x?a=1&b=2`);
    });
  }

  for (const [what, path, headers] of /** @type {[string, string, Record<string, string>][]} */ ([
    ["none", "/openai/x", {}],
    ["a wrong one", "/openai/x", { authorization: "Bearer wrong" }],
    ["its hash", "/openai/x", { authorization: `Bearer ${sha256(TOKEN)}` }],
    ["the gateway's", "/openai/x", { authorization: `Bearer ${SECRETS.GATEWAY_TOKEN}` }],
    ["one and more", "/openai/x", { authorization: `Bearer ${TOKEN}, Bearer x` }],
    ["an empty one", "/openai/x", { authorization: "Bearer " }],
    ["a very long one", "/openai/x", { authorization: `Bearer ${TOKEN.repeat(400)}` }],
    ["one in a cookie", "/openai/x", { cookie: `authorization=${TOKEN}` }],
    ["none, and a bad path", "/openai/%2e%2e%2f", {}],
  ])) {
    test(`refused: ${what}`, async () => {
      const answer = await edge.post(path, {}, headers);
      assert.deepEqual([answer.status, answer.json.internalCode], [401, 6001]);
      assert.equal(edge.upstream.seen.length, 0);
    });
  }

  for (const [path, body, header, value] of /** @type {[string, object, string, string][]} */ ([
    ["/anthropic/v1/messages", {}, "x-api-key", SECRETS.KEY_OPENAI],
    ["/google-ai-studio/v1/models/g:x", {}, "x-goog-api-key", SECRETS.KEY_OPENAI],
    ["/fal/flux", {}, "authorization", `Key ${SECRETS.KEY_FAL}`],
    ["/custom-lab/v1/x", {}, "x-lab-key", SECRETS.KEY_OPENAI],
    ["/chat/completions", { model: "anthropic/claude" }, "authorization", `Bearer ${SECRETS.KEY_OPENAI}`],
  ])) {
    test(`the key for ${path} ${JSON.stringify(body)} is in ${header}`, async () => {
      const { headers } = await edge.sent(path, body, { authorization: `Bearer ${TOKEN}`, "x-lab-key": "own" });
      assert.equal(headers[header], value);
    });
  }

  test("providers without a key get none, and not the client's", async () => {
    const { headers } = await edge.sent("/mistral/x", {}, { authorization: `Bearer ${TOKEN}`, "x-api-key": "own" });
    assert.equal(headers.authorization, undefined);
    assert.equal(headers["x-api-key"], undefined);
  });

  test("a provider that repeats the key in an error is not repeated", async () => {
    edge.upstream.behaviour = ({ headers }, response) => {
      response.writeHead(401, { "x-echo": headers.authorization, "content-type": "application/json" });
      response.end(
        JSON.stringify({ error: `Incorrect key: ${headers.authorization}, ${headers["cf-aig-authorization"]}` }),
      );
    };
    const { status, headers, text } = await edge.post("/openai/x", {}, { authorization: `Bearer ${TOKEN}` });
    assert.equal(status, 401);
    assert.equal(text, '{"error":"Incorrect key: Bearer ***, Bearer ***"}');
    assert.equal(headers["x-echo"], undefined);
  });
});

describe("Cloudflare Access", () => {
  const TEAM = "https://example.cloudflareaccess.com";
  const AUD = "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2";
  const pairs = Object.fromEntries(["k1", "k2", "stranger"].map((kid) => [kid, keyPair()]));
  /** @type {string[]} */
  let published = ["k1"];
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start({
      auth: { access: { team: "example", aud: ["other", AUD] } },
      cors: { origins: ["https://app.example"] },
      rules: [{ match: { client: "ann@example.com" }, then: { log: true } }],
    });
  });
  after(() => edge.stop());
  beforeEach(() => {
    edge.upstream.reset();
    edge.upstream.behaviour = ({ url }, response) => {
      const keys = published.map((kid) => ({ ...pairs[kid].publicKey.export({ format: "jwk" }), kid, alg: "RS256" }));
      response.end(url.startsWith(TEAM) ? JSON.stringify({ keys }) : "{}");
    };
  });

  const now = () => Math.floor(Date.now() / 1000);
  const CLAIMS = () => ({ iss: TEAM, aud: [AUD], exp: now() + 60, nbf: now(), iat: now(), email: "ann@example.com" });
  /** @param {object} claims @param {string} [kid] @param {object} [header] */
  const token = (claims, kid = "k1", header = {}) => {
    const head = [{ alg: "RS256", kid, ...header }, claims].map((part) => base64(JSON.stringify(part))).join(".");
    return `${head}.${createSign("RSA-SHA256").update(head).sign(pairs[kid].privateKey, "base64url")}`;
  };
  /** @param {string} jwt @param {Record<string, string>} [more] */
  const ask = (jwt, more = {}) => edge.post("/openai/x", {}, { "cf-access-jwt-assertion": jwt, ...more });
  const passed = () => edge.upstream.seen.filter(({ url }) => url.startsWith(BASE));

  test("who is let in is known by address; the token goes no further", async () => {
    assert.equal((await ask(token(CLAIMS()))).status, 200);
    const [{ headers }] = passed();
    assert.equal(headers["cf-aig-collect-log"], "true");
    assert.equal(headers["cf-access-jwt-assertion"], undefined);
    const byCookie = await edge.post("/openai/x", {}, { cookie: `a=b; CF_Authorization=${token(CLAIMS())}` });
    assert.equal(byCookie.status, 200);
  });

  const none = `${base64('{"alg":"none","kid":"k1"}')}.${base64(JSON.stringify(CLAIMS()))}.`;
  for (const [what, jwt] of /** @type {[string, () => string][]} */ ([
    ["another application", () => token({ ...CLAIMS(), aud: ["strange"] })],
    ["no application", () => token({ ...CLAIMS(), aud: undefined })],
    ["another team", () => token({ ...CLAIMS(), iss: "https://evil.cloudflareaccess.com" })],
    ["too late", () => token({ ...CLAIMS(), exp: now() - 600 })],
    ["no end", () => token({ ...CLAIMS(), exp: undefined })],
    ["an end that is no number", () => token({ ...CLAIMS(), exp: "9999999999" })],
    ["too early", () => token({ ...CLAIMS(), nbf: now() + 600 })],
    ["a stranger's key", () => token(CLAIMS(), "stranger")],
    ["a stranger's key under a known name", () => token(CLAIMS(), "stranger", { kid: "k1" })],
    ["another algorithm", () => token(CLAIMS(), "k1", { alg: "HS256" })],
    ["no signature", () => none],
    ["a changed signature", () => token(CLAIMS()).replace(/.{4}$/, "AAAA")],
    ["no token", () => "a.b.c"],
    ["no claims", () => token(/** @type {any} */ (null))],
  ])) {
    test(`refused: ${what}`, async () => {
      const answer = await ask(jwt());
      assert.deepEqual([answer.status, answer.json?.internalCode], [401, 6001]);
      assert.equal(passed().length, 0);
    });
  }

  test("made-up key names do not make the Worker ask for keys again and again", async () => {
    for (let number = 0; number < 5; number += 1) await ask(token(CLAIMS(), "stranger", { kid: `made-up-${number}` }));
    assert.ok(edge.upstream.seen.length <= 1, String(edge.upstream.seen.length));
  });

  test("another page cannot use its visitor's session; a known one and the Worker's own can", async () => {
    const strange = await ask(token(CLAIMS()), { origin: "https://evil.example" });
    assert.deepEqual([strange.status, strange.json.internalCode], [403, 6002]);
    assert.equal((await ask(token(CLAIMS()), { "sec-fetch-site": "cross-site" })).status, 403);
    assert.equal((await ask(token(CLAIMS()), { origin: "https://app.example" })).status, 200);
    assert.equal(
      (await ask(token(CLAIMS()), { origin: edge.worker.url, host: `127.0.0.1:${edge.worker.port}` })).status,
      200,
    );
  });

  test("new signing keys are found; keys that cannot be had are no open door", async () => {
    published = ["k1", "k2"];
    const fresh = await Edge.start({ auth: { access: { team: "example", aud: [AUD] } } });
    try {
      fresh.upstream.behaviour = (_request, response) => response.writeHead(500).end();
      const send = (/** @type {string} */ kid) =>
        fresh.post("/openai/x", {}, { "cf-access-jwt-assertion": token(CLAIMS(), kid) });
      const { status, json } = await send("k2");
      assert.deepEqual([status, json.internalCode], [503, 6022]);
      fresh.upstream.behaviour = edge.upstream.behaviour;
      assert.equal((await send("k2")).status, 200);
    } finally {
      await fresh.stop();
    }
  });
});

describe("nobody is asked", () => {
  test("without secrets the client's own credentials go on", async () => {
    const edge = await Edge.start({});
    try {
      const own = { authorization: "Bearer sk-own", "cf-aig-authorization": "Bearer gw", "x-api-key": "k" };
      const { url, headers } = await edge.sent("/google-ai-studio/x?key=own", {}, own);
      assert.equal(url, `${BASE}/google-ai-studio/x?key=own`);
      for (const [name, value] of Object.entries(own)) assert.equal(headers[name], value);
    } finally {
      await edge.stop();
    }
  });

  test("secrets in a Secrets Store", async () => {
    const edge = await Edge.start({ auth: { open: true } }, {}, {}, "GATEWAY_TOKEN");
    try {
      assert.equal((await edge.sent("/openai/x", {})).headers["cf-aig-authorization"], "Bearer stored-secret");
    } finally {
      await edge.stop();
    }
  });

  test("with secrets that has to be meant", async () => {
    const edge = await Edge.start({ auth: { open: true } }, { GATEWAY_TOKEN: "gw" });
    try {
      const { headers } = await edge.sent("/openai/x", {}, { authorization: "Bearer sk-own" });
      assert.equal(headers["cf-aig-authorization"], "Bearer gw");
      assert.equal(headers.authorization, undefined);
    } finally {
      await edge.stop();
    }
  });
});

function keyPair() {
  return generateKeyPairSync("rsa", { modulusLength: 2048 });
}
/** @param {string} text */
function base64(text) {
  return Buffer.from(text).toString("base64url");
}
