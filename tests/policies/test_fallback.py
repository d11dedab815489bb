from __future__ import annotations

from typing import Any

import pytest

from policies.graph import Entry, entries
from tests.policies.samples import element, messages, model, route

START = element("start", "start", next="a")
END = element("end", "end")
CHAIN = [START, model("a", "openai/gpt-4o", "b"), model("b", "anthropic/claude"), END]
SPLIT = {
    "id": "a",
    "type": "percentage",
    "outputs": {"90%": {"elementId": "b"}, "10%": {"elementId": "c"}},
}


def test_a_chain_of_two_models_passes() -> None:
    assert entries(CHAIN) == (Entry("openai/gpt-4o", has_fallback=True),)
    assert messages("fallback", route(CHAIN)) == []


def test_a_chain_of_one_model_fails() -> None:
    [message] = messages("fallback", route([START, model("a", "openai/gpt-4o"), END]))
    assert "when openai/gpt-4o fails" in message
    assert "in routes.chat of gateways/support.yaml" in message


def test_the_message_suggests_another_provider() -> None:
    [message] = messages("fallback", route([START, model("a", "anthropic/claude"), END]))
    assert "`- {provider: openai, model: gpt-4o-mini}`" in message


def test_the_same_model_again_is_no_fallback() -> None:
    again = [START, model("a", "openai/gpt-4o", "b"), model("b", "openai/gpt-4o", "a"), END]
    assert messages("fallback", route(again))


def test_the_same_model_again_and_then_another_one_is_a_fallback() -> None:
    chain = [START, model("a", "openai/gpt-4o", "b"), model("b", "openai/gpt-4o", "c"), model("c", "p/m"), END]
    assert messages("fallback", route(chain)) == []


def test_a_fallback_may_lead_through_other_elements() -> None:
    limit = element("b", "rate", success="c", fallback="end")
    assert messages("fallback", route([START, model("a", "openai/gpt-4o", "b"), limit, model("c", "p/m"), END])) == []


def test_going_on_after_success_is_no_fallback() -> None:
    assert messages("fallback", route([START, model("a", "openai/gpt-4o", success="b"), model("b", "p/m"), END]))


@pytest.mark.parametrize(("paths", "count"), [("every", 1), ("any", 0)])
def test_every_way_or_one_at_least(paths: str, count: int) -> None:
    graph = [START, SPLIT, model("b", "openai/gpt-4o", "c"), model("c", "google/gemini"), END]
    assert len(messages("fallback", route(graph), paths=paths)) == count


def test_each_model_that_stands_alone_is_told() -> None:
    graph = [START, SPLIT, model("b", "openai/gpt-4o"), model("c", "google/gemini"), END]
    told = messages("fallback", route(graph), paths="any")
    assert len(told) == 2
    assert "openai/gpt-4o" in told[0]
    assert "google/gemini" in told[1]


@pytest.mark.parametrize(
    "graph",
    [
        [],
        [END],
        [START],
        [START, END],
        [element("start", "start", next="gone")],
        [element("start", "start", next="start")],
        [{"type": "start"}],
        [START, {"id": "a", "type": "conditional", "outputs": None}],
    ],
)
def test_a_broken_graph_or_one_without_models_is_left_alone(graph: list[dict[str, Any]]) -> None:
    assert messages("fallback", route(graph)) == []
