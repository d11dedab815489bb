/** Where a request goes: its path as the gateway has to get it, and as rules compare it. */

import { Code, Fault } from "./faults.js";
import { segmentsOf } from "./globs.js";

const SHORTHAND = "chat/completions";
const COMPAT = "compat";

/**
 * @typedef {object} Place
 * @property {string} path as it is sent on, percent signs as they came; "/" is the universal endpoint
 * @property {string[]} segments decoded
 * @property {string} first the first segment in lower case: a provider, `compat`, or ""
 */

/**
 * @param {string} pathname of a parsed URL
 * @returns {Place}
 * @throws {Fault} for paths that the gateway might read otherwise than rules do
 */
export function readPath(pathname) {
  const segments = segmentsOf(pathname).map(decoded);
  const last = segments.length - 1;
  if (segments.some((segment, index) => misleading(segment, index === last))) throw badPath();
  if (!/^[\w-]*$/.test(segments[0])) throw badPath();
  if (segments.join("/") === SHORTHAND) return placed(`/${COMPAT}/${SHORTHAND}`, [COMPAT, ...segments]);
  return placed(pathname, segments);
}

/**
 * @param {string} path
 * @param {string[]} segments
 * @returns {Place}
 */
const placed = (path, segments) => ({ path, segments, first: segments[0].toLowerCase() });

/**
 * @param {Place} place
 * @param {string} provider
 * @returns {Place} the same at another provider
 */
export function atProvider({ segments, path }, provider) {
  const rest = segmentsOf(path).slice(1);
  return placed(`/${[provider, ...rest].join("/")}`, [provider, ...segments.slice(1)]);
}

/**
 * The ways to read this path, so that no other spelling of it gets around a rule: with slashes that were encoded as
 * what they stand for, and without one at the end; and without the first part of the unified endpoint.
 * @param {Place} place
 * @returns {string[][]}
 */
export function spellings({ segments }) {
  const split = segmentsOf(segments.join("/"));
  const ended = split.at(-1) === "" && split.length > 1 ? split.slice(0, -1) : split;
  const short = ended.join("/").toLowerCase() === `${COMPAT}/${SHORTHAND}` ? [ended.slice(1)] : [];
  return [segments, split, ended, ...short];
}

/** @param {string} segment */
function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badPath();
  }
}

/**
 * Whether somebody behind us could take the segment for something else: a way up, an empty one that is left out, a
 * second encoding that hides either of them. Slashes within a name are fine (model names, ARNs have them).
 * @param {string} segment
 * @param {boolean} last
 */
function misleading(segment, last) {
  if (/[\u0000-\u001f\u007f\\]/.test(segment) || /%(?:2e|2f|5c|25|00)/i.test(segment)) return true;
  if (segment === "") return !last;
  return segment.split("/").some((part) => part === "" || part === "." || part === "..");
}

const badPath = () => new Fault(400, Code.BAD_PATH, "the path is not one that can be sent on");
