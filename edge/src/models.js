/**
 * Which model a request is for, where it is written, and how to write another one there.
 * Where providers have it in the path: the same as cfaig/runtime/providers/models.py (tests/edge holds them together).
 */

/** The group of each is the model. A Map, because providers' names come from clients: `constructor` is none. */
const IN_PATHS = new Map(
  Object.entries({
    "aws-bedrock": /(?:^|\/)model\/([^/]+)\//d,
    "azure-openai": /^[^/]+\/([^/]+)(?:\/|$)/d,
    baseten: /^model\/([^/]+)/d,
    fal: /^(.+?)\/?$/d,
    "google-ai-studio": /(?:^|\/)models\/([^/:]+)/d,
    "google-vertex-ai": /\/models\/([^/:]+)/d,
    huggingface: /^([^/]+(?:\/[^/]+)?)/d,
    replicate: /(?:^|\/)models\/([^/]+\/[^/]+)\/predictions/d,
    "workers-ai": /^(?:run\/)?(@[a-z]+\/.+?)\/?$/d,
  }),
);
const MEMBERS = ["model", "model_id", "modelId"];

/**
 * @param {string} provider
 * @param {string[]} segments of the path, the provider's own first
 * @returns {string | undefined}
 */
export function modelInPath(provider, segments) {
  return IN_PATHS.get(provider)?.exec(segments.slice(1).join("/"))?.[1];
}

/**
 * @param {unknown} json
 * @returns {string | undefined}
 */
export function modelInBody(json) {
  const member = memberOf(json);
  return member && /** @type {Record<string, string>} */ (json)[member];
}

/**
 * @param {string} path as it is sent, the provider first
 * @param {string} provider
 * @param {string} model
 * @returns {string | undefined} undefined when this provider does not have it there
 */
export function pathWithModel(path, provider, model) {
  const rest = path.slice(path.indexOf("/", 1) + 1);
  // A percent sign is no slash, so that the raw path has the same shape as the decoded one.
  const found = IN_PATHS.get(provider)?.exec(rest.replaceAll(/%40/gi, "@"))?.indices?.[1];
  if (!found) return undefined;
  const plain = rest.replaceAll(/%40/gi, "@");
  const written = model.split("/").map(encodeURIComponent).join("/").replaceAll("%40", "@");
  return `/${path.split("/")[1]}/${plain.slice(0, found[0])}${written}${plain.slice(found[1])}`;
}

/**
 * @param {unknown} json
 * @param {string} model
 * @returns {unknown} a copy of the body with another model; members keep their order
 */
export function bodyWithModel(json, model) {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return json;
  const member = memberOf(json) ?? "model";
  const changed = Object.entries({ ...json, [member]: model });
  return Object.fromEntries(changed);
}

/** @param {unknown} json */
function memberOf(json) {
  if (typeof json !== "object" || json === null) return undefined;
  const members = /** @type {Record<string, unknown>} */ (json);
  return MEMBERS.find((name) => typeof members[name] === "string");
}

/**
 * The parts of a model of the unified endpoint: `openai/gpt-4o`, `dynamic/chat`.
 * @param {string} model
 * @returns {{provider: string, model: string} | undefined}
 */
export function readUnified(model) {
  const slash = model.indexOf("/");
  return slash > 0 ? { provider: model.slice(0, slash).toLowerCase(), model: model.slice(slash + 1) } : undefined;
}
