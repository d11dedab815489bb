"""Who is behind a drift: the newest change in the audit log that fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from cfaig.live.audit_log import AuditEntry
from cfaig.reconcile.change import Action, Change, Kind, ResourceKey
from cfaig.reconcile.drift import Author, Drift, Drifted

_WAYS: Final[Mapping[str, str]] = {
    "api": "API",
    "api_key": "API key",
    "api_token": "API token",
    "dash": "dashboard",
    "oauth": "OAuth",
}
_ACTIONS: Final[Mapping[Action, frozenset[str]]] = {
    Action.CREATE: frozenset({"POST", "create"}),
    Action.DELETE: frozenset({"DELETE", "delete"}),
}
_CHANGES: Final = frozenset({"POST", "PUT", "PATCH", "create", "update"})
_FOLDERS: Final[Mapping[Kind, str]] = {
    Kind.ROUTE: "routes",
    Kind.PROVIDER_KEY: "provider_configs",
    Kind.DOMAIN: "custom-domains",
}


def with_authors(
    drift: Drift,
    entries: Sequence[AuditEntry],
    ids: Mapping[ResourceKey, str],
    applied_at: Mapping[ResourceKey, datetime],
) -> Drift:
    """`drift` with who did it, where `entries` (newest first) tell.

    `ids` has Cloudflare's own ids of routes, custom providers and host names of edges, `applied_at` when each resource
    was applied last: what was done before is no drift. What nobody can be named for stays without: a change older than
    the log, or one that the log does not record.
    """
    return replace(drift, drifted=tuple(_with_author(item, entries, ids, applied_at) for item in drift.drifted))


def _with_author(
    item: Drifted,
    entries: Iterable[AuditEntry],
    ids: Mapping[ResourceKey, str],
    applied_at: Mapping[ResourceKey, datetime],
) -> Drifted:
    key = item.change.key
    since = applied_at.get(key)
    for entry in entries:
        moment = moment_of(entry.time)
        late_enough = moment is not None and (since is None or moment > since)
        if late_enough and _fits(item.change, entry, ids.get(key)):
            return replace(item, author=Author(entry.actor, _WAYS.get(entry.context, entry.context), entry.time))
    return item


def moment_of(text: str) -> datetime | None:
    """An RFC 3339 time; None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _fits(change: Change, entry: AuditEntry, id_: str | None) -> bool:
    done = entry.method or entry.action.lower()
    if change.key.kind is Kind.EDGE:
        return _fits_edge(change, entry, done, id_)
    if done not in _ACTIONS.get(change.action, _CHANGES):
        return False
    key = change.key
    gateway = f"/ai-gateway/gateways/{key.gateway}"
    if key.kind is Kind.GATEWAY:
        named = entry.resource_id == key.gateway and entry.path in {"", "/ai-gateway/gateways"}
        return entry.path == gateway or named
    if key.kind is Kind.CUSTOM_PROVIDER:
        return id_ is not None and entry.path == f"/ai-gateway/custom-providers/{id_}"
    if (folder := _FOLDERS.get(key.kind)) is None:
        return False
    listing = f"{gateway}/{folder}"
    if key.kind is Kind.PROVIDER_KEY:
        # A config is replaced when it changes, and its id with it.
        return f"{entry.path}/".startswith(f"{listing}/")
    if change.action is Action.CREATE:
        return entry.path == listing
    return f"{entry.path}/".startswith(f"{listing}/{key.name if key.kind is Kind.DOMAIN else id_}/")


def _fits_edge(change: Change, entry: AuditEntry, done: str, id_: str | None) -> bool:
    """Workers are made and changed alike; a host name is known by its id when it is taken away only."""
    if id_ is not None and entry.path == f"/workers/domains/{id_}":
        return done in _ACTIONS[Action.DELETE]
    wanted = _ACTIONS[Action.DELETE] if change.action is Action.DELETE else _CHANGES
    return done in wanted and f"{entry.path}/".startswith(f"/workers/scripts/{change.key.name}/")
