/** Malformed requests: pieces of good ones, put together wrongly. */

import { gzipSync } from "node:zlib";
import {
  METHODS,
  PIECES,
  GOOD_PIECES,
  QUERIES,
  VALUES,
  NAMES,
  GOOD_NAMES,
  GOOD_VALUES,
  JSONS,
  PROVIDERS,
  ENDPOINTS,
  ITEM_HEADERS,
} from "./pieces.js";
import { CLIENT, SMUGGLED } from "./planted.js";

/** @typedef {import("./random.js").Random} Random */

const SOCKET_PATHS = ["/", "/ws", "/openai?model=gpt", "/google?api_key=x", "/openai/%2e%2e%2f"];
const LENGTHS = ["-1", "x", "1e3", "0x10", "+5", "99999999999999999999"];
const CRLF = "\r\n";
/** @param {Random} random */
function path(random) {
  if (random.chance(0.15))
    return random.of(["/", "/chat/completions", "*", "http://evil.example/openai/x", "//evil.example", "x", "", "/ws"]);
  const bad = random.chance(0.4);
  const pieces = random.some(5, () => random.of(bad && random.chance(0.4) ? PIECES : GOOD_PIECES));
  return "/" + pieces.join("/") + (random.chance(0.5) ? random.of(QUERIES) : "");
}

/** @param {Random} random */
function item(random) {
  const config = random.of(['{"requestTimeout":1}', "null", "7", '{"maxAttempts":"x"}']);
  const where = `"provider":${random.of(PROVIDERS)},"endpoint":${random.of(ENDPOINTS)}`;
  return `{${where},"headers":${random.of(ITEM_HEADERS)},"query":${random.of(JSONS)},"config":${config}}`;
}

/** @param {Random} random */
export function body(random) {
  switch (random.below(7)) {
    case 0:
      return random.bytes(200);
    case 1:
      return gzipSync(random.of(JSONS));
    case 2:
      return Buffer.concat([Buffer.from(random.of(JSONS)), random.bytes(5)]);
    case 3:
    case 4:
      return Buffer.from(`[${random.some(4, () => item(random)).join(",")}]`);
    default:
      return Buffer.from(random.of(JSONS));
  }
}

/** @param {Random} random */
function headers(random) {
  const lines = random.chance(0.9) ? ["host: edge.example"] : [];
  if (random.chance(0.75))
    lines.push(`${random.of(["authorization: Bearer ", "x-api-key: ", "Cf-Aig-Authorization: "])}${CLIENT}`);
  const bad = random.chance(0.2);
  const separator = () => (bad ? random.of([":", ": ", " :", ""]) : ": ");
  lines.push(
    ...random.some(
      5,
      () => `${random.of(bad ? NAMES : GOOD_NAMES)}${separator()}${random.of(bad ? VALUES : GOOD_VALUES)}`,
    ),
  );
  return lines;
}

/**
 * @param {Random} random
 * @param {Buffer} content
 * @returns {[string[], Buffer]} how its length is told, and the content as it is sent
 */
function framed(random, content) {
  switch (random.below(16)) {
    case 0:
      return [["transfer-encoding: chunked"], chunked(random, content)];
    case 1:
      return [["transfer-encoding: chunked", `content-length: ${content.length}`], chunked(random, content)];
    case 2:
      return [[`content-length: ${random.of([...LENGTHS, `${content.length}, 1`])}`], content];
    case 3:
      return [[`content-length: ${content.length}`, `content-length: ${random.below(9)}`], content];
    default:
      return [[`content-length: ${content.length}`], content];
  }
}

/**
 * @param {Random} random
 * @param {Buffer} content
 */
function chunked(random, content) {
  const size = random.chance(0.8)
    ? content.length.toString(16)
    : random.of(["-1", "g", "ffffffffffffffffff", "", "5;x=y"]);
  return Buffer.concat([
    Buffer.from(size + CRLF),
    content,
    Buffer.from(CRLF + "0" + CRLF + random.of(["", `${SMUGGLED}-trailer: 1${CRLF}`]) + CRLF),
  ]);
}

/**
 * @param {Random} random
 * @returns {Buffer} one request, ready for the wire
 */
export function httpRequest(random) {
  const method = random.of(METHODS);
  const [lengths, content] =
    method === "GET" && random.chance(0.8) ? [[], Buffer.alloc(0)] : framed(random, body(random));
  const version = random.chance(0.97) ? "HTTP/1.1" : random.of(["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "", "HTTP/1.1 x"]);
  const head = [`${method} ${path(random)} ${version}`, ...headers(random), ...lengths].join(CRLF);
  const whole = Buffer.concat([Buffer.from(head + CRLF + CRLF, random.chance(0.5) ? "utf8" : "latin1"), content]);
  return random.chance(0.1) ? mutated(random, whole) : whole;
}

/**
 * @param {Random} random
 * @param {Buffer} whole
 */
function mutated(random, whole) {
  const copy = Buffer.from(whole);
  for (let count = 1 + random.below(4); count > 0; count -= 1) copy[random.below(copy.length)] = random.below(256);
  return random.chance(0.3) ? copy.subarray(0, random.below(copy.length)) : copy;
}

/** @param {Random} random */
export function handshake(random) {
  const protocols = random.of([
    "",
    `sec-websocket-protocol: realtime, cf-aig-authorization.${CLIENT}`,
    "sec-websocket-protocol: ,,",
    "sec-websocket-protocol: a b, \u0001",
  ]);
  const lines = [
    `GET ${random.of([...SOCKET_PATHS, path(random)])} HTTP/1.1`,
    "host: edge.example",
    "connection: Upgrade",
    "upgrade: websocket",
    "sec-websocket-version: " + (random.chance(0.95) ? "13" : "8"),
    "sec-websocket-key: " + (random.chance(0.95) ? "AAAAAAAAAAAAAAAAAAAAAA==" : "x"),
    `authorization: Bearer ${CLIENT}`,
    ...(protocols ? [protocols] : []),
  ];
  return Buffer.from(lines.join(CRLF) + CRLF + CRLF);
}

/** @param {Random} random */
export function frames(random) {
  return Buffer.concat([...random.some(5, () => frame(random)), frame(random)]);
}

/** @param {Random} random */
function frame(random) {
  const payload = random.chance(0.6)
    ? Buffer.from(
        random.of([
          `{"type":"universal.create","request":${item(random)}}`,
          '{"type":"universal.create"}',
          '{"type":"universal.create","request":null}',
          random.of(JSONS),
        ]),
      )
    : random.bytes(150);
  if (random.chance(0.05)) return random.bytes(40);
  const opcode = random.chance(0.7) ? random.of([1, 2]) : random.below(16);
  const first = (random.chance(0.9) ? 0x80 : 0) | (random.chance(0.95) ? 0 : random.of([0x10, 0x20, 0x40])) | opcode;
  const masked = random.chance(0.95);
  const size = random.chance(0.95) ? payload.length : random.below(70_000);
  const length = size < 126 ? Buffer.from([size]) : Buffer.from([126, size >> 8, size & 255]);
  if (random.chance(0.02)) return Buffer.from([first, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0]);
  length[0] |= masked ? 0x80 : 0;
  const mask = masked ? Buffer.from([1, 2, 3, 4]) : Buffer.alloc(0);
  const content = masked ? payload.map((byte, at) => byte ^ mask[at % 4]) : payload;
  return Buffer.concat([Buffer.from([first]), length, mask, content]);
}
