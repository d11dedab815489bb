"""Playing requests on a runtime in virtual time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.json_types import JsonObject
from cfaig.runtime.clock import Clock
from cfaig.runtime.model import Answer, Call, Event, UpstreamError
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.runtime import Runtime
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream
from cfaig.scenarios.calls import call_of, inner_call
from cfaig.scenarios.configuration import CollectedLogs
from cfaig.scenarios.edges import RULES_HEADER, WAITED_HEADER, EdgeDoor
from cfaig.scenarios.exchange import NOW, SEED, Answered, Reply
from cfaig.scenarios.model import Request
from cfaig.scenarios.outcome import AtEdge, Outcome
from cfaig.scenarios.stage import Stage

# The clock of every scenario begins here: 2026-01-01 00:00 UTC, at the beginning of every window there is.
BEGINNING: Final = 1_767_225_600.0
# Keeps apart what the edge draws for requests of scenarios with seeds next to each other.
PRIME: Final = 1_000_003


class Player:
    """One gateway with everything about it new; to be used within one virtual event loop.

    With a `door` requests go through the gateway's edge.
    """

    def __init__(
        self,
        stage: Stage,
        gateway: str,
        upstreams: Iterable[JsonObject],
        seed: int,
        prices: Prices | None = None,
        door: EdgeDoor | None = None,
    ) -> None:
        self._stage = stage
        self._gateway = gateway
        self._seed = seed
        self._door = door
        self._clock = Clock(BEGINNING)
        self._logs = CollectedLogs()
        self._upstream = ScriptedUpstream(self._clock, Script.from_data(stage.rules(upstreams)))
        self._runtime = Runtime(
            stage.configuration, self._upstream, self._clock, self._logs, seed=seed, prices=prices or stage.prices
        )

    @property
    def now(self) -> float:
        """Seconds since the beginning."""
        return self._clock.now() - BEGINNING

    def change(self, upstreams: Iterable[JsonObject]) -> None:
        """Let providers behave otherwise from now on."""
        self._upstream.follow(Script.from_data(self._stage.rules(upstreams)))

    async def wait_until(self, moment: float) -> None:
        """Let time pass, to this many seconds from the beginning."""
        if moment > self.now:
            await self._clock.sleep(moment - self.now)

    async def send(self, request: Request, number: int) -> Outcome:
        """Send one request, and take its whole answer."""
        began = self._clock.now()
        if self._door is None:
            got = await self._ask(call_of(request, self._gateway, number))
        else:
            got = await self._ask_edge(self._door, request, number)
        ways = self._stage.ways.get(self._gateway, {}).get(got.route or "")
        return Outcome(
            number,
            got.status,
            {name.lower(): value for name, value in got.headers.items()},
            got.body,
            got.route,
            got.events,
            self._logs.take(),
            began,
            began - BEGINNING,
            self._clock.now() - began,
            got.broken,
            ways.outputs if ways else {},
            got.edge,
        )

    async def _ask(self, call: Call) -> _Got:
        answer = await self._runtime.answer(call)
        body, broken = await _whole(answer)
        return _Got(answer.status, answer.headers, body, broken, answer.trace.route, tuple(answer.trace.events))

    async def _ask_edge(self, door: EdgeDoor, request: Request, number: int) -> _Got:
        """Send to the Worker, and play what it asks of its gateway and of the clock until it answers."""
        call = call_of(request, self._gateway, number, door.token(request.client))
        told = {NOW: str(self._milliseconds), SEED: str(self._seed * PRIME + number)}
        target = f"/{call.path}?{call.query}" if call.query else f"/{call.path}"
        door.bridge.send(door.port, call.method, target, {**call.headers, **told}, call.body)
        last: _Got | None = None
        sent: Mapping[str, str] | None = None
        events: list[Event] = []
        for event in door.bridge.events():
            if isinstance(event, Answered):
                return _at_edge(event, door, last, sent, tuple(events))
            if event.pause is not None:
                await self._clock.sleep(event.pause)
                event.reply.put(Reply(204, {}, b"", self._milliseconds))
                continue
            sent = event.headers
            last = await self._ask(inner_call(event.method, event.target, sent, event.body))
            events += last.events
            event.reply.put(Reply(last.status, last.headers, last.body, self._milliseconds, last.broken is not None))
        raise AssertionError("the last event is the answer")

    @property
    def _milliseconds(self) -> int:
        return round(self._clock.now() * 1000)


@dataclass(frozen=True, slots=True)
class _Got:
    """What came back; through an edge, `events` are those of all its calls, and `route` is that of the last one."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    broken: str | None
    route: str | None
    events: tuple[Event, ...]
    edge: AtEdge | None = None


def _at_edge(
    answer: Answered, door: EdgeDoor, last: _Got | None, sent: Mapping[str, str] | None, events: tuple[Event, ...]
) -> _Got:
    """What the client of an edge got. What the edge tells of its rules is taken out again if clients are not told."""
    rules = tuple(filter(None, answer.headers.get(RULES_HEADER, "").split(", ")))
    edge = AtEdge(rules, int(answer.headers.get(WAITED_HEADER, 0)) / 1000, sent)
    hidden = {NOW} if door.explains else {NOW, RULES_HEADER, WAITED_HEADER}
    headers = {name: value for name, value in answer.headers.items() if name not in hidden}
    broken = (last.broken if last is not None else None) or answer.broken
    return _Got(answer.status, headers, answer.body, broken, last.route if last else None, events, edge)


async def _whole(answer: Answer) -> tuple[bytes, str | None]:
    if isinstance(answer.body, bytes):
        return answer.body, None
    pieces: list[bytes] = []
    broken = None
    try:
        async for piece in answer.body:
            pieces.append(piece)  # noqa: PERF401 (what came before it breaks off is kept)
    except UpstreamError as error:
        broken = str(error)
    finally:
        if close := getattr(answer.body, "aclose", None):
            await close()
    return b"".join(pieces), broken
