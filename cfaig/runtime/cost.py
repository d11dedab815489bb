"""Money: what a client says that its tokens cost (`cf-aig-custom-cost`, facts/ai-gateway.md 4.8)."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from cfaig.json_types import Json
from cfaig.runtime.model import Usage
from cfaig.runtime.providers.prices import Price


@dataclass(frozen=True, slots=True)
class CustomCost:
    """US dollars for the whole request (`total`, which wins), or per token."""

    per_token: Price
    total: float | None = None

    def of(self, usage: Usage) -> float:
        """US dollars."""
        return self.per_token.units(usage) if self.total is None else self.total


def parse_custom_cost(text: str) -> CustomCost:
    """Read the header; the rate of a cached token is that of any other one where it is not told.

    Raises ValueError.
    """
    try:
        told = json.loads(text)
    except RecursionError:
        raise ValueError("not JSON") from None
    if not isinstance(told, dict) or not told.keys() & {"per_token_in", "per_token_out", "total_cost"}:
        raise ValueError("no JSON object with per_token_in, per_token_out or total_cost")
    rates = {name: _dollars(name, value) for name, value in told.items()}
    plain = rates.get("per_token_in", 0.0)
    per_token = Price(
        input=plain,
        output=rates.get("per_token_out", 0.0),
        cache_read=rates.get("per_cache_read_token", plain),
        cache_write=rates.get("per_cache_write_token", plain),
    )
    return CustomCost(per_token, rates.get("total_cost"))


def _dollars(name: str, value: Json) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{name} is no amount of money")
    return float(value)
