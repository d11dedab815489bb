"""The long ways to say what definitions say shortly."""

from __future__ import annotations

import random
from typing import Any

from cfaig.definition.durations import milliseconds

_DURATIONS = frozenset({"ttl", "per", "timeout", "delay"})


def longhand(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """`data` of a definition with some durations in other units, and some short forms written out."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    return {
        name: {route: _flow(flow, chance) for route, flow in value.items()}
        if name == "routes"
        else _durations(value, chance)
        if name in {"cache", "rate_limit", "retries", "spend_limits", "providers"}
        else value
        for name, value in data.items()
    }


def _durations(data: Any, chance: random.Random) -> Any:
    if isinstance(data, list):
        return [_durations(part, chance) for part in data]
    if not isinstance(data, dict):
        return data
    return {
        name: _duration(value, chance) if name in _DURATIONS and isinstance(value, str) else _durations(value, chance)
        for name, value in data.items()
    }


def _duration(text: str, chance: random.Random) -> Any:
    length = milliseconds(text)
    ways: list[Any] = [text, f"{length}ms"]
    if length % 1000 == 0:
        ways += [int(length) // 1000, f"{int(length) // 1000}s", f"{int(length) // 1000}.0s"]
    return chance.choice(ways)


def _flow(flow: Any, chance: random.Random) -> Any:
    """A flow in which a list may have become `{chain: …}`, a value `{$eq: …}`, a timeout `timeout_ms`."""
    if isinstance(flow, list):
        items = [_item(item, chance) for item in flow]
        return {"chain": items} if chance.random() < 0.5 else items
    said = dict(flow)
    for name in ("then", "else"):
        if name in said:
            said[name] = _flow(said[name], chance)
    if "chain" in said:
        said["chain"] = [_item(item, chance) for item in said["chain"]]
    if "split" in said:
        said["split"] = {share: _flow(part, chance) for share, part in said["split"].items()}
    if "if" in said:
        said["if"] = _conditions(said["if"], chance)
    if "limit" in said:
        said["limit"] = _durations(said["limit"], chance)
    return said


def _item(item: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if "model" not in item:
        flow = _flow(item, chance)
        return flow if isinstance(flow, dict) else {"chain": flow}
    if "timeout" not in item:
        return item
    if chance.random() < 0.5:
        return {name: value for name, value in item.items() if name != "timeout"} | {
            "timeout_ms": int(milliseconds(item["timeout"]))
        }
    return item | {"timeout": _duration(item["timeout"], chance)}


def _conditions(conditions: Any, chance: random.Random) -> Any:
    said: dict[str, Any] = {}
    for name, wanted in conditions.items():
        if name.startswith("$"):
            said[name] = [_conditions(part, chance) for part in wanted]
        elif isinstance(wanted, dict) or chance.random() < 0.5:
            said[name] = wanted
        else:
            said[name] = {"$in": wanted} if isinstance(wanted, list) else {"$eq": wanted}
    return said
