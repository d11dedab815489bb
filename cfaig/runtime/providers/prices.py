"""What tokens cost: a dated table of public list prices.

All of it is an estimate. Prices change, contracts differ, and dearer tiers (long prompts, priority) are not in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.json_types import Json, JsonObject
from cfaig.runtime.model import Usage
from cfaig.runtime.providers.catalog import APIS

_MILLION: Final = 1_000_000
_KINDS: Final = ("input", "output", "cache_read", "cache_write")
# `gpt-4o-2024-08-06`, `claude-sonnet-4-5-20250929`, `…@20250929`, `mistral-large-latest`: the model without its date.
_SNAPSHOT: Final = re.compile(r"(?:[-@](?:\d{4}-\d{2}-\d{2}|\d{8}|latest))$")
# Who sells other makers' models under `maker/model`, at the makers' prices; and the makers' names there.
_RESELLERS: Final = frozenset({"openrouter", "google-vertex-ai"})
_MAKERS: Final[Mapping[str, str]] = {
    "anthropic": "anthropic",
    "cohere": "cohere",
    "deepseek": "deepseek",
    "google": "google-ai-studio",
    "mistralai": "mistral",
    "openai": "openai",
    "perplexity": "perplexity-ai",
    "x-ai": "grok",
}


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens. Cached tokens cost as other input does where the provider has no rate for them."""

    input: float
    output: float
    cache_read: float | None = None
    cache_write: float | None = None

    def cost(self, usage: Usage) -> float:
        """US dollars."""
        return self.units(usage) / _MILLION

    def units(self, usage: Usage) -> float:
        """Each token times its price."""
        fresh = max(0, usage.tokens_in - usage.cache_read - usage.cache_write)
        return (
            fresh * self.input
            + usage.tokens_out * self.output
            + usage.cache_read * (self.input if self.cache_read is None else self.cache_read)
            + usage.cache_write * (self.input if self.cache_write is None else self.cache_write)
        )


_FREE: Final = Price(0.0, 0.0)


@cache
def _packaged() -> Mapping[str, Price]:
    text = resources.files(__package__).joinpath("prices.json").read_text(encoding="utf-8")
    models = json.loads(text)["models"]
    return {f"{slug}/{model}": Price(**price) for slug, of_slug in models.items() for model, price in of_slug.items()}


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices by `provider/model`; without a table the packaged one (prices.json, which tells its date and sources)."""

    table: Mapping[str, Price] = field(default_factory=_packaged)

    def with_overrides(self, overrides: JsonObject) -> Prices:
        """These prices with others added or put in their place.

        `overrides` is `{"openai/gpt-4o": {"input": 2.5, "output": 10, "cache_read": 1.25}}`, per million tokens; output
        and the cache rates may be left out. Raises CfaigError that names what is wrong.
        """
        return Prices({**self.table, **{name: _price(name, value) for name, value in overrides.items()}})

    def cost(self, slug: str, model: str, usage: Usage) -> float | None:
        """What a call is estimated to cost in US dollars; None for a model without a known price."""
        price = self._find(f"{slug}/{model}")
        if price is None and slug in _RESELLERS:
            price = self._resold(model)
        return None if price is None else price.cost(usage)

    def _find(self, name: str) -> Price | None:
        return self.table.get(name) or self.table.get(_SNAPSHOT.sub("", name))

    def _resold(self, model: str) -> Price | None:
        model, _, variant = model.partition(":")
        if variant == "free":
            return _FREE
        maker, _, own = model.partition("/")
        name = f"{_MAKERS.get(maker, maker)}/{own}"
        # OpenRouter writes claude-sonnet-4.5 where Anthropic writes claude-sonnet-4-5.
        return self._find(name) or self._find(name.replace(".", "-"))


def _is_amount(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _price(name: str, value: Any) -> Price:
    slug, _, model = name.partition("/")
    if not model or (slug not in APIS and not slug.startswith("custom-")):
        raise CfaigError(f"{name} names no model", "write <provider>/<model>, such as openai/gpt-4o")
    if not isinstance(value, Mapping):
        raise CfaigError(f"the price of {name} is no object", 'write {"input": 2.5, "output": 10}, per million tokens')
    for kind, rate in value.items():
        if kind not in _KINDS:
            raise CfaigError(f"the price of {name} has no {kind}", f"it may have {', '.join(_KINDS)}")
        if not _is_amount(rate):
            raise CfaigError(f"{name}: {kind} must be a number, not below 0", "US dollars per million tokens")
    if "input" not in value:
        raise CfaigError(f"the price of {name} lacks input", "US dollars per million tokens")
    return Price(**{"output": 0.0, **value})
