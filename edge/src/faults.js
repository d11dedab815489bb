/** How the Worker itself refuses: in the gateway's own error shape, with codes of its own (docs/edge.md). */

/** @enum {number} */
export const Code = Object.freeze({
  UNAUTHORIZED: 6001,
  WRONG_ORIGIN: 6002,
  BAD_PATH: 6003,
  TOO_LARGE: 6004,
  ENCODED_BODY: 6005,
  BAD_UNIVERSAL: 6006,
  BAD_METHOD: 6007,
  BROKEN_BODY: 6008,
  REJECTED: 6010,
  CONFIGURATION: 6020,
  UNREACHABLE: 6021,
  ACCESS_KEYS: 6022,
  INTERNAL: 6023,
});

/** A refusal; `message` is for the client, so it never holds anything that the client may not know. */
export class Fault extends Error {
  /**
   * @param {number} status
   * @param {number} code
   * @param {string} message
   * @param {Record<string, string>} [headers] of the answer
   */
  constructor(status, code, message, headers = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  /** @returns {Response} */
  response() {
    return new Response(JSON.stringify(faultBody(this)), {
      status: this.status,
      headers: { ...this.headers, "content-type": "application/json", "cache-control": "no-store" },
    });
  }
}

/**
 * The gateway's shape: the key is `error`, and `result` is a list.
 * @param {Fault} fault
 */
export function faultBody({ status, code, message }) {
  return {
    success: false,
    result: [],
    messages: [],
    error: [{ code, message }],
    name: "CfaigEdgeError",
    httpCode: status,
    internalCode: code,
    message,
    description: message,
  };
}
