/** Whom to ask, and how. */

import { useId } from "react";

/** @typedef {import("./targets.js").Target} Target */
/**
 * @typedef {object} Choice
 * @property {string} target its id
 * @property {string} token of an edge
 * @property {string} model
 * @property {Way} way
 * @property {boolean} skipCache
 * @property {boolean} withHistory
 */
/** @typedef {keyof typeof WAYS} Way */

/** How answers come. */
export const WAYS = Object.freeze({
  whole: { words: "in one piece", inParts: false, overSocket: false },
  stream: { words: "as a stream", inParts: true, overSocket: false },
  socket: { words: "in one piece, over a WebSocket", inParts: false, overSocket: true },
  socketStream: { words: "as a stream, over a WebSocket", inParts: true, overSocket: true },
});

/** @param {{targets: Target[], choice: Choice, change: (news: Partial<Choice>) => void, open: boolean}} props */
export function Settings({ targets, choice, change, open }) {
  const target = targets.find(({ id }) => id === choice.target);
  return (
    <details className="settings" open={open}>
      <summary>
        <span className="soft">To </span>
        {target?.label}
        <span className="soft">
          {" "}
          · {choice.model} · {WAYS[choice.way].words}
        </span>
      </summary>
      <div className="fields">
        <Field label="Gateway or edge">
          {(id) => (
            <select id={id} value={choice.target} onChange={(event) => change({ target: event.target.value })}>
              {targets.map(({ id: value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <ModelField models={target?.models ?? []} model={choice.model} change={change} />
        <Field label="Answers come">
          {(id) => (
            <select
              id={id}
              value={choice.way}
              onChange={(event) => change({ way: /** @type {Way} */ (event.target.value) })}
            >
              {Object.entries(WAYS).map(([value, { words }]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        {target?.wantsToken && (
          <Field label="Your token for this edge">
            {(id) => (
              <input
                id={id}
                type="password"
                autoComplete="off"
                value={choice.token}
                onChange={(event) => change({ token: event.target.value })}
              />
            )}
          </Field>
        )}
        {target?.problem && <p className="failure">{target.problem}</p>}
      </div>
      <div className="checks">
        <Check label="Leave the cache out" on={choice.skipCache} change={(skipCache) => change({ skipCache })} />
        <Check
          label="Send what was said before"
          on={choice.withHistory}
          change={(withHistory) => change({ withHistory })}
        />
      </div>
      <p className="soft note">
        The same question comes from the cache when it is sent alone and in one piece: streams are never cached.
      </p>
    </details>
  );
}

/** @param {{models: string[], model: string, change: (news: Partial<Choice>) => void}} props */
function ModelField({ models, model, change }) {
  const list = useId();
  return (
    <Field label="Model">
      {(id) => (
        <>
          <input
            id={id}
            list={list}
            value={model}
            autoComplete="off"
            spellCheck="false"
            autoCapitalize="off"
            onChange={(event) => change({ model: event.target.value })}
          />
          <datalist id={list}>
            {models.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}

/** @param {{label: string, children: (id: string) => import("react").ReactNode}} props */
function Field({ label, children }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** @param {{label: string, on: boolean, change: (on: boolean) => void}} props */
function Check({ label, on, change }) {
  return (
    <label className="check">
      <input type="checkbox" checked={on} onChange={(event) => change(event.target.checked)} />
      {label}
    </label>
  );
}
