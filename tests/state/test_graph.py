"""Two graphs are the same when they treat every request alike."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.model import Chain, Flow, Model
from cfaig.json_types import JsonObject
from cfaig.state.graph import canonical_graph, same_graph
from cfaig.state.routes import compile_flow
from tests.strategies import flows, graphs


def plain(flow: Flow) -> tuple[JsonObject, ...]:
    return compile_flow(flow, lambda name: name).elements


def renamed(elements: tuple[JsonObject, ...], seed: int) -> tuple[Any, ...]:
    """The same graph with random ids, in random order, with an end of its own for every output that ends."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    ids = {element["id"]: f"{chance.getrandbits(64):x}" for element in elements}
    kinds = {element["id"]: element["type"] for element in elements}
    copies: list[Any] = []
    for element in elements:
        outputs: dict[str, Any] = {}
        written: Any = element["outputs"]
        for name, target in sorted(written.items(), key=lambda _: chance.random()):
            id_ = ids[target["elementId"]]
            if kinds[target["elementId"]] == "end":
                id_ = f"end-{chance.getrandbits(64):x}"
                copies.append({"id": id_, "type": "end", "outputs": {}})
            outputs[name] = {"elementId": id_}
        copies.append({**element, "id": ids[element["id"]], "outputs": outputs})
    chance.shuffle(copies)
    return tuple(copies)


@given(flows().map(plain) | graphs(), st.integers())
def test_ids_order_and_copies_of_the_end_do_not_matter(elements: tuple[JsonObject, ...], seed: int) -> None:
    assert same_graph(elements, renamed(elements, seed))


@given(flows().map(plain) | graphs())
def test_the_canonical_form_is_canonical(elements: tuple[JsonObject, ...]) -> None:
    canonical = canonical_graph(elements)
    assert canonical_graph(canonical) == canonical
    assert canonical[0]["type"] == "start"
    ids = [element["id"] for element in canonical]
    assert len(set(ids)) == len(ids)


@given(flows().map(plain) | graphs(), st.data())
def test_every_change_of_an_element_is_seen(elements: tuple[JsonObject, ...], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(elements) - 1))
    changed = {**elements[place], "properties": {"provider": "other", "model": "other"}}
    assert not same_graph(elements, (*elements[:place], changed, *elements[place + 1 :]))


def test_adding_a_model_changes_two_elements_of_a_graph_with_foreign_ids() -> None:
    first, second, new = Model("openai", "a"), Model("openai", "b"), Model("groq", "c")
    before = canonical_graph(renamed(plain(Chain((first, second))), 1))
    after = canonical_graph(renamed(plain(Chain((first, new, second))), 2))
    assert [element["id"] for element in after] == ["start", "openai-a", "end", "groq-c", "openai-b"]
    assert {element["id"] for element in after if element not in before} == {"openai-a", "groq-c"}


def test_what_no_request_reaches_does_not_count() -> None:
    elements = plain(Chain((Model("openai", "a"),)))
    lost: JsonObject = {"id": "lost", "type": "end", "outputs": {}}
    assert same_graph(elements, (*elements, lost))


def test_a_dangling_output_is_no_end() -> None:
    elements: Any = plain(Chain((Model("openai", "a"),)))
    assert not same_graph(elements, elements[:-1])
    assert canonical_graph(elements[:-1])[1]["outputs"] == {
        "success": {"elementId": "?end"},
        "fallback": {"elementId": "?end"},
    }


def test_the_spelling_of_a_share_does_not_matter() -> None:
    def split(*names: str) -> tuple[Any, ...]:
        outputs = {name: {"elementId": "e"} for name in names}
        start = {"id": "s", "type": "start", "outputs": {"next": {"elementId": "p"}}}
        end = {"id": "e", "type": "end", "outputs": {}}
        return (start, {"id": "p", "type": "percentage", "outputs": outputs}, end)

    assert same_graph(split("90.0%", "10%"), split("10%", "90%"))
    assert same_graph(split("50%", "50.0%"), split("50%", "50.00%"))
    assert not same_graph(split("90%", "10%"), split("80%", "20%"))


def conditional(conditions: Any) -> tuple[Any, ...]:
    start = {"id": "s", "type": "start", "outputs": {"next": {"elementId": "c"}}}
    outputs = {name: {"elementId": "e"} for name in ("true", "false")}
    question = {"id": "c", "type": "conditional", "properties": {"conditions": conditions}, "outputs": outputs}
    return (start, question, {"id": "e", "type": "end", "outputs": {}})


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ({"metadata.plan": "paid"}, {"metadata.plan": {"$eq": "paid"}}),
        ({"metadata.plan": ["paid", "trial"]}, {"metadata.plan": {"$in": ["paid", "trial"]}}),
        ({"a": {"$not": "b"}}, {"a": {"$not": {"$eq": "b"}}}),
        ({"$or": [{"a": 1}, {"$and": [{"b": 2}]}]}, {"$or": [{"a": {"$eq": 1}}, {"$and": [{"b": {"$eq": 2}}]}]}),
    ],
)
def test_the_spelling_of_a_condition_does_not_matter(short: Any, long: Any) -> None:
    assert same_graph(conditional(short), conditional(long))
    assert canonical_graph(conditional(short))[1]["properties"] == {"conditions": long}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"metadata.plan": "paid"}, {"metadata.plan": {"$ne": "paid"}}),
        ({"metadata.plan": "paid"}, {"metadata.plan": ["paid"]}),
        ({"$where": "a"}, {"$where": "b"}),
        ({"$not": {"a": 1}}, {"$not": {"a": 2}}),
        ("odd", {}),
    ],
)
def test_other_conditions_are_other_conditions(one: Any, other: Any) -> None:
    assert not same_graph(conditional(one), conditional(other))


def test_a_list_without_a_start_is_put_in_order() -> None:
    two: list[JsonObject] = [{"id": "b", "type": "end"}, {"id": "a", "type": "end"}]
    assert canonical_graph(two) == (two[1], two[0])
