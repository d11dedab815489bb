/** A fake of everything outside: it keeps what it was asked, and answers as a test wants. */

import { once } from "node:events";
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

/** @typedef {{method: string, url: string, headers: Record<string, string>, body: string}} Seen */
/** @typedef {(request: Seen, response: import("node:http").ServerResponse) => unknown} Behaviour */

export class Upstream {
  constructor() {
    /** @type {Seen[]} */
    this.seen = [];
    /** @type {import("ws").WebSocket[]} */
    this.sockets = [];
    /** @type {{url: string, text: string}[]} what came through WebSockets */
    this.messages = [];
    this.reset();
    this.server = createServer(
      { requireHostHeader: false },
      (request, response) => void this.#answer(request, response),
    );
    this.server.keepAliveTimeout = 60_000;
    this.socketServer = new WebSocketServer({
      noServer: true,
      handleProtocols: (offered) => this.choose([...offered]),
    });
    this.server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  reset() {
    this.seen.length = 0;
    this.messages.length = 0;
    /** @type {Behaviour} */
    this.behaviour = (request, response) => {
      response.writeHead(200, { "content-type": "application/json", "cf-aig-cache-status": "MISS" });
      response.end(JSON.stringify({ path: request.url }));
    };
    /** @type {(offered: string[]) => string | false} */
    this.choose = (offered) => offered[0] ?? false;
    /** @type {(socket: import("ws").WebSocket) => void} */
    this.onSocket = (socket) => socket.on("message", (data, binary) => socket.send(data, { binary }));
  }

  async start() {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return this;
  }

  get port() {
    return /** @type {import("node:net").AddressInfo} */ (this.server.address()).port;
  }

  /** The one request that came. */
  get only() {
    if (this.seen.length !== 1) throw new Error(`${this.seen.length} requests came`);
    return this.seen[0];
  }

  async stop() {
    for (const socket of this.sockets) socket.terminate();
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(request, response) {
    const seen = record(request);
    this.seen.push(seen);
    try {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      seen.body = Buffer.concat(chunks).toString();
    } catch {
      return; // The Worker went away in the middle.
    }
    await this.behaviour(seen, response);
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:stream").Duplex} socket
   * @param {Buffer} head
   */
  #upgrade(request, socket, head) {
    this.seen.push(record(request));
    this.socketServer.handleUpgrade(request, socket, head, (opened) => {
      this.sockets.push(opened);
      opened.on("error", () => {});
      opened.on("message", (data) => this.messages.push({ url: request.url ?? "", text: String(data) }));
      this.onSocket(opened);
    });
  }
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @returns {Seen}
 */
function record({ method, url, headers }) {
  return {
    method: method ?? "",
    url: url ?? "",
    headers: /** @type {Record<string, string>} */ ({ ...headers }),
    body: "",
  };
}
