"""What was expected held against what happened."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.model import LogEntry
from cfaig.scenarios.outcome import NONE, Fact, Outcome
from cfaig.scenarios.read import seconds
from cfaig.scenarios.ways import plain_provider

COUNTED: Final = ("status", "error", "provider", "model", "step", "cache", "limit")
# Only of scenarios that go through an edge.
AT_EDGE: Final = ("rules", "queued", "sent")
DEFAULT_TOLERANCE: Final = "5%"
# Written amounts of money count as exact to their last digit, but not to less than a cent.
_LEAST_DIGITS: Final = 2
_MILLISECOND: Final = 0.001
_MAX_SHOWN: Final = 300
_COMPARISONS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "below": lambda value, bound: value < bound,
    "at_most": lambda value, bound: value <= bound,
    "above": lambda value, bound: value > bound,
    "at_least": lambda value, bound: value >= bound,
}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that is not met: where under `expect` it is written, what it says, and what happened."""

    path: tuple[str | int, ...]
    expected: str
    happened: str


def mismatches(expect: JsonObject, outcome: Outcome) -> Iterator[Mismatch]:
    """What one outcome does not meet; what counts several requests is left to `Tally`."""
    if outcome.broken and "text" not in expect and "status" in expect:
        yield Mismatch(("status",), f"status: {_shown(expect['status'])}", f"the answer broke off: {outcome.broken}")
    for name, wanted in expect.items():
        if name in COUNTED:
            if not isinstance(wanted, Mapping):
                yield from _fact(name, wanted, getattr(outcome, name))
        elif name in _CHECKS:
            yield from _CHECKS[name](wanted, outcome)


class Tally:
    """Counts what became of many requests, and holds it against counts and shares."""

    def __init__(self, expect: JsonObject) -> None:
        self._wanted: dict[str, Mapping[str, Any]] = {
            name: counts for name in COUNTED if isinstance(counts := expect.get(name), Mapping)
        }
        self._tolerance = Decimal(str(expect.get("tolerance", DEFAULT_TOLERANCE))[:-1])
        self._counts: dict[str, Counter[str]] = {name: Counter() for name in self._wanted}

    def add(self, outcome: Outcome) -> None:
        """Count one request."""
        for name, counts in self._counts.items():
            counts[str(getattr(outcome, name))] += 1

    def mismatches(self) -> Iterator[Mismatch]:
        """The counts that are not as expected."""
        for name, wanted in self._wanted.items():
            counts = self._counts[name]
            total = counts.total()
            told = {_key(name, key): count for key, count in wanted.items()}
            if not all(self._is_right(count, counts[key], total) for key, count in told.items()):
                listed = ", ".join(f"{key}: {count} ({count / total:.1%})" for key, count in counts.most_common())
                yield Mismatch((name,), f"{name}: {_shown(wanted)}", f"{name}: {{{listed}}}")

    def _is_right(self, wanted: Any, count: int, total: int) -> bool:
        if isinstance(wanted, str):
            return abs(Decimal(count) * 100 / total - Decimal(wanted[:-1])) <= self._tolerance
        return bool(wanted == count)


def _key(name: str, key: str) -> str:
    return plain_provider(key) if name == "provider" else key


def _fact(name: str, wanted: Any, happened: Fact) -> Iterator[Mismatch]:
    if name == "provider":
        wanted = plain_provider(wanted)
    if happened not in (wanted if isinstance(wanted, list | tuple) else (wanted,)):
        yield Mismatch((name,), f"{name}: {_shown(wanted)}", f"{name}: {happened}")


