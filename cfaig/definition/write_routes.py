"""Routes in the short form that people write."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cfaig.definition.conditions import shorten
from cfaig.definition.durations import duration_text
from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Route, WorstCase


def written_route(route: Route) -> dict[str, Any]:
    """What a definition says of `route`."""
    own: dict[str, Any] = {"renamed_from": route.renamed_from} if route.renamed_from is not None else {}
    if route.worst_case != WorstCase():
        own["worst_case"] = written_worst_case(route.worst_case)
    if isinstance(route.flow, RawElements):
        return own | {"elements": list(route.flow.elements)}
    said = _flow(route.flow)
    return own | ({"chain": said} if isinstance(said, list) else said)


def written_worst_case(allowed: WorstCase) -> dict[str, Any]:
    """What a definition says of the worst case that is allowed."""
    latency = None if allowed.latency_ms is None else duration_text(allowed.latency_ms, unit="ms")
    said = {"latency": latency, "attempts": allowed.attempts}
    return {name: value for name, value in said.items() if value is not None}


def written_number(value: Decimal) -> int | float:
    """A number as short as it can be: `5`, not `5.0`."""
    return int(value) if value == value.to_integral_value() else float(value)


def _flow(flow: Flow) -> Any:
    if isinstance(flow, Chain):
        return _chain(flow)
    if isinstance(flow, If):
        return {"if": shorten(flow.conditions), "then": _flow(flow.then), "else": _flow(flow.otherwise)}
    if isinstance(flow, Limit):
        return _limit(flow)
    said: dict[str, Any] = {}
    for share, part in flow.shares:
        text = format(share.normalize(), "f")
        # Equal shares need different keys; a trailing zero does not change the number.
        while f"{text}%" in said:
            text += "0" if "." in text else ".0"
        said[f"{text}%"] = _flow(part)
    return {"split": said}


def _chain(chain: Chain) -> list[Mapping[str, Any]]:
    items: list[Mapping[str, Any]] = [_model(model) for model in chain.models]
    if chain.then is not None:
        after = _flow(chain.then)
        items.append({"chain": after} if isinstance(after, list) else after)
    return items


def _model(model: Model) -> dict[str, Any]:
    said: dict[str, Any] = {"provider": model.provider, "model": model.model}
    if model.timeout_ms:
        said["timeout"] = duration_text(model.timeout_ms, unit="ms")
    if model.retries:
        said["retries"] = model.retries
    return said


def _limit(flow: Limit) -> dict[str, Any]:
    name = "requests" if flow.kind == "count" else "cost"
    limit = {"key": flow.key, name: written_number(flow.amount), "per": duration_text(flow.per)}
    said = {"limit": limit, "then": _flow(flow.then)}
    return said if flow.otherwise is None else said | {"else": _flow(flow.otherwise)}
