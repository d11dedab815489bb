/** Where questions are written. */

import { useEffect, useId, useRef, useState } from "react";

const CONNECTION = Object.freeze({
  idle: "no connection; it opens with the next question",
  connecting: "connecting …",
  open: "connected",
  waiting: "the connection was cut; trying again …",
  closed: "closed",
});

/**
 * @param {object} props
 * @param {(question: string) => void} props.send
 * @param {() => void} props.stop
 * @param {(() => void) | null} props.clear
 * @param {boolean} props.running
 * @param {boolean} props.ready
 * @param {import("../src/index.js").SocketState | null} props.connection
 */
export function Composer({ send, stop, clear, running, ready, connection }) {
  const [text, setText] = useState("");
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const id = useId();
  useEffect(() => void field.current?.focus(), []);
  useEscape(running, stop);

  const submit = () => {
    const question = text.trim();
    if (question === "" || running || !ready) return;
    setText("");
    send(question);
    field.current?.focus();
  };
  /** @param {import("react").KeyboardEvent} event */
  const onKeyDown = (event) => {
    // While letters are being composed (Chinese, Japanese, …), Enter chooses one of them.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label htmlFor={id}>Your question</label>
      <div className="row">
        <textarea
          id={id}
          ref={field}
          rows={2}
          value={text}
          aria-describedby={`${id}-keys`}
          onKeyDown={onKeyDown}
          onChange={(event) => setText(event.target.value)}
        />
        {running ? (
          <button type="button" className="stop" onClick={() => (stop(), field.current?.focus())}>
            Stop
          </button>
        ) : (
          <button type="submit" disabled={!ready || text.trim() === ""}>
            Ask
          </button>
        )}
      </div>
      <p className="soft keys">
        <span id={`${id}-keys`}>Enter asks, Shift+Enter begins a line, Esc stops.</span>
        {connection && (
          <span role="status" className="connection" data-state={connection}>
            WebSocket: {CONNECTION[connection]}
          </span>
        )}
        {clear && (
          <button type="button" className="link" onClick={() => (clear(), field.current?.focus())} disabled={running}>
            Begin anew
          </button>
        )}
      </p>
    </form>
  );
}

/**
 * Esc, wherever the focus is.
 * @param {boolean} on
 * @param {() => void} then
 */
function useEscape(on, then) {
  useEffect(() => {
    if (!on) return undefined;
    const listen = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && then();
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [on, then]);
}
