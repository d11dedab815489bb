/** The page as a whole. */

import { useEffect, useRef, useState } from "react";
import { Composer } from "./composer.jsx";
import { useConversation } from "./conversation.js";
import { ExchangeView } from "./exchange.jsx";
import { Settings, WAYS } from "./settings.jsx";
import { targetsOf } from "./targets.js";
import { errorInWords } from "./words.js";

/** @typedef {import("./settings.jsx").Choice} Choice */

const NARROW = "(max-width: 40rem)";

/** @param {{setup: import("./targets.js").Setup}} props */
export function Chat({ setup }) {
  const [targets] = useState(() => targetsOf(setup));
  const [choice, setChoice] = useState(() => firstChoice(targets));
  const target = targets.find(({ id }) => id === choice.target);
  const { exchanges, send, running, stop, clear, connection } = useConversation(setup, target, choice);
  const end = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [wide] = useState(() => !matchMedia(NARROW).matches);
  useEffect(() => void end.current?.scrollIntoView({ block: "end" }), [exchanges]);

  /** @param {Partial<Choice>} news */
  const change = (news) => {
    const next = targets.find(({ id }) => id === news.target);
    setChoice((before) => ({ ...before, ...news, ...(next && { model: next.models[0] ?? before.model, token: "" }) }));
  };
  return (
    <>
      <header>
        <h1>Chat</h1>
        <nav aria-label="Pages">
          <a href="/">Local Cloudflare</a>
        </nav>
      </header>
      <main>
        {targets.length === 0 ? (
          <Nothing />
        ) : (
          <Settings targets={targets} choice={choice} change={change} open={wide} />
        )}
        <section className="conversation" aria-labelledby="conversation">
          <h2 id="conversation" className="hidden">
            Conversation
          </h2>
          {exchanges.length === 0 && targets.length > 0 && <p className="soft empty">Ask something.</p>}
          <ol className="exchanges">
            {exchanges.map((exchange) => (
              <ExchangeView key={exchange.id} exchange={exchange} again={() => send(exchange.question)} />
            ))}
          </ol>
          <div ref={end} className="end" />
        </section>
        <p className="hidden" role="status">
          {announcement(exchanges.at(-1))}
        </p>
        <Composer
          send={send}
          stop={stop}
          clear={exchanges.length > 0 ? clear : null}
          running={running !== null}
          ready={target !== undefined && target.problem === ""}
          connection={WAYS[choice.way].overSocket ? connection : null}
        />
      </main>
    </>
  );
}

const Nothing = () => (
  <p className="failure">
    There is no gateway yet. Make one with <code>cfaig apply -e local</code>, and load this page again.
  </p>
);

/**
 * A gateway with routes, if there is one.
 * @param {import("./targets.js").Target[]} targets
 * @returns {Choice}
 */
function firstChoice(targets) {
  const first = targets.find(({ models }) => models.length > 1) ?? targets[0];
  const [model = ""] = first?.models ?? [];
  return { target: first?.id ?? "", token: "", model, way: "whole", skipCache: false, withHistory: false };
}

/**
 * What a screen reader says: the whole answer once, and not each of its parts.
 * @param {import("./asking.js").Exchange | undefined} exchange
 */
function announcement(exchange) {
  if (exchange === undefined) return "";
  const { state, text, result, error } = exchange;
  if (state === "done") return `Answer${result?.cached ? " from the cache" : ""}: ${text}`;
  if (state === "stopped") return "Stopped.";
  if (state !== "failed") return "Asking.";
  const { title, text: told } = errorInWords(error);
  return `${title}: ${told}`;
}
