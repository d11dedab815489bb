"""JSON as its standard has it: Python's reader also takes NaN and Infinity, and makes an infinity of 1e999."""

from __future__ import annotations

import json
import math
from typing import Any


def strict_json(text: str | bytes) -> Any:
    """The value of a JSON text.

    Raises ValueError for what is no JSON, is nested too deeply for Python, or has a number that no other program could
    read again.
    """
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number of JSON")
    return number
