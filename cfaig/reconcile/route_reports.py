"""The list of routes, a route's history and a rollback, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from cfaig.printable import printable
from cfaig.reconcile.render_text import PLAIN, Style
from cfaig.reconcile.route_words import InGit, RouteRow, ago, graph_changes, graph_line, graph_lines
from cfaig.state.versions import LiveRoute, RouteHistory, RouteVersion

FORMAT: Final = 1
NO_ROUTES: Final = "No routes."
_HEADINGS: Final = ("ROUTE", "VERSION", "DEPLOYED", "GIT", "WHAT IT DOES")


def list_text(rows: Sequence[RouteRow], now: datetime, style: Style = PLAIN, width: int | None = None) -> str:
    """A table of the routes, ending with a newline; no line is longer than `width` letters."""
    if not rows:
        return NO_ROUTES + "\n"
    table = [_HEADINGS, *(tuple(printable(cell) for cell in _cells(row, now)) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(_HEADINGS) - 1)]
    lines = [_cut(_aligned(line, widths), width) for line in table]
    colours = [style.bold, *("" if row.in_git is InGit.SAME else style.change for row in rows)]
    return "\n".join(style.paint(line, colour) for line, colour in zip(lines, colours, strict=True)) + "\n"


def list_json(rows: Sequence[RouteRow], environment: str) -> str:
    """The routes as a JSON text."""
    return _json({"environment": environment, "routes": [_row(row) for row in rows]})


def history_text(history: RouteHistory, now: datetime, style: Style = PLAIN) -> str:
    """The versions, newest first, each with when it answered and how it differs from the one before."""
    blocks = [style.paint(printable(_heading(history)), style.bold)]
    changes = _all_changes(history.versions)
    for version in reversed(history.versions):
        lines = [f"    {printable(line)}" for line in changes[version.number]]
        blocks.append("\n".join((_version_heading(history, version, now, style), *lines)))
    return "\n\n".join(blocks) + "\n"


def history_json(history: RouteHistory) -> str:
    """The history as a JSON text; versions and deployments newest first."""
    changes = _all_changes(history.versions)
    versions = [
        {
            **_version(version),
            "valid": version.valid,
            "deployed": version.id == history.route.version.id,
            "deployed_at": [deployment.created_at for deployment in reversed(history.deployments_of(version))],
            "changes": list(changes[version.number]),
            "elements": list(version.elements),
        }
        for version in reversed(history.versions)
    ]
    deployments = [
        {"id": deployment.id, "version_id": deployment.version_id, "created_at": deployment.created_at}
        for deployment in reversed(history.deployments)
    ]
    return _json({**_place(history.route), "versions": versions, "deployments": deployments})


def rollback_text(history: RouteHistory, version: RouteVersion, now: datetime, style: Style = PLAIN) -> str:
    """What bringing `version` back would change."""
    present = history.route.version
    made = f"made {ago(version.created_at, now)}"
    heading = f"~ route {history.route.address}: version {present.number} → version {version.number} ({made})"
    lines = (f"    {printable(line)}" for line in graph_changes(present.elements, version.elements))
    return "\n".join((style.paint(printable(heading), style.change), *lines)) + "\n"


def rollback_json(history: RouteHistory, version: RouteVersion, after: LiveRoute, state: InGit) -> str:
    """What a rollback has done."""
    present = history.route.version
    return _json(
        {
            **_place(after),
            "from": _version(present),
            "to": _version(version),
            "changed": present.id != version.id,
            "deployed_at": after.deployed_at,
            "in_git": state.value,
            "changes": list(graph_changes(present.elements, version.elements)),
        }
    )


def _aligned(cells: Sequence[str], widths: Iterable[int]) -> str:
    return "  ".join((*(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)), cells[-1])).rstrip()


def _cut(line: str, width: int | None) -> str:
    return line if width is None or len(line) <= width else f"{line[: width - 1]}…"


def _cells(row: RouteRow, now: datetime) -> tuple[str, ...]:
    live = row.live
    version = f"{live.version.number} of {live.versions}" if live else "–"
    deployed = ago(live.deployed_at, now) if live else "–"
    return f"{row.gateway}/{row.name}", version, deployed, row.in_git.value, graph_line(row.elements)


def _row(row: RouteRow) -> dict[str, Any]:
    live = row.live
    return {
        "gateway": row.gateway,
        "name": row.name,
        "id": live.id if live else None,
        "in_git": row.in_git.value,
        "version": _version(live.version) if live else None,
        "versions": live.versions if live else 0,
        "deployed_at": live.deployed_at if live else None,
        "words": list(graph_lines(row.elements)),
    }


def _heading(history: RouteHistory) -> str:
    route, count = history.route, len(history.versions)
    told = f"{count} version{'' if count == 1 else 's'}, version {route.version.number} answers"
    return f"route {route.address}: {told}"


def _version_heading(history: RouteHistory, version: RouteVersion, now: datetime, style: Style) -> str:
    present = version.id == history.route.version.id
    name = style.paint(f"{'●' if present else '○'} version {version.number}", style.create if present else style.bold)
    made = f"made {ago(version.created_at, now)} ({_moment(version.created_at)})"
    told = printable(", ".join((made, *_deployed(history, version, now))))
    return f"{name}  {told}  {style.paint(printable(version.id), style.faint)}"


def _deployed(history: RouteHistory, version: RouteVersion, now: datetime) -> Iterator[str]:
    deployments = history.deployments_of(version)
    if not version.valid:
        yield "not valid: it cannot be deployed"
    elif not deployments:
        yield "never deployed"
    else:
        times = f" for the {_nth(len(deployments))} time" if len(deployments) > 1 else ""
        yield f"deployed{times} {ago(deployments[-1].created_at, now)}"
    if version.id == history.route.version.id:
        yield "answers now"


def _nth(count: int) -> str:
    ending = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def _moment(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S %Z}"
    except ValueError:
        return text


def _all_changes(versions: Sequence[RouteVersion]) -> dict[int, tuple[str, ...]]:
    """By number: how each version differs from the one before; of the first, what it does."""
    changes = {after.number: graph_changes(before.elements, after.elements) for before, after in pairwise(versions)}
    return {versions[0].number: graph_lines(versions[0].elements), **changes} if versions else {}


def _place(route: LiveRoute) -> dict[str, Any]:
    return {"gateway": route.gateway, "name": route.name, "id": route.id}


def _version(version: RouteVersion) -> dict[str, Any]:
    return {"number": version.number, "id": version.id, "created_at": version.created_at}


def _json(document: dict[str, Any]) -> str:
    return json.dumps({"format": FORMAT, **document}, ensure_ascii=False, indent=2) + "\n"
