"""Playing requests on a runtime in virtual time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cfaig.json_types import JsonObject
from cfaig.runtime.clock import Clock
from cfaig.runtime.model import Answer, UpstreamError
from cfaig.runtime.providers.prices import Prices
from cfaig.runtime.runtime import Runtime
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream
from cfaig.scenarios.calls import call_of
from cfaig.scenarios.configuration import CollectedLogs
from cfaig.scenarios.model import Request
from cfaig.scenarios.outcome import Outcome
from cfaig.scenarios.stage import Stage

# The clock of every scenario begins here: 2026-01-01 00:00 UTC, at the beginning of every window there is.
BEGINNING: Final = 1_767_225_600.0


class Player:
    """One gateway with everything about it new; to be used within one virtual event loop."""

    def __init__(
        self, stage: Stage, gateway: str, upstreams: Iterable[JsonObject], seed: int, prices: Prices | None = None
    ) -> None:
        self._stage = stage
        self._gateway = gateway
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
        answer = await self._runtime.answer(call_of(request, self._gateway, number))
        body, broken = await _whole(answer)
        ways = self._stage.ways.get(self._gateway, {}).get(answer.trace.route or "")
        return Outcome(
            number,
            answer.status,
            {name.lower(): value for name, value in answer.headers.items()},
            body,
            answer.trace.route,
            tuple(answer.trace.events),
            self._logs.take(),
            began,
            began - BEGINNING,
            self._clock.now() - began,
            broken,
            ways.outputs if ways else {},
        )


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
