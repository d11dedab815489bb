"""Logs as lines of a table, and one log in full."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from cfaig.observe.amounts import UNKNOWN, count, dollars, took
from cfaig.observe.columns import GAP, Column, cut, table
from cfaig.observe.log import Log, flag_of, metadata_of, moment_of, number_of
from cfaig.observe.usage_query import metadata_value
from cfaig.printable import printable

_LONGEST_METADATA: Final = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns there are. They are as wide as what mostly stands in them: lines also come one by one."""

    columns: tuple[Column, ...]
    longest_model: int
    whole: bool = True

    @property
    def width(self) -> int:
        """The letters of a line without metadata."""
        return sum(max(column.width, len(column.heading)) + len(GAP) for column in self.columns) - len(GAP)


_STATUS: Final = (Column("status", right=True), Column("cache"))
_COST: Final = Column("cost", right=True, width=9)
_TOKENS: Final = Column("tokens", right=True, width=11)
_TOOK: Final = Column("took", right=True, width=8)
_SHORT_ID: Final = Column("id", width=10)
_MODEL: Final = "provider and model"
_FULL: Final = Layout(
    (Column("time (UTC)", width=19), *_STATUS, Column(_MODEL, width=32), _TOKENS, _COST, _TOOK, Column("id", width=36)),
    longest_model=48,
)
_NARROW: Final = Layout(
    (Column("time (UTC)", width=14), *_STATUS, Column(_MODEL, width=22), _TOKENS, _COST, _TOOK, _SHORT_ID),
    longest_model=22,
    whole=False,
)
_SMALL: Final = Layout(
    (Column("time (UTC)", width=14), *_STATUS, Column(_MODEL, width=22), _COST, _SHORT_ID),
    longest_model=22,
    whole=False,
)


def log_lines(logs: Sequence[Log], width: int | None = None, *, headed: bool = True) -> list[str]:
    """A line per log, under headings if `headed`; on a terminal no wider than `width`.

    Where whole ids have no room, their ends stand there, which `cfaig logs --id` takes as well.
    """
    layout = _layout(width)
    lines = table((*layout.columns, Column("metadata")), [_cells(log, layout) for log in logs])
    if not any(metadata_of(log) for log in logs):
        lines[0] = lines[0].removesuffix("metadata").rstrip()
    shown = lines if width is None else [cut(line, width) for line in lines]
    return shown if headed else shown[1:]


def _layout(width: int | None) -> Layout:
    if width is None or width >= _FULL.width:
        return _FULL
    return _NARROW if width >= _NARROW.width else _SMALL


def failed(log: Log) -> bool:
    """Whether the call failed, for colours."""
    return not flag_of(log, "success")


def detail_lines(log: Log, route: str | None) -> Iterator[str]:
    """One log in words, a fact per line."""
    told: list[tuple[str, Any]] = [
        ("id", log.get("id")),
        ("time", f"{_time(moment_of(log), milliseconds=True)} UTC"),
        ("status", f"{log.get('status_code')} ({'failed' if failed(log) else 'success'})"),
        ("asked", f"{log.get('provider')} {log.get('model')}"),
        ("route", route),
        ("path", log.get("path")),
        ("cache", "hit" if flag_of(log, "cached") else "miss"),
        ("tokens", f"{number_of(log, 'tokens_in'):,.0f} in, {number_of(log, 'tokens_out'):,.0f} out"),
        ("cost", dollars(number_of(log, "cost"))),
        ("took", took(number_of(log, "duration"))),
        ("step", log.get("step")),
        ("client", log.get("user_agent")),
        ("event", log.get("event_id")),
        ("feedback", {1: "good", -1: "bad"}.get(int(number_of(log, "feedback")))),
        ("score", log.get("score")),
        *((f"metadata.{key}", value) for key, value in metadata_of(log).items()),
    ]
    shown = [(printable(name), printable(str(value))) for name, value in told if value not in (None, "")]
    longest = max(len(name) for name, _ in shown)
    yield from (f"{name.ljust(longest)}  {value}" for name, value in shown)


def body_lines(title: str, body: str | None) -> Iterator[str]:
    """A body under its title: JSON set out in lines, anything else as it is; control characters do nothing."""
    yield ""
    yield f"{title}:"
    if body is None:
        yield "  (not kept)"
        return
    try:
        text = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        text = body
    yield from (f"  {printable(line)}" for line in text.splitlines())


def _cells(log: Log, layout: Layout) -> list[str]:
    metadata, identity = metadata_of(log), printable(str(log.get("id")))
    pairs = " ".join(f"{key}={metadata_value(metadata, key)}" for key in metadata)
    asked = f"{log.get('provider') or UNKNOWN} {log.get('model') or UNKNOWN}"
    time = _time(moment_of(log))
    cells = {
        "time (UTC)": time if layout.whole else time[len("2026-") :],
        "status": str(log.get("status_code") or UNKNOWN),
        "cache": "hit" if flag_of(log, "cached") else "",
        _MODEL: cut(printable(asked), layout.longest_model),
        "tokens": f"{count(number_of(log, 'tokens_in'))} → {count(number_of(log, 'tokens_out'))}",
        "cost": dollars(number_of(log, "cost")),
        "took": took(number_of(log, "duration")),
        "id": identity if layout.whole else f"…{identity[1 - _SHORT_ID.width :]}",
    }
    return [*(cells[column.heading] for column in layout.columns), cut(printable(pairs), _LONGEST_METADATA)]


def _time(moment: datetime, *, milliseconds: bool = False) -> str:
    text = f"{moment:%Y-%m-%d %H:%M:%S}"
    return f"{text}.{moment.microsecond // 1000:03}" if milliseconds else text
