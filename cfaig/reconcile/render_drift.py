"""Drift as text for people, as Markdown for an issue, and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cfaig.printable import printable
from cfaig.reconcile.change import Action, Kind, ResourceKey
from cfaig.reconcile.drift import Author, Drift, Drifted
from cfaig.reconcile.markdown import LIMIT, Page, block, code, prose
from cfaig.reconcile.outline import addresses, field_line, heading
from cfaig.reconcile.render_text import PLAIN, Style
from cfaig.reconcile.words import describe

FORMAT: Final = 1
NO_DRIFT: Final = "No drift. The account is as it was applied."
_SIGNS: Final = {Action.CREATE: "+", Action.UPDATE: "~", Action.RENAME: "~", Action.DELETE: "-"}
# What GitHub colours in the first column of a block.
_MARKS: Final = {**_SIGNS, Action.UPDATE: "!", Action.RENAME: "!"}
_AGREED: Final = "Live and in the definitions alike; the stack learns it with the next apply:"
_PENDING: Final = "Edited in the definitions and not applied yet; no drift (cfaig plan):"
_OUTSIDE: Final = {Action.CREATE: "made outside cfaig", Action.DELETE: "deleted outside cfaig"}


def render_text(drift: Drift, *, style: Style = PLAIN) -> str:
    """All of it, ending with a newline: what drifted first, by gateway, then what is no drift."""
    blocks = [
        *("\n".join(_block(gateway, items, style)) for gateway, items in _gateways(drift.drifted)),
        *(f"{style.paint('Warning:', style.change)} {printable(warning)}" for warning in drift.warnings),
        _listed(_AGREED, drift.agreed, style),
        _listed(_PENDING, drift.pending, style),
        "\n".join(f"Note: {printable(note)}" for note in drift.notes),
        style.paint(summary(drift), style.bold),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def summary(drift: Drift) -> str:
    """The drift in one line."""
    count = len(drift.drifted)
    return f"Drift: {count} resource{'' if count == 1 else 's'} changed outside cfaig." if count else NO_DRIFT


def render_markdown(drift: Drift, *, title: str = "Drift", limit: int = LIMIT) -> str:
    """All of it in at most `limit` characters, ending with a newline; what does not fit is counted at the end."""
    page = Page(limit)
    page.put(f"## {prose(title)}\n\n**{summary(drift)}**")
    page.put_each("gateway", (_diff(gateway, items) for gateway, items in _gateways(drift.drifted)))
    page.put_each("warning", (f"> **Warning:** {prose(warning)}" for warning in drift.warnings))
    for text, keys in ((_AGREED, drift.agreed), (_PENDING, drift.pending)):
        lines = "\n".join(f"- {code(address)}" for address in addresses(keys))
        page.put_whole("resource", len(keys), f"{text}\n\n{lines}" if lines else "")
    page.put_each("note", (f"**Note:** {prose(note)}" for note in drift.notes))
    return page.text()


def _gateways(drifted: Iterable[Drifted]) -> Iterable[tuple[str, list[Drifted]]]:
    groups: dict[str, list[Drifted]] = {}
    for item in drifted:
        groups.setdefault(item.change.key.gateway, []).append(item)
    return groups.items()


def _block(gateway: str, items: list[Drifted], style: Style) -> Iterator[str]:
    if gateway and items[0].change.key.kind is not Kind.GATEWAY:
        yield f"  {style.paint(f'gateway {printable(gateway)}', style.bold)}"
    for item in items:
        change, indent = item.change, "    " if _is_part(item) else ""
        yield f"{indent}{style.paint(f'{_SIGNS[change.action]} {_heading(item)}', style.of(change.action))}"
        yield from (f"{indent}    {printable(line)}" for line in _lines(item))
        if item.author is not None:
            yield f"{indent}    {style.paint(_by(item.author), style.faint)}"


def _diff(gateway: str, items: list[Drifted]) -> str:
    lines = [] if items[0].change.key.kind is Kind.GATEWAY or not gateway else [f"  gateway {printable(gateway)}"]
    for item in items:
        indent = "  " if _is_part(item) else ""
        lines.append(f"{_MARKS[item.change.action]} {indent}{_heading(item)}")
        lines += [f"      {indent}{printable(line)}" for line in _lines(item)]
        if item.author is not None:
            lines.append(f"      {indent}{_by(item.author)}")
    return block(lines)


def _is_part(item: Drifted) -> bool:
    key = item.change.key
    return bool(key.gateway) and key.kind is not Kind.GATEWAY


def _heading(item: Drifted) -> str:
    action = item.change.action
    return heading(item.change) + (f" {_OUTSIDE[action]}" if action in _OUTSIDE else "")


def _by(author: Author) -> str:
    return printable(f"by {author.who} ({author.how}) at {author.when}")


def _lines(item: Drifted) -> Iterator[str]:
    if item.change.action not in _OUTSIDE:
        yield from describe(item.change)
    for field in item.edited:
        yield f"the definitions have meanwhile {field_line(field)}"


def _listed(heading: str, keys: Iterable[ResourceKey], style: Style) -> str:
    told = [style.paint(f"  {address}", style.faint) for address in addresses(keys)]
    return "\n".join((heading, *told)) if told else ""


def render_json(drift: Drift, environment: str) -> str:
    """The drift as a JSON text (`schemas/drift.schema.json`), ending with a newline."""
    return json.dumps(drift_document(drift, environment), ensure_ascii=False, indent=2) + "\n"


def drift_document(drift: Drift, environment: str) -> dict[str, Any]:
    """The drift as a JSON object; no secret is in it."""
    return {
        "format": FORMAT,
        "environment": environment,
        "summary": summary(drift),
        "drift": [_document(item) for item in drift.drifted],
        "agreed": [key.address for key in drift.agreed],
        "pending": [key.address for key in drift.pending],
        "notes": list(drift.notes),
        "warnings": list(drift.warnings),
    }


def _document(item: Drifted) -> dict[str, Any]:
    change, author = item.change, item.author
    kinds = {Action.CREATE: "added", Action.DELETE: "deleted", Action.RENAME: "renamed", Action.UPDATE: "changed"}
    return {
        "what": kinds[change.action],
        "address": change.key.address,
        "kind": change.key.kind.value,
        "gateway": change.key.gateway,
        "name": change.key.name,
        "old_name": change.old_name,
        "words": list(_lines(item)),
        "fields": [
            {"path": list(field.path), "applied": field.old, "live": field.new, "secret": field.secret}
            for field in change.fields
        ],
        "edited": [{"path": list(field.path), "desired": field.new} for field in item.edited],
        "author": None if author is None else {"who": author.who, "how": author.how, "when": author.when},
    }
