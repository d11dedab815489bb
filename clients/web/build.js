/** Bundles the example page into the one file that the local Cloudflare serves: `npm run build`. */

import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PAGE = fileURLToPath(new URL("../../cfaig/local/chat/chat.js", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));

/**
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} [more]
 * @returns {Promise<string>} the same bytes for the same sources
 */
async function bundled(entry, more = {}) {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    ...more,
    write: false,
  });
  return outputFiles[0].text;
}

/** The library as a page that cares would load it. */
export const library = () => bundled("src/index.js");

/** The chat page with React, and the licences of both. */
export const page = () =>
  bundled("example/main.jsx", {
    jsx: "automatic",
    loader: { ".css": "text" },
    define: { "process.env.NODE_ENV": '"production"' },
    lineLimit: 120,
    legalComments: "eof",
    banner: { js: "// Made by clients/web/build.js: do not edit." },
  });

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(PAGE, await page());
