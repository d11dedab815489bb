"""What `cfaig logs` does with the logs that are meant."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cfaig.cli.console import emit, say, stdout_styled
from cfaig.deploy.session import Session, open_session
from cfaig.errors import CfaigError
from cfaig.local.engine.progress import told_on
from cfaig.observe.asking import Asked
from cfaig.observe.clock import clock_now
from cfaig.observe.export import Export, NotBegunError
from cfaig.observe.follow import News, Tail
from cfaig.observe.gateways import gateway_body
from cfaig.observe.log import Log
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.log_table import body_lines, detail_lines, failed, log_lines
from cfaig.observe.one_log import body_of, find_log, send_feedback
from cfaig.observe.read_logs import LogReader, Newest, newest_logs
from cfaig.observe.redact import Redactor
from cfaig.observe.retention import kept_words
from cfaig.observe.window import shown
from cfaig.project import find_project
from cfaig.reconcile.render_text import ANSI

SHOWN = 50
SHOWN_BEFORE_FOLLOWING = 10
SAY_BEHIND_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """The gateway whose logs are meant, and which of them."""

    session: Session
    reader: LogReader
    asked: Asked
    wanted: LogFilter
    redactor: Redactor

    @property
    def name(self) -> str:
        """The gateway and its environment, for people."""
        return f"{self.reader.gateway} in {self.session.target.environment}"

    def now(self) -> datetime:
        """The time there."""
        return clock_now(self.session.target.credentials)


@contextmanager
def opened(gateway: str, environment: str, asked: Asked) -> Iterator[Place]:
    """The place, open; at its end what was taken out is told. Raises CfaigError for options that make no sense."""
    session = open_session(find_project(), environment, told_on(), say)
    now = clock_now(session.target.credentials)
    with session.api() as api:
        reader = LogReader(api, session.target.account, gateway)
        place = Place(session, reader, asked, asked.wanted(gateway, now), Redactor())
        yield place
    if hidden := place.redactor.told():
        say(f"taken out, because it looks secret: {hidden}", "dim")


def show_newest(place: Place, number: int | None, *, as_json: bool) -> None:
    """The newest wanted logs as a table or as lines of JSON; what was looked at where there are none."""
    found = newest_logs(place.reader, place.wanted, number or SHOWN, lambda text: say(text, "dim"))
    _print(place, found.logs, as_json=as_json, headed=True)
    if not found.logs:
        _tell_nothing(place)
    elif number is None and len(found.logs) == SHOWN:
        say(f"the newest {SHOWN}; -n shows more, --export writes all", "dim")
    if here := place.wanted.decided_here():
        say(f"{', '.join(here)}: Cloudflare cannot filter by that; {_looked_at(found)}", "dim")


def follow(place: Place, number: int | None, *, as_json: bool) -> None:
    """Some of the newest wanted logs, and then those that come in, until somebody stops it."""
    if place.asked.until:
        raise CfaigError("--until has no meaning for what is still to come", "leave it out, or leave out --follow")
    tail = Tail(place.reader, place.wanted, time.sleep)
    before = newest_logs(place.reader, place.wanted, number or SHOWN_BEFORE_FOLLOWING)
    tail.was_told(before.logs)
    _print(place, before.logs, as_json=as_json, headed=True)
    say(f"following {place.name}; Ctrl-C ends it", "dim")
    told_at = float("-inf")
    for news in tail.news():
        _print(place, news.logs, as_json=as_json, headed=False)
        if news.left and time.monotonic() - told_at >= SAY_BEHIND_SECONDS:
            told_at = time.monotonic()
            _tell_behind(place, news)


def show_one(place: Place, identity: str, *, bodies: bool, as_json: bool) -> None:
    """One log in full, with its bodies where they are asked for."""
    log = find_log(place.reader, identity)
    texts = {name: body_of(place.reader, log, name) for name in ("request", "response")} if bodies else {}
    route = place.reader.route_of(log)
    clean = place.redactor.value({name: value for name, value in log.items() if not name.endswith("_head")})
    hidden = {name: None if text is None else place.redactor.text(text) for name, text in texts.items()}
    if as_json:
        emit(json.dumps({**clean, "route": route, **hidden}, ensure_ascii=False))
        return
    lines = [*detail_lines(clean, route), *(line for name, body in hidden.items() for line in body_lines(name, body))]
    emit("\n".join(lines))
    if not bodies:
        say("--bodies shows what was asked and answered, without what looks like a secret", "dim")


def give_feedback(place: Place, identity: str, good: bool | None, score: float | None) -> None:
    """Put an opinion on a log."""
    if good is None and score is None:
        raise CfaigError("--feedback says nothing yet", "add --good or --bad, --score NUMBER, or both")
    log = find_log(place.reader, identity)
    send_feedback(place.reader, log, good, score)
    told = [text for text, given in (("good", good is True), ("bad", good is False)) if given]
    told += [] if score is None else [f"score {score:g}"]
    say(f"log {log['id']} of {place.name}: {', '.join(told)}", "green")


def export_to(place: Place, file: Path) -> None:
    """All wanted logs as a file, going on where an earlier run was stopped."""
    from cfaig.cli.export_progress import shown_progress

    reader, target = place.reader, place.session.target
    request = {"account": target.account, "gateway": reader.gateway, **place.asked.describe()}
    say(kept_words(gateway_body(reader.api, target.account, reader.gateway)), "dim")
    with shown_progress(file.name) as tell:
        export = Export(file, request, place.redactor, tell)
        try:
            done = export.write(reader, place.wanted, place.now())
        except (KeyboardInterrupt, CfaigError) as stop:
            if export.notes.exists() and not isinstance(stop, NotBegunError):
                say(f"{export.partial} is not whole; the same command goes on with it", "yellow")
            raise
    resumed = f", {done.resumed_at:,} of them by earlier runs" if done.resumed_at else ""
    say(f"wrote {done.rows:,} logs to {file}{resumed}", "green")
    if done.missing:
        say(f"{done.missing:,} logs were deleted before they could be read", "yellow")


def _print(place: Place, logs: Sequence[Log], *, as_json: bool, headed: bool) -> None:
    clean: list[Log] = [place.redactor.value(log) for log in logs]
    if as_json:
        lines = [json.dumps(log, ensure_ascii=False) for log in clean]
    elif clean:
        lines = _coloured(log_lines(clean, _width(), headed=headed), clean)
    else:
        lines = []
    if lines:
        emit("\n".join(lines))


def _coloured(lines: list[str], logs: Sequence[Log]) -> list[str]:
    if not stdout_styled():
        return lines
    headings, rows = lines[: len(lines) - len(logs)], lines[len(lines) - len(logs) :]
    return [
        *(ANSI.paint(line, ANSI.bold) for line in headings),
        *(ANSI.paint(line, ANSI.delete if failed(log) else "") for line, log in zip(rows, logs, strict=True)),
    ]


def _tell_nothing(place: Place) -> None:
    options = place.asked.in_words()
    say(f"no logs of {place.name}{f' with {options}' if options else ''}", "yellow")
    body = gateway_body(place.reader.api, place.reader.account, place.reader.gateway)
    say(kept_words(body))


def _looked_at(found: Newest) -> str:
    back = f", back to {shown(found.oldest)}" if found.oldest else ""
    further = "; --since looks further back" if found.given_up else ""
    return f"{found.looked_at:,} logs were looked at{back}{further}"


def _tell_behind(place: Place, news: News) -> None:
    seconds = max((place.now() - news.moment).total_seconds(), 0.0)
    say(f"behind by {news.left:,} logs, {seconds:,.0f} s: half of the token's calls are used for this", "yellow")


def _width() -> int | None:
    """The width of the terminal; none where something else reads."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
