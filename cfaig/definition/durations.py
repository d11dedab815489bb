"""Durations: `30s`, `500ms`, `1h`, or a plain number of seconds."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_PATTERN: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)", re.ASCII)
_MILLISECONDS: Final = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


def milliseconds(value: str | float) -> Decimal:
    """The length of a duration.

    Raises ValueError when `value` is none.
    """
    if not isinstance(value, str):
        return Decimal(str(value)) * 1000
    match = _PATTERN.fullmatch(value)
    if match is None:
        raise ValueError(value)
    return Decimal(match[1]) * _MILLISECONDS[match[2]]


def whole_milliseconds(value: str | float) -> int:
    """The length of a duration that validation has found to be whole milliseconds."""
    return int(milliseconds(value))


def whole_seconds(value: str | float) -> int:
    """The length of a duration that validation has found to be whole seconds."""
    return int(milliseconds(value) / 1000)


def duration_text(length: int, *, unit: str = "s") -> str | int:
    """The shortest way to write `length` (in `unit`: `s` or `ms`); 0 is the number 0."""
    if length == 0:
        return 0
    total = length * _MILLISECONDS[unit]
    for name in ("d", "h", "m", "s"):
        if total % _MILLISECONDS[name] == 0:
            return f"{total // _MILLISECONDS[name]}{name}"
    return f"{total}ms"
