"""From the written forms of a route to its flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from cfaig.definition.conditions import normalize
from cfaig.definition.durations import whole_milliseconds, whole_seconds
from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Route, Split, WorstCase


def resolve_route(name: str, data: Any) -> Route:
    """The route that checked data describes."""
    if not isinstance(data, Mapping):
        return Route(name, _flow(data))
    flow = RawElements(tuple(data["elements"])) if "elements" in data else _flow(data)
    return Route(name, flow, data.get("renamed_from"), resolve_worst_case(data.get("worst_case", {})))


def resolve_worst_case(data: Mapping[str, Any]) -> WorstCase:
    """What checked data allows a route to cost at most."""
    latency = whole_milliseconds(data["latency"]) if "latency" in data else None
    return WorstCase(latency, int(data["attempts"]) if "attempts" in data else None)


def _flow(data: Any) -> Flow:
    if not isinstance(data, Mapping):
        return _chain(data)
    if "chain" in data:
        return _chain(data["chain"])
    if "if" in data:
        return If(normalize(data["if"]), _flow(data["then"]), _flow(data["else"]))
    if "limit" in data:
        return _limit(data)
    return Split(tuple((Decimal(share[:-1]), _flow(part)) for share, part in data["split"].items()))


def _chain(items: Sequence[Mapping[str, Any]]) -> Chain:
    if items and "model" not in items[-1]:
        return Chain(tuple(_model(item) for item in items[:-1]), _flow(items[-1]))
    return Chain(tuple(_model(item) for item in items))


def _model(data: Mapping[str, Any]) -> Model:
    timeout = whole_milliseconds(data["timeout"]) if "timeout" in data else int(data.get("timeout_ms", 0))
    return Model(data["provider"], data["model"], timeout, int(data.get("retries", 0)))


def _limit(data: Mapping[str, Any]) -> Limit:
    limit = data["limit"]
    counts = "requests" in limit
    return Limit(
        key=limit["key"],
        amount=Decimal(str(limit["requests" if counts else "cost"])),
        kind="count" if counts else "cost",
        per=whole_seconds(limit["per"]),
        then=_flow(data["then"]),
        otherwise=_flow(data["else"]) if "else" in data else None,
    )
