import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz/fuzz.js";

test("500 malformed requests: no crash, no secret, no way out", async () => {
  const { faults, upstream, sockets } = await fuzz({ runs: 500, seed: 7 });
  assert.deepEqual(faults, []);
  assert.ok(upstream > 50, `only ${upstream} reached the gateway`);
  assert.ok(sockets > 10, `only ${sockets} WebSockets`);
});
