/**
 * Around the Worker of an edge in a scenario: time is the scenario's, and chance is drawn from its seed. Whoever waits
 * asks the scenario's clock, so that waiting takes no time there; the clock comes back with every answer.
 */
import worker from "./worker.js";

const send = globalThis.fetch;
let now = 0;
let drawn = 0;

globalThis.fetch = async (...given) => {
  const response = await send(...given);
  now = Number(response.headers.get("cfaig-stage-now"));
  return response;
};
globalThis.setTimeout = (callback, milliseconds = 0, ...given) => {
  fetch(`http://clock.invalid/${milliseconds}`).then(() => callback(...given));
  return 0;
};
Date.now = () => now;
// https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (mulberry32)
Math.random = () => {
  drawn = (drawn + 0x6d2b79f5) | 0;
  let mixed = Math.imul(drawn ^ (drawn >>> 15), drawn | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};

export default {
  async fetch(request, env, context) {
    now = Number(request.headers.get("cfaig-stage-now"));
    drawn = Number(request.headers.get("cfaig-stage-seed")) | 0;
    const inside = new Request(request);
    inside.headers.delete("cfaig-stage-now");
    inside.headers.delete("cfaig-stage-seed");
    return worker.fetch(inside, env, context);
  },
};
