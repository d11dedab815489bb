"""What the runtime has to know of the account, read from the database of the control plane."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar, cast

from cfaig.local.api.gateway_body import REPLACE
from cfaig.local.clock import now
from cfaig.local.options import Options
from cfaig.local.shapes import Problems
from cfaig.local.storage import Storage
from cfaig.state.model import CustomProviderState, GatewayState, ProviderKeyState, RouteState
from cfaig.state.settings import canonical_settings

T = TypeVar("T")

DEFAULT: Final = "default"
SCOPE: Final = "ai_gateway"
# facts/ai-gateway.md 6.1: what the gateway has that the first authenticated call makes.
_DEFAULT_GATEWAY: Final = {
    "authentication": True,
    "cache_invalidate_on_update": False,
    "cache_ttl": 0,
    "collect_logs": True,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
}


@dataclass(frozen=True, slots=True)
class _Secret:
    value: str
    active_from: float


class StoredConfiguration:
    """The runtime's `Configuration`; what was read is kept until something in the database changes."""

    def __init__(self, storage: Storage, options: Options) -> None:
        self._storage = storage
        self._options = options
        self._revision = -1
        self._kept: dict[tuple[str, ...], object] = {}

    def gateway(self, account: str, gateway: str) -> GatewayState | None:
        """A gateway with its deployed routes and its keys, or None."""
        return self._keep(("gateway", account, gateway), lambda: self._read_gateway(account, gateway))

    def make_default(self, account: str) -> GatewayState:
        """Make the gateway `default`."""
        settings, moment = REPLACE.clean(_DEFAULT_GATEWAY, ("body",), Problems()), now()
        with self._storage.transaction() as db:
            values = (account, DEFAULT, json.dumps(settings), moment, moment)
            db.execute("INSERT OR IGNORE INTO gateways VALUES (?, ?, ?, ?, ?)", values)
        made = self.gateway(account, DEFAULT)
        if made is None:
            raise AssertionError("it has just been made")
        return made

    def custom_provider(self, account: str, slug: str) -> CustomProviderState | None:
        """A custom provider by its slug without `custom-`."""
        return self._keep(("provider", account, slug), lambda: self._read_provider(account, slug))

    def provider_key(self, account: str, gateway: str, slug: str, alias: str) -> str | None:
        """The key by the name that its secret must have (facts/ai-gateway.md 4.6); None while it is pending."""
        place = ("key", account, gateway, slug, alias)
        secret = self._keep(place, lambda: self._read_secret(account, gateway, f"{gateway}_{slug}_{alias}"))
        return secret.value if secret is not None and time.time() >= secret.active_from else None

    def authorized(self, token: str) -> bool:
        """Whether the token may use gateways."""
        return token in self._options.run_tokens or token in self._options.tokens

    def _keep(self, place: tuple[str, ...], read: Callable[[], T]) -> T:
        if self._revision != self._storage.revision:
            self._revision = self._storage.revision
            self._kept.clear()
        if place not in self._kept:
            self._kept[place] = read()
        return cast(T, self._kept[place])

    def _read_gateway(self, account: str, gateway: str) -> GatewayState | None:
        row = self._storage.row("SELECT settings FROM gateways WHERE account = ? AND id = ?", account, gateway)
        if row is None:
            return None
        settings = canonical_settings(json.loads(row["settings"]))
        return GatewayState(gateway, settings, self._routes(account, gateway), self._keys(account, gateway))

    def _routes(self, account: str, gateway: str) -> tuple[RouteState, ...]:
        rows = self._storage.rows(
            "SELECT routes.id, routes.name, deployments.id AS deployment, versions.id AS version, versions.elements"
            " FROM routes JOIN deployments ON deployments.number ="
            " (SELECT max(number) FROM deployments WHERE route = routes.id)"
            " JOIN versions ON versions.id = deployments.version"
            " WHERE routes.account = ? AND routes.gateway = ? ORDER BY routes.name",
            account,
            gateway,
        )
        return tuple(
            RouteState(row["name"], tuple(json.loads(row["elements"])), row["id"], row["version"], row["deployment"])
            for row in rows
        )

    def _keys(self, account: str, gateway: str) -> tuple[ProviderKeyState, ...]:
        rows = self._storage.rows(
            "SELECT * FROM provider_configs WHERE account = ? AND gateway = ? ORDER BY provider, alias",
            account,
            gateway,
        )
        return tuple(map(_key, rows))

    def _read_provider(self, account: str, slug: str) -> CustomProviderState | None:
        row = self._storage.row("SELECT * FROM custom_providers WHERE account = ? AND slug = ?", account, slug)
        if row is None:
            return None
        settings: dict[str, Any] = json.loads(row["settings"])
        settings["headers"] = json.loads(settings["headers"]) if settings["headers"] else {}
        return CustomProviderState(slug, settings, row["id"])

    def _read_secret(self, account: str, gateway: str, name: str) -> _Secret | None:
        row = self._storage.row(
            "SELECT secrets.value, secrets.scopes, secrets.created_at FROM gateways"
            " JOIN stores ON stores.id = json_extract(gateways.settings, '$.store_id')"
            " JOIN secrets ON secrets.store = stores.id"
            " WHERE gateways.account = ? AND gateways.id = ? AND secrets.name = ?",
            account,
            gateway,
            name,
        )
        if row is None or SCOPE not in json.loads(row["scopes"]):
            return None
        created = datetime.fromisoformat(row["created_at"]).timestamp()
        return _Secret(row["value"], created + self._options.secret_delay)


def _key(row: sqlite3.Row) -> ProviderKeyState:
    limit = row["rate_limit"] or None
    return ProviderKeyState(
        provider=row["provider"],
        alias=row["alias"],
        default=bool(row["is_default"]),
        rate_limit=limit,
        rate_limit_period=(row["rate_limit_period"] or None) if limit else None,
        id=row["id"],
    )
