/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */

/**
 * The data of each event. What comes after the last blank line is no event.
 * @param {AsyncIterable<Uint8Array>} chunks
 * @returns {AsyncGenerator<string, void, void>}
 */
export async function* eventsOf(chunks) {
  /** @type {string[]} */
  let data = [];
  for await (const line of linesOf(chunks)) {
    if (line === "") {
      if (data.length > 0) yield data.join("\n");
      data = [];
      continue;
    }
    const [, name, value] = /** @type {RegExpExecArray} */ (/^([^:]*)(?:: ?)?(.*)$/s.exec(line));
    if (name === "data") data.push(value);
  }
}

/**
 * Lines that have an end: LF, CRLF or CR.
 * @param {AsyncIterable<Uint8Array>} chunks
 */
async function* linesOf(chunks) {
  // It swallows a byte order mark at the beginning, as it should.
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    // A CR at the end may be the first half of a CRLF.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest.endsWith("\r")) yield rest.slice(0, -1);
}
