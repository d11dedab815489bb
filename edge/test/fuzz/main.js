/** `npm run fuzz -- --runs 10000 --seed 1` */

import { parseArgs } from "node:util";
import { fuzz } from "./fuzz.js";

const { values } = parseArgs({
  options: { runs: { type: "string", default: "10000" }, seed: { type: "string", default: "1" } },
});
const { faults, ...figures } = await fuzz({ runs: Number(values.runs), seed: Number(values.seed) });
console.log(JSON.stringify(figures, null, 2));
for (const fault of faults) console.error(fault);
console.log(faults.length === 0 ? "nothing found" : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
