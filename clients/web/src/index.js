/** Cloudflare AI Gateway from the browser; README.md tells how. */

export { Answer, ChatStream } from "./answers.js";
export {
  BlockedError,
  ConnectionError,
  GatewayError,
  InvalidRequestError,
  RateLimitError,
  ServerError,
  SpendLimitError,
  UnauthorizedError,
} from "./errors.js";
export { Gateway } from "./gateway.js";
export { gatewayHeaders } from "./options.js";
export { resultOf } from "./result.js";
export { GatewaySocket } from "./socket.js";

/** @typedef {import("./options.js").HeaderOptions} HeaderOptions */
/** @typedef {import("./options.js").Duration} Duration */
/** @typedef {import("./gateway.js").Place} Place */
/** @typedef {import("./gateway.js").CallOptions} CallOptions */
/** @typedef {import("./socket.js").SocketOptions} SocketOptions */
/** @typedef {import("./socket.js").SocketState} SocketState */
/** @typedef {import("./socket.js").AskOptions} AskOptions */
/** @typedef {import("./result.js").GatewayResult} GatewayResult */
