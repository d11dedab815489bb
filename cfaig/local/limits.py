"""The call limit of Cloudflare's API (facts/ai-gateway.md 1.8): so many calls in a window, then nothing for another."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from cfaig.local.options import RateLimit


@dataclass(slots=True)
class _Window:
    opened: float
    calls: int = 0
    blocked_until: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one call meets: the headers of its answer, and the seconds to wait when it is refused."""

    headers: tuple[tuple[str, str], ...]
    retry_after: int | None = None


class Limiter:
    """Counts the calls of each token."""

    def __init__(self, limit: RateLimit, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._windows: dict[str, _Window] = {}

    def call(self, token: str) -> Verdict:
        """Count one call of this token."""
        moment, limit = self._clock(), self._limit
        window = self._windows.setdefault(token, _Window(moment))
        if moment >= max(window.opened + limit.window, window.blocked_until):
            window = self._windows[token] = _Window(moment)
        window.calls += 1
        if window.calls > limit.calls and not window.blocked_until:
            window.blocked_until = moment + limit.window
        if window.blocked_until:
            wait = math.ceil(window.blocked_until - moment)
            return Verdict((*self._headers(0, wait), ("retry-after", str(wait))), wait)
        return Verdict(self._headers(limit.calls - window.calls, math.ceil(window.opened + limit.window - moment)))

    def _headers(self, remaining: int, seconds: int) -> tuple[tuple[str, str], ...]:
        return (
            ("Ratelimit", f'"default";r={remaining};t={seconds}'),
            ("Ratelimit-Policy", f'"default";q={self._limit.calls};w={self._limit.window:g}'),
        )
