"""What a definition must hold to and JSON Schema cannot say, and what is allowed but surprises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from cfaig.definition.diagnostics import Diagnostic, KeyPath, Severity
from cfaig.definition.durations import whole_milliseconds
from cfaig.definition.nodes import Node, child, find, key_position
from cfaig.definition.words import shown_path

# The id that old official plugins give to every spend rule without one (facts/official-plugin.md).
COLLIDING_RULE_ID: Final = "6fb25042"
# What older official plugins bound `retryDelay` to, in milliseconds (facts/ai-gateway.md 9.1).
OLD_PLUGIN_MAX_DELAY: Final = 5000

_SHARE: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?%", re.ASCII)
_HUNDRED: Final = Decimal(100)


def structure_problems(tree: Node) -> list[Diagnostic]:
    """Mistakes in the flows of a merged definition."""
    found: list[Diagnostic] = []
    routes = child(tree, "routes")
    if routes is None or not isinstance(routes.value, dict):
        return found
    for name, route in routes.value.items():
        for path, flow in _flows(route, ("routes", name)):
            found.extend(_chain_problems(flow, path))
            found.extend(_split_problems(tree, flow, path))
    return found


def warnings(tree: Node) -> list[Diagnostic]:
    """What is allowed and will surprise, in a merged definition without mistakes."""
    found: list[Diagnostic] = []
    for key in ("delay", "delay_ms"):
        delay = find(tree, ("retries", key))
        if delay is not None:
            length = delay.value if key == "delay_ms" else whole_milliseconds(delay.value)
            if length > OLD_PLUGIN_MAX_DELAY:
                message = "the API takes a delay of up to 60s, older versions of the official plugin only 5s"
                hint = "if the deployment refuses it, take 5s or less, or a newer plugin"
                found.append(_warning("AIG043", message, delay, ("retries", key), hint))
    billing = find(tree, ("workers_ai_billing",))
    if billing is not None and billing.value == "unified":
        message = "older versions of the official plugin know only postpaid billing and refuse unified"
        hint = "if the deployment refuses it, take a newer plugin"
        found.append(_warning("AIG043", message, billing, ("workers_ai_billing",), hint))
    path: KeyPath = ("spend_limits", "rules", COLLIDING_RULE_ID)
    position = key_position(tree, path)
    if position is not None:
        message = f"{COLLIDING_RULE_ID} is the id that old plugins give to every spend rule without one"
        hint = "give the rule a name of its own; its counter then begins anew"
        found.append(Diagnostic("AIG036", message, position, path, hint, Severity.WARNING))
    return found


def _warning(code: str, message: str, node: Node, path: KeyPath, hint: str) -> Diagnostic:
    return Diagnostic(code, message, node.position(), path, hint, Severity.WARNING)


def _flows(flow: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    """`flow` and all flows in it."""
    yield path, flow
    value: Any = flow.value
    if isinstance(value, list):
        for index, item in enumerate(value):
            if _is_flow(item):
                yield from _flows(item, (*path, index))
    elif isinstance(value, dict):
        for key in ("chain", "then", "else"):
            if key in value:
                yield from _flows(value[key], (*path, key))
        split = value.get("split")
        if split is not None and isinstance(split.value, dict):
            for share, part in split.value.items():
                yield from _flows(part, (*path, "split", share))


def _is_flow(item: Node) -> bool:
    return isinstance(item.value, dict) and bool(item.value.keys() & {"chain", "if", "limit", "split"})


def _chain_problems(flow: Node, path: KeyPath) -> Iterator[Diagnostic]:
    if not isinstance(flow.value, list):
        return
    for index, item in enumerate(flow.value[:-1]):
        if _is_flow(item):
            message = f"{shown_path((*path, index))} must be the last item: nothing after a flow can be reached"
            hint = "it is where a request goes when all models before it have failed; move it to the end"
            yield Diagnostic("AIG035", message, item.position(), (*path, index), hint)


def _split_problems(tree: Node, flow: Node, path: KeyPath) -> Iterator[Diagnostic]:
    split = flow.value.get("split") if isinstance(flow.value, dict) else None
    if split is None or not isinstance(split.value, dict) or not split.value:
        return
    if not all(_SHARE.fullmatch(share) for share in split.value):
        return
    total = sum(Decimal(share[:-1]) for share in split.value)
    if total != _HUNDRED:
        where = (*path, "split")
        message = f"the shares of {shown_path(where)} add up to {format(total, 'f')}%, not 100%"
        difference = format(abs(_HUNDRED - total), "f")
        hint = f"give {difference}% to one of them" if total < _HUNDRED else f"take {difference}% from one of them"
        yield Diagnostic("AIG033", message, key_position(tree, where) or split.position(), where, hint)
