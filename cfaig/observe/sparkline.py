"""A series of numbers as a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

BARS: Final = "▁▂▃▄▅▆▇█"
NOTHING: Final = "·"


def sparkline(values: Sequence[float], width: int | None = None) -> str:
    """One bar per number, the largest the highest; zero is a dot, so that a little is told apart from nothing.

    With a `width`, neighbours are added up until no more than so many bars are left. Numbers are zero or more.
    """
    shown = values if width is None else added_up(values, width)
    most = max(shown, default=0)
    return "".join(NOTHING if not most or value <= 0 else BARS[_height(value / most)] for value in shown)


def added_up(values: Sequence[float], most: int) -> list[float]:
    """Neighbours added up in equal groups (the last may be smaller), so that at most `most` numbers are left."""
    size = max(-(-len(values) // max(most, 1)), 1)
    return [sum(values[start : start + size]) for start in range(0, len(values), size)]


def _height(part: float) -> int:
    return min(max(round(part * len(BARS)) - 1, 0), len(BARS) - 1)
