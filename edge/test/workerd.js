/** Runs the bundled Worker on real workerd. Everything it fetches, whatever the address, reaches one fake upstream. */

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import workerd from "workerd";
import { bundle } from "../build.js";

const { config: CONFIG } = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8"));
const BUNDLED = bundle();
const STARTS_WITHIN_MS = 30_000;

/** As an entry of a Secrets Store: an object with `get`. */
const STORE = `import { WorkerEntrypoint } from "cloudflare:workers";
export default class extends WorkerEntrypoint { async get() { return "stored-secret"; } }`;

/**
 * @typedef {object} Running
 * @property {string} url without a slash at its end
 * @property {number} port
 * @property {number} pid
 * @property {() => string} talk what workerd has said
 * @property {() => boolean} alive
 * @property {() => Promise<void>} stop
 */

/**
 * @param {object} options
 * @param {unknown} options.rules the binding RULES
 * @param {Record<string, string>} [options.secrets]
 * @param {Record<string, unknown>} [options.json] further JSON bindings
 * @param {string} [options.stored] a binding that is an entry of a Secrets Store
 * @param {number} options.upstream the port of the fake upstream
 * @returns {Promise<Running>}
 */
export async function serve({ rules, secrets = {}, json = {}, stored, upstream }) {
  const folder = await mkdtemp(join(tmpdir(), "cfaig-edge-"));
  await writeFile(join(folder, "worker.js"), await BUNDLED);
  await writeFile(join(folder, "store.js"), STORE);
  await writeFile(join(folder, "config.capnp"), capnp({ RULES: rules, ...json }, secrets, upstream, stored));
  const child = spawn(workerd.default ?? workerd, ["serve", "--control-fd=3", join(folder, "config.capnp")], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let talk = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (talk += chunk));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const port = await listening(child, ended, () => talk);
    const alive = () => child.exitCode === null && child.signalCode === null;
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      pid: /** @type {number} */ (child.pid),
      talk: () => talk,
      alive,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {Promise<unknown>} ended
 * @param {() => string} talk
 * @returns {Promise<number>} the port
 */
async function listening(child, ended, talk) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`workerd does not start: ${talk()}`)), STARTS_WITHIN_MS);
  });
  const gone = ended.then(() => Promise.reject(new Error(`workerd ended: ${talk()}`)));
  const told = new Promise((resolve) => {
    let text = "";
    child.stdio[3]?.on("data", (chunk) => {
      text += chunk;
      const found = /"event":"listen".*"port":(\d+)/.exec(text);
      if (found) resolve(Number(found[1]));
    });
  });
  try {
    return /** @type {number} */ (await Promise.race([told, gone, late]));
  } finally {
    clearTimeout(timer);
    gone.catch(() => {});
  }
}

/** @param {unknown} value as text in Cap'n Proto's configuration language */
const quoted = (value) => JSON.stringify(value);

/**
 * @param {Record<string, unknown>} json
 * @param {Record<string, string>} secrets
 * @param {number} upstream
 * @param {string} [stored]
 */
function capnp(json, secrets, upstream, stored) {
  const bindings = [
    ...Object.entries(json).map(([name, value]) => `(name = "${name}", json = ${quoted(JSON.stringify(value))})`),
    ...Object.entries(secrets).map(([name, value]) => `(name = "${name}", text = ${quoted(value)})`),
    ...(stored ? [`(name = "${stored}", service = "store")`] : []),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "store", worker = .store),
    # As to a proxy: the request line has the whole address, so that the fake sees where a request would have gone.
    (name = "outside", external = (address = "127.0.0.1:${upstream}", http = (style = proxy))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "edge")],
);
const store :Workerd.Worker = (
  modules = [(name = "store.js", esModule = embed "store.js")],
  compatibilityDate = "${CONFIG.compatibility_date}",
);
const edge :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")],
  compatibilityDate = "${CONFIG.compatibility_date}",
  bindings = [${bindings.join(",\n    ")}],
  globalOutbound = "outside",
);
`;
}
