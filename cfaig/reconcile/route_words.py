"""Live routes in words: what they do, how their versions differ, and how they stand to Git."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias

from cfaig.definition.model import Chain
from cfaig.json_types import JsonObject
from cfaig.reconcile.change import Action, Change, Kind, ResourceKey
from cfaig.reconcile.compare import differences
from cfaig.reconcile.flow_words import flow_line
from cfaig.reconcile.words import describe
from cfaig.state.decompile_routes import decompile_route
from cfaig.state.graph import same_graph
from cfaig.state.model import AccountState, RouteState
from cfaig.state.versions import LiveRoute

Elements: TypeAlias = Sequence[JsonObject]

SAME_GRAPH: Final = "the same graph as before"
_ANY_ROUTE: Final = ResourceKey.of_route("", "")
_UNITS: Final = ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s"))
_COUNTED: Final = (
    ("conditional", "condition"),
    ("rate", "limit"),
    ("percentage", "split"),
    ("model", "model"),
)


class InGit(StrEnum):
    """How a route stands to the definitions."""

    SAME = "as in Git"
    DIFFERENT = "differs from Git"
    RENAMED = "renamed in Git"
    ABSENT = "not in Git"
    NOT_LIVE = "not live yet"
    UNKNOWN = "not compared"


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One route of the list; `live` is None for a route that only the definitions have."""

    gateway: str
    name: str
    in_git: InGit
    elements: tuple[JsonObject, ...]
    live: LiveRoute | None = None


def route_rows(live: Sequence[LiveRoute], desired: AccountState | None) -> tuple[RouteRow, ...]:
    """Live and desired routes together, in order; `desired` is None where the definitions could not be read."""
    rows = [
        RouteRow(
            route.gateway, route.name, in_git(route, route.version.elements, desired), route.version.elements, route
        )
        for route in live
    ]
    present = {(row.gateway, row.name) for row in rows}
    rows += [
        RouteRow(*place, InGit.NOT_LIVE, route.elements)
        for place, route in _desired(desired).items()
        if place not in present and (place[0], route.renamed_from) not in present
    ]
    return tuple(sorted(rows, key=lambda row: (row.gateway, row.name)))


def in_git(route: LiveRoute, elements: Elements, desired: AccountState | None) -> InGit:
    """How `route` stands to the definitions if it answers with `elements`."""
    if desired is None:
        return InGit.UNKNOWN
    wanted = _desired(desired)
    if found := wanted.get((route.gateway, route.name)):
        return InGit.SAME if same_graph(found.elements, elements) else InGit.DIFFERENT
    renamed = any(place[0] == route.gateway and other.renamed_from == route.name for place, other in wanted.items())
    return InGit.RENAMED if renamed else InGit.ABSENT


def graph_lines(elements: Elements) -> tuple[str, ...]:
    """What a graph does, line by line."""
    return describe(Change(Action.CREATE, _ANY_ROUTE, after=_body(elements)))


def graph_line(elements: Elements) -> str:
    """What a graph does in one line: a chain in full, of anything else what it is made of."""
    flow = decompile_route(RouteState("", tuple(elements)), str, str).flow
    if isinstance(flow, Chain) and flow.then is None:
        return flow_line(flow)
    counts = Counter(str(element.get("type")) for element in elements)
    told = [f"{counts[kind]} {word}{'' if counts[kind] == 1 else 's'}" for kind, word in _COUNTED if counts[kind]]
    return ", ".join(told) or "the request ends"


def graph_changes(old: Elements, new: Elements) -> tuple[str, ...]:
    """How `new` differs from `old`, line by line; one line where both treat every request alike."""
    if same_graph(old, new):
        return (SAME_GRAPH,)
    before, after = _body(old), _body(new)
    return describe(Change(Action.UPDATE, _ANY_ROUTE, before, after, differences(Kind.ROUTE, before, after)))


def ago(moment: str, now: datetime) -> str:
    """How long ago a moment (RFC 3339) was, in the largest whole unit: `3h ago`; the text itself if it is no moment."""
    try:
        seconds = (now - datetime.fromisoformat(moment)).total_seconds()
    except (TypeError, ValueError):
        return moment or "unknown"
    size, unit = next(((size, unit) for size, unit in _UNITS if seconds >= size), (1, "s"))
    return f"{max(int(seconds // size), 0)}{unit} ago"


def _desired(desired: AccountState | None) -> Mapping[tuple[str, str], RouteState]:
    gateways = desired.gateways if desired else ()
    return {(gateway.id, route.name): route for gateway in gateways for route in gateway.routes}


def _body(elements: Elements) -> dict[str, Any]:
    return {"elements": list(elements)}
