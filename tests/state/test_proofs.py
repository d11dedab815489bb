"""The offline proofs, each by itself and all against a brute-force walker."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.definition.model import Flow
from cfaig.json_types import JsonObject
from cfaig.state.graph import GraphProblemKind as Kind
from cfaig.state.graph import graph_problems
from cfaig.state.routes import compile_flow
from tests.state.walker import walks
from tests.strategies import flows, graphs

TO_END = {"elementId": "end"}


def start(to: str = "m") -> dict[str, Any]:
    return {"id": "start", "type": "start", "outputs": {"next": {"elementId": to}}}


def model(id_: str = "m", fallback: str = "end") -> dict[str, Any]:
    return {
        "id": id_,
        "type": "model",
        "properties": {"provider": "openai", "model": "gpt", "timeout": 1000, "retries": 1},
        "outputs": {"success": TO_END, "fallback": {"elementId": fallback}},
    }


def split(*shares: str) -> dict[str, Any]:
    return {"id": "p", "type": "percentage", "outputs": dict.fromkeys(shares, TO_END)}


END: dict[str, Any] = {"id": "end", "type": "end", "outputs": {}}


def without(element: dict[str, Any], *path: str) -> dict[str, Any]:
    changed = copy.deepcopy(element)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    del inner[path[-1]]
    return changed


CASES: dict[str, tuple[list[Any], list[Kind]]] = {
    "sound": ([start(), model(), END], []),
    "no start": ([model(), END], [Kind.NO_START]),
    "start second": ([model(), start(), END], [Kind.START_NOT_FIRST]),
    "two starts": ([start(), start() | {"id": "b"}, model(), END], [Kind.SEVERAL_STARTS, Kind.UNREACHABLE]),
    "id twice": ([start(), model(), model(), END], [Kind.DUPLICATE_ID]),
    "old type": ([start(), model() | {"type": "rate_limit"}, END], [Kind.UNKNOWN_TYPE]),
    "no outputs": ([start(), without(model(), "outputs"), END], [Kind.MISSING_OUTPUT, Kind.UNREACHABLE, Kind.NO_END]),
    "no fallback": ([start(), without(model(), "outputs", "fallback"), END], [Kind.MISSING_FALLBACK]),
    "end without outputs": ([start(), model(), without(END, "outputs")], [Kind.MISSING_OUTPUT]),
    "extra output": ([start(), model(), END | {"outputs": {"next": TO_END}}], [Kind.UNKNOWN_OUTPUT, Kind.CYCLE]),
    "no model name": ([start(), without(model(), "properties", "model"), END], [Kind.MISSING_PROPERTY]),
    "dangling": ([start(), model(fallback="nowhere"), END], [Kind.DANGLING]),
    "unreachable": ([start(), model(), model("lost"), END], [Kind.UNREACHABLE]),
    "cycle": ([start(), model(fallback="n"), model("n", "m"), END], [Kind.CYCLE]),
    "self": ([start(), model(fallback="m"), END], [Kind.CYCLE]),
    "shares 90": ([start("p"), split("50%", "40%"), END], [Kind.SHARES]),
    "shares exact": ([start("p"), split("33.4%", "33.3%", "33.30%"), END], []),
    "else share": ([start("p"), split("90%", "else"), END], [Kind.UNKNOWN_OUTPUT, Kind.SHARES]),
    "six shares": ([start("p"), split("10%", "11%", "12%", "13%", "14%", "40%"), END], [Kind.TOO_MANY_SHARES]),
    "no end": (
        [start("m"), model(fallback="m") | {"outputs": {}}],
        [Kind.MISSING_OUTPUT, Kind.MISSING_FALLBACK, Kind.NO_END],
    ),
    "empty": ([], [Kind.NO_START]),
}


@pytest.mark.parametrize(("elements", "kinds"), CASES.values(), ids=CASES.keys())
def test_each_problem_is_found(elements: list[Any], kinds: list[Kind]) -> None:
    assert [problem.kind for problem in graph_problems(elements)] == kinds


def test_old_spellings_are_named_with_the_right_one() -> None:
    old: dict[str, Any] = {
        "id": "m",
        "type": "rate",
        "properties": {"key": "k", "limit": 1, "limitType": "count", "interval": 60},
    }
    old_rate = {**old, "outputs": {"success": TO_END, "fallback": TO_END}}
    hints = [problem.hint for problem in graph_problems([start(), old_rate, END])]
    assert hints == ["interval is an old spelling; write window"]
    hints = [problem.hint for problem in graph_problems([start(), model() | {"type": "rate_limit"}, END])]
    assert hints == ["write type: rate"]


def test_a_problem_names_the_element_and_its_place() -> None:
    (problem,) = graph_problems([start(), model(fallback="nowhere"), END])
    assert (problem.element, problem.index) == ("m", 1)
    assert "nowhere" in problem.message


@given(flows())
def test_compiled_flows_have_no_problem(flow: Flow) -> None:
    assert graph_problems(compile_flow(flow, lambda name: name).elements) == []


@given(graphs())
def test_generated_graphs_have_no_problem(elements: tuple[JsonObject, ...]) -> None:
    assert graph_problems(elements) == []


@given(graphs(), st.data())
def test_problems_of_paths_agree_with_the_walker(sound: tuple[JsonObject, ...], data: st.DataObject) -> None:
    elements: list[Any] = [dict(element) for element in copy.deepcopy(sound)]
    ids = [element["id"] for element in elements] + ["nowhere"]
    for _ in range(data.draw(st.integers(0, 3))):
        outputs = data.draw(st.sampled_from([element["outputs"] for element in elements if element["outputs"]]))
        outputs[data.draw(st.sampled_from(sorted(outputs)))] = {"elementId": data.draw(st.sampled_from(ids))}
    kinds = {problem.kind for problem in graph_problems(elements)}
    paths = list(walks(elements))
    outcomes = {outcome for _, outcome in paths}
    reached = {id_ for path, _ in paths for id_ in path}
    targets = {target["elementId"] for element in elements for target in element["outputs"].values()}
    assert (Kind.CYCLE in kinds) == ("loop" in outcomes)
    assert (Kind.DANGLING in kinds) == ("nowhere" in targets)
    assert ("dangling" in outcomes) <= (Kind.DANGLING in kinds)
    assert (Kind.UNREACHABLE in kinds) == bool(set(ids) - {"nowhere"} - reached)
    assert (Kind.NO_END in kinds) == ("end" not in outcomes)
