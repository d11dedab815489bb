/**
 * The universal endpoint: a list of requests to try in turn, each with headers of its own, which win over those of the
 * request (facts/ai-gateway.md 5.3, 6.2). Rules are asked about each item.
 */

import { headersOf } from "./actions.js";
import { clientCredentials, dropDenied, putCredentials, refuse, rewritten, reveal } from "./call.js";
import { keyPlace, putKey, stripQuery } from "./credentials.js";
import { Code, Fault } from "./faults.js";
import { itemHeaders } from "./headers.js";
import { readPath } from "./paths.js";
import { decide } from "./rules.js";
import { readSubject } from "./subject.js";

/** @typedef {import("./call.js").Call} Call */
/** @typedef {Record<string, any>} Item */

/** Members of an item's `config`, and the headers that mean the same. */
const CONFIG_HEADERS = Object.freeze({
  requestTimeout: "cf-aig-request-timeout",
  maxAttempts: "cf-aig-max-attempts",
  retryDelay: "cf-aig-retry-delay",
  backoff: "cf-aig-backoff",
});
const MOST_ITEMS = 100;

/**
 * @param {Call} call changed
 * @returns {Promise<import("./rules.js").Decision>} of all items together
 * @throws {Fault} when the body cannot be understood, or an item is not wanted
 */
export async function carryOutItems(call) {
  /** @type {import("./rules.js").Decision} */
  const all = { then: {}, names: [] };
  if (isTransparent(call)) return all;
  const items = await readItems(call);
  const changed = [];
  for (const item of items) {
    const { then, names, item: next } = await carryOutItem(call, item);
    all.then.queue ??= then.queue;
    all.names.push(...names.filter((name) => !all.names.includes(name)));
    changed.push(next);
  }
  call.body.replace(Array.isArray(call.body.json) ? changed : changed[0]);
  await putCredentials(call, undefined);
  return all;
}

/**
 * Whether there is nothing to do with items.
 * @param {Call} call
 */
export const isTransparent = ({ config }) => !config.managed && config.rules.length === 0;

/** @param {Call} call */
async function readItems(call) {
  const { body } = call;
  await body.read();
  if (body.kind === "too large") throw new Fault(413, Code.TOO_LARGE, "the body is larger than rules can read");
  if (body.kind === "encoded") throw new Fault(415, Code.ENCODED_BODY, "the body must not be compressed");
  if (body.kind !== "json") throw badItems();
  const all = body.exactly();
  const items = Array.isArray(all) ? all : [all];
  if (items.length === 0 || items.length > MOST_ITEMS) throw badItems();
  return items;
}

/**
 * @param {Call} call
 * @param {unknown} told as it came, numbers exactly
 * @returns {Promise<import("./rules.js").Decision & {item: Item}>}
 */
export async function carryOutItem(call, told) {
  const { item, place, search } = readItem(call, told);
  const own = itemHeaders(item.headers);
  dropDenied(call.config, own);
  dropDeniedConfig(call, item);
  const whole = JSON.stringify(item.query);
  const json = whole === undefined ? undefined : JSON.parse(whole);
  const about = subjectAt(call, place, search, own, json);
  const decision = decide(call.config.rules, about);
  refuse(decision.then);
  const target = rewritten(decision.then.rewrite, about, () => item.query);
  const query = target.json ?? item.query;
  const subject = subjectAt(call, target.place, search, own, target.json ?? json);
  const present = new Map([...call.headers, ...configHeaders(item), ...own]);
  const credentials = clientCredentials(call.config, present, search);
  const keyed = { subject, path: target.place.path, search, body: () => query, credentials };
  for (const [name, value] of await headersOf(decision.then, keyed, present)) own.set(name, value);
  await putProviderKey(call, subject, own);
  const [, provider, ...rest] = target.place.path.split("/");
  const next = { ...item, provider, endpoint: rest.join("/") + search, headers: Object.fromEntries(own), query };
  return { ...decision, item: next };
}

/**
 * @param {Call} call
 * @param {unknown} told
 */
function readItem({ config }, told) {
  if (typeof told !== "object" || told === null) throw badItems();
  const item = /** @type {Item} */ ({ ...told });
  const { provider, endpoint = "" } = item;
  // A provider's name that could be a piece of an address is none.
  if (typeof provider !== "string" || !/^[A-Za-z0-9_-]{1,80}$/.test(provider)) throw badItems();
  if (typeof endpoint !== "string") throw badItems();
  const [, path, search] = /** @type {RegExpExecArray} */ (/^([^?#]*)(\?[^#]*)?/s.exec(endpoint));
  const place = readPath(`/${provider}/${path.replace(/^\//, "")}`);
  return { item, place, search: config.managed ? stripQuery(search ?? "") : (search ?? "") };
}

/**
 * @param {Call} call
 * @param {import("./paths.js").Place} place
 * @param {string} search
 * @param {Map<string, string>} own
 * @param {unknown} json
 */
function subjectAt({ client, headers }, place, search, own, json) {
  const body = { kind: /** @type {const} */ ("json"), json, text: "", unreadable: false };
  return readSubject({ place, method: "POST", client, search, headers: new Map([...headers, ...own]), body });
}

/**
 * @param {Call} call
 * @param {Item} item changed
 */
function dropDeniedConfig({ config }, item) {
  if (typeof item.config !== "object" || item.config === null) return;
  const kept = Object.entries(item.config).filter(([name]) => {
    const header = /** @type {Record<string, string>} */ (CONFIG_HEADERS)[name];
    return header === undefined || !config.denies(header);
  });
  item.config = Object.fromEntries(kept);
}

/**
 * What an item's `config` says, as if it were headers, so that rules leave it alone.
 * @param {Item} item
 * @returns {[string, string][]}
 */
function configHeaders({ config }) {
  if (typeof config !== "object" || config === null) return [];
  return Object.entries(CONFIG_HEADERS)
    .filter(([name]) => config[name] !== undefined)
    .map(([name, header]) => [header, String(config[name])]);
}

/**
 * @param {Call} call
 * @param {import("./subject.js").Subject} subject
 * @param {Map<string, string>} headers changed
 */
async function putProviderKey(call, { provider, place }, headers) {
  const key = provider === undefined ? undefined : call.config.keys.get(provider);
  if (key) putKey(headers, keyPlace(provider ?? "", place.first === "compat", key), await reveal(call, key.binding));
}

const badItems = () =>
  new Fault(400, Code.BAD_UNIVERSAL, "the body is not a list of {provider, endpoint, headers, query}");
