/** Bundles the Worker into the one module that cfaig deploys: `npm run build`. */

import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const BUNDLE = fileURLToPath(new URL("../cfaig/edge/worker.js", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const TOLD_TO_PEOPLE = new Set(["description", "title", "examples", "default"]);

/** The schema without what is for editors. @type {import("esbuild").Plugin} */
const leanSchema = {
  name: "lean-schema",
  setup(builder) {
    builder.onLoad({ filter: /\.schema\.json$/ }, async ({ path }) => {
      const schema = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify(schema, withoutWords), loader: "json" };
    });
  },
};

/**
 * @param {string} name
 * @param {unknown} value
 */
const withoutWords = (name, value) => (TOLD_TO_PEOPLE.has(name) ? undefined : value);

/** @returns {Promise<string>} the bundle's text, the same bytes for the same sources */
export async function bundle() {
  const { config } = JSON.parse(await readFile(new URL("package.json", import.meta.url), "utf8"));
  const result = await build({
    absWorkingDir: HERE,
    entryPoints: ["src/worker.js"],
    bundle: true,
    format: "esm",
    target: "es2024",
    minifySyntax: true,
    minifyWhitespace: true,
    lineLimit: 120,
    legalComments: "none",
    charset: "utf8",
    banner: { js: `// Made by edge/build.js: do not edit. Compatibility date ${config.compatibility_date}.` },
    plugins: [leanSchema],
    write: false,
  });
  return result.outputFiles[0].text;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(BUNDLE, await bundle());
