"""Reading how much the gateways were used, from Cloudflare's GraphQL API."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.live.api import MAX_ATTEMPTS, ApiError, CloudflareApi
from cfaig.live.retrying import is_unclear
from cfaig.observe.permissions import READ_ANALYTICS, MissingPermissionError, needs
from cfaig.observe.usage import Group, Grouping, Totals, Usage
from cfaig.observe.usage_query import (
    KEPT,
    LATE,
    MOST_ROWS,
    Counted,
    Part,
    Step,
    counted,
    parts,
    query_text,
    rows_of,
    step_for,
)
from cfaig.observe.window import Window, shown

# Of the 320 queries in 5 minutes that Cloudflare allows (facts/ai-gateway.md 1.8), what one report may take.
MOST_QUERIES: Final = 100
SOURCE: Final = "GraphQL analytics"
SAMPLED: Final = "counted by Cloudflare, which takes samples where there is much traffic"
LOGGED: Final = "counted by the local Cloudflare from its logs, at once and exactly"

_READ: Final = "read analytics"
_FORBIDDEN: Final = re.compile(r"not authori[sz]ed|authz|authentication|permission", re.IGNORECASE)


def read_usage(
    api: CloudflareApi,
    account: str,
    window: Window,
    by: Grouping,
    gateways: Sequence[str] = (),
    *,
    now: datetime | None = None,
    local: bool = False,
) -> Usage:
    """What these gateways, or all, were used for; mostly one call, more where there are very many groups.

    The window is widened to whole steps, and begins no earlier than Cloudflare remembers; `now` is its end unless
    given. `local` says that it is the local Cloudflare which counts.
    Raises MissingPermissionError without the permission, ApiError or CfaigError when Cloudflare does not answer.
    """
    present = now or window.until
    oldest = present - KEPT
    asked = Window(max(window.since, oldest), window.until)
    if asked.since >= asked.until:
        raise CfaigError(
            f"there is nothing between {shown(window.since)} and {shown(window.until)}",
            f"analytics reach {KEPT.days} days back, to {shown(oldest)}",
        )
    step = step_for(asked.length)
    moments = step.moments(asked)
    reading = _Reading(api, account, by, gateways)
    for part in parts(moments, step):
        reading.read(part)
    whole = Window(moments[0], min(moments[-1] + step.length, max(present, asked.until)))
    exactness = (LOGGED,) if local else (*_late(asked, present), SAMPLED)
    notes = [*_cut_short(window, oldest), *exactness, *reading.notes()]
    return summed(reading.found, whole, by, gateways, step, SOURCE, notes)


def summed(
    found: Iterable[Counted],
    window: Window,
    by: Grouping,
    gateways: Sequence[str],
    step: Step,
    source: str,
    notes: Sequence[str],
) -> Usage:
    """Counts of steps and groups, added up."""
    moments = step.moments(window)
    places = {moment: number for number, moment in enumerate(moments)}
    series = [Totals()] * len(moments)
    groups: dict[str, list[Totals]] = {}
    for each in found:
        place = places.get(each.at)
        if place is None:  # a step that began before the window
            continue
        own = groups.setdefault(each.group, [Totals()] * len(moments))
        own[place] += each.totals
        series[place] += each.totals
    made = [Group(name, _sum(own), tuple(own)) for name, own in groups.items()]
    made.sort(key=lambda group: (-group.totals.requests, group.name))
    return Usage(
        window=window,
        by=by,
        gateways=tuple(gateways),
        moments=moments,
        total=_sum(series),
        series=tuple(series),
        groups=tuple(made),
        source=source,
        notes=tuple(dict.fromkeys(notes)),
    )


def _sum(series: Iterable[Totals]) -> Totals:
    return sum(series, Totals())


@dataclass(slots=True)
class _Reading:
    """The queries of one report."""

    api: CloudflareApi
    account: str
    by: Grouping
    gateways: Sequence[str]
    found: list[Counted] = field(default_factory=list)
    queries: int = 0
    cut: int = 0

    def read(self, part: Part) -> None:
        """Read one part, in halves where it has more rows than an answer can have."""
        self.queries += 1
        rows = self._rows(query_text(self.account, part, self.by, self.gateways))
        halves = part.halves() if len(rows) >= MOST_ROWS and self.queries < MOST_QUERIES else None
        if halves is not None:
            for half in halves:
                self.read(half)
            return
        self.cut += len(rows) >= MOST_ROWS
        self.found.extend(counted(rows, part, self.by))

    def notes(self) -> Iterable[str]:
        if self.cut:
            yield f"not complete: there are more than {MOST_ROWS:,} groups at once; take a shorter time"

    def _rows(self, query: str) -> Sequence[Any]:
        with needs(READ_ANALYTICS, _READ):
            answer = self._answer(query)
        if errors := answer.get("errors"):
            raise _refusal("; ".join(str(error.get("message", error)) for error in errors))
        rows = rows_of(answer)
        if rows is None:
            raise MissingPermissionError(READ_ANALYTICS, _READ, f"it sees no account {self.account}")
        return rows

    def _answer(self, query: str) -> Any:
        """The answer to a query, which is a POST and still may be asked again: it changes nothing."""
        for attempt in range(1, MAX_ATTEMPTS):
            try:
                return self.api.request("POST", "/graphql", body={"query": query})
            except ApiError as error:
                if not is_unclear(error.status):
                    raise
                self.api.wait(error, attempt)
        return self.api.request("POST", "/graphql", body={"query": query})


def _refusal(message: str) -> CfaigError:
    if _FORBIDDEN.search(message):
        return MissingPermissionError(READ_ANALYTICS, _READ, message)
    return CfaigError(f"Cloudflare does not answer the question for analytics: {message}", "try a shorter --since")


def _cut_short(window: Window, oldest: datetime) -> Iterable[str]:
    if window.since < oldest:
        yield f"Cloudflare keeps {KEPT.days} days of analytics: nothing before {shown(oldest)} is counted"


def _late(window: Window, now: datetime) -> Iterable[str]:
    if window.until > now - LATE:
        yield f"Cloudflare counts 2 to {LATE.seconds // 60} minutes late: the newest requests are still missing"
