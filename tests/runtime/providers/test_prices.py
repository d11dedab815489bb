"""Costs: the packaged table, its overrides, and rates for cached tokens."""

from __future__ import annotations

import json
import re
from importlib import resources
from typing import Any

import pytest

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.errors import CfaigError
from cfaig.runtime.model import Usage
from cfaig.runtime.providers.prices import Price, Prices

MILLION = 1_000_000


def test_the_table_tells_its_date_and_its_sources() -> None:
    table = json.loads(resources.files("cfaig.runtime.providers").joinpath("prices.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", table["date"])
    assert set(table["models"]) == set(table["pages"]) <= PROVIDER_SLUGS
    assert all(page.startswith("https://") for page in table["pages"].values())
    assert sum(len(models) for models in table["models"].values()) > 40


def test_no_price_is_absurd() -> None:
    """A slip of the decimal point would be out of these bounds; caches are never dearer to read than fresh input."""
    for name, price in Prices().table.items():
        assert 0 < price.input <= 200, name
        assert 0 <= price.output <= 1000, name
        assert (price.cache_read or 0) <= price.input, name
        assert price.cache_write is None or price.input <= price.cache_write <= 2 * price.input, name


@pytest.mark.parametrize(
    ("slug", "model", "usage", "dollars"),
    [
        ("openai", "gpt-4o", Usage(MILLION, MILLION), 12.5),
        ("openai", "gpt-4o-2024-08-06", Usage(MILLION, MILLION), 12.5),
        ("openai", "gpt-4o", Usage(MILLION, 0, cache_read=MILLION), 1.25),
        ("openai", "text-embedding-3-small", Usage(MILLION), 0.02),
        ("anthropic", "claude-sonnet-4-5-20250929", Usage(3 * MILLION, MILLION, MILLION, MILLION), 22.05),
        ("openrouter", "openai/gpt-4o-mini", Usage(MILLION, MILLION), 0.75),
        ("openrouter", "anthropic/claude-sonnet-4.5", Usage(MILLION), 3.0),
        ("openrouter", "meta-llama/llama-3.3-8b-instruct:free", Usage(MILLION, MILLION), 0.0),
        ("google-vertex-ai", "google/gemini-2.5-flash", Usage(MILLION), 0.3),
        ("workers-ai", "@cf/meta/llama-3.1-8b-instruct", Usage(MILLION), 0.282),
        ("mistral", "mistral-embed", Usage(MILLION, 0, cache_read=MILLION), 0.1),
        ("openai", "gpt-99", Usage(MILLION), None),
        ("groq", "gpt-4o", Usage(MILLION), None),
        ("custom-lab", "gpt-4o", Usage(MILLION), None),
    ],
)
def test_cost(slug: str, model: str, usage: Usage, dollars: float | None) -> None:
    assert Prices().cost(slug, model, usage) == (None if dollars is None else pytest.approx(dollars))


def test_more_cached_than_read_costs_no_less_than_nothing() -> None:
    assert Price(1, 1, 0, 0).cost(Usage(5, 0, 9, 9)) == 0


def test_overrides() -> None:
    prices = Prices().with_overrides({"custom-lab/qwen": {"input": 1}, "openai/gpt-4o": {"input": 4, "output": 8}})
    assert prices.cost("custom-lab", "qwen", Usage(MILLION, MILLION)) == 1
    assert prices.cost("openai", "gpt-4o-2024-11-20", Usage(MILLION, MILLION)) == 12
    assert prices.cost("openai", "gpt-4o-mini", Usage(MILLION)) == Prices().cost(
        "openai", "gpt-4o-mini", Usage(MILLION)
    )
    assert Prices().cost("custom-lab", "qwen", Usage(1)) is None


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"gpt-4o": {"input": 1}}, "gpt-4o names no model"),
        ({"nobody/gpt-4o": {"input": 1}}, "nobody/gpt-4o names no model"),
        ({"openai/gpt-4o": 3}, "the price of openai/gpt-4o is no object"),
        ({"openai/gpt-4o": {"inputs": 3}}, "the price of openai/gpt-4o has no inputs"),
        ({"openai/gpt-4o": {"input": -1}}, "openai/gpt-4o: input must be a number, not below 0"),
        ({"openai/gpt-4o": {"input": True}}, "openai/gpt-4o: input must be a number"),
        ({"openai/gpt-4o": {"output": 1}}, "the price of openai/gpt-4o lacks input"),
    ],
)
def test_wrong_overrides(overrides: Any, message: str) -> None:
    with pytest.raises(CfaigError, match=re.escape(message)):
        Prices().with_overrides(overrides)
