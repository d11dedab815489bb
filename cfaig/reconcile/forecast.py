"""Counting, before an apply, the calls that it will make.

The numbers are those of the resources of our plugin (`cfaig/provider/resources`), of the official plugin for gateways,
and of the engine, which looks at everything in the stack twice: once before the policies see the change, and once more
before it writes. A test holds them against the calls that the local Cloudflare really gets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Action, Change, Kind, Plan, ResourceKey

KEYS_PER_PAGE: Final = 50
SECRETS_PER_PAGE: Final = 100
# A changed graph: look for a version that is prepared already, make the version, deploy it, look.
_REDEPLOYED: Final = 4
_ROUTE_LOOKUP: Final = 1
# A Worker's settings, its code, its host name.
_EDGE_LOOKS: Final = 3
# A new secret is pending at first; it is asked for until it is active.
_UNTIL_ACTIVE: Final = 1


@dataclass(frozen=True, slots=True)
class Extent:
    """What an apply goes through besides the changes.

    `stack` is what the stack holds, `wanted` what the definitions ask for, both as far as the apply is to touch them.
    `keys` counts the provider keys of each gateway, because they are looked up in lists.
    """

    stack: frozenset[ResourceKey]
    wanted: frozenset[ResourceKey]
    keys: Mapping[str, int]


def forecast(plan: Plan, extent: Extent, *, read: int, looks: int = 2) -> CallForecast:
    """The calls of an apply of `plan`; `read` are those that reading the account takes, as the plan itself did.

    `looks` is how often the engine looks at everything in the stack; a destroy does so once.
    """
    cost = _Cost(extent)
    told = {change.key for change in plan.changes}
    # A store that is live, but new to the stack, is only looked up: no change, and yet a call.
    found_only = [key for key in extent.wanted if key not in extent.stack and key not in told]
    imported = [change for change in plan.changes if change.action is Action.ADOPT and change.key.kind is Kind.GATEWAY]
    refresh = looks * sum(cost.refresh(key) for key in extent.stack) + sum(cost.refresh(one.key) for one in imported)
    return CallForecast(read, refresh, sum(cost.write(change) for change in plan.changes) + len(found_only))


@dataclass(frozen=True, slots=True)
class _Cost:
    """Calls for each kind of resource and step."""

    extent: Extent

    def refresh(self, key: ResourceKey) -> int:
        """The engine looks at a resource of the stack."""
        if key.kind is Kind.EDGE:
            return _EDGE_LOOKS
        return self._config_lookup(key) + self._secret_lookup() if key.kind is Kind.PROVIDER_KEY else 1

    def write(self, change: Change) -> int:
        """What a change takes."""
        return _WRITES[change.key.kind](self, change)

    def store(self, change: Change) -> int:
        """Listed, then made; or removed."""
        return 1 if change.action is Action.DELETE else 2

    def custom_provider(self, change: Change) -> int:
        """One call; one that exists is refused, looked up, and changed."""
        return 3 if change.action is Action.ADOPT else 1

    def gateway(self, change: Change) -> int:
        """One call; an import looks at it, and changes it only where it differs."""
        return 1 + bool(change.fields) if change.action is Action.ADOPT else 1

    def route(self, change: Change) -> int:
        """One call to make or remove it; a change looks at it first and renames or deploys."""
        if change.action in (Action.CREATE, Action.DELETE):
            return 1
        redeployed = _REDEPLOYED if change.fields else 0
        if change.action is Action.ADOPT:
            return 2 + _ROUTE_LOOKUP + redeployed
        return 1 + (change.action is Action.RENAME) + redeployed

    def provider_key(self, change: Change) -> int:
        """A secret and a config, each looked up first."""
        secret, config = self._secret_lookup() + 1, self._config_lookup(change.key)
        paths = {field.path[0] for field in change.fields}
        if change.action is Action.CREATE:
            return secret + _UNTIL_ACTIVE + config + 1
        if change.action is Action.DELETE:
            return config + 1 + secret
        if "store" in paths and change.action is Action.UPDATE:  # in another store: removed and made again
            return 2 * (secret + config + 1) + _UNTIL_ACTIVE
        if change.action is Action.ADOPT:  # the config cannot be told to use the new secret: it is made again
            return secret + _UNTIL_ACTIVE + config + 2
        again = bool(paths & {"default", "rate_limit", "rate_limit_period"})
        return (secret if "key" in paths else 0) + config + (2 if again else 0)

    def domain(self, change: Change) -> int:
        """One call; one that exists is refused and looked up."""
        return 2 if change.action is Action.ADOPT else 1

    def edge(self, change: Change) -> int:
        """The Worker and its host name, each with one call; a host name that moves is removed and made again."""
        if change.action in (Action.CREATE, Action.DELETE):
            return 2
        paths = {field.path[0] for field in change.fields}
        written = bool(paths - {"hostname"}) + 2 * ("hostname" in paths)
        return written + (_EDGE_LOOKS if change.action is Action.ADOPT else 0)

    def _config_lookup(self, key: ResourceKey) -> int:
        return _pages(self.extent.keys.get(key.gateway, 1), KEYS_PER_PAGE)

    def _secret_lookup(self) -> int:
        return _pages(sum(self.extent.keys.values()), SECRETS_PER_PAGE)


_WRITES: Final[Mapping[Kind, Callable[[Any, Change], int]]] = {
    Kind.STORE: _Cost.store,
    Kind.CUSTOM_PROVIDER: _Cost.custom_provider,
    Kind.GATEWAY: _Cost.gateway,
    Kind.PROVIDER_KEY: _Cost.provider_key,
    Kind.ROUTE: _Cost.route,
    Kind.DOMAIN: _Cost.domain,
    Kind.EDGE: _Cost.edge,
}


def _pages(items: int, size: int) -> int:
    """The pages that are read, on average, to find one of `items` in a list."""
    pages = max(-(-items // size), 1)
    return (pages + 2) // 2 if pages > 1 else 1
