/** The bindings of the Worker, checked once and made ready for use. */

import { Validator } from "@cfworker/json-schema";
import schema from "../../schemas/edge-rules.schema.json";
import { Code, Fault } from "./faults.js";
import { nameGlob } from "./globs.js";
import { readRule } from "./rules.js";

/**
 * @typedef {object} Config
 * @property {string} base the gateway's address without a slash at its end
 * @property {import("./rules.js").Rule[]} rules
 * @property {{name: string, hash: Uint8Array}[]} bearer
 * @property {{issuer: string, aud: string[]} | null} access
 * @property {{origins: Set<string>, headers: Set<string> | null, maxAge: number} | null} cors
 * @property {(header: string) => boolean} denies whether clients may not set this header
 * @property {Map<string, Key>} keys by provider
 * @property {unknown} token the gateway's, a secret binding
 * @property {boolean} managed whether clients' own credentials are taken away
 * @property {boolean} explain
 */
/** @typedef {{binding: unknown, header?: string, scheme?: string}} Key */
/** @typedef {Record<string, unknown>} Env */

const validator = new Validator(/** @type {import("@cfworker/json-schema").Schema} */ (schema), "2020-12", false);
const MORE_RULES = /^RULES_[2-9]$|^RULES_[1-9]\d$/;

/** @type {{source: unknown, config: Config | Fault}} */
let known = { source: undefined, config: new Fault(500, Code.CONFIGURATION, "") };

/**
 * @param {Env} env
 * @returns {Config}
 * @throws {Fault} when the bindings are wrong; nothing is served then
 */
export function loadConfig(env) {
  if (known.source !== env.RULES || env.RULES === undefined) known = { source: env.RULES, config: tryReading(env) };
  if (known.config instanceof Fault) throw known.config;
  return known.config;
}

/** @param {Env} env */
function tryReading(env) {
  try {
    return read(env);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** @param {Env} env */
function read(env) {
  const told = /** @type {any} */ (env.RULES);
  if (typeof told !== "object" || told === null) throw wrong("the binding RULES is not a JSON object");
  const all = { ...told, rules: [...(told.rules ?? []), ...furtherRules(env)] };
  check(all);
  const { gateway, auth = {}, cors, deny_headers: denied = [], keys = {}, explain = false, rules } = all;
  const patterns = denied.map(nameGlob);
  const config = {
    base: gateway.url.replace(/\/$/, ""),
    rules: rules.map(readRule),
    bearer: (auth.bearer ?? []).map(readHash),
    access: auth.access ? { issuer: `https://${auth.access.team}.cloudflareaccess.com`, aud: auth.access.aud } : null,
    cors: cors ? readCors(cors) : null,
    denies: (/** @type {string} */ header) =>
      patterns.some((/** @type {(name: string) => boolean} */ one) => one(header)),
    keys: readKeys(keys, env),
    token: env.GATEWAY_TOKEN || undefined,
    managed: false,
    explain,
  };
  return withCredentials(config, auth.open === true);
}

/**
 * @param {Config} config
 * @param {boolean} open
 */
function withCredentials(config, open) {
  const asks = config.bearer.length > 0 || config.access !== null;
  const injects = config.token !== undefined || config.keys.size > 0;
  if (open && asks) throw wrong("auth: open, and also asks who the client is");
  if (injects && !asks && !open)
    throw wrong("auth: secrets are bound and nobody is asked; write open: true if that is meant");
  config.managed = asks || injects;
  return config;
}

/** @param {Env} env */
function furtherRules(env) {
  const names = Object.keys(env).filter((name) => MORE_RULES.test(name));
  names.sort((one, other) => Number(one.slice(6)) - Number(other.slice(6)));
  return names.flatMap((name) => {
    if (!Array.isArray(env[name])) throw wrong(`the binding ${name} is not a JSON array`);
    return env[name];
  });
}

/**
 * @param {any} rules
 * @returns {asserts rules is any}
 */
function check(rules) {
  const { valid, errors } = validator.validate(rules);
  if (valid) return;
  const telling = errors.filter(({ keyword }) => !AROUND.has(keyword));
  // The deepest one is the most exact.
  const [first] = telling.toSorted((one, other) => depth(other) - depth(one));
  const why = first.keyword === "false" ? "there is no such setting" : first.error;
  throw wrong(`RULES${first.instanceLocation.slice(1)}: ${why}`);
}

/** These only say that something within is wrong. */
const AROUND = new Set([
  "$ref",
  "properties",
  "items",
  "additionalProperties",
  "propertyNames",
  "anyOf",
  "dependentSchemas",
]);

/** @param {{instanceLocation: string}} error */
const depth = ({ instanceLocation }) => instanceLocation.split("/").length;

/** @param {{name: string, sha256: string}} token */
function readHash({ name, sha256 }) {
  const bytes = /** @type {string[]} */ (sha256.match(/../g)).map((byte) => Number.parseInt(byte, 16));
  return { name, hash: Uint8Array.from(bytes) };
}

/** @param {{origins: string[], headers?: string[], max_age?: number}} cors */
function readCors({ origins, headers, max_age: maxAge = 600 }) {
  return { origins: new Set(origins), headers: headers ? new Set(headers) : null, maxAge };
}

/**
 * @param {Record<string, {binding: string, header?: string, scheme?: string}>} keys
 * @param {Env} env
 * @returns {Map<string, Key>}
 */
function readKeys(keys, env) {
  return new Map(
    Object.entries(keys).map(([provider, { binding, ...place }]) => {
      if (!env[binding]) throw wrong(`keys: there is no binding ${binding}`);
      return [provider.toLowerCase(), { binding: env[binding], ...place }];
    }),
  );
}

/** @param {string} why */
const wrong = (why) => new Fault(500, Code.CONFIGURATION, `this Worker is not set up correctly: ${why}`);
