/**
 * JSON in one way only: the same text for the same value, different text for different values.
 * As RFC 8785 sorts and writes, but for numbers: those are exact, so that two large integers that one double stands
 * for stay apart.
 */

/** What a number is replaced with where its digits count; written out it is what it was. */
class Exact {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
  }

  toJSON() {
    return JSON.rawJSON(this.source);
  }
}

const LONGEST_EXPONENT = 30;
const NEEDS_EXACTNESS = /[\d.]{16,}|\d[eE][+-]?\d{2,}/;

/**
 * @param {string} text
 * @returns {any} the value, for `canonical` or JSON.stringify
 * @throws {SyntaxError | RangeError}
 */
export function parseExactly(text) {
  if (!NEEDS_EXACTNESS.test(text)) return JSON.parse(text);
  return JSON.parse(text, withSource);
}

/**
 * @param {string} _name
 * @param {unknown} value
 * @param {{source?: string}} [context]
 */
function withSource(_name, value, context) {
  return typeof value === "number" && context?.source !== undefined ? new Exact(context.source) : value;
}

/**
 * @param {unknown} value from JSON; undefined members are left out
 * @returns {string}
 * @throws {RangeError} when it is nested too deeply
 */
export function canonical(value) {
  if (value instanceof Exact) return number(value.source);
  if (typeof value === "number") return number(String(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = /** @type {Record<string, unknown>} */ (value);
  const names = Object.keys(members).filter((name) => members[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`)
    .join(",")}}`;
}

/**
 * A decimal number as its digits and its exponent, without zeros at either end: 1, 1.0 and 10e-1 are `1`.
 * @param {string} source
 */
function number(source) {
  const [mantissa, exponent = "0"] = source.toLowerCase().split("e");
  const sign = mantissa.startsWith("-") ? "-" : "";
  const [whole, fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  if (digits === "") return "0";
  if (exponent.length > LONGEST_EXPONENT) throw new RangeError("an exponent without end");
  const short = withoutLastZeros(digits);
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - short.length);
  return power === 0n ? sign + short : `${sign}${short}e${power}`;
}

/**
 * Not a regular expression: those take quadratic time for many zeros in the middle.
 * @param {string} digits
 */
function withoutLastZeros(digits) {
  let end = digits.length;
  while (digits[end - 1] === "0") end -= 1;
  return digits.slice(0, end);
}
