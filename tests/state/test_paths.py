"""Worst cases, and ways past all models."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given

from cfaig.definition.model import Chain, Flow, If, Limit, Model
from cfaig.json_types import JsonObject
from cfaig.state.paths import busiest_path, longest_path, paths_without_model, same_provider_fallbacks
from cfaig.state.routes import compile_flow
from tests.state.walker import walks
from tests.strategies import flows, graphs

SLOW = Model("openai", "gpt-4o", 30_000, 3)
QUICK = Model("groq", "llama", 5_000)
ENDLESS = Model("anthropic", "claude", 0, 1)


def plain(flow: Flow) -> tuple[JsonObject, ...]:
    return compile_flow(flow, lambda name: name).elements


def test_a_chain_can_take_all_its_timeouts() -> None:
    worst = longest_path(plain(Chain((SLOW, QUICK))))
    assert worst is not None
    assert (worst.attempts, worst.latency_ms) == (5, 125_000)
    assert worst.elements == ("start", "openai-gpt-4o", "groq-llama", "end")


def test_a_model_without_a_timeout_can_take_for_ever() -> None:
    worst = longest_path(plain(If({}, Chain((SLOW, SLOW)), Chain((ENDLESS,)))))
    assert worst is not None
    assert (worst.latency_ms, worst.attempts) == (None, 2)
    assert "else-anthropic-claude" in worst.elements


def test_a_limit_without_else_ends_without_a_model() -> None:
    assert paths_without_model(plain(Limit("k", Decimal(1), "count", 60, Chain((SLOW,))))) == [("limit", "fallback")]
    assert paths_without_model(plain(Chain((SLOW,)))) == []


def test_a_fallback_on_the_same_provider_is_found_behind_a_fork() -> None:
    flow = Chain((SLOW, QUICK), If({}, Chain((Model("groq", "other"),)), Chain((SLOW,))))
    assert same_provider_fallbacks(plain(flow)) == [("groq-llama", "after-then-groq-other")]


def test_very_long_chains_are_no_problem() -> None:
    worst = longest_path(plain(Chain((QUICK,) * 3000)))
    assert worst is not None
    assert worst.attempts == 3000


@given(flows().map(plain) | graphs())
def test_worst_cases_agree_with_the_walker(elements: tuple[JsonObject, ...]) -> None:
    by_id: dict[str, Any] = {str(element["id"]): element for element in elements}

    def fails(path: list[str]) -> bool:
        return all(
            by_id[here]["type"] != "model" or by_id[here]["outputs"]["fallback"]["elementId"] == there
            for here, there in pairwise(path)
        )

    def weight(path: list[str] | tuple[str, ...]) -> tuple[int, int, int]:
        models = [by_id[id_]["properties"] for id_ in path if by_id[id_]["type"] == "model"]
        timed = sum(model["timeout"] * (model["retries"] + 1) for model in models)
        return sum(not model["timeout"] for model in models), timed, sum(model["retries"] + 1 for model in models)

    paths = [path for path, _ in walks(elements) if fails(path)]
    worst, busiest = longest_path(elements), busiest_path(elements)
    assert worst is not None
    assert busiest is not None
    assert busiest.attempts == max(weight(path)[2] for path in paths) == weight(busiest.elements)[2]
    assert worst.weight == max(weight(path) for path in paths) == weight(worst.elements)
    bare = {(path[-2]) for path in paths if not any(by_id[id_]["type"] == "model" for id_ in path)}
    assert {id_ for id_, _ in paths_without_model(elements)} == bare
