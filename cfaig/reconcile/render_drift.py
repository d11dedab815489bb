"""Drift as text for people and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from cfaig.reconcile.change import Action, Kind, ResourceKey
from cfaig.reconcile.drift import Drift, Drifted
from cfaig.reconcile.outline import addresses, clean, field_line, heading
from cfaig.reconcile.render_text import PLAIN, Style
from cfaig.reconcile.words import describe

FORMAT: Final = 1
NO_DRIFT: Final = "No drift. The account is as it was applied."
_SIGNS: Final = {Action.CREATE: "+", Action.UPDATE: "~", Action.RENAME: "~", Action.DELETE: "-"}
_OUTSIDE: Final = {Action.CREATE: "made outside cfaig", Action.DELETE: "deleted outside cfaig"}


def render_text(drift: Drift, *, style: Style = PLAIN) -> str:
    """All of it, ending with a newline: what drifted first, by gateway, then what is no drift."""
    blocks = [
        *_gateways(drift.drifted, style),
        *(f"{style.paint('Warning:', style.change)} {clean(warning)}" for warning in drift.warnings),
        _listed("Live and in the definitions alike; the stack learns it with the next apply:", drift.agreed, style),
        _listed("Edited in the definitions and not applied yet; no drift (cfaig plan):", drift.pending, style),
        "\n".join(f"Note: {clean(note)}" for note in drift.notes),
        style.paint(summary(drift), style.bold),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def summary(drift: Drift) -> str:
    """The drift in one line."""
    count = len(drift.drifted)
    return f"Drift: {count} resource{'' if count == 1 else 's'} changed outside cfaig." if count else NO_DRIFT


def _gateways(drifted: Iterable[Drifted], style: Style) -> Iterator[str]:
    groups: dict[str, list[Drifted]] = {}
    for item in drifted:
        groups.setdefault(item.change.key.gateway, []).append(item)
    for gateway, items in groups.items():
        yield "\n".join(_block(gateway, items, style))


def _block(gateway: str, items: list[Drifted], style: Style) -> Iterator[str]:
    if gateway and items[0].change.key.kind is not Kind.GATEWAY:
        yield f"  {style.paint(f'gateway {clean(gateway)}', style.bold)}"
    for item in items:
        change = item.change
        indent = "    " if gateway and change.key.kind is not Kind.GATEWAY else ""
        outside = f" {_OUTSIDE[change.action]}" if change.action in _OUTSIDE else ""
        told = f"{_SIGNS[change.action]} {heading(change)}{outside}"
        yield f"{indent}{style.paint(told, style.of(change.action))}"
        yield from (f"{indent}    {clean(line)}" for line in _lines(item))
        if item.author is not None:
            by = f"by {item.author.who} ({item.author.how}) at {item.author.when}"
            yield f"{indent}    {style.paint(clean(by), style.faint)}"


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
