/** Patterns as people write them. Compiled once; no pattern can make matching slow, as regular expressions can. */

/**
 * A pattern for names: `*` is any characters. Upper and lower case are the same.
 * @param {string} glob
 * @returns {(text: string) => boolean}
 */
export function nameGlob(glob) {
  const parts = glob.toLowerCase().split("*");
  return (text) => inOrder(text.toLowerCase(), parts);
}

/**
 * Whether the parts occur one after the other, the first at the start and the last at the end: linear, unlike a
 * regular expression with several `.*`.
 * @param {string} text
 * @param {string[]} parts
 */
function inOrder(text, parts) {
  if (parts.length === 1) return text === parts[0];
  const first = parts[0];
  const last = parts[parts.length - 1];
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

/**
 * A pattern for paths, upper and lower case the same: `*` is any part of one segment, a segment `**` any number of
 * segments, also none.
 * @param {string} glob
 * @returns {(segments: string[]) => boolean} of a path's segments
 */
export function pathGlob(glob) {
  const wanted = segmentsOf(glob.toLowerCase()).map((part) => (part === "**" ? null : part.split("*")));
  return (segments) =>
    follows(
      segments.map((segment) => segment.toLowerCase()),
      wanted,
    );
}

/**
 * @param {string} path
 * @returns {string[]}
 */
export function segmentsOf(path) {
  return path.replace(/^\//, "").split("/");
}

/**
 * The set of places in the pattern that can be reached, segment by segment: linear in their product.
 * @param {string[]} segments
 * @param {(string[] | null)[]} wanted
 */
function follows(segments, wanted) {
  let places = withoutAny(new Set([0]), wanted);
  for (const segment of segments) {
    /** @type {Set<number>} */
    const next = new Set();
    for (const place of places) {
      if (place === wanted.length) continue;
      const part = wanted[place];
      if (part === null) next.add(place);
      else if (inOrder(segment, part)) next.add(place + 1);
    }
    places = withoutAny(next, wanted);
  }
  return places.has(wanted.length);
}

/**
 * @param {Set<number>} places
 * @param {(string[] | null)[]} wanted
 */
function withoutAny(places, wanted) {
  // A Set that grows while it is walked is walked to its end.
  for (const place of places) if (wanted[place] === null) places.add(place + 1);
  return places;
}