def _tried(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if [plain_provider(name) for name in wanted] != outcome.tried:
        yield Mismatch(("tried",), f"tried: {_shown(wanted)}", f"tried: {_shown(outcome.tried)}")


def _path(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    happened = outcome.path
    fits = len(wanted) == len(happened) and all(
        said == part or part.rpartition(" ")[0] == said for said, part in zip(wanted, happened, strict=True)
    )
    if not fits:
        yield Mismatch(("path",), f"path: {_shown(wanted)}", f"path: {_shown(happened)}")


def _attempts(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if not _number_fits(wanted, outcome.attempts):
        yield Mismatch(("attempts",), f"attempts: {_shown(wanted)}", f"attempts: {outcome.attempts}")


def _cost(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if not _money_fits(wanted, outcome.cost):
        yield Mismatch(("cost",), f"cost: {_shown(wanted)}", f"cost: {outcome.cost:.10g}")


def _elapsed(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if not _duration_fits(wanted, outcome.elapsed):
        yield Mismatch(("elapsed",), f"elapsed: {_shown(wanted)}", f"elapsed: {duration_words(outcome.elapsed)}")


def _waited(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if not _duration_fits(wanted, outcome.waited):
        yield Mismatch(("waited",), f"waited: {_shown(wanted)}", f"waited: {duration_words(outcome.waited)}")


def _text(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    for part in [wanted] if isinstance(wanted, str) else wanted:
        if part not in outcome.text:
            yield Mismatch(("text",), f"text: {_shown(part)}", f"the body is {_shown(outcome.text)}")


def _headers(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    for name, value in wanted.items():
        happened = outcome.headers.get(name.lower(), NONE)
        if happened != value:
            yield Mismatch(("headers", name), f"{name}: {value}", f"{name}: {happened}")


def _rules(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    happened = list(outcome.edge.rules) if outcome.edge else []
    if list(wanted) != happened:
        yield Mismatch(("rules",), f"rules: {_shown(wanted)}", f"rules: {_shown(happened)}")


def _queued(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    happened = outcome.edge.queued if outcome.edge else 0.0
    if not _duration_fits(wanted, happened):
        yield Mismatch(("queued",), f"queued: {_shown(wanted)}", f"queued: {duration_words(happened)}")


def _sent(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    sent = outcome.edge.sent if outcome.edge else None
    if sent is None or wanted == NONE:
        if (sent is None) != (wanted == NONE):
            happened = "the gateway was not asked" if sent is None else "the gateway was asked"
            yield Mismatch(("sent",), f"sent: {_shown(wanted)}", happened)
        return
    for name, value in wanted.items():
        if (happened := sent.get(name.lower(), NONE)) != value:
            yield Mismatch(("sent", name), f"{name}: {value}", f"{name}: {happened}")


def _log(wanted: Any, outcome: Outcome) -> Iterator[Mismatch]:
    if outcome.log is None or wanted == NONE:
        if (outcome.log is None) != (wanted == NONE):
            yield Mismatch(
                ("log",), f"log: {_shown(wanted)}", f"log: {NONE if outcome.log is None else 'there is one'}"
            )
        return
    fields = log_fields(outcome.log)
    for name, value in wanted.items():
        if not _log_field_fits(name, value, fields[name]):
            yield Mismatch(("log", name), f"{name}: {_shown(value)}", f"{name}: {_shown(fields[name])}")


def log_fields(entry: LogEntry) -> dict[str, Json]:
    """What a scenario can expect of a log entry; the duration is in seconds."""
    whole = {name: value for name, value in asdict(entry).items() if name not in ("usage", "duration")}
    bodies = entry.request_body is not None and entry.response_body is not None
    return {
        **whole,
        **asdict(entry.usage),
        "duration": entry.duration / 1000,
        "metadata": dict(entry.metadata),
        "bodies": bodies,
    }


def _log_field_fits(name: str, wanted: Any, happened: Any) -> bool:
    if name == "duration":
        return _duration_fits(wanted, happened)
    if name == "cost":
        return _money_fits(wanted, happened)
    if name == "provider":
        return plain_provider(str(wanted)) == plain_provider(str(happened))
    if isinstance(wanted, Mapping) and name != "metadata":
        return _bounds_fit(wanted, happened)
    return bool(wanted == happened)


_CHECKS: Final[Mapping[str, Callable[[Any, Outcome], Iterator[Mismatch]]]] = {
    "attempts": _attempts,
    "cost": _cost,
    "elapsed": _elapsed,
    "headers": _headers,
    "log": _log,
    "path": _path,
    "queued": _queued,
    "rules": _rules,
    "sent": _sent,
    "text": _text,
    "tried": _tried,
    "waited": _waited,
}


def _number_fits(wanted: Any, value: float) -> bool:
    return _bounds_fit(wanted, value) if isinstance(wanted, Mapping) else bool(wanted == value)


def _money_fits(wanted: Any, value: float) -> bool:
    if isinstance(wanted, Mapping):
        return _bounds_fit(wanted, value)
    if wanted == 0:
        return value == 0
    digits = max(_LEAST_DIGITS, -int(Decimal(str(wanted)).as_tuple().exponent))
    return math.isclose(round(value, digits), wanted, rel_tol=1e-9)


def _duration_fits(wanted: Any, value: float) -> bool:
    if isinstance(wanted, Mapping):
        return _bounds_fit({name: seconds(bound) for name, bound in wanted.items()}, value)
    return abs(seconds(wanted) - value) < _MILLISECOND


def _bounds_fit(bounds: Mapping[str, float], value: float) -> bool:
    return all(_COMPARISONS[name](value, bound) for name, bound in bounds.items())


def duration_words(length: float) -> str:
    """Seconds for people: `0.35 s`, `41.5 s`, `1 h 2 min`."""
    if length < 1:
        return f"{round(length, 3):g} s"
    if length < 120:
        return f"{round(length, 2):g} s"
    minutes, hours = round(length / 60), round(length) // 3600
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"


def _shown(value: Any) -> str:
    """A value as YAML would have it in one line, not too long."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, Mapping):
        text = "{" + ", ".join(f"{key}: {_shown(part)}" for key, part in value.items()) + "}"
    elif isinstance(value, Sequence):
        text = "[" + ", ".join(_shown(part) for part in value) + "]"
    else:
        text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
