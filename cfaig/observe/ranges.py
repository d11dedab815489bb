"""Conditions on numbers as people write them: `>0.01`, `<=5s`, `0.01..0.05`, `5xx`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cfaig.definition.durations import milliseconds
from cfaig.errors import CfaigError

_COMPARED: Final = re.compile(r"(<=|>=|<|>|=)?\s*(.+)", re.DOTALL)
_STATUS_CLASS: Final = re.compile(r"([1-5])xx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from `low` to `high`; an open end leaves its own number out."""

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def contains(self, number: float) -> bool:
        """Whether the number lies in it."""
        above = number > self.low if self.low_open else number >= self.low
        below = number < self.high if self.high_open else number <= self.high
        return above and below

    def strict(self) -> Iterator[tuple[str, float]]:
        """The same as comparisons `gt` and `lt`, all that the API has: a closed end becomes its neighbour."""
        if self.low > -math.inf:
            yield "gt", self.low if self.low_open else math.nextafter(self.low, -math.inf)
        if self.high < math.inf:
            yield "lt", self.high if self.high_open else math.nextafter(self.high, math.inf)


def read_range(text: str, read: Callable[[str], float], option: str, example: str) -> Range:
    """A condition on numbers that `read` understands; it raises ValueError for what it does not.

    Raises CfaigError, which names the option, for what is none.
    """
    try:
        return _range(text.strip(), read)
    except (ValueError, OverflowError):
        raise CfaigError(
            f"{option}: “{text}” is no condition", f"write {example}; quotes keep > and < from the shell"
        ) from None


def read_status(text: str) -> Range:
    """A condition on status codes: also `5xx`; raises CfaigError for what is none."""
    if found := _STATUS_CLASS.fullmatch(text.strip()):
        return Range(int(found[1]) * 100, int(found[1]) * 100 + 99)
    return read_range(text, lambda number: float(int(number)), "--status", "429, 5xx, '>=400' or 400..499")


def read_amount(text: str) -> float:
    """A number, of US dollars perhaps; raises ValueError."""
    number = float(text.strip().removeprefix("$").replace("_", ""))
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def read_milliseconds(text: str) -> float:
    """A duration (`5s`, `200ms`, plain seconds) in milliseconds; raises ValueError."""
    told = text.strip()
    return float(milliseconds(told if told[-1:].isalpha() else f"{told}s"))


def _range(text: str, read: Callable[[str], float]) -> Range:
    first, dots, last = text.partition("..")
    if dots:
        return _ordered(read(first) if first else -math.inf, read(last) if last else math.inf)
    found = _COMPARED.fullmatch(text)
    if found is None:
        raise ValueError(text)
    number = read(found[2])
    match found[1]:
        case ">":
            return Range(low=number, low_open=True)
        case ">=":
            return Range(low=number)
        case "<":
            return Range(high=number, high_open=True)
        case "<=":
            return Range(high=number)
        case _:
            return Range(number, number)


def _ordered(low: float, high: float) -> Range:
    if low > high:
        raise ValueError("the first is the larger")
    return Range(low, high)
