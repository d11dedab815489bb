/** What can be called: gateways of the local Cloudflare, and the edges in front of them. */

import { Gateway } from "../src/index.js";

/**
 * What the server tells (cfaig/local/chat/page.py).
 * @typedef {object} Setup
 * @property {string} account
 * @property {string} token may call models
 * @property {string} read_token may read logs
 * @property {{id: string, models: string[]}[]} gateways
 * @property {{worker: string, gateway: string, url: string, open: boolean, problem: string}[]} edges
 */
/**
 * @typedef {object} Target
 * @property {string} id
 * @property {string} label
 * @property {string} gateway the gateway that answers in the end, whose logs tell the cost
 * @property {string[]} models to suggest
 * @property {string | null} url of an edge
 * @property {boolean} wantsToken whether people have to bring a token
 * @property {string} problem why it cannot be called; empty when it can
 */

/** @param {Setup} setup @returns {Target[]} */
export function targetsOf({ gateways, edges }) {
  const models = new Map(gateways.map((gateway) => [gateway.id, gateway.models]));
  return [
    ...gateways.map(({ id, models: known }) => ({
      id,
      label: id,
      gateway: id,
      models: known,
      url: null,
      wantsToken: false,
      problem: "",
    })),
    ...edges.map(({ worker, gateway, url, open, problem }) => ({
      id: `edge ${worker}`,
      label: `${gateway} via ${worker}`,
      gateway,
      models: models.get(gateway) ?? [],
      url,
      wantsToken: !open,
      problem,
    })),
  ];
}

/**
 * @param {Setup} setup
 * @param {Target} target
 * @param {string} edgeToken
 */
export function gatewayOf({ account, token }, target, edgeToken) {
  if (target.url !== null) return new Gateway({ url: target.url, token: edgeToken || null });
  return new Gateway({ account, gateway: target.gateway, base_url: `${location.origin}/v1`, token });
}

const TRIES = 20;
const PAUSE_MS = 150;

/**
 * What an answer has cost: gateways write it into their logs, after the answer has ended.
 * @param {Setup} setup
 * @param {string} gateway
 * @param {string} id of the log
 * @returns {Promise<{provider: string, model: string, cost: number} | null>} null when there is no log
 */
export async function logOf({ account, read_token }, gateway, id) {
  const path = `/client/v4/accounts/${account}/ai-gateway/gateways/${encodeURIComponent(gateway)}/logs/${id}`;
  for (let left = TRIES; left > 0; left -= 1) {
    const told = await fetch(path, { headers: { authorization: `Bearer ${read_token}` } }).catch(() => null);
    if (told?.ok) return (await told.json()).result;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return null;
}
