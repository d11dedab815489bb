import assert from "node:assert/strict";
import { request } from "node:http";
import { connect } from "node:net";
import { after, before, beforeEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { BASE, Edge, until } from "./edge.js";

describe("the proxy", () => {
  /** @type {Edge} */
  let edge;
  before(async () => {
    edge = await Edge.start({
      deny_headers: ["cf-aig-skip-cache", "x-internal-*"],
      rules: [
        { name: "closed", match: { body: { model: "secret" } }, then: { reject: { status: 403, message: "no" } } },
        { match: { path: "/openai/cached" }, then: { cache: { ttl: 60 } } },
      ],
    });
  });
  after(() => edge.stop());
  beforeEach(() => edge.upstream.reset());

  for (const [path, there] of [
    ["/chat/completions", "/compat/chat/completions"],
    ["/compat/chat/completions?a=b%20c&d", "/compat/chat/completions?a=b%20c&d"],
    ["/openai/v1/models/", "/openai/v1/models/"],
    ["/workers-ai/@cf/meta/llama-3.1-8b-instruct", "/workers-ai/@cf/meta/llama-3.1-8b-instruct"],
    ["/google-ai-studio/v1/models/gemini:streamGenerateContent?alt=sse", null],
    ["/aws-bedrock/bedrock-runtime/eu-west-1/model/arn%3Aaws%3Ax%2Fy/invoke", null],
    ["/openai/a/../b", "/openai/b"],
    ["/custom-ollama/v1/chat/completions", null],
    ["/", ""],
    ["/openai/%C3%A9?x=%2e%2e", null],
  ]) {
    test(`${path} leads to ${there ?? "the same path"}`, async () => {
      const answer = await edge.send("GET", /** @type {string} */ (path));
      assert.equal(answer.status, 200);
      assert.equal(edge.upstream.only.url, BASE + (there ?? path));
    });
  }

  for (const path of [
    "/openai/..%2f..%2fx",
    "/openai/%2e%2e%2fx",
    "/openai/%252e%252e/x",
    "/openai/%5c..%5cx",
    "/openai//x",
    "/openai%2Fx",
    "/@evil.example/x",
    "/https:",
    "//evil.example/x",
    "/openai/%00",
    "/openai/%0d%0aHost:%20evil",
    "/openai/%zz",
    "/openai/a%2f%2fb",
    "/openai/%",
    "/openai/a%2F..%2Fb",
  ]) {
    test(`${path} leads nowhere`, async () => {
      const answer = await edge.send("GET", path);
      assert.deepEqual([answer.status, answer.json.internalCode], [400, 6003], answer.text);
      assert.equal(edge.upstream.seen.length, 0);
    });
  }

  for (const path of ["http://evil.example/openai/x", "/openai/x@evil.example", "/@evil.example/x", "/openai\\..\\x"]) {
    test(`${path} stays at the gateway or is refused`, async () => {
      await edge.send("GET", path);
      for (const { url } of edge.upstream.seen) assert.ok(url.startsWith(`${BASE}/`), url);
    });
  }

  test("headers of a connection, of browsers and of Cloudflare stay behind; others go on", async () => {
    const own = {
      authorization: "Bearer provider-key",
      "anthropic-version": "2023-06-01",
      "cf-aig-zdr": "true",
      "cf-aig-skip-cache": "true",
      "cf-connecting-ip": "1.2.3.4",
      "cf-access-jwt-assertion": "x",
      connection: "close, x-hop",
      cookie: "session=1",
      origin: "https://app.example",
      te: "trailers",
      "x-forwarded-for": "1.2.3.4",
      "x-hop": "1",
      "x-internal-role": "admin",
      "x-plain": "kept",
    };
    const { headers } = await edge.sent("/openai/x", {}, own);
    const { host: _, "content-length": _length, ...rest } = headers;
    assert.deepEqual(rest, {
      "anthropic-version": "2023-06-01",
      authorization: "Bearer provider-key",
      "cf-aig-zdr": "true",
      "content-type": "application/json",
      "x-plain": "kept",
      ...(rest["accept-encoding"] ? { "accept-encoding": rest["accept-encoding"] } : {}),
    });
  });

  test("answers keep status and headers, but for those of one connection and one host", async () => {
    edge.upstream.behaviour = (_request, response) => {
      response.writeHead(418, "Teapot", {
        "cf-aig-cache-status": "HIT",
        "cf-aig-dlp": "{}",
        "cf-aig-log-id": "01",
        "cf-aig-step": "1",
        connection: "keep-alive, x-hop",
        "retry-after": "7",
        "set-cookie": "a=b",
        "strict-transport-security": "max-age=1",
        "x-hop": "1",
        "x-ratelimit-remaining": "3",
      });
      response.end("short and stout");
    };
    const { status, headers, text } = await edge.post("/openai/x", {});
    assert.deepEqual([status, text], [418, "short and stout"]);
    for (const name of ["cf-aig-cache-status", "cf-aig-dlp", "cf-aig-log-id", "cf-aig-step", "retry-after"]) {
      assert.ok(headers[name], name);
    }
    assert.equal(headers["x-ratelimit-remaining"], "3");
    for (const name of ["set-cookie", "strict-transport-security", "x-hop"]) assert.equal(headers[name], undefined);
  });

  test("redirects are for the client to follow", async () => {
    edge.upstream.behaviour = (_request, response) => {
      response.writeHead(307, { location: "https://evil.example/" });
      response.end();
    };
    const { status, headers } = await edge.post("/openai/x", {});
    assert.deepEqual([status, headers.location], [307, "https://evil.example/"]);
    assert.equal(edge.upstream.seen.length, 1);
  });

  for (const packed of [false, true]) {
    test(`a stream arrives chunk by chunk${packed ? ", compressed ones too" : ""}`, async () => {
      /** @type {import("node:http").ServerResponse | undefined} */
      let open;
      const part = packed ? gzipSync("data: 1\n\n") : Buffer.from("data: 1\n\n");
      edge.upstream.behaviour = (_request, response) => {
        open = response;
        response.writeHead(200, {
          "content-type": "text/event-stream",
          ...(packed ? { "content-encoding": "gzip" } : {}),
        });
        response.write(packed ? part : "data: 1\n\n");
      };
      const { response, next } = await reading(edge, packed ? { "accept-encoding": "gzip" } : {});
      assert.equal(response.headers["content-type"], "text/event-stream");
      // The second part is written only when the first one has arrived: nothing waits for the end.
      assert.ok((await next()).length > 0);
      open?.end(packed ? undefined : "data: 2\n\n");
      if (!packed) assert.equal((await next()).toString(), "data: 2\n\n");
    });
  }

  test("request bodies that no rule asks about are not collected", async () => {
    const quiet = await Edge.start({});
    try {
      /** @type {string[]} */
      const parts = [];
      quiet.upstream.server.prependListener("request", (incoming) =>
        incoming.on("data", (part) => parts.push(`${part}`)),
      );
      const sent = request({
        host: "127.0.0.1",
        port: quiet.worker.port,
        method: "POST",
        path: "/openai/x",
        agent: false,
      });
      sent.on("error", () => {});
      sent.write("one");
      await until(() => parts.length > 0, "the first part of the body is there");
      sent.end("two");
      await until(() => parts.join("") === "onetwo", "the whole body is there");
    } finally {
      await quiet.stop();
    }
  });

  test("a client that goes away ends the request to the gateway", async () => {
    let gone = false;
    edge.upstream.behaviour = (_request, response) => {
      response.on("close", () => (gone = true));
      response.writeHead(200, { "content-type": "text/event-stream" });
      const timer = setInterval(() => response.write("data: 1\n\n"), 10);
      response.on("close", () => clearInterval(timer));
    };
    const { response } = await reading(edge);
    response.destroy();
    await until(() => gone, "the gateway notices");
  });

  test("a client that goes away before an answer ends it, too", async () => {
    let gone = false;
    edge.upstream.behaviour = (_request, response) => response.on("close", () => (gone = true));
    const socket = connect(edge.worker.port, "127.0.0.1");
    socket.write("POST /openai/x HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}");
    await until(() => edge.upstream.seen.length === 1, "the request is there");
    socket.resetAndDestroy();
    await until(() => gone, "the gateway notices");
  });

  test("bodies that are too large or compressed: through, unless a rule would have to reject them", async () => {
    const large = Buffer.alloc(26 * 1024 * 1024, 32);
    const quiet = await Edge.start({ rules: [{ then: { cache: { ttl: 60 }, queue: { wait_ms: 10 } } }] });
    try {
      for (const headers of /** @type {import("./edge.js").Sent[]} */ ([
        { "content-length": String(large.length) },
        { "transfer-encoding": "chunked" },
      ])) {
        quiet.upstream.reset();
        const { status } = await quiet.send("POST", "/openai/x", headers, large);
        assert.equal(status, 200);
        assert.equal(quiet.upstream.only.body.length, large.length);
        assert.equal(quiet.upstream.only.headers["cf-aig-cache-ttl"], "60");
        assert.equal(quiet.upstream.only.headers["cf-aig-cache-key"], undefined);
      }
    } finally {
      await quiet.stop();
    }
    // It is refused before it has come, so it does not have to.
    const refused = await edge.send("POST", "/openai/x", { "content-length": String(large.length) }, "{");
    assert.deepEqual([refused.status, refused.json.internalCode], [413, 6004]);
    const packed = await edge.send("POST", "/openai/x", { "content-encoding": "gzip" }, gzipSync('{"model":"secret"}'));
    assert.deepEqual([packed.status, packed.json.internalCode], [415, 6005]);
    assert.equal(edge.upstream.seen.length, 0);
  });

  test("methods", async () => {
    for (const method of ["GET", "HEAD", "DELETE", "PUT", "PATCH"]) {
      edge.upstream.reset();
      assert.equal((await edge.send(method, "/openai/x")).status, 200);
      assert.equal(edge.upstream.only.method, method);
    }
    const { status, json } = await edge.send("OPTIONS", "/openai/x");
    assert.deepEqual([status, json.internalCode], [405, 6007]);
  });

  test("no gateway: 502 in its own shape, without an address", async () => {
    edge.upstream.behaviour = (_request, response) => response.destroy();
    const { status, text, json } = await edge.post("/openai/x", {});
    assert.deepEqual([status, json.internalCode], [502, 6021]);
    assert.doesNotMatch(text, /gateway\.example/);
  });
});

/**
 * @param {Edge} edge
 * @param {Record<string, string>} [headers]
 */
async function reading(edge, headers = {}) {
  const options = {
    host: "127.0.0.1",
    port: edge.worker.port,
    method: "POST",
    path: "/openai/x",
    headers,
    agent: false,
  };
  const sent = request(options);
  sent.on("error", () => {});
  sent.end("{}");
  const response = /** @type {import("node:http").IncomingMessage} */ (
    await new Promise((resolve) => sent.once("response", resolve))
  );
  response.on("error", () => {});
  const chunks = response[Symbol.asyncIterator]();
  return { response, next: async () => /** @type {Buffer} */ ((await chunks.next()).value) };
}
