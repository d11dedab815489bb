"""Timings: many runs of several cases, taken in turns so that a busy moment of the machine hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from bench.process import Done


@dataclass(frozen=True, slots=True)
class Timing:
    """The runs of one case."""

    runs: tuple[Done, ...]

    @property
    def median(self) -> float:
        """The middle one, in seconds by the clock."""
        return median(done.seconds for done in self.runs)

    @property
    def cpu(self) -> str:
        """The median of the seconds of CPU."""
        return f"{_short(median(done.cpu for done in self.runs))} s"

    def told(self) -> str:
        """Median, and the quickest and slowest run."""
        seconds = [done.seconds for done in self.runs]
        spread = f"{_short(min(seconds))}–{_short(max(seconds))}, " if len(seconds) > 1 else ""
        return f"{_short(self.median)} s ({spread}n={len(seconds)})"

    def times(self, baseline: Timing) -> str:
        """How many times the baseline this is."""
        return (
            f"{self.median / baseline.median:.2g}×"
            if self.median < baseline.median
            else f"{self.median / baseline.median:.1f}×"
        )


def _short(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}" if seconds < 10 else f"{seconds:.1f}"


def in_turns(cases: Mapping[str, Callable[[], Done]], runs: int, *, warm_up: bool = True) -> dict[str, Timing]:
    """Run every case `runs` times. A first round that warms caches up does not count."""
    taken: dict[str, list[Done]] = {name: [] for name in cases}
    for number in range(-1 if warm_up else 0, runs):
        for name, case in cases.items():
            done = case()
            if number >= 0:
                taken[name].append(done)
    return {name: Timing(tuple(done)) for name, done in taken.items()}
