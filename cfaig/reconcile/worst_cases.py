"""What a request to each route can cost when every model fails, as text and as JSON; definitions alone tell."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from cfaig.definition.durations import duration_text
from cfaig.state.model import AccountState
from cfaig.state.paths import busiest_path, longest_path, way_told

FORMAT: Final = 1
_HEADINGS: Final = ("route", "longest wait", "most attempts", "the slowest way")


@dataclass(frozen=True, slots=True)
class WorstCase:
    """One route: `latency_ms` is None where nothing bounds it; `way` are the models on the slowest way."""

    gateway: str
    route: str
    latency_ms: int | None
    attempts: int
    way: str


def worst_cases(account: AccountState) -> tuple[WorstCase, ...]:
    """The worst case of every route, in the order of gateways and routes; graphs have to be without problems."""
    found = []
    for gateway in account.gateways:
        for route in gateway.routes:
            longest, busiest = longest_path(route.elements), busiest_path(route.elements)
            if longest is not None and busiest is not None:
                way = way_told(route.elements, longest)
                found.append(WorstCase(gateway.id, route.name, longest.latency_ms, busiest.attempts, way))
    return tuple(found)


def worst_text(cases: tuple[WorstCase, ...]) -> str:
    """A table."""
    rows = [_HEADINGS, *(_cells(case) for case in cases)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS) - 1)]
    cells = ([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]] for row in rows)
    return "\n".join("  ".join(row) for row in cells) + "\n" if cases else "no routes\n"


def worst_json(cases: tuple[WorstCase, ...]) -> str:
    """For machines; latency in milliseconds, null where nothing bounds it."""
    routes: list[dict[str, Any]] = [
        {"gateway": case.gateway, "name": case.route, "latency_ms": case.latency_ms, "attempts": case.attempts}
        for case in cases
    ]
    return json.dumps({"format": FORMAT, "routes": routes}, ensure_ascii=False, indent=2) + "\n"


def _cells(case: WorstCase) -> tuple[str, ...]:
    latency = "for ever" if case.latency_ms is None else str(duration_text(case.latency_ms, unit="ms"))
    return f"{case.gateway}/{case.route}", latency, str(case.attempts), case.way
