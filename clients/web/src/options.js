/**
 * What a client can ask of a gateway, as headers. The names are those of cfaig.client, the library for Python, and so
 * are the bounds; docs/connect.md names Cloudflare's pages.
 */

/** @typedef {string | number} Duration `30s`, `500ms`, `5m`, `1h`, `30d`, or a number of seconds */

/**
 * Undefined or null is as if left out.
 * @typedef {object} HeaderOptions
 * @property {string | null} [token] for the gateway (permission AI Gateway: Run) or the edge, without `Bearer`
 * @property {Duration | null} [cache_ttl] how long the answer is kept, 60 s to 30 d, or 0 for not at all
 * @property {boolean | null} [skip_cache] ask the provider even if there is an answer in the cache
 * @property {string | null} [cache_key] the key in the cache, in place of the whole request; turns caching on
 * @property {Readonly<Record<string, string | number | boolean>> | null} [metadata] at most five entries
 * @property {Duration | null} [timeout] how long to wait for the first byte, up to 24 h
 * @property {number | null} [attempts] how often a provider is asked at most, 1 to 5
 * @property {Duration | null} [retry_delay] the pause before another attempt, up to 60 s
 * @property {"constant" | "linear" | "exponential" | null} [backoff] how the pauses grow
 * @property {boolean | null} [collect_log] whether the request is logged
 * @property {boolean | null} [collect_payload] false logs the request without its bodies
 * @property {Readonly<Record<string, number>> | null} [custom_cost] US dollars: per_token_in, per_token_out,
 *   per_cache_read_token, per_cache_write_token; or total_cost
 * @property {string | null} [event_id] an id of one's own, which the answer repeats
 * @property {string | null} [byok_alias] which of the stored keys of the provider is used
 * @property {boolean | null} [no_wholesale] never pay with Unified Billing
 * @property {boolean | null} [zdr] whether providers may keep nothing (Unified Billing only)
 * @property {string | null} [otel_trace_id] 32 hexadecimal digits
 * @property {string | null} [otel_parent_span_id] 16 hexadecimal digits
 */

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MINUTE = UNITS.m;
const MONTH = 30 * UNITS.d;
const MOST_METADATA = 5;
const NEEDED_RATES = ["per_token_in", "per_token_out", "total_cost"];
const RATES = new Set([...NEEDED_RATES, "per_cache_read_token", "per_cache_write_token"]);

/** @param {string} message */
const no = (message) => new RangeError(message);

/** @param {unknown} value */
const shown = (value) => JSON.stringify(value) ?? String(value);

/** @param {unknown} value */
function token(value) {
  // The value is not repeated: it is a secret.
  if (typeof value !== "string" || !/^[\x21-\x7e]+$/.test(value)) throw no("no token: a text without spaces");
  return `Bearer ${value}`;
}

/** @param {unknown} value */
function text(value) {
  if (typeof value === "string" && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)) return value;
  throw no(`${shown(value)} is no plain ASCII without line breaks`);
}

/** @param {unknown} value */
function flag(value) {
  if (typeof value !== "boolean") throw no(`${shown(value)} is neither true nor false`);
  return String(value);
}

/** @param {unknown} value */
const flagIfTrue = (value) => (flag(value) === "true" ? "true" : null);

/** @param {unknown} value */
function milliseconds(value) {
  const found = typeof value === "string" ? /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(value) : null;
  const length = found ? Number(found[1]) * UNITS[/** @type {keyof typeof UNITS} */ (found[2])] : Number(value) * 1000;
  if (!found && (typeof value !== "number" || !Number.isFinite(value)))
    throw no(`${shown(value)} is no duration: 30s, 500ms, 5m, 1h, 30d, or a number of seconds`);
  // 0.57 * 1000 is not quite 570.
  return Math.round(length * 1e6) / 1e6;
}

/** @param {unknown} value */
function cacheTtl(value) {
  const length = milliseconds(value);
  if (length % 1000 !== 0 || (length !== 0 && (length < MINUTE || length > MONTH)))
    throw no(`${shown(value)} is not 0, nor whole seconds from 60s to 30d`);
  return String(length / 1000);
}

/**
 * @param {number} shortest
 * @param {number} longest
 * @param {string} said
 * @returns {(value: unknown) => string}
 */
