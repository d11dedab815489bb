"""What the section `edge` of a definition says, once it is resolved: the Worker in front of a gateway, and its rules.

Units are those of `cfaig.definition.model`. What a rule leaves open is None or empty; then requests and later rules
decide, and after them the gateway.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal

from cfaig.definition.model import Retries
from cfaig.json_types import Json

DEFAULT_MAX_AGE: Final = 600


@dataclass(frozen=True, slots=True)
class Access:
    """Cloudflare Access in front of the Worker: the team's name, and the audience tags that are let in."""

    team: str
    audience: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Auth:
    """Who may call: everybody (`open`), holders of tokens (SHA-256 by the client's name), people known to Access."""

    open: bool = False
    tokens: Mapping[str, str] = field(default_factory=dict)
    access: Access | None = None


@dataclass(frozen=True, slots=True)
class Cors:
    """Which web pages may call; `headers` None is every header that is not denied."""

    origins: tuple[str, ...]
    headers: tuple[str, ...] | None = None
    max_age: int = DEFAULT_MAX_AGE


@dataclass(frozen=True, slots=True)
class EdgeKey:
    """A provider's key that the Worker adds: a secret reference; header and scheme are the provider's usual ones."""

    provider: str
    key: str
    header: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a request must be. Globs, of which one has to fit; conditions on fields, which all have to hold."""

    path: tuple[str, ...] = ()
    method: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    model: tuple[str, ...] = ()
    client: tuple[str, ...] = ()
    headers: Mapping[str, Json] = field(default_factory=dict)
    metadata: Mapping[str, Json] = field(default_factory=dict)
    body: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleCache:
    """How answers are kept: not at all (`off`), or for `ttl`; without `key` the whole body tells requests apart."""

    off: bool = False
    ttl: int | None = None
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Another provider, by its name in definitions, or another model."""

    provider: str | None = None
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Reject:
    """The Worker's own answer."""

    status: int
    message: str
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """Waiting at 429: for how long in all, how often to ask again, how many requests may wait at once."""

    wait_ms: int
    attempts: int | None = None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to the requests that match; `goes_on` lets later rules fill in what this one leaves open."""

    name: str | None = None
    match: Match = Match()
    goes_on: bool = False
    cache: RuleCache | None = None
    timeout_ms: int | None = None
    retries: Retries | None = None
    custom_cost: Mapping[str, Decimal] = field(default_factory=dict)
    metadata: Mapping[str, str | float | bool] = field(default_factory=dict)
    log: bool | Literal["metadata"] | None = None
    key_alias: str | None = None
    zero_data_retention: bool | None = None
    unified_billing: bool | None = None
    rewrite: Rewrite | None = None
    reject: Reject | None = None
    queue: Queue | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """The Worker at `hostname`; `zone` is a zone's id, `worker` the Worker's name if it is not the usual one.

    `gateway_token` is a secret reference.
    """

    hostname: str
    rules: tuple[Rule, ...] = ()
    zone: str | None = None
    worker: str | None = None
    auth: Auth | None = None
    cors: Cors | None = None
    deny_headers: tuple[str, ...] = ()
    gateway_token: str | None = None
    keys: tuple[EdgeKey, ...] = ()
    explain: bool = False
