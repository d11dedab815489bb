"""Timings: many runs of several cases, taken in turns so that a busy moment of the machine hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """The wall-clock seconds of the runs of one case."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one, in seconds."""
        return median(self.seconds)

    def told(self) -> str:
        """Median, and the quickest and slowest run."""
        low, high = min(self.seconds), max(self.seconds)
        spread = f" ({_short(low)}–{_short(high)}, n={len(self.seconds)})" if len(self.seconds) > 1 else " (n=1)"
        return f"{_short(self.median)} s{spread}"

    def times(self, baseline: Timing) -> str:
        """How many times the baseline this is."""
        return (
            f"{self.median / baseline.median:.2g}×"
            if self.median < baseline.median
            else f"{self.median / baseline.median:.1f}×"
        )


def _short(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def in_turns(cases: Mapping[str, Callable[[], float]], runs: int, *, warm_up: bool = True) -> dict[str, Timing]:
    """Run every case `runs` times; a case gives its seconds. A first round that warms caches up does not count."""
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(-1 if warm_up else 0, runs):
        for name, case in cases.items():
            seconds = case()
            if number >= 0:
                taken[name].append(seconds)
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}
