import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Edge, sha256 } from "./edge.js";

const APP = "https://app.example";
const ASK = { "access-control-request-method": "POST" };

describe("web pages", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start({
      auth: { bearer: [{ name: "a", sha256: sha256("client") }] },
      cors: { origins: [APP, "http://localhost:3000"], max_age: 60 },
      deny_headers: ["cf-aig-metadata"],
    });
  });
  after(() => edge.stop());

  /** @param {string} origin @param {string} [names] */
  const preflight = (origin, names = "authorization") =>
    edge.send("OPTIONS", "/openai/x", { origin, ...ASK, "access-control-request-headers": names });

  test("a preflight of a known page needs no token", async () => {
    const { status, headers } = await preflight(
      APP,
      "Authorization, content-type,cf-aig-cache-ttl, cf-aig-metadata, b@d",
    );
    assert.equal(status, 204);
    assert.equal(headers["access-control-allow-origin"], APP);
    assert.match(headers["access-control-allow-methods"], /POST/);
    assert.equal(headers["access-control-allow-headers"], "authorization, content-type, cf-aig-cache-ttl");
    assert.equal(headers["access-control-max-age"], "60");
    assert.equal(headers["access-control-allow-credentials"], undefined);
    assert.match(headers.vary, /origin/);
    assert.equal(edge.upstream.seen.length, 0);
  });

  for (const origin of [
    "https://evil.example",
    "null",
    `${APP}.evil.example`,
    `${APP}:8443`,
    "http://app.example",
    "",
  ]) {
    test(`a preflight of ${origin || "nobody"} grants nothing`, async () => {
      const { headers } = await preflight(origin);
      for (const name of Object.keys(headers)) assert.ok(!name.startsWith("access-control-"), name);
    });
  }

  test("answers can be read by known pages only, the gateway's own permissions do not count", async () => {
    edge.upstream.behaviour = (_request, response) => {
      response.writeHead(200, {
        "access-control-allow-origin": "*",
        "access-control-allow-credentials": "true",
        vary: "accept",
      });
      response.end("{}");
    };
    const known = await edge.post("/openai/x", {}, { authorization: "Bearer client", origin: APP });
    assert.equal(known.headers["access-control-allow-origin"], APP);
    assert.equal(known.headers["access-control-allow-credentials"], undefined);
    assert.match(known.headers["access-control-expose-headers"], /cf-aig-cache-status/);
    assert.equal(known.headers.vary, "accept, origin");
    assert.equal(edge.upstream.seen.at(-1)?.headers.origin, undefined);
    const strange = await edge.post(
      "/openai/x",
      {},
      { authorization: "Bearer client", origin: "https://evil.example" },
    );
    assert.equal(strange.headers["access-control-allow-origin"], undefined);
  });

  test("errors can be read, too", async () => {
    const { status, headers } = await edge.post("/openai/x", {}, { origin: APP });
    assert.deepEqual([status, headers["access-control-allow-origin"]], [401, APP]);
  });

  test("all pages, and only some headers, when it is meant", async () => {
    const open = await Edge.start({ cors: { origins: ["*"], headers: ["x-extra"] } });
    try {
      const names = "x-extra, x-other, authorization";
      const { headers } = await open.send("OPTIONS", "/x", {
        origin: APP,
        ...ASK,
        "access-control-request-headers": names,
      });
      assert.equal(headers["access-control-allow-origin"], "*");
      assert.equal(headers["access-control-allow-headers"], "x-extra, authorization");
    } finally {
      await open.stop();
    }
  });
});
