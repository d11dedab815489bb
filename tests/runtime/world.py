"""A small account for tests of the runtime, and a way to call it in virtual time."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cfaig.runtime.clock import Clock
from cfaig.runtime.inspection import Inspector
from cfaig.runtime.model import Answer, Call, Door, LogEntry, Trace, Upstream, UpstreamAnswer, UpstreamRequest
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.runtime import Runtime
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream
from cfaig.runtime.virtual_time import run_in_virtual_time
from cfaig.state.model import CustomProviderState, GatewayState, ProviderKeyState, RouteState
from cfaig.state.settings import canonical_settings

ACCOUNT = "0123456789abcdef0123456789abcdef"
TOKEN = "gateway-token"
SEED = 1
START = 1_700_000_040.0  # a full minute
MESSAGES = [{"role": "user", "content": "Hello"}]
SIGNED = {"cf-aig-authorization": f"Bearer {TOKEN}"}


def gateway(
    id_: str = "g", routes: Sequence[RouteState] = (), keys: Sequence[Any] = (), **settings: Any
) -> GatewayState:
    """A gateway; `keys` are slugs, or ProviderKeyState for more."""
    states = [key if isinstance(key, ProviderKeyState) else ProviderKeyState(key, "default", True) for key in keys]
    return GatewayState(id_, canonical_settings(settings), tuple(routes), tuple(states))


def model(id_: str, name: str, fallback: str = "end", timeout: int = 0, retries: int = 0) -> dict[str, Any]:
    """A model element; `name` is provider/model."""
    provider, _, of_provider = name.partition("/")
    properties = {"provider": provider, "model": of_provider, "timeout": timeout, "retries": retries}
    outputs = {"success": {"elementId": "end"}, "fallback": {"elementId": fallback}}
    return {"id": id_, "type": "model", "properties": properties, "outputs": outputs}


def element(id_: str, kind: str, outputs: Mapping[str, str], **properties: Any) -> dict[str, Any]:
    """An element of a route; `outputs` maps names to ids."""
    wired = {name: {"elementId": target} for name, target in outputs.items()}
    return {"id": id_, "type": kind, "properties": properties, "outputs": wired}


def route(name: str, *elements: dict[str, Any]) -> RouteState:
    """A route that begins with the first element."""
    start = element("start", "start", {"next": elements[0]["id"] if elements else "end"})
    return RouteState(name, (start, *elements, {"id": "end", "type": "end", "outputs": {}}))


def chat(name: str, **more: Any) -> bytes:
    """The body of a chat completion."""
    return json.dumps({"model": name, "messages": MESSAGES, **more}).encode()


@dataclass
class Account:
    """What is configured."""

    gateways: dict[str, GatewayState]
    customs: dict[str, CustomProviderState] = field(default_factory=dict)
    missing_secrets: frozenset[tuple[str, str]] = frozenset()

    def gateway(self, account: str, gateway: str) -> GatewayState | None:
        return self.gateways.get(gateway) if account == ACCOUNT else None

    def make_default(self, account: str) -> GatewayState:
        assert account == ACCOUNT
        self.gateways["default"] = gateway("default", authentication=True)
        return self.gateways["default"]

    def custom_provider(self, account: str, slug: str) -> CustomProviderState | None:
        return self.customs.get(slug) if account == ACCOUNT else None

    def provider_key(self, account: str, gateway: str, slug: str, alias: str) -> str | None:
        assert account == ACCOUNT
        keys = self.gateways[gateway].provider_keys
        known = any((key.provider, key.alias) == (slug, alias) for key in keys)
        return f"stored-{slug}-{alias}" if known and (slug, alias) not in self.missing_secrets else None

    def authorized(self, token: str) -> bool:
        return token == TOKEN


def custom(slug: str, *, enable: bool = True, headers: Mapping[str, str] | None = None) -> CustomProviderState:
    """A custom provider."""
    settings: dict[str, Any] = {"base_url": f"https://{slug}.example.com", "enable": enable, "headers": headers or {}}
    return CustomProviderState(slug, settings)


class Logs(list[LogEntry]):
    """The logs that were written."""

    def add(self, entry: LogEntry) -> None:
        self.append(entry)


class Watched:
    """An upstream that keeps what was sent to it."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.requests: list[UpstreamRequest] = []

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        self.requests.append(request)
        return await self._upstream.send(request)


@dataclass
class World:
    """A runtime with everything around it."""

    account: Account
    clock: Clock
    upstream: Watched
    logs: Logs
    runtime: Runtime

    async def call(self, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None, **more: Any) -> Answer:
        """Call the gateway `g`."""
        sent = {"content-type": "application/json", **(headers or {})}
        return await self.runtime.answer(Call(ACCOUNT, more.pop("gateway", "g"), path, body, sent, **more))

    async def chat(self, name: str, headers: Mapping[str, str] | None = None, **more: Any) -> Answer:
        """A chat completion at the compat endpoint."""
        return await self.call("compat/chat/completions", chat(name, **more), headers)

    async def rest(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """A call of the REST API."""
        signed = {"authorization": f"Bearer {TOKEN}", **(headers or {})}
        return await self.call(path, body, signed, gateway="", door=Door.REST)


def run(
    scene: Callable[[World], Coroutine[Any, Any, None]],
    *gateways: GatewayState,
    script: Any = (),
    customs: Sequence[CustomProviderState] = (),
    prices: Mapping[str, Any] | None = None,
    credits_left: bool = True,
    inspector: Inspector | None = None,
    missing_secrets: frozenset[tuple[str, str]] = frozenset(),
    upstream: Callable[[Clock], Upstream] | None = None,
) -> World:
    """Play a scene in virtual time; the world afterwards."""
    worlds: list[World] = []

    async def play() -> None:
        account = Account({one.id: one for one in gateways}, {one.slug: one for one in customs}, missing_secrets)
        clock, logs = Clock(START), Logs()
        watched = Watched(upstream(clock) if upstream else ScriptedUpstream(clock, Script.from_data(list(script))))
        runtime = Runtime(
            account,
            watched,
            clock,
            logs,
            seed=SEED,
            prices=None if prices is None else Prices().with_overrides(prices),
            credits=credits_left,
            inspector=inspector,
        )
        world = World(account, clock, watched, logs, runtime)
        worlds.append(world)
        await scene(world)

    run_in_virtual_time(play())
    return worlds[0]


def code(answer: Answer) -> int:
    """The gateway's error code in a body."""
    assert isinstance(answer.body, bytes)
    return int(json.loads(answer.body)["error"][0]["code"])


def said(answer: Answer) -> Any:
    """The JSON of a body."""
    assert isinstance(answer.body, bytes)
    return json.loads(answer.body)


def events(trace: Trace, *kinds: str) -> list[tuple[str, str]]:
    """Names and outcomes of the events of these kinds."""
    return [(event.name, event.outcome) for event in trace.events if event.kind in kinds]


async def read(answer: Answer) -> bytes:
    """All of a body, streamed or not."""
    if isinstance(answer.body, bytes):
        return answer.body
    return b"".join([chunk async for chunk in answer.body])
