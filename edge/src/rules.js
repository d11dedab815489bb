/** Rules, ready to be asked; and what those that match say together. */

import { readCondition, readTextCondition } from "./conditions.js";
import { Code, Fault } from "./faults.js";
import { NOTHING, fieldOf, readField } from "./fields.js";
import { nameGlob, pathGlob } from "./globs.js";
import { spellings } from "./paths.js";

/** @typedef {import("./subject.js").Subject} Subject */
/**
 * Whether one part of a rule holds; undefined when that depends on a body that was not, or cannot be, read.
 * @typedef {(subject: Subject) => boolean | undefined} Part
 */
/** @typedef {{name: string, parts: Part[], then: Record<string, any>, goesOn: boolean}} Rule */
/** @typedef {{then: Record<string, any>, names: string[]}} Decision */

/**
 * @param {any} rule one that fits the schema
 * @param {number} index
 * @returns {Rule}
 */
export function readRule({ name, match = {}, then, continue: goesOn = false }, index) {
  const parts = Object.entries(match).map(([part, wanted]) => PARTS[part](wanted));
  return { name: name ?? `rule ${index + 1}`, parts, then, goesOn };
}

/** @type {Record<string, (wanted: any) => Part>} */
const PARTS = {
  path: (globs) => {
    const fits = list(globs).map(pathGlob);
    return ({ place }) => spellings(place).some((segments) => fits.some((fit) => fit(segments)));
  },
  method:
    (methods) =>
    ({ method }) =>
      list(methods).includes(method),
  provider: (globs) => {
    const fits = anyOf(globs);
    return (subject) => known(subject, subject.provider, fits);
  },
  model: (globs) => {
    const fits = anyOf(globs);
    return (subject) => known(subject, subject.model, (model) => fits(model) || fits(`${subject.provider}/${model}`));
  },
  client: (globs) => {
    const fits = anyOf(globs);
    return ({ client }) => client !== null && fits(client);
  },
  headers: (conditions) => {
    const tests = entries(conditions, readTextCondition);
    return ({ headers }) => tests.every(([name, test]) => test(headers.get(name) ?? NOTHING));
  },
  metadata: (conditions) => {
    const tests = entries(conditions, readCondition);
    return ({ metadata }) => tests.every(([name, test]) => test(fieldOf(metadata, [name])));
  },
  body: (conditions) => {
    const tests = entries(conditions, readCondition).map(
      ([name, test]) => /** @type {const} */ ([readField(name), test]),
    );
    return ({ json, bodyKnown }) =>
      bodyKnown ? tests.every(([steps, test]) => test(fieldOf(json, steps))) : undefined;
  },
};

/** @param {string | string[]} value */
const list = (value) => (Array.isArray(value) ? value : [value]);

/** @param {string | string[]} globs */
function anyOf(globs) {
  const fits = list(globs).map(nameGlob);
  return (/** @type {string} */ text) => fits.some((fit) => fit(text));
}

/**
 * @param {Record<string, any>} conditions
 * @param {(condition: any) => import("./conditions.js").Test} reader
 */
const entries = (conditions, reader) =>
  Object.entries(conditions).map(([name, condition]) => /** @type {const} */ ([name, reader(condition)]));

/**
 * @param {Subject} subject
 * @param {string | undefined} value
 * @param {(value: string) => boolean} fits
 */
function known({ bodyKnown }, value, fits) {
  if (value !== undefined) return fits(value);
  return bodyKnown ? false : undefined;
}

/**
 * @param {Rule} rule
 * @param {Subject} subject
 */
function matches(rule, subject) {
  const answers = rule.parts.map((part) => part(subject));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/**
 * Whether the rules have to see the body of this request, or what they do needs it.
 * @param {Rule[]} rules
 * @param {Subject} subject without a body
 */
export function needBody(rules, subject) {
  for (const rule of rules) {
    const answer = matches(rule, subject);
    if (answer === false) continue;
    if (answer === undefined || actsOnBody(rule.then)) return true;
    if (!rule.goesOn) return false;
  }
  return false;
}

/** @param {Record<string, any>} then */
const actsOnBody = ({ cache, rewrite, queue }) => Boolean((cache && !cache.off) || rewrite || queue);

/**
 * The first rule that matches, and later ones for what it left open if it says so.
 * @param {Rule[]} rules
 * @param {Subject} subject
 * @returns {Decision}
 * @throws {Fault} when a rule would reject if only the body could be read: what cannot be looked into is not let by
 */
export function decide(rules, subject) {
  /** @type {Decision} */
  const decision = { then: {}, names: [] };
  for (const rule of rules) {
    const answer = matches(rule, subject);
    if (answer === undefined && rule.then.reject) throw unreadable(subject);
    if (!answer) continue;
    decision.names.push(rule.name);
    fillIn(decision.then, rule.then);
    if (!rule.goesOn || rule.then.reject) break;
  }
  return decision;
}

/**
 * @param {Record<string, any>} left
 * @param {Record<string, any>} then
 */
function fillIn(left, then) {
  for (const [name, value] of Object.entries(then)) {
    const byEntry = name === "metadata" || name === "headers";
    left[name] = byEntry ? { ...value, ...left[name] } : (left[name] ?? value);
  }
}

/** @param {Subject} subject */
function unreadable({ bodyKind }) {
  return bodyKind === "encoded"
    ? new Fault(415, Code.ENCODED_BODY, "the body must not be compressed: rules have to read it")
    : new Fault(413, Code.TOO_LARGE, "the body is larger than rules can read");
}
