"""Durations as definitions write them: `30s`, `15m`, `1h`, `30d`, or a number of seconds."""

from __future__ import annotations

from typing import Final

_UNITS: Final = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


def seconds(duration: object) -> int:
    """The length in seconds.

    Raises ValueError when it is no duration.
    """
    if isinstance(duration, int | float) and not isinstance(duration, bool):
        return int(duration)
    text = str(duration)
    number, unit = (text[:-1], text[-1]) if text[-1:] in _UNITS else (text, "s")
    if not (number.isascii() and number.isdigit()):
        raise ValueError(f"{text!r} is no duration; write one such as 30s, 15m, 1h, 30d")
    return int(number) * _UNITS[unit]


def written(length: int) -> str:
    """A length in seconds as a definition would say it, in the largest unit that is exact."""
    unit = next((unit for unit, size in _UNITS.items() if length and length % size == 0), "s")
    return f"{length // _UNITS[unit]}{unit}"


def in_words(length: int) -> str:
    """A length in seconds for people: `34d 17h 20m`."""
    parts = []
    for unit, size in _UNITS.items():
        amount, length = divmod(length, size)
        if amount:
            parts.append(f"{amount}{unit}")
    return " ".join(parts) or "0s"
