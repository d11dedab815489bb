/** A question, its answer, and the facts about it. */

import { dollars, elapsed, errorInWords } from "./words.js";

/** @typedef {import("./asking.js").Exchange} Exchange */

/** @param {{exchange: Exchange, again: () => void}} props */
export function ExchangeView({ exchange, again }) {
  const { question, text, state, where } = exchange;
  const busy = state === "waiting" || state === "answering";
  return (
    <li className="exchange" aria-busy={busy}>
      <h3 className="hidden">You asked</h3>
      <p className="question">{question}</p>
      <h3 className="hidden">Answer</h3>
      {state === "waiting" && <p className="soft">Asking {where} …</p>}
      {text !== "" && (
        <p className="answer">
          {text}
          {state === "answering" && <span className="cursor" aria-hidden="true" />}
        </p>
      )}
      {state === "stopped" && <p className="soft">Stopped.</p>}
      {state === "failed" && <Failure error={exchange.error} again={again} />}
      {exchange.result !== null && <Facts exchange={exchange} />}
    </li>
  );
}

/** @param {{error: unknown, again: () => void}} props */
function Failure({ error, again }) {
  const { title, text, details } = errorInWords(error);
  return (
    <div className="failure">
      <p className="title">{title}</p>
      <p>{text}</p>
      {details !== "" && <p className="soft">{details}</p>}
      <button type="button" className="quiet" onClick={again}>
        Ask again
      </button>
    </div>
  );
}

/** @param {{exchange: Exchange}} props */
function Facts({ exchange }) {
  const { result, provider, model, cost, duration, state, inParts } = exchange;
  if (result === null) return null;
  /** @type {[string, import("react").ReactNode][]} */
  const facts = [
    ["Provider", provider ?? "…"],
    ["Model", model ?? "…"],
    ["Cache", result.cache === null ? "off" : <span className={result.cached ? "hit" : ""}>{result.cache}</span>],
    ["Step", result.step ?? "–"],
    ["Cost", cost === null ? (state === "done" ? "…" : "–") : dollars(cost)],
    ["Latency", duration === null ? "…" : elapsed(duration)],
  ];
  if (inParts) facts.push(["First byte", elapsed(result.latency)]);
  return (
    <dl className="facts" aria-label="About this answer">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
