"""What the parts of the runtime share: its memory, and what is known of one call while it is under way."""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from cfaig.json_types import Json
from cfaig.runtime.access import Entry
from cfaig.runtime.attempt import Reply
from cfaig.runtime.cache import Cache
from cfaig.runtime.clock import Clock
from cfaig.runtime.errors import Fault
from cfaig.runtime.inspection import Inspector, Verdict
from cfaig.runtime.limits import Counters
from cfaig.runtime.model import Call, Configuration, Event, EventKind, LogSink, Trace, Upstream
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.retry import is_error
from cfaig.runtime.settings import RequestSettings


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a runtime was given, and what it remembers between calls."""

    configuration: Configuration
    upstream: Upstream
    clock: Clock
    logs: LogSink
    prices: Prices
    credits: bool
    inspector: Inspector | None
    cache: Cache
    counters: Counters
    split: random.Random
    ids: random.Random


@dataclass(frozen=True, slots=True)
class Work:
    """One call that was let in. `started` is Unix seconds."""

    call: Call
    entry: Entry
    trace: Trace
    started: float
    request_id: str

    @property
    def scope(self) -> tuple[str, str]:
        """Account and gateway: counters and cached answers belong to them, and outlive a deployment."""
        return self.call.account, self.entry.gateway.id

    def tell(self, kind: EventKind, at: float, name: str, outcome: str, detail: Mapping[str, Json]) -> None:
        """Put an event into the trace."""
        self.trace.events.append(Event(kind, at, name, outcome, detail))


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer is about, for logs and headers. `step` counts what failed before; `route` names a dynamic route.

    `asked` is the body that the client wrote for it, None where it must not be kept.
    """

    provider: str
    model: str
    settings: RequestSettings
    step: int = 0
    route: str | None = None
    asked: bytes | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """An answer of a provider or of the cache (`cache` is HIT, MISS, or None where caching was off).

    `costs` are a route's cost limits that the call counts against: key and window in seconds.
    """

    subject: Subject
    reply: Reply
    cache: str | None = None
    source: str = ""
    verdict: Verdict | None = None
    costs: tuple[tuple[Hashable, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """The gateway's own answer."""

    subject: Subject
    fault: Fault


Result: TypeAlias = Served | Refused


def is_good(result: Result) -> bool:
    """Whether nothing else need be tried."""
    return isinstance(result, Served) and not is_error(result.reply.status)
