"""Durations, money and numbers as people write them."""

from __future__ import annotations

import json
from decimal import Decimal

from cfaig.definition.durations import duration_text
from cfaig.json_types import Json


def seconds(value: float) -> str:
    """A duration in the largest unit that says it exactly: 5400 is `90m`."""
    return milliseconds(value * 1000)


def milliseconds(value: float) -> str:
    """A duration given in milliseconds: 1500 is `1500ms`, 30000 is `30s`."""
    if value == 0:
        return "0s"
    return str(duration_text(int(value), unit="ms")) if value == int(value) else f"{value:g}ms"


def dollars(value: float | Decimal) -> str:
    """An amount of US dollars: `$5`, `$0.50`, `$0.002`."""
    amount = Decimal(str(value))
    if amount == amount.to_integral_value():
        return f"${amount:,.0f}"
    return f"${amount:,.2f}" if amount == round(amount, 2) else f"${amount.normalize():,f}"


def on_off(value: Json) -> str:
    """A switch."""
    return "on" if value else "off"


def any_value(value: Json) -> str:
    """Any other value: text as it is, `none`, or compact JSON."""
    if value is None:
        return "none"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
