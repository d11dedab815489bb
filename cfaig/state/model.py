"""The canonical state of an account, in the API's own shape.

Desired state (compiled from definitions) and live state (read from Cloudflare) are the same types, so that like is
compared with like. Fields that only one side knows do not take part in comparisons (`compare=False`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cfaig.json_types import JsonObject

DEFAULT_STORE = "default_secrets_store"


@dataclass(frozen=True, slots=True)
class RouteState:
    """A dynamic route and the graph that is deployed.

    `elements` is in wire form. `id`, `version_id`, `deployment_id` and `deployed_at` (RFC 3339) are known of live
    routes only; `renamed_from` of desired ones only.
    """

    name: str
    elements: tuple[JsonObject, ...]
    id: str | None = field(default=None, compare=False)
    version_id: str | None = field(default=None, compare=False)
    deployment_id: str | None = field(default=None, compare=False)
    deployed_at: str | None = field(default=None, compare=False)
    renamed_from: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ProviderKeyState:
    """A BYOK provider config. `provider` is the wire slug (`custom-…` for custom ones).

    `rate_limit` counts requests in `rate_limit_period` seconds. `key` is the reference to the secret; Cloudflare never
    gives a key back, so live ones have an empty `key`.
    """

    provider: str
    alias: str
    default: bool
    rate_limit: int | None = None
    rate_limit_period: int | None = None
    key: str = field(default="", compare=False)
    id: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class CustomProviderState:
    """A custom provider of the account.

    `settings` holds the API's fields but `slug`: name, base_url, description, link, enable, beta, headers (an object
    here, a JSON text on the wire), curl_example, js_example, position; all keys are always there.
    """

    slug: str
    settings: JsonObject
    id: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EdgeState:
    """The Worker in front of a gateway.

    `rules` is what its bindings `RULES`, `RULES_2`, … say together (see `edge_bindings`), without the address of the
    gateway, which is a matter of the account. `secrets` are the names of the secrets that it has; `references` has
    where the desired ones come from: Cloudflare never gives their values back. `zone` is known if it is written.

    `module` is the digest of the Worker's code (see `cfaig.edge`), None for a Worker that cfaig did not deploy.
    `url`, the address of the gateway in its rules, `fingerprints`, by which the secrets that were written last can be
    known again, and `domain_id`, the id of the host name, are those of Workers that exist.
    """

    worker: str
    hostname: str
    rules: JsonObject
    secrets: tuple[str, ...] = ()
    zone: str | None = field(default=None, compare=False)
    references: Mapping[str, str] = field(default_factory=dict, compare=False)
    module: str | None = field(default=None, compare=False)
    url: str = field(default="", compare=False)
    fingerprints: Mapping[str, str] = field(default_factory=dict, compare=False)
    domain_id: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Management:
    """What cfaig knows of a desired gateway and Cloudflare has no place for."""

    description: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    protect: bool = False
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GatewayState:
    """One gateway.

    `settings` holds every writable field of the API but `id`, canonical (see `settings.canonical_settings`).
    `store` is the name of the Secrets Store to use, in desired state only: its id is known when it is live.
    `other_edges` are further Workers of ours in front of it, which no definition names: live and applied ones only.
    """

    id: str
    settings: JsonObject
    routes: tuple[RouteState, ...] = ()
    provider_keys: tuple[ProviderKeyState, ...] = ()
    domains: tuple[str, ...] = ()
    edge: EdgeState | None = None
    store: str | None = field(default=None, compare=False)
    management: Management = field(default=Management(), compare=False)
    other_edges: tuple[EdgeState, ...] = field(default=(), compare=False)

    @property
    def edges(self) -> tuple[EdgeState, ...]:
        """All of them, the one that a definition can name first."""
        return (() if self.edge is None else (self.edge,)) + self.other_edges


@dataclass(frozen=True, slots=True)
class AccountState:
    """Everything that cfaig looks at in one account; each tuple in the order of its names.

    `stores` maps the names of the account's Secrets Stores to their ids (live state only).
    """

    gateways: tuple[GatewayState, ...] = ()
    custom_providers: tuple[CustomProviderState, ...] = ()
    stores: Mapping[str, str] = field(default_factory=dict, compare=False)
