"""Counts, money, shares and lengths of time as tables show them: short, and the same width everywhere."""

from __future__ import annotations

import math
from typing import Final

UNKNOWN: Final = "–"
_UNITS: Final = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


def count(number: float) -> str:
    """A count: `999`, `12.3k`, `4.6M`."""
    for size, unit in _UNITS:
        if number >= size * 0.99995:
            return f"{number / size:.1f}{unit}"
    return f"{number:.0f}"


def dollars(amount: float | None) -> str:
    """US dollars with two digits that matter below one cent: `$0.0012`, `$12.35`, `$0`."""
    if amount is None:
        return UNKNOWN
    if amount <= 0:
        return "$0"
    digits = max(2, 1 - math.floor(math.log10(amount)))
    return f"${amount:,.{digits}f}"


def share(part: float | None) -> str:
    """A part of 1 in percent; less than a tenth of a percent is not shown as none."""
    if part is None:
        return UNKNOWN
    return "<0.1 %" if 0 < part < 0.001 else f"{part * 100:.1f} %"


def took(milliseconds: float) -> str:
    """How long something took: `850 ms`, `2.4 s`, `3 m 05 s`."""
    if milliseconds < 999.5:
        return f"{milliseconds:.0f} ms"
    if milliseconds < 99_950:
        return f"{milliseconds / 1000:.1f} s"
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    return f"{minutes} m {seconds:02} s"
