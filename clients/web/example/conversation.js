/** The state of the page: what was asked, what runs, and the connection. */

import { useCallback, useEffect, useRef, useState } from "react";
import { ask } from "./asking.js";
import { WAYS } from "./settings.jsx";
import { gatewayOf, logOf } from "./targets.js";

/** @typedef {import("./asking.js").Exchange} Exchange */
/** @typedef {import("./settings.jsx").Choice} Choice */
/** @typedef {import("./targets.js").Setup} Setup */
/** @typedef {import("./targets.js").Target} Target */
/** @typedef {import("../src/index.js").GatewaySocket} GatewaySocket */

const NEW = Object.freeze({
  text: "",
  state: /** @type {const} */ ("waiting"),
  result: null,
  provider: null,
  model: null,
  cost: null,
  duration: null,
  error: null,
});

/**
 * @param {Setup} setup
 * @param {Target | undefined} target
 * @param {Choice} choice
 */
export function useConversation(setup, target, choice) {
  const [exchanges, setExchanges] = useState(/** @type {Exchange[]} */ ([]));
  const [running, setRunning] = useState(/** @type {AbortController | null} */ (null));
  const { socketTo, connection } = useSocket(setup);
  const count = useRef(0);

  /**
   * @param {number} id
   * @param {Partial<Exchange>} news
   */
  const tell = (id, news) => setExchanges((all) => all.map((one) => (one.id === id ? { ...one, ...news } : one)));

  const send = async (/** @type {string} */ question) => {
    if (target === undefined || running !== null) return;
    const { inParts, overSocket } = WAYS[choice.way];
    const id = (count.current += 1);
    const controller = new AbortController();
    setRunning(controller);
    setExchanges((before) => [...before, { ...NEW, id, question, where: target.label, inParts }]);
    let known = /** @type {Partial<Exchange>} */ ({});
    const learn = (/** @type {Partial<Exchange>} */ news) => tell(id, (known = { ...known, ...news }));
    const messages = [...(choice.withHistory ? history(exchanges) : []), { role: "user", content: question }];
    try {
      const caller = overSocket ? socketTo(target, choice.token) : gatewayOf(setup, target, choice.token);
      const { model, skipCache } = choice;
      await ask({ caller, model, messages, inParts, skipCache, signal: controller.signal }, learn);
    } catch (error) {
      // The token cannot be sent at all.
      learn({ state: "failed", error });
    }
    setRunning(null);
    const log = known.result?.log_id;
    if (log) learn(factsOf(known, await logOf(setup, target.gateway, log)));
  };
  return { exchanges, send, running, stop: () => running?.abort(), clear: () => setExchanges([]), connection };
}

/** @param {Exchange[]} exchanges */
const history = (exchanges) =>
  exchanges
    .filter(({ state }) => state === "done")
    .flatMap(({ question, text }) => [
      { role: "user", content: question },
      { role: "assistant", content: text },
    ]);

/**
 * The log knows what headers do not tell.
 * @param {Partial<Exchange>} known
 * @param {{provider: string, model: string, cost: number} | null} log
 */
const factsOf = ({ provider, model, cost }, log) => ({
  provider: provider ?? log?.provider ?? "–",
  model: model ?? log?.model ?? "–",
  cost: cost ?? log?.cost ?? null,
});

/**
 * One WebSocket for each target, opened when it is first needed.
 * @param {Setup} setup
 */
function useSocket(setup) {
  const open = useRef(/** @type {{key: string, socket: GatewaySocket} | null} */ (null));
  const [connection, setConnection] = useState(/** @type {import("../src/index.js").SocketState} */ ("idle"));
  useEffect(() => () => open.current?.socket.close(), []);
  const socketTo = useCallback(
    (/** @type {Target} */ target, /** @type {string} */ token) => {
      const key = `${target.id} ${token}`;
      if (open.current?.key === key) return open.current.socket;
      open.current?.socket.close();
      const socket = gatewayOf(setup, target, token).connect({ resend: true });
      socket.addEventListener("statechange", () => setConnection(socket.state));
      open.current = { key, socket };
      return socket;
    },
    [setup],
  );
  return { socketTo, connection };
}
