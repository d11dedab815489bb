"""How many calls may be made: Cloudflare's limit as arithmetic, without clock, file or network.

Cloudflare allows 1,200 calls in 5 minutes for one token over everything that uses it, and past that refuses all calls
for 5 minutes. Its answers tell what is left. Source: facts/ai-gateway.md 1.8.
"""

from __future__ import annotations

import math
import re
import struct
from dataclasses import dataclass, field
from typing import Final

QUOTA: Final = 1200
WINDOW: Final = 300.0
PARTS: Final = 60
BUCKETS: Final = PARTS + 1  # the calls of the oldest part leave the window one by one: it counts until the last is out
# One call in so many stays unused: for a look at the dashboard, and for calls that the server counts later than we do.
RESERVED: Final = 60
LONGEST_BLOCK: Final = 600.0
SHORTEST_WINDOW: Final = 0.1
LONGEST_WINDOW: Final = 86_400.0
BLOCKED: Final = "Cloudflare refuses calls for now (HTTP 429)"

_MAGIC: Final = b"cfaig 1\n"
_LAYOUT: Final = struct.Struct(f"<8sQdQdQdQ{BUCKETS}I")
_REMAINING: Final = re.compile(r"(?:^|[;,\s])(?P<name>[rtqw])=(?P<value>\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Pause:
    """No call now: how many seconds to wait, and why."""

    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Announced:
    """What an answer says about the limit: the policy (calls in seconds), and what is left until it begins anew."""

    quota: int
    window: float
    remaining: int
    reset: float


def announced(policy: str, state: str) -> Announced | None:
    """Read `Ratelimit-Policy` (`"default";q=1200;w=300`) and `Ratelimit` (`"default";r=50;t=30`).

    None where one of them is missing or cannot be read. Of several policies the first counts.
    """
    told = {found["name"]: float(found["value"]) for found in reversed(list(_REMAINING.finditer(f"{policy};{state}")))}
    if not told.keys() >= {"q", "w", "r", "t"} or told["q"] < 1 or not SHORTEST_WINDOW <= told["w"] <= LONGEST_WINDOW:
        return None
    return Announced(int(told["q"]), told["w"], int(told["r"]), told["t"])


@dataclass(slots=True)
class Budget:
    """The calls of one token as far as we know; moments are seconds since the epoch.

    Every call has a number, `taken` is that of the last one. Calls are counted in buckets, each a part of the window,
    whose numbers go up with time. What the server says is kept as a `ceiling`: until `reset`, calls up to that number
    are within the limit.
    """

    quota: int = QUOTA
    window: float = WINDOW
    taken: int = 0
    blocked_until: float = 0.0
    ceiling: int = 0
    reset: float = 0.0
    newest: int = 0
    counts: list[int] = field(default_factory=lambda: [0] * BUCKETS)

    @property
    def usable(self) -> int:
        """The calls in a window that we take."""
        return max(self.quota - self._reserve, 1)

    @property
    def _reserve(self) -> int:
        return self.quota // RESERVED

    @property
    def _width(self) -> float:
        return self.window / PARTS

    def take(self, now: float) -> int | Pause:
        """The number of a call that may be made now, or a reason to wait."""
        self._advance(now)
        used = sum(self.counts)
        if now < self.blocked_until:
            return Pause(self.blocked_until - now, BLOCKED)
        if now < self.reset and self.taken >= self.ceiling - self._reserve:
            left = max(self.ceiling - self.taken, 0)
            others = "; others use this token, too" if used < (self.quota - left) * 0.9 else ""
            reason = f"Cloudflare says that {left:,} of {self.quota:,} calls in {_length(self.window)} are left"
            return Pause(self.reset - now, reason + others)
        if used >= self.usable:
            reason = f"{used:,} of {self.quota:,} calls in {_length(self.window)} are used"
            return Pause(self._until_one_is_free(now), f"{reason}; past that, Cloudflare refuses all for as long")
        self.taken += 1
        self.counts[self.newest % BUCKETS] += 1
        return self.taken

    def left(self, now: float) -> int:
        """How many calls `take` would allow now."""
        self._advance(now)
        if now < self.blocked_until:
            return 0
        free = self.usable - sum(self.counts)
        if now < self.reset:
            free = min(free, self.ceiling - self._reserve - self.taken)
        return max(free, 0)

    def learn(self, number: int, told: Announced, now: float) -> None:
        """What the answer to the call `number` says. Calls after it may be counted in it or not: they count as not."""
        if (told.quota, told.window) != (self.quota, self.window):
            used = sum(self.counts)
            self.quota, self.window = told.quota, told.window
            self.counts = [0] * BUCKETS
            self.newest = int(now / self._width)
            self.counts[self.newest % BUCKETS] = min(used, self.usable)
        ceiling, reset = number + told.remaining, now + told.reset
        # Answers overtake each other: within one window of the server, the least of what they say holds.
        same_window = now < self.reset and reset < self.reset + max(self._width, 1.0)
        self.ceiling = min(ceiling, self.ceiling) if same_window else ceiling
        self.reset = max(reset, self.reset) if same_window else reset

    def block(self, seconds: float, now: float) -> None:
        """The server refuses all calls for so long."""
        self.blocked_until = max(self.blocked_until, now + min(seconds, LONGEST_BLOCK))

    def _advance(self, now: float) -> None:
        current = int(now / self._width)
        if self.newest > current + BUCKETS:  # the clock was put back, or the file is damaged
            self.counts, self.newest = [0] * BUCKETS, current
        current = max(current, self.newest)  # clocks are set right by small steps: nothing is forgotten for that
        for number in range(max(self.newest + 1, current - BUCKETS + 1), current + 1):
            self.counts[number % BUCKETS] = 0
        self.newest = current
        self.blocked_until = min(self.blocked_until, now + LONGEST_BLOCK)
        self.reset = min(self.reset, now + self.window + 1)

    def _until_one_is_free(self, now: float) -> float:
        oldest = next(
            number for number in range(self.newest - BUCKETS + 1, self.newest + 1) if self.counts[number % BUCKETS]
        )
        return max((oldest + BUCKETS) * self._width - now, 0.001)

    def packed(self) -> bytes:
        """The budget as bytes of a fixed length."""
        return _LAYOUT.pack(
            _MAGIC,
            self.quota,
            self.window,
            self.taken,
            self.blocked_until,
            self.ceiling,
            self.reset,
            self.newest,
            *self.counts,
        )

    @classmethod
    def unpacked(cls, data: bytes) -> Budget:
        """The budget that was packed; a new one where the bytes are of something else."""
        if len(data) != _LAYOUT.size or not data.startswith(_MAGIC):
            return cls()
        _, quota, window, taken, blocked_until, ceiling, reset, newest, *counts = _LAYOUT.unpack(data)
        if (
            quota < 1
            or not SHORTEST_WINDOW <= window <= LONGEST_WINDOW
            or not all(map(math.isfinite, (blocked_until, reset)))
        ):
            return cls()
        return cls(quota, window, taken, blocked_until, ceiling, reset, newest, counts)


PACKED_BYTES: Final = _LAYOUT.size


def _length(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    if rest or not minutes:
        return f"{seconds:g} s"
    return f"{minutes:.0f} minute{'s' if minutes > 1 else ''}"
