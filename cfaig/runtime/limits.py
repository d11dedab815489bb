"""Counting in windows of time: rate limits, rate elements of routes, provider keys and spend limits.

Windows stand on the clock: one of 60 s begins with the minute (facts/ai-gateway.md 4.1, 4.2). A sliding limit weighs
the window before by how much of it the last `window` seconds still cover. Nothing here awaits, so a check and its count
are one step, however many calls are under way.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

TIDY_ABOVE: Final = 10_000


@dataclass(slots=True)
class _Counts:
    """Amounts in the window with the number `number` and in the one before."""

    window: float
    number: int = 0
    now: float = 0.0
    before: float = 0.0

    def turn(self, number: int) -> None:
        """Go on to a later window."""
        if number != self.number:
            self.before = self.now if number == self.number + 1 else 0.0
            self.now, self.number = 0.0, number


class Counters:
    """Amounts by key, each in windows of its own length."""

    def __init__(self) -> None:
        self._counts: dict[Hashable, _Counts] = {}
        self._room = TIDY_ABOVE

    def used(self, key: Hashable, window: float, at: float, *, sliding: bool) -> float:
        """What counts against a limit at Unix time `at`; nothing where `window` (seconds) is 0."""
        counts = self._counts.get((key, window))
        if counts is None or window <= 0:
            return 0.0
        counts.turn(int(at // window))
        if not sliding:
            return counts.now
        left = window - at % window
        return (counts.before * left + counts.now * window) / window

    def add(self, key: Hashable, window: float, at: float, amount: float = 1.0) -> None:
        """Count an amount."""
        if window <= 0:
            return
        if len(self._counts) >= self._room:
            self._forget_idle(at)
            self._room = max(TIDY_ABOVE, 2 * len(self._counts))
        counts = self._counts.setdefault((key, window), _Counts(window, int(at // window)))
        counts.turn(int(at // window))
        counts.now += amount

    def take(self, key: Hashable, window: float, at: float, limit: float, *, sliding: bool) -> tuple[bool, float]:
        """Count one if `limit` has room for it: whether it had, and how much was used before."""
        used = self.used(key, window, at, sliding=sliding)
        allowed = used + 1 <= limit
        if allowed:
            self.add(key, window, at)
        return allowed, used

    def clear(self) -> None:
        """Forget everything."""
        self._counts.clear()

    def _forget_idle(self, at: float) -> None:
        """Drop what no limit can see any more, so that a key per user does not fill the memory."""
        alive = {key: counts for key, counts in self._counts.items() if at // counts.window <= counts.number + 1}
        self._counts = alive
