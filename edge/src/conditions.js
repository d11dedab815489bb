/** Comparisons of a rule with one value: a scalar is equality, a list `$in`, an object operators that all hold. */

import { NOTHING } from "./fields.js";
import { nameGlob } from "./globs.js";

/** @typedef {string | number | boolean | null} Scalar */
/** @typedef {Scalar | Scalar[] | Record<string, unknown>} Condition */
/** @typedef {(value: unknown) => boolean} Test */

/** @type {Record<string, (operand: any) => Test>} */
const OPERATORS = {
  $eq: (operand) => (value) => value === operand,
  $ne: (operand) => (value) => value !== operand,
  $in: (operand) => (value) => operand.includes(value),
  $nin: (operand) => (value) => !operand.includes(value),
  $exists: (operand) => (value) => (value !== NOTHING) === operand,
  $gt: (operand) => (value) => typeof value === "number" && value > operand,
  $gte: (operand) => (value) => typeof value === "number" && value >= operand,
  $lt: (operand) => (value) => typeof value === "number" && value < operand,
  $lte: (operand) => (value) => typeof value === "number" && value <= operand,
  $glob: (operand) => {
    const fits = nameGlob(operand);
    return (value) => typeof value === "string" && fits(value);
  },
};

/**
 * @param {Condition} condition
 * @returns {Test} of the value, or of NOTHING
 */
export function readCondition(condition) {
  const tests = operatorsOf(condition).map(([operator, operand]) => OPERATORS[operator](operand));
  return (value) => tests.every((test) => test(value));
}

/**
 * The same for a header, which is always text: operands are compared as they would be written, and the text of a
 * number counts as one where the operator is about numbers.
 * @param {Condition} condition
 * @returns {Test}
 */
export function readTextCondition(condition) {
  const tests = operatorsOf(condition).map(([operator, operand]) => {
    if (/^\$[gl]te?$/.test(operator)) return inNumbers(OPERATORS[operator](operand));
    if (operator === "$exists") return OPERATORS.$exists(operand);
    return OPERATORS[operator](Array.isArray(operand) ? operand.map(String) : String(operand));
  });
  return (value) => tests.every((test) => test(value));
}

/** @param {Test} test */
const inNumbers = (test) => (/** @type {unknown} */ value) =>
  typeof value === "string" && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) && test(Number(value));

/**
 * @param {Condition} condition
 * @returns {[string, unknown][]}
 */
function operatorsOf(condition) {
  if (Array.isArray(condition)) return [["$in", condition]];
  if (typeof condition !== "object" || condition === null) return [["$eq", condition]];
  return Object.entries(condition);
}
