from __future__ import annotations

from pathlib import Path

import pytest

from bench.generate import definition, write_definitions
from bench.process import Done
from bench.report import Table
from bench.timing import in_turns
from cfaig.checks import check_gateways
from cfaig.definition.load import load_project
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.state.compile import compile_account

MODEL_NODES = {"conditional", "rate", "percentage", "model"}


@pytest.mark.parametrize("keys", [True, False])
@pytest.mark.parametrize("route", [True, False])
def test_generated_definitions_are_valid_and_as_described(tmp_path: Path, keys: bool, route: bool) -> None:
    files = write_definitions(tmp_path / "gateways", 30, keys=keys, route=route)
    loaded = load_project(Project(tmp_path), LOCAL_ENVIRONMENT)
    assert not loaded.diagnostics
    assert not check_gateways(loaded, environ=None, environment=LOCAL_ENVIRONMENT)
    gateways = compile_account(loaded.gateways).gateways
    assert len(gateways) == len(files) == 30
    assert {len(gateway.provider_keys) for gateway in gateways} == {2 if keys else 0}
    nodes = [[element["type"] for element in r.elements] for gateway in gateways for r in gateway.routes]
    assert [sum(kind in MODEL_NODES for kind in kinds) for kinds in nodes] == ([8] * 30 if route else [])


def test_definitions_are_as_long_as_real_ones() -> None:
    assert 75 <= len(definition(0).splitlines()) <= 95


def test_runs_are_taken_in_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []

    def case(name: str) -> Done:
        order.append(name)
        return Done(seconds=float(len(order)), cpu=0.5, started=0.0)

    taken = in_turns({"a": lambda: case("a"), "b": lambda: case("b")}, 2)
    assert order == ["a", "b"] * 3
    assert [done.seconds for done in taken["a"].runs] == [3.0, 5.0]
    assert taken["b"].told() == "5.00 s (4.00–6.00, n=2)"
    assert taken["b"].cpu == "0.500 s"


def test_table_lines_up() -> None:
    lines = Table("Title", ("name", "n"), [("a", "1"), ("long name", "12")]).markdown().splitlines()
    assert lines[0] == "**Title**"
    assert len({len(line) for line in lines[2:]}) == 1