const wait = (shortest, longest, said) => (value) => {
  const length = milliseconds(value);
  if (length % 1 !== 0 || length < shortest || length > longest)
    throw no(`${shown(value)} is not ${said}, in whole milliseconds`);
  return String(length);
};

/** @param {unknown} value */
function attempts(value) {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 5) return String(value);
  throw no(`${shown(value)} is no whole number from 1 to 5`);
}

/** @param {unknown} value */
function backoff(value) {
  if (value === "constant" || value === "linear" || value === "exponential") return value;
  throw no(`${shown(value)} is none of constant, linear, exponential`);
}

/**
 * JSON in plain ASCII, which is all that a header takes.
 * @param {unknown} value
 */
const json = (value) =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** @param {unknown} value @returns {[string, unknown][]} */
function entriesOf(value) {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw no(`${shown(value)} is no object of names and values`);
}

/** @param {unknown} value */
function metadata(value) {
  // One value of a wrong kind makes the gateway drop all of them without a word.
  const entries = entriesOf(value);
  if (entries.length > MOST_METADATA) throw no(`more than ${MOST_METADATA} entries`);
  for (const [name, entry] of entries) {
    if (name.startsWith("cf.")) throw no(`Cloudflare keeps names that begin with cf., such as ${name}`);
    if (!["string", "number", "boolean"].includes(typeof entry) || (typeof entry === "number" && !isFinite(entry)))
      throw no(`${name} is neither text, number nor true/false`);
  }
  return json(value);
}

/** @param {unknown} value */
function customCost(value) {
  const entries = entriesOf(value);
  if (!entries.some(([name]) => NEEDED_RATES.includes(name))) throw no(`needs one of ${NEEDED_RATES.join(", ")}`);
  for (const [name, rate] of entries) {
    if (!RATES.has(name)) throw no(`there is no ${name}: there are ${[...RATES].join(", ")}`);
    if (typeof rate !== "number" || !isFinite(rate) || rate < 0) throw no(`${name} is no amount of money`);
  }
  return json(value);
}

/** @param {number} digits @returns {(value: unknown) => string} */
const hexadecimal = (digits) => (value) => {
  if (typeof value === "string" && value.length === digits && /^[0-9a-f]*[1-9a-f][0-9a-f]*$/.test(value)) return value;
  throw no(`${shown(value)} is not ${digits} lower-case hexadecimal digits, not all of them 0`);
};

/** How the value of each option is written. @type {Readonly<Record<string, (value: unknown) => string | null>>} */
const WRITERS = {
  token,
  cache_ttl: cacheTtl,
  skip_cache: flag,
  cache_key: text,
  metadata,
  timeout: wait(1, UNITS.d, "1ms to 24h"),
  attempts,
  retry_delay: wait(0, MINUTE, "0 to 60s"),
  backoff,
  collect_log: flag,
  collect_payload: flag,
  custom_cost: customCost,
  event_id: text,
  byok_alias: text,
  no_wholesale: flagIfTrue,
  zdr: flag,
  otel_trace_id: hexadecimal(32),
  otel_parent_span_id: hexadecimal(16),
};

/** Options whose header is called otherwise. @type {Readonly<Record<string, string>>} */
const HEADERS = {
  token: "authorization",
  timeout: "request-timeout",
  attempts: "max-attempts",
  collect_payload: "collect-log-payload",
};

/**
 * The headers that say the options.
 * @param {HeaderOptions} options
 * @returns {Record<string, string>}
 * @throws {TypeError} for an unknown option
 * @throws {RangeError} for a value that the gateway would ignore or refuse
 */
export function gatewayHeaders(options) {
  /** @type {Record<string, string>} */
  const headers = {};
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(WRITERS, name))
      throw new TypeError(`there is no option ${name}: there are ${Object.keys(WRITERS).join(", ")}`);
    const written = value === undefined || value === null ? null : writtenAs(name, value);
    if (written !== null) headers[`cf-aig-${HEADERS[name] ?? name.replaceAll("_", "-")}`] = written;
  }
  return headers;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function writtenAs(name, value) {
  try {
    return WRITERS[name](value);
  } catch (error) {
    throw new RangeError(`${name}: ${/** @type {Error} */ (error).message}`);
  }
}
