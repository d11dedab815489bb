"""What goes in and out of the runtime: calls, answers, upstreams, and what is told about each call."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from cfaig.json_types import Json
from cfaig.state.model import CustomProviderState, GatewayState

Chunks: TypeAlias = AsyncIterator[bytes]


class Door(StrEnum):
    """By which host a call came in; they authenticate differently (facts/ai-gateway.md 4.5, 6.5)."""

    GATEWAY = "gateway"  # gateway.ai.cloudflare.com/v1/<account>/<gateway>/…
    REST = "rest"  # api.cloudflare.com/client/v4/accounts/<account>/ai/…


@dataclass(frozen=True, slots=True)
class Call:
    """What a client asks.

    `path` is what follows the gateway id (or `/ai/` at the REST door), without a leading slash: `openai/v1/models`,
    `compat/chat/completions`; empty for the universal endpoint. Header names are in lower case.
    """

    account: str
    gateway: str
    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    query: str = ""
    door: Door = Door.GATEWAY


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """What is sent to a provider. `slug` is the wire slug (`custom-…` for custom ones); `model` None if not known."""

    slug: str
    url: str
    body: bytes
    headers: Mapping[str, str]
    method: str = "POST"
    model: str | None = None


@dataclass(frozen=True, slots=True)
class UpstreamAnswer:
    """A provider's answer, as soon as its first byte is there; `body` yields what comes, as it comes."""

    status: int
    headers: Mapping[str, str]
    body: Chunks


class UpstreamError(Exception):
    """A provider could not be reached, or broke off; the message is for people."""


class Upstream(Protocol):
    """Where provider requests go: scripted providers, or real ones over HTTP."""

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        """Send, and come back with the first byte.

        Raises UpstreamError when there is none. Cancelling it ends the request.
        """
        ...


class Configuration(Protocol):
    """What is configured in the account, as it is now."""

    def gateway(self, account: str, gateway: str) -> GatewayState | None:
        """A gateway, or None."""
        ...

    def make_default(self, account: str) -> GatewayState:
        """Make the gateway `default`, as the first authenticated request does (facts/ai-gateway.md 6.1)."""
        ...

    def custom_provider(self, account: str, slug: str) -> CustomProviderState | None:
        """A custom provider by its slug without `custom-`."""
        ...

    def provider_key(self, account: str, gateway: str, slug: str, alias: str) -> str | None:
        """The stored key of a provider, or None (facts/ai-gateway.md 4.6)."""
        ...

    def authorized(self, token: str) -> bool:
        """Whether the token may use gateways (AI Gateway: Run)."""
        ...


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a provider told of. `tokens_in` counts cached ones too."""

    tokens_in: int = 0
    tokens_out: int = 0
    cache_read: int = 0
    cache_write: int = 0
    reasoning: int = 0


class EventKind(StrEnum):
    """What can happen to a call; `detail` has the numbers that decided it, in the units of their settings."""

    REFUSED = "refused"  # by the gateway; outcome is the code; name is the element it holds for, "" for the answer
    LIMIT = "limit"  # gateway, provider key, Unified Billing or spend rule looked at; outcome allowed/blocked
    ELEMENT = "element"  # an element of a route was left; outcome is the output's name
    CACHE = "cache"  # outcome HIT, MISS or OFF
    ATTEMPT = "attempt"  # one request to a provider, at its begin; outcome is the status, "timeout" or "error"
    WAIT = "wait"  # before a retry; detail has the seconds
    NOTE = "note"  # outcome tells what was not done as asked: a header value ignored, nothing inspected


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `at` is Unix seconds; `name` the element's id, the limit's name, or provider/model."""

    kind: EventKind
    at: float
    name: str
    outcome: str
    detail: Mapping[str, Json] = field(default_factory=dict)


@dataclass(slots=True)
class Trace:
    """What happened to one call, for scenarios, coverage and pictures; no client sees it."""

    route: str | None = None
    events: list[Event] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A log as Cloudflare keeps it (facts/ai-gateway.md 7). Money is US dollars, `duration` milliseconds."""

    id: str
    account: str
    gateway: str
    created_at: float
    provider: str
    model: str
    path: str
    status_code: int
    success: bool
    duration: int
    cached: bool = False
    step: int = 0
    usage: Usage = Usage()
    cost: float = 0.0
    custom_cost: bool = False
    metadata: Mapping[str, Json] = field(default_factory=dict)
    event_id: str | None = None
    route: str | None = None
    error_code: int | None = None
    request_type: str = ""
    request_content_type: str = ""
    response_content_type: str = ""
    user_agent: str = ""
    authentication: bool = False
    byok: bool = False
    request_headers: Mapping[str, str] = field(default_factory=dict)
    response_headers: Mapping[str, str] = field(default_factory=dict)
    request_body: bytes | None = None
    response_body: bytes | None = None


class LogSink(Protocol):
    """Where logs go. Credentials are already out of the headers when an entry comes."""

    def add(self, entry: LogEntry) -> None:
        """Keep one."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What the client gets. A stream's log and cost are written when its last chunk has gone out (or it was closed)."""

    status: int
    headers: Mapping[str, str]
    body: bytes | Chunks
    trace: Trace
