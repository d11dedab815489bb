"""From drift to the parts of a definition that have to say something else. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.explicit import Data
from cfaig.reconcile.change import Action, Change, Kind, ResourceKey
from cfaig.reconcile.drift import Drift
from cfaig.reconcile.edges import GATEWAY, MODULE

Unit: TypeAlias = tuple[str, ...]

# Where a definition says what the API calls otherwise.
_UNITS: Final[Mapping[str, Unit]] = {
    "authentication": ("authentication",),
    "byok_only": ("byok_only",),
    "cache_invalidate_on_update": ("cache", "invalidate_on_update"),
    "cache_ttl": ("cache", "ttl"),
    "collect_logs": ("logging", "collect"),
    "dlp": ("dlp",),
    "guardrails": ("guardrails",),
    "log_classification": ("logging", "classification"),
    "log_management": ("logging", "keep"),
    "log_management_strategy": ("logging", "when_full"),
    "logpush": ("logging", "logpush"),
    "logpush_public_key": ("logging", "logpush"),
    "otel": ("otel",),
    "rate_limiting_interval": ("rate_limit", "per"),
    "rate_limiting_limit": ("rate_limit", "requests"),
    "rate_limiting_technique": ("rate_limit", "technique"),
    "retry_backoff": ("retries", "backoff"),
    "retry_delay": ("retries", "delay"),
    "retry_max_attempts": ("retries", "attempts"),
    "spend_limits": ("spend_limits",),
    "store": ("store",),
    "stripe": ("stripe",),
    "workers_ai_billing_mode": ("workers_ai_billing",),
    "zdr": ("zero_data_retention",),
}

_WHOLE: Final = frozenset({Kind.GATEWAY, Kind.STORE, Kind.CUSTOM_PROVIDER})
_UNSAID_OF_EDGES: Final = frozenset({MODULE, GATEWAY, "version"})


def unacceptable(drift: Drift) -> tuple[ResourceKey, ...]:
    """What no definition can say.

    That a gateway, a store or a custom provider of the account is gone; which code an edge's Worker has, and that its
    rules lead to another gateway.
    """
    return tuple(item.change.key for item in drift.drifted if _is_gone(item.change) or _unsaid(item.change))


def _is_gone(change: Change) -> bool:
    return change.action is Action.DELETE and change.key.kind in _WHOLE


def _unsaid(change: Change) -> bool:
    return change.key.kind is Kind.EDGE and any(field.path[0] in _UNSAID_OF_EDGES for field in change.fields)


def accepted(drift: Drift, gateway: str, said: Data, live: Data, slugs: frozenset[str] = frozenset()) -> dict[str, Any]:
    """What the definition of `gateway`, which says `said`, has to say for its drift to be wanted.

    `live` is the definition that the live gateway would have. Only what drifted is taken from it; `slugs` are the
    custom providers that the definition describes.
    """
    result: dict[str, Any] = deepcopy(dict(said))
    for item in drift.drifted:
        key = item.change.key
        if _is_gone(item.change):
            continue
        if key.gateway == gateway or (key.kind is Kind.CUSTOM_PROVIDER and key.name in slugs):
            if key.kind is Kind.ROUTE:
                _take_route(result, live, item.change)
            else:
                for unit in sorted(_units(item.change, slugs)):
                    _take(result, live, unit)
    return result


def _units(change: Change, slugs: frozenset[str]) -> Iterator[Unit]:
    key = change.key
    if key.kind is Kind.GATEWAY:
        yield from {_UNITS[field.path[0]] for field in change.fields}
    elif key.kind is Kind.PROVIDER_KEY:
        wire = key.name.rpartition(":")[0]
        slug = wire.removeprefix(CUSTOM_PREFIX)
        yield ("providers", slug if slug in slugs else wire)
        # Keys imply a store: without the last of them, the store that is live has to be named.
        yield ("store",)
    elif key.kind is Kind.CUSTOM_PROVIDER:
        yield ("providers", key.name)
    elif key.kind is Kind.DOMAIN:
        yield ("domains",)
    elif key.kind is Kind.EDGE:
        yield from _edge_units(change)


def _edge_units(change: Change) -> Iterator[Unit]:
    if change.action is not Action.UPDATE:
        yield ("edge",)
        return
    for field in change.fields:
        name = field.path[0]
        if name in ("keys", "secrets"):
            yield from (("edge", "gateway_token"), ("edge", "keys"))
        elif name not in _UNSAID_OF_EDGES:
            yield ("edge", name)


def _take_route(said: dict[str, Any], live: Data, change: Change) -> None:
    routes = said.setdefault("routes", {})
    before = routes.get(change.old_name or change.key.name)
    own = {"worst_case": before["worst_case"]} if isinstance(before, Mapping) and "worst_case" in before else {}
    if change.old_name:
        routes.pop(change.old_name, None)
    name = change.key.name
    found = (live.get("routes") or {}).get(name)
    if found is None:
        routes.pop(name, None)
    elif change.old_name:
        form = before if isinstance(before, Mapping) and not change.fields else found
        routes[name] = {"renamed_from": change.old_name, **own, **form}
    else:
        routes[name] = {**own, **deepcopy(found)}


def _take(said: dict[str, Any], live: Data, unit: Unit) -> None:
    """Let `said` be at `unit` what `live` is; mappings around it stay."""
    at: Any = live
    for name in unit:
        at = at.get(name) if isinstance(at, Mapping) else None
    parent = said
    for name in unit[:-1]:
        inner = parent.get(name)
        parent[name] = dict(inner) if isinstance(inner, Mapping) else {}
        parent = parent[name]
    if at is None:
        parent.pop(unit[-1], None)
    else:
        parent[unit[-1]] = deepcopy(at)
