/** Waiting before the next try. */

/**
 * Full jitter: anywhere up to a bound that doubles, so that clients that were cut off together do not come back
 * together (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 * @param {number} failures how many tries have failed, from 1
 * @param {{first: number, longest: number}} bounds milliseconds
 * @param {() => number} [random] from 0 to 1
 * @returns {number} milliseconds
 */
export const pauseAfter = (failures, { first, longest }, random = Math.random) =>
  random() * Math.min(longest, first * 2 ** (failures - 1));

/**
 * Waits; a network that comes back ends it at once.
 * @param {number} milliseconds
 * @param {() => void} then
 * @returns {() => void} calls it off
 */
export function wait(milliseconds, then) {
  const end = () => {
    clearTimeout(timer);
    globalThis.removeEventListener?.("online", go);
  };
  const go = () => {
    end();
    then();
  };
  const timer = setTimeout(go, milliseconds);
  globalThis.addEventListener?.("online", go);
  return end;
}
