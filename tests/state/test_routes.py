"""Flows become graphs with readable, stable ids."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Split
from cfaig.json_types import JsonObject
from cfaig.state.routes import IdAllocator, compile_flow, number, parse_share, share_keys
from tests.strategies import KNOWN, flows, models, shares

GPT = Model("openrouter", "openai/gpt-4o", 30_000, 3)
MINI = Model("openai", "gpt-4o-mini", 30_000)
CLAUDE = Model("anthropic", "claude-sonnet-5")


def elements(flow: Flow) -> dict[str, Any]:
    compiled = compile_flow(flow, lambda name: name)
    return {str(element["id"]): element for element in compiled.elements}


def test_a_chain_tries_each_model_and_then_ends() -> None:
    graph = elements(Chain((GPT, MINI)))
    assert list(graph) == ["start", "openrouter-openai-gpt-4o", "openai-gpt-4o-mini", "end"]
    assert graph["openrouter-openai-gpt-4o"] == {
        "id": "openrouter-openai-gpt-4o",
        "type": "model",
        "properties": {"provider": "openrouter", "model": "openai/gpt-4o", "timeout": 30_000, "retries": 3},
        "outputs": {"success": {"elementId": "end"}, "fallback": {"elementId": "openai-gpt-4o-mini"}},
    }
    assert graph["openai-gpt-4o-mini"]["outputs"]["fallback"] == {"elementId": "end"}
    assert graph["end"] == {"id": "end", "type": "end", "outputs": {}}


def test_a_nested_flow_reads_as_its_branches() -> None:
    budget = Limit("metadata.user_id", Decimal("5.50"), "cost", 3600, Chain((CLAUDE,)), Chain((MINI,)))
    split = Split(((Decimal(90), Chain((MINI,))), (Decimal(10), Chain((GPT, GPT)))))
    graph = elements(If({"metadata.plan": {"$eq": "paid"}}, budget, split))
    assert list(graph) == [
        "start",
        "if",
        "then-limit",
        "then-within-anthropic-claude-sonnet-5",
        "then-over-openai-gpt-4o-mini",
        "else-split",
        "else-share-1-openai-gpt-4o-mini",
        "else-share-2-openrouter-openai-gpt-4o",
        "else-share-2-openrouter-openai-gpt-4o-2",
        "end",
    ]
    assert graph["if"]["properties"] == {"conditions": {"metadata.plan": {"$eq": "paid"}}}
    assert graph["if"]["outputs"] == {"true": {"elementId": "then-limit"}, "false": {"elementId": "else-split"}}
    assert graph["then-limit"]["properties"] == {
        "key": "metadata.user_id",
        "limit": 5.5,
        "limitType": "cost",
        "window": 3600,
    }
    assert list(graph["else-split"]["outputs"]) == ["90%", "10%"]


def test_a_limit_without_else_ends() -> None:
    graph = elements(Limit("metadata.user_id", Decimal(10), "count", 60, Chain((MINI,))))
    assert graph["limit"]["outputs"]["fallback"] == {"elementId": "end"}


def test_a_chain_goes_on_with_then() -> None:
    graph = elements(Chain((GPT,), Split(((Decimal(50), Chain((MINI,))), (Decimal(50), Chain((CLAUDE,)))))))
    assert graph["openrouter-openai-gpt-4o"]["outputs"]["fallback"] == {"elementId": "after-split"}
    assert list(graph["after-split"]["outputs"]) == ["50%", "50.0%"]


def test_an_empty_chain_ends() -> None:
    graph = elements(If({}, Chain((MINI,)), Chain(())))
    assert graph["if"]["outputs"]["false"] == {"elementId": "end"}


def test_raw_elements_are_left_alone() -> None:
    raw: tuple[JsonObject, ...] = ({"id": "x", "type": "start"},)
    assert compile_flow(RawElements(raw), lambda name: name).elements == raw


@given(st.lists(models(), min_size=2, max_size=6, unique_by=lambda m: (m.provider, m.model)), st.data())
def test_adding_a_model_in_the_middle_touches_two_elements(chain: list[Model], data: st.DataObject) -> None:
    new = Model("fal", "quite-new", 1000)
    place = data.draw(st.integers(1, len(chain) - 1))
    before = elements(Chain(tuple(chain)))
    after = elements(Chain((*chain[:place], new, *chain[place:])))
    touched = {id_ for id_ in before | after if before.get(id_) != after.get(id_)}
    assert len(touched) == 2
    assert "fal-quite-new" in touched
    (other,) = touched - {"fal-quite-new"}
    unwired = {"outputs": None}
    assert before[other] | unwired == after[other] | unwired


@given(shares())
def test_moving_shares_touches_only_the_split(drawn: tuple[Decimal, ...]) -> None:
    def split(sizes: tuple[Decimal, ...]) -> dict[str, Any]:
        return elements(Split(tuple((size, Chain((MINI,))) for size in sizes)))

    moved = (drawn[0] / 2, drawn[1] + drawn[0] / 2, *drawn[2:])
    before, after = split(drawn), split(moved)
    assert {id_ for id_ in before if before[id_] != after[id_]} == {"split"}
    assert sum(parse_share(key) or 0 for key in after["split"]["outputs"]) == 100


@given(flows())
def test_ids_are_unique_short_and_plain(flow: Flow) -> None:
    compiled = compile_flow(flow, lambda name: name)
    ids = [str(element["id"]) for element in compiled.elements]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id_) and len(id_) <= 64 for id_ in ids)
    assert set(compiled.origins) == set(ids) - {"start", "end"}


def test_origins_lead_to_the_parts_of_the_flow() -> None:
    flow = If({}, Chain((GPT, MINI)), Split(((Decimal(60), Chain((CLAUDE,))), (Decimal(40), Chain((MINI,))))))
    origins = compile_flow(flow, lambda name: name).origins
    assert origins["then-openai-gpt-4o-mini"] == ("then", "chain", 1)
    assert origins["else-split"] == ("else",)
    assert origins["else-share-2-openai-gpt-4o-mini"] == ("else", "split", "40%", "chain", 0)


def test_long_and_strange_names_make_good_ids() -> None:
    ids = IdAllocator()
    long = ids.take("openai", "x" * 100)
    assert len(long) <= 64
    assert ids.take("openai", "x" * 100) == f"{long}-2"
    assert ids.take("openai", "x" * 99) not in {long, f"{long}-2"}
    assert ids.take("ÄÖ", "//") == "element"
    assert ids.take("@cf/meta/Llama 3.1") == "cf-meta-llama-3-1"


def test_numbers_are_whole_where_they_can_be() -> None:
    assert repr(number(Decimal("5.00"))) == "5"
    assert repr(number(Decimal("0.10"))) == "0.1"
    assert share_keys((Decimal("90.0"), Decimal(10))) == ("90%", "10%")
    assert share_keys((Decimal("33.4"), Decimal("33.3"), Decimal("33.3"))) == ("33.4%", "33.3%", "33.30%")
    assert parse_share("else") is None


def test_every_provider_is_sent_by_its_wire_slug() -> None:
    chain = Chain(tuple(replace(GPT, provider=name) for name in KNOWN))
    compiled = compile_flow(chain, str.upper)
    sent: list[Any] = [element["properties"] for element in compiled.elements[1:-1]]
    assert [properties["provider"] for properties in sent] == [name.upper() for name in KNOWN]
