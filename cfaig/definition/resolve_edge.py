"""From merged, checked data to an `Edge`: durations in their units, one value or several as several."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from cfaig.definition.durations import whole_milliseconds, whole_seconds
from cfaig.definition.model import Retries
from cfaig.definition.model_edge import (
    DEFAULT_MAX_AGE,
    Access,
    Auth,
    Cors,
    Edge,
    EdgeKey,
    Match,
    Queue,
    Reject,
    Rewrite,
    Rule,
    RuleCache,
)

Data: TypeAlias = Mapping[str, Any]


def resolve_edge(data: Data) -> Edge:
    """The edge that the section says."""
    keys: Data = data.get("keys", {})
    return Edge(
        hostname=data["hostname"],
        rules=tuple(_rule(rule) for rule in data["rules"]),
        zone=data.get("zone"),
        worker=data.get("worker"),
        auth=_auth(data.get("auth", {})),
        cors=_cors(data["cors"]) if "cors" in data else None,
        deny_headers=tuple(data.get("deny_headers", ())),
        gateway_token=data.get("gateway_token"),
        keys=tuple(_key(name, keys[name]) for name in sorted(keys)),
        explain=data.get("explain", False),
    )


def _auth(data: Data) -> Auth | None:
    access: Data | None = data.get("access")
    auth = Auth(
        data.get("open", False),
        dict(data.get("tokens", {})),
        Access(access["team"], tuple(access["audience"])) if access else None,
    )
    return None if auth == Auth() else auth


def _cors(data: Data) -> Cors:
    headers = tuple(data["headers"]) if "headers" in data else None
    return Cors(tuple(data["origins"]), headers, whole_seconds(data.get("max_age", DEFAULT_MAX_AGE)))


def _key(provider: str, data: str | Data) -> EdgeKey:
    if isinstance(data, str):
        return EdgeKey(provider, data)
    return EdgeKey(provider, data["key"], data.get("header"), data.get("scheme"))


def _rule(data: Data) -> Rule:
    return Rule(
        name=data.get("name"),
        match=_match(data.get("match", {})),
        goes_on=data.get("continue", False),
        cache=_cache(data["cache"]) if "cache" in data else None,
        timeout_ms=whole_milliseconds(data["timeout"]) if "timeout" in data else None,
        retries=_retries(data["retries"]) if "retries" in data else None,
        custom_cost={name: Decimal(str(cost)) for name, cost in data.get("custom_cost", {}).items()},
        metadata=dict(data.get("metadata", {})),
        log=data.get("log"),
        key_alias=data.get("key_alias"),
        zero_data_retention=data.get("zero_data_retention"),
        unified_billing=data.get("unified_billing"),
        rewrite=Rewrite(**data["rewrite"]) if "rewrite" in data else None,
        reject=_reject(data["reject"]) if "reject" in data else None,
        queue=_queue(data["queue"]) if "queue" in data else None,
        headers=dict(data.get("headers", {})),
    )


def _match(data: Data) -> Match:
    return Match(**{name: _several(value) for name, value in data.items()})


def _several(value: Any) -> Any:
    """One value or a list of them as several; conditions as they are."""
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) else value


def _cache(data: Data | bool) -> RuleCache:
    if isinstance(data, bool):
        return RuleCache(off=True)
    return RuleCache(ttl=whole_seconds(data["ttl"]) if "ttl" in data else None, key=tuple(data.get("key", ())))


def _retries(data: Data) -> Retries:
    delay = whole_milliseconds(data["delay"]) if "delay" in data else None
    return Retries(_integer(data.get("attempts")), delay, data.get("backoff"))


def _reject(data: Data) -> Reject:
    return Reject(int(data["status"]), data["message"], _integer(data.get("code")))


def _queue(data: Data) -> Queue:
    return Queue(whole_milliseconds(data["wait"]), _integer(data.get("attempts")), _integer(data.get("waiting")))


def _integer(value: float | None) -> int | None:
    # JSON Schema counts 3.0 as an integer.
    return None if value is None else int(value)
