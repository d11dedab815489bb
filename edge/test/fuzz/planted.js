/** What must never come out, and the set-up that the fuzzing is aimed at: everything switched on at once. */

import { sha256 } from "../edge.js";

export const CLIENT = "clienttoken-4f1d";
const OTHER = "othertoken-77aa";

/** Never in an answer. */
export const SECRETS = Object.freeze({
  GATEWAY_TOKEN: "planted-gateway-0a1b2c",
  KEY_OPENAI: "planted-openai-3d4e5f",
  KEY_GOOGLE: "planted-google-6a7b8c",
});
export const HIDDEN = [...Object.values(SECRETS), OTHER, sha256(CLIENT), sha256(OTHER)];
/** Written by requests where it would become a header of its own if anything could be smuggled in. */
export const SMUGGLED = "x-smuggled";
export const APP = "https://app.example";

export const RULES = {
  auth: {
    bearer: [
      { name: "app", sha256: sha256(CLIENT) },
      { name: "other", sha256: sha256(OTHER) },
    ],
  },
  cors: { origins: [APP] },
  deny_headers: ["cf-aig-skip-cache", "x-internal-*"],
  keys: { openai: { binding: "KEY_OPENAI" }, "google-ai-studio": { binding: "KEY_GOOGLE" } },
  explain: true,
  rules: [
    { match: { model: "forbidden*" }, then: { reject: { status: 403, message: "no" } } },
    { match: { body: { "messages.-1.role": "tool" } }, then: { rewrite: { model: "other" } }, continue: true },
    { match: { provider: "google-*" }, then: { rewrite: { model: "gemini-2" } }, continue: true },
    { match: { path: "/**/embeddings" }, then: { rewrite: { provider: "groq" }, cache: { ttl: 60, key: ["input"] } } },
    { match: { headers: { "x-queue": true } }, then: { queue: { wait_ms: 20, attempts: 2 } }, continue: true },
    { then: { cache: { ttl: 60 }, timeout_ms: 1000, metadata: { who: "$client" }, retries: { attempts: 2 } } },
  ],
};
