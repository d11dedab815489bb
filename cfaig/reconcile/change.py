"""What a plan is made of: resources, changes, and the difference as a whole. Values only, and no secret in any."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.calls import CallForecast

HIDDEN: Final = "(hidden)"


class Kind(StrEnum):
    """The kinds of resource, in the order in which they come into being."""

    STORE = "store"
    CUSTOM_PROVIDER = "custom_provider"
    GATEWAY = "gateway"
    PROVIDER_KEY = "provider_key"
    ROUTE = "route"
    DOMAIN = "domain"
    EDGE = "edge"


class Action(StrEnum):
    """What apply does with a resource.

    `adopt` takes a resource that is live, and that nobody's stack owns, into the stack, and changes what differs.
    """

    CREATE = "create"
    UPDATE = "update"
    RENAME = "rename"
    ADOPT = "adopt"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class ResourceKey:
    """Which resource. `gateway` is empty for what belongs to the whole account.

    `name` is the gateway's id, the route's name, `<provider>:<alias>` with the wire slug, the hostname, the name of the
    edge's Worker, the custom provider's slug, or the store's name.
    """

    kind: Kind
    gateway: str
    name: str

    @property
    def address(self) -> str:
        """The one-line name used in `--allow` and in JSON: `gateway/support`, `route/support/chat`."""
        parts = (self.name,) if self.kind is Kind.GATEWAY or not self.gateway else (self.gateway, self.name)
        return "/".join((self.kind.value, *parts))

    @classmethod
    def of_gateway(cls, gateway: str) -> ResourceKey:
        """The gateway itself."""
        return cls(Kind.GATEWAY, gateway, gateway)

    @classmethod
    def of_route(cls, gateway: str, name: str) -> ResourceKey:
        """One of the gateway's routes."""
        return cls(Kind.ROUTE, gateway, name)

    @classmethod
    def of_provider_key(cls, gateway: str, provider: str, alias: str) -> ResourceKey:
        """One of the gateway's provider keys; `provider` is the wire slug."""
        return cls(Kind.PROVIDER_KEY, gateway, f"{provider}:{alias}")

    @classmethod
    def of_domain(cls, gateway: str, hostname: str) -> ResourceKey:
        """One of the gateway's custom domains."""
        return cls(Kind.DOMAIN, gateway, hostname)

    @classmethod
    def of_edge(cls, gateway: str, worker: str) -> ResourceKey:
        """The Worker in front of a gateway, with its host name."""
        return cls(Kind.EDGE, gateway, worker)

    @classmethod
    def of_custom_provider(cls, slug: str) -> ResourceKey:
        """A custom provider of the account."""
        return cls(Kind.CUSTOM_PROVIDER, "", slug)

    @classmethod
    def of_store(cls, name: str) -> ResourceKey:
        """A Secrets Store of the account."""
        return cls(Kind.STORE, "", name)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that differs.

    `path` is the way to it, named things by their names (`spend_limits`, `rules`, `daily`, `limit`); an `old` or `new`
    of `None` means that it is not there.

    A secret never gets in: `secret` says that one differs, and `old` and `new` then hold `HIDDEN` at most.
    """

    path: tuple[str, ...]
    old: Json
    new: Json
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One step of a plan.

    `before` and `after` are the resource as a whole, secrets replaced by `HIDDEN`; a created one has no `before`, a
    deleted one no `after`. `old_name` is set for renames, `protected` for what a stack must not delete.
    """

    action: Action
    key: ResourceKey
    before: JsonObject | None = None
    after: JsonObject | None = None
    fields: tuple[FieldChange, ...] = ()
    old_name: str | None = None
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Restriction:
    """That a plan is about a part of the account only: `targets` and `excludes` as a person gave them.

    `keys` is all that an apply may touch, changed or not; `left_out` counts the changes that are not. `reasons` tell
    what is included or left out because of something else.
    """

    targets: tuple[str, ...]
    excludes: tuple[str, ...]
    keys: frozenset[ResourceKey]
    left_out: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between desired and live state: what apply would do, in the order in which it is shown.

    `notes` help to read it, `warnings` say what could not be found out; `unmanaged` is live, in no definition and in
    no stack, and is never touched. `restriction` is set when it is not the whole difference, `forecast` when it is
    known what an apply costs.
    """

    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unmanaged: tuple[ResourceKey, ...] = ()
    restriction: Restriction | None = None
    forecast: CallForecast | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.changes

    def count(self, *actions: Action) -> int:
        """How many changes are one of `actions`."""
        return sum(1 for change in self.changes if change.action in actions)
