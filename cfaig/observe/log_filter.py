"""Which logs are wanted: as filters of the API as far as those go, and decided here as far as they do not.

The API's filters are not trusted to be exact (facts/ai-gateway.md 7 tells of traps): every log that comes back is
looked at again. So they must never hide a log that is wanted, and only save calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any, Final

from cfaig.observe.log import Log, flag_of, metadata_of, moment_of, number_of
from cfaig.observe.ranges import Range
from cfaig.observe.usage_query import metadata_value
from cfaig.observe.window import written

# The least that moments differ by as the API writes them.
TICK: Final = timedelta(milliseconds=1)
_PLAIN_TEXT: Final = re.compile(r"[A-Za-z][A-Za-z_-]*")
_WORDS: Final = frozenset({"true", "false", "null"})


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a log must be like; everything that is given has to hold, and of several values one.

    `cost` is in US dollars, `duration` in milliseconds. `since` is included, `until` is not. Models may have `*`.
    `metadata` has keys with their values, or with None where any value will do. `routes` is decided by who reads the
    logs, because most logs do not name their route.
    """

    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    statuses: tuple[Range, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    cost: Range | None = None
    duration: Range | None = None
    tokens: Range | None = None
    cached: bool | None = None
    success: bool | None = None
    metadata: tuple[tuple[str, str | None], ...] = ()
    routes: tuple[str, ...] = ()
    search: str | None = None
    id_end: str | None = None

    def api_filters(self) -> list[dict[str, Any]]:
        """The parameter `filters` of the list: as narrow as the API can be told without losing a wanted log."""
        return [{"key": key, "operator": operator, "value": values} for key, operator, values in self._conditions()]

    def matches(self, log: Log) -> bool:
        """Whether the log is wanted, but for its route and for `search`, which the API alone knows about."""
        return self._in_time(log) and self._is_one_of(log) and self._in_ranges(log) and self._has_metadata(log)

    def decided_here(self) -> tuple[str, ...]:
        """The options that the API has no filter for, so that more logs are read than are shown."""
        told = {
            "--status": bool(self.statuses),
            "--metadata": bool(self.metadata),
            "--route": bool(self.routes),
            "--model with *": any("*" in model for model in self.models),
        }
        return tuple(name for name, given in told.items() if given)

    def _conditions(self) -> Iterator[tuple[str, str, list[Any]]]:
        if self.models and not any("*" in model for model in self.models):
            yield "model", "eq", list(self.models)
        if self.id_end is not None:
            yield "id", "contains", [self.id_end]
        if self.providers:
            yield "provider", "eq", list(self.providers)
        for name, flag in (("cached", self.cached), ("success", self.success)):
            if flag is not None:
                yield name, "eq", [flag]
        for name, span in (("cost", self.cost), ("duration", self.duration), ("tokens", self.tokens)):
            for operator, number in span.strict() if span else ():
                yield name, operator, [number]
        if self.since:
            yield "created_at", "gt", [written(self.since - TICK)]
        if self.until:
            yield "created_at", "lt", [written(self.until + TICK)]
        yield from self._metadata_conditions()

    def _metadata_conditions(self) -> Iterator[tuple[str, str, list[Any]]]:
        # Keys and values are not paired there, and numbers and switches compare in ways of their own.
        if self.metadata:
            key, value = self.metadata[0]
            yield "metadata.key", "eq", [key]
            if value is not None and _PLAIN_TEXT.fullmatch(value) and value.lower() not in _WORDS:
                yield "metadata.value", "eq", [value]

    def _in_time(self, log: Log) -> bool:
        if self.since is None and self.until is None:
            return True
        moment = moment_of(log)
        return (self.since is None or moment > self.since - TICK) and (self.until is None or moment < self.until)

    def _is_one_of(self, log: Log) -> bool:
        return (
            str(log.get("id")).endswith(self.id_end or "")
            and _any_fits(str(log.get("model") or ""), self.models)
            and (not self.providers or log.get("provider") in self.providers)
            and (not self.statuses or any(span.contains(number_of(log, "status_code")) for span in self.statuses))
            and (self.cached is None or flag_of(log, "cached") is self.cached)
            and (self.success is None or flag_of(log, "success") is self.success)
        )

    def _in_ranges(self, log: Log) -> bool:
        tokens = number_of(log, "tokens_in") + number_of(log, "tokens_out")
        return (
            (self.cost is None or self.cost.contains(number_of(log, "cost")))
            and (self.duration is None or self.duration.contains(number_of(log, "duration")))
            and (self.tokens is None or self.tokens.contains(tokens))
        )

    def _has_metadata(self, log: Log) -> bool:
        if not self.metadata:
            return True
        found = metadata_of(log)
        return all(
            key in found and (value is None or metadata_value(found, key) == value) for key, value in self.metadata
        )


def _any_fits(text: str, patterns: Sequence[str]) -> bool:
    return not patterns or any(fnmatchcase(text, _only_stars(pattern)) for pattern in patterns)


def _only_stars(pattern: str) -> str:
    """A pattern for fnmatch in which only `*` is special."""
    return "".join(f"[{char}]" if char in "?[" else char for char in pattern)
