"""A plan as one page of HTML: nothing is loaded from elsewhere, nothing runs, every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Final

from cfaig.html_page import html_page
from cfaig.printable import printable
from cfaig.reconcile.amounts import any_value
from cfaig.reconcile.change import Action, FieldChange, Plan
from cfaig.reconcile.html_style import STYLE
from cfaig.reconcile.outline import (
    REFUSED,
    UNMANAGED,
    Entry,
    Group,
    addresses,
    cost,
    counts,
    outline,
    restricted,
    summary,
)
from cfaig.reconcile.safety import Refusal, remedies

_CLASSES: Final[Mapping[Action, str]] = {
    Action.CREATE: "create",
    Action.UPDATE: "change",
    Action.RENAME: "change",
    Action.ADOPT: "adopt",
    Action.DELETE: "delete",
}
_BADGES: Final[Mapping[Action, str]] = {
    Action.CREATE: "create",
    Action.UPDATE: "change",
    Action.RENAME: "rename",
    Action.ADOPT: "adopt",
    Action.DELETE: "delete",
}


def render_html(
    plan: Plan,
    *,
    title: str = "Plan",
    details: bool = False,
    refused: Iterable[Refusal] = (),
) -> str:
    """The whole plan as a page, ending with a newline; the same plan gives the same bytes.

    Every field that differs is there too, folded away unless `details` is set.
    """
    return html_page(printable(title), [plan_body(plan, title=title, details=details, refused=refused)], STYLE)


def plan_body(plan: Plan, *, title: str, details: bool, refused: Iterable[Refusal], nothing: str | None = None) -> str:
    """The plan as a part of a page; `nothing` is what to say of an empty one."""
    return "\n".join(
        (
            f"<h1>{_text(title)}</h1>",
            *(f"<p>{_text(line)}</p>" for line in restricted(plan)),
            *_totals(plan, nothing),
            *_refused(tuple(refused)),
            *(line for group in outline(plan) if group.ends for line in _card(group, details=details)),
            *_box("warning", "Warnings", [_text(warning) for warning in plan.warnings]),
            *(line for group in outline(plan) if not group.ends for line in _card(group, details=details)),
            *_box("note", "Notes", [_text(note) for note in plan.notes]),
            *_box("note", UNMANAGED, [f"<code>{_text(address)}</code>" for address in addresses(plan.unmanaged)]),
        )
    )


def _totals(plan: Plan, nothing: str | None) -> Iterator[str]:
    if plan.empty:
        yield f"<p>{_text(summary(plan, nothing))}</p>"
        return
    yield '<ul class="totals">'
    for count in reversed(counts(plan)):
        number, _, action = count.split(" ")
        kind = f"{action} total" if number != "0" else "total"
        yield f'<li class="{kind}">{count}</li>'
    yield "</ul>"
    if line := cost(plan):
        yield f'<p class="cost">{_text(line)}</p>'


def _refused(refused: Sequence[Refusal]) -> Iterator[str]:
    lines = [f"<code>{_text(refusal.name)}</code>: {_text(refusal.reason)}" for refusal in refused]
    flags = remedies(refused)
    allow = [f"If you mean it: <code>{_text(' '.join(flags))}</code>"] if flags else []
    yield from _box("refused", REFUSED, lines + allow)


def _box(kind: str, heading: str, lines: Sequence[str]) -> Iterator[str]:
    if not lines:
        return
    yield f'<section class="box {kind}"><p><strong>{_text(heading)}</strong></p><ul>'
    yield from (f"<li>{line}</li>" for line in lines)
    yield "</ul></section>"


def _card(group: Group, *, details: bool) -> Iterator[str]:
    yield '<section class="card">'
    if group.gateway and not group.own:
        yield f"<h2>gateway {_text(group.gateway)}</h2>"
    for entry in group.entries:
        yield from _entry(entry, details=details)
    yield "</section>"


def _entry(entry: Entry, *, details: bool) -> Iterator[str]:
    action = entry.change.action
    yield f'<div class="entry {_CLASSES[action]}{" part" if entry.part else ""}">'
    yield f'<h3><span class="badge">{_BADGES[action]}</span>{_text(entry.heading)}</h3>'
    if entry.lines:
        yield '<ul class="words">'
        yield from (f"<li>{_text(line)}</li>" for line in entry.lines)
        yield "</ul>"
    if entry.change.fields:
        yield from _fields(entry.change.fields, details=details)
    yield "</div>"


def _fields(fields: Sequence[FieldChange], *, details: bool) -> Iterator[str]:
    count = f"{len(fields)} field{'' if len(fields) == 1 else 's'} of the API"
    yield f"<details{' open' if details else ''}><summary>{count}</summary>"
    yield '<div class="table"><table><thead><tr><th>field</th><th>live</th><th>desired</th></tr></thead><tbody>'
    for field in fields:
        cells = {"field": ".".join(field.path), "live": any_value(field.old), "desired": any_value(field.new)}
        yield "<tr>" + "".join(f'<td data-name="{name}">{_text(cell)}</td>' for name, cell in cells.items()) + "</tr>"
    yield "</tbody></table></div></details>"


def _text(text: str) -> str:
    return escape(printable(text))
