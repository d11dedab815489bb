"""What there is to know about an environment at one moment, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cfaig.health.at_once import Failed
from cfaig.health.limits import Limit
from cfaig.health.token import Token
from cfaig.observe.usage import Totals


@dataclass(frozen=True, slots=True)
class RouteStatus:
    """A route that was applied. `number` is that of the version that answers, None where it was not asked for.

    `deployed_at` is RFC 3339. Not `live`: it is gone.
    """

    name: str
    version: str | None
    number: int | None
    deployed_at: str | None
    live: bool = True


@dataclass(frozen=True, slots=True)
class EdgeStatus:
    """The Worker in front of a gateway; not `live`: it is gone."""

    worker: str
    hostname: str
    live: bool = True


@dataclass(frozen=True, slots=True)
class GatewayStatus:
    """A gateway of the environment: applied, or defined and `pending`.

    `drift` are addresses of what is not as it was applied, `edited` of what waits for an apply. `hour` and `day` are
    what it was used for, and `limited` how many requests of the last hour were answered with 429; all None where
    analytics could not be read.
    """

    id: str
    applied: bool
    live: bool
    routes: tuple[RouteStatus, ...] = ()
    edges: tuple[EdgeStatus, ...] = ()
    drift: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()
    caching: bool = False
    hour: Totals | None = None
    day: Totals | None = None
    limited: int | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """An environment. `unknown` says of each part (`stack`, `account`, …) that could not be read why not.

    `shared` is drift that belongs to no gateway (custom providers, stores); `others` counts live gateways that are
    not this environment's. `calls` are those that this look has made, `left` those that are left of how many. `notes`
    say how exact the numbers are.
    """

    environment: str
    account: str
    at: datetime
    source: str
    token: Token
    left: tuple[int, int] | None
    gateways: tuple[GatewayStatus, ...] = ()
    shared: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    others: int = 0
    unknown: Mapping[str, Failed] = field(default_factory=dict)
    calls: int = 0
    notes: tuple[str, ...] = ()
