/** Fields of JSON values by path. */

/** What a path leads to when there is nothing there; different from null. */
export const NOTHING = Symbol("nothing");

/**
 * The steps of `messages.0.role` or `/messages/0/role` (RFC 6901).
 * @param {string} path
 * @returns {string[]}
 */
export function readField(path) {
  if (!path.startsWith("/")) return path.split(".");
  return path
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * @param {unknown} value
 * @param {string[]} steps negative numbers count from the end of a list
 * @returns {unknown} NOTHING when it is not there
 */
export function fieldOf(value, steps) {
  for (const step of steps) {
    if (Array.isArray(value)) {
      if (!/^-?\d{1,9}$/.test(step)) return NOTHING;
      const index = Number(step) < 0 ? value.length + Number(step) : Number(step);
      if (index < 0 || index >= value.length) return NOTHING;
      value = value[index];
    } else if (typeof value === "object" && value !== null && Object.hasOwn(value, step)) {
      value = /** @type {Record<string, unknown>} */ (value)[step];
    } else {
      return NOTHING;
    }
  }
  return value;
}
