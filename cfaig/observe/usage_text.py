"""Usage as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final

from cfaig.observe.amounts import count, dollars, share
from cfaig.observe.columns import Column, cut, table
from cfaig.observe.sparkline import sparkline
from cfaig.observe.usage import Field, Group, Totals, Usage
from cfaig.observe.window import shown, written
from cfaig.printable import printable

FORMAT: Final = 1
SPARK: Final = 28
SHOWN_GROUPS: Final = 20
REST: Final = "(all others)"
_LONGEST_NAME: Final = 40
_COLUMNS: Final = (
    Column("requests", right=True),
    Column("errors", right=True),
    Column("cached", right=True),
    Column("tokens in", right=True),
    Column("out", right=True),
    Column("cost", right=True),
    Column("requests over time"),
)


def usage_text(usage: Usage) -> str:
    """A table of the groups under the total, ending with a newline; each line has the requests over time."""
    if not usage.total.requests:
        return ""
    groups = top_groups(usage, SHOWN_GROUPS)
    rows = [_row("total", usage.total, usage.series), *(_row(each.name, each.totals, each.series) for each in groups)]
    lines = table((Column(str(usage.by)), *_COLUMNS), rows)
    return "\n".join((heading(usage), "", *lines)) + "\n"


def top_groups(usage: Usage, most: int) -> tuple[Group, ...]:
    """The groups with the most requests; the others are put together as the last one."""
    if len(usage.groups) <= most:
        return usage.groups
    rest = usage.groups[most - 1 :]
    series = tuple(sum((each.series[place] for each in rest), Totals()) for place in range(len(usage.moments)))
    return (*usage.groups[: most - 1], Group(REST, sum((each.totals for each in rest), Totals()), series))


def heading(usage: Usage) -> str:
    """What was counted, and when."""
    window, gateways = usage.window, ", ".join(usage.gateways) or "all gateways"
    return f"{gateways}: {shown(window.since)} to {shown(window.until)} ({usage.source})"


def usage_json(usage: Usage, environment: str) -> str:
    """Everything as a JSON text; rates are shares of 1, costs US dollars."""
    document = {
        "format": FORMAT,
        "environment": environment,
        "gateways": list(usage.gateways),
        "since": written(usage.window.since),
        "until": written(usage.window.until),
        "by": str(usage.by),
        "source": usage.source,
        "notes": list(usage.notes),
        "moments": [written(moment) for moment in usage.moments],
        "total": {**_document(usage.total), "series": [_document(each) for each in usage.series]},
        "groups": [
            {"name": each.name, **_document(each.totals), "series": [_document(one) for one in each.series]}
            for each in usage.groups
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def nothing_text(usage: Usage, environment: str) -> str:
    """What was looked at where nothing was found."""
    window, gateways = usage.window, ", ".join(usage.gateways) or "any gateway"
    length = window.length + timedelta(seconds=59)
    return (
        f"no requests of {gateways} in {environment} between {shown(window.since)} and {shown(window.until)}"
        f" ({length.days} d {length.seconds // 3600} h; {usage.source})"
    )


def by_words(usage: Usage) -> Iterator[str]:
    """What a reader has to know about the numbers."""
    if usage.by.field is Field.MODEL:
        yield "a route that failed as a whole counts under its own name, dynamic/…"
    yield from usage.notes


def amounts_of(totals: Totals) -> tuple[str, ...]:
    """The columns of a table: requests, shares of failures and cache hits, tokens in and out, cost."""
    return (
        f"{totals.requests:,}",
        share(totals.error_rate),
        share(totals.hit_rate),
        count(totals.tokens_in),
        count(totals.tokens_out),
        dollars(totals.cost),
    )


def _row(name: str, totals: Totals, series: Sequence[Totals]) -> list[str]:
    picture = sparkline([each.requests for each in series], SPARK)
    return [cut(printable(name), _LONGEST_NAME), *amounts_of(totals), picture]


def _document(totals: Totals) -> dict[str, Any]:
    return {**asdict(totals), "error_rate": totals.error_rate, "hit_rate": totals.hit_rate}
