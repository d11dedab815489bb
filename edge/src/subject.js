/** What rules are asked about: one request, or one item of the universal endpoint. */

import { modelInBody, modelInPath, readUnified } from "./models.js";

/**
 * @typedef {object} Subject
 * @property {import("./paths.js").Place} place
 * @property {string} method
 * @property {string | undefined} provider
 * @property {string | undefined} model without the provider in front
 * @property {string | null} client
 * @property {Map<string, string>} headers
 * @property {Record<string, unknown>} metadata
 * @property {unknown} json
 * @property {boolean} bodyKnown
 * @property {import("./body.js").Kind} [bodyKind]
 */

/** Providers' other names at the realtime endpoints. @type {Record<string, string>} */
const REALTIME_NAMES = { google: "google-ai-studio" };
const FORM_MODEL = /name="model"\r?\n\r?\n([^\r\n]{1,200})\r?\n/;
const METADATA = "cf-aig-metadata";

/**
 * @param {object} about
 * @param {import("./paths.js").Place} about.place
 * @param {string} about.method
 * @param {string | null} about.client
 * @param {Map<string, string>} about.headers
 * @param {string} about.search
 * @param {{kind?: import("./body.js").Kind, json: unknown, text: string, unreadable: boolean}} about.body
 * @returns {Subject}
 */
export function readSubject({ place, method, client, headers, search, body }) {
  const bodyKnown = body.kind !== undefined && !body.unreadable;
  const found = { place, method, client, headers, bodyKnown, bodyKind: body.kind, json: body.json };
  return { ...found, ...whose(place, search, body), metadata: readMetadata(headers) };
}

/**
 * @param {import("./paths.js").Place} place
 * @param {string} search
 * @param {{kind?: string, json: unknown, text: string}} body
 */
function whose({ first, segments }, search, body) {
  const told = modelInBody(body.json) ?? (body.kind === "form" ? FORM_MODEL.exec(body.text)?.[1] : undefined);
  if (first === "compat") return (told && readUnified(told)) || { provider: undefined, model: told };
  const provider = Object.hasOwn(REALTIME_NAMES, first) ? REALTIME_NAMES[first] : first;
  const asked = new URLSearchParams(search).get("model") ?? undefined;
  return { provider, model: modelInPath(provider, segments) ?? told ?? asked };
}

/**
 * The entries that a client tells; nothing when they are none, as the gateway has it (facts/ai-gateway.md 4.9).
 * @param {Map<string, string>} headers
 * @returns {Record<string, unknown>}
 */
export function readMetadata(headers) {
  try {
    const told = JSON.parse(headers.get(METADATA) ?? "{}");
    if (typeof told !== "object" || told === null || Array.isArray(told)) return {};
    const plain = Object.values(told).every((value) => ["string", "number", "boolean"].includes(typeof value));
    return plain ? told : {};
  } catch {
    return {};
  }
}
