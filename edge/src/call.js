/** One request on its way: what rules and credentials make of it. */

import { headersOf } from "./actions.js";
import { Body } from "./body.js";
import { keyPlace, putGatewayToken, putKey, queryWithKey, secret, stripHeaders, stripQuery } from "./credentials.js";
import { Code, Fault } from "./faults.js";
import { forwardable } from "./headers.js";
import { bodyWithModel, pathWithModel } from "./models.js";
import { atProvider } from "./paths.js";
import { readSubject } from "./subject.js";

/** @typedef {import("./config.js").Config} Config */
/** @typedef {import("./paths.js").Place} Place */
/**
 * @typedef {object} Call
 * @property {Config} config
 * @property {Request} request
 * @property {Place} place
 * @property {string | null} client
 * @property {Map<string, string>} headers to send
 * @property {string} search to send, with its question mark
 * @property {Body} body
 * @property {boolean} isSocket
 * @property {Set<string>} secrets that were put in
 */

/**
 * @param {Config} config
 * @param {Request} request
 * @param {URL} url
 * @param {Place} place
 * @param {string | null} client
 * @returns {Call}
 */
export function readCall(config, request, url, place, client) {
  const headers = forwardable(request.headers);
  dropDenied(config, headers);
  const search = config.managed ? stripQuery(url.search) : url.search;
  const isSocket = isUpgrade(request);
  return { config, request, place, client, headers, search, body: new Body(request), isSocket, secrets: new Set() };
}

/** @param {Request} request */
export const isUpgrade = (request) => request.headers.get("upgrade")?.toLowerCase() === "websocket";

/**
 * What clients may not send.
 * @param {Config} config
 * @param {Map<string, string>} headers changed
 */
export function dropDenied(config, headers) {
  if (config.managed) stripHeaders(headers, ownHeaders(config));
  for (const name of [...headers.keys()]) if (config.denies(name)) headers.delete(name);
}

/** @param {Config} config */
const ownHeaders = ({ keys }) => [...keys.values()].flatMap(({ header }) => header ?? []);

/** @param {Call} call */
export function subjectOf({ place, request, client, headers, search, body }) {
  return readSubject({ place, method: request.method, client, headers, search, body });
}

/**
 * What rules answer instead of the gateway.
 * @param {Record<string, any>} then
 */
export function refuse({ reject }) {
  if (reject) throw new Fault(reject.status, reject.code ?? Code.REJECTED, reject.message);
}

/**
 * @typedef {object} Target
 * @property {Place} place
 * @property {unknown} json undefined when the body stays as it is
 */

/**
 * Another provider, another model: in the path and in the body, wherever they are told.
 * @param {{provider?: string, model?: string} | undefined} rewrite
 * @param {import("./subject.js").Subject} subject
 * @param {() => any} exactly the JSON of the body
 * @returns {Target}
 */
export function rewritten(rewrite, { place, provider, model, json }, exactly) {
  if (!rewrite) return { place, json: undefined };
  if (place.first === "compat") return { place, json: rewrittenUnified(rewrite, { provider, model, json }, exactly) };
  const moved = rewrite.provider ? atProvider(place, rewrite.provider) : place;
  if (!rewrite.model) return { place: moved, json: undefined };
  const path = pathWithModel(moved.path, rewrite.provider ?? provider ?? "", rewrite.model);
  if (path)
    return { place: { ...moved, path, segments: path.slice(1).split("/").map(decodeURIComponent) }, json: undefined };
  return { place: moved, json: json === undefined ? undefined : bodyWithModel(exactly(), rewrite.model) };
}

/**
 * @param {{provider?: string, model?: string}} rewrite
 * @param {{provider?: string, model?: string, json: unknown}} subject
 * @param {() => any} exactly
 */
function rewrittenUnified(rewrite, { provider, model, json }, exactly) {
  if (json === undefined || model === undefined) return undefined;
  const parts = [rewrite.provider ?? provider, rewrite.model ?? model].filter((part) => part !== undefined);
  return bodyWithModel(exactly(), parts.join("/"));
}

/**
 * Let a decision take effect on a request.
 * @param {Call} call changed
 * @param {Record<string, any>} then
 */
export async function carryOut(call, then) {
  refuse(then);
  const { place, json } = rewritten(then.rewrite, subjectOf(call), () => call.body.exactly());
  call.place = place;
  if (json !== undefined) call.body.replace(json);
  const subject = subjectOf(call);
  const { search, headers, body } = call;
  const credentials = clientCredentials(call.config, headers, search);
  const keyed = { subject, path: place.path, search, body: () => body.exactly(), credentials };
  for (const [name, value] of await headersOf(then, keyed, headers)) headers.set(name, value);
  await putCredentials(call, subject.provider);
}

const KEY_HEADERS = ["authorization", "x-api-key", "api-key", "x-goog-api-key", "xi-api-key"];

/**
 * What of the client's own credentials goes on to the provider; as a query parameter it is in `search` already.
 * @param {Config} config
 * @param {Map<string, string>} headers
 * @param {string} search
 */
export function clientCredentials(config, headers, search) {
  if (config.managed) return [];
  return [...KEY_HEADERS.flatMap((name) => headers.get(name) ?? []), search];
}

/**
 * @param {Call} call changed
 * @param {string | undefined} provider
 */
export async function putCredentials(call, provider) {
  const { config, headers } = call;
  if (config.token !== undefined) putGatewayToken(headers, await reveal(call, config.token));
  const key = provider === undefined ? undefined : config.keys.get(provider);
  if (!key) return;
  const value = await reveal(call, key.binding);
  putKey(headers, keyPlace(provider ?? "", call.place.first === "compat", key), value);
  if (call.isSocket) call.search = queryWithKey(call.search, provider ?? "", value);
}

/**
 * @param {Call} call
 * @param {unknown} binding
 */
export async function reveal(call, binding) {
  const value = await secret(binding);
  call.secrets.add(value);
  return value;
}
