"""Time for the runtime: the world's, or that of a scenario, where an hour passes at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Clock:
    """The time of one event loop, which can be put forward.

    With `start` (Unix seconds) time begins there and runs as the event loop's does: in virtual time, see
    `cfaig.runtime.virtual_time`. Without, it is the world's. Whoever waits on this clock wakes when it is put forward
    past the moment waited for.
    """

    def __init__(self, start: float | None = None) -> None:
        self._start = start
        self._ahead = 0.0
        self._waiting: dict[asyncio.Future[None], float] = {}
        self._limits: set[asyncio.Timeout] = set()

    def now(self) -> float:
        """Unix seconds."""
        if self._start is None:
            return time.time() + self._ahead
        return self._start + asyncio.get_running_loop().time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        self._waiting[woken] = loop.time() + seconds
        handle = loop.call_later(seconds, _wake, woken)
        try:
            await woken
        finally:
            handle.cancel()
            self._waiting.pop(woken, None)

    @asynccontextmanager
    async def timeout(self, seconds: float | None) -> AsyncIterator[None]:
        """Cancel what is inside after that many seconds and raise TimeoutError; None sets no limit."""
        async with asyncio.timeout(seconds) as limit:
            self._limits.add(limit)
            try:
                yield
            finally:
                self._limits.discard(limit)

    def advance(self, seconds: float) -> None:
        """Put the clock forward, as if that time had passed for all who wait."""
        loop = asyncio.get_running_loop()
        self._ahead += seconds
        for woken, moment in list(self._waiting.items()):
            self._waiting[woken] = moment - seconds
            loop.call_at(moment - seconds, _wake, woken)
        for limit in self._limits:
            if (moment_or_none := limit.when()) is not None:
                limit.reschedule(moment_or_none - seconds)


def _wake(woken: asyncio.Future[None]) -> None:
    if not woken.done():
        woken.set_result(None)
