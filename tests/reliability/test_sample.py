"""A few cells of the fault matrix, other ones each day; `python -m tests.reliability` runs all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from tests.reliability.baseline import Baseline, record
from tests.reliability.cell import run_cell
from tests.reliability.cells import FAULTS, Call, Cell, What, calls_in, matrix
from tests.reliability.story import PHASES

DAY: Final = datetime.now(UTC).toordinal()
SAMPLED: Final = PHASES[:2]  # to destroy means to have created and changed, which takes long
TODAY: Final = SAMPLED[DAY % len(SAMPLED)]
CREATE: Final = Call("POST", "^/client/v4/accounts/[^/]+/ai-gateway/gateways$", 1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory, engine: object) -> Baseline:  # noqa: ARG001 (it has to be there)
    return record(tmp_path_factory.mktemp("matrix") / "base", until=TODAY)


def todays(base: Baseline, wanted: Callable[[Cell], bool]) -> Cell:
    cells = [cell for cell in matrix({TODAY.name: base.calls[TODAY.name]}) if len(cell.calls) == 1 and wanted(cell)]
    return cells[DAY * 7 % len(cells)]


@pytest.mark.engine
def test_a_run_gets_over_what_happens_to_a_call(base: Baseline, tmp_path: Path) -> None:
    outcome = run_cell(todays(base, lambda cell: cell.what.passes), base, tmp_path / "cell")
    assert outcome.ok, f"{outcome.cell}: {outcome.problem}"


@pytest.mark.engine
def test_the_next_run_gets_over_a_kill(base: Baseline, tmp_path: Path) -> None:
    outcome = run_cell(todays(base, lambda cell: cell.what.kills), base, tmp_path / "cell")
    assert outcome.ok, f"{outcome.cell}: {outcome.problem}"


def test_calls_are_told_apart_by_what_another_run_would_call_them_too() -> None:
    place = "/ai-gateway/gateways/support/routes"
    one, other = f"{place}/{'c40c341b-4798-4a70-80e4-4a21bd725995'}", f"{place}/{'0' * 32}"
    requests = [("POST", "/ai-gateway/gateways", 200), ("GET", f"{one}?page=1", 200), ("GET", other, 200)]
    first, second, third = calls_in(requests)
    assert first == CREATE
    assert (second.path, second.nth, third.nth) == (third.path, 1, 2)
    assert third.told() == "GET /ai-gateway/gateways/support/routes/* #2"


def test_the_matrix_has_every_call_with_every_fault() -> None:
    calls = (CREATE, Call("GET", CREATE.path, 1), Call("GET", CREATE.path, 2))
    cells = matrix({"create": calls})
    for what in What:
        hit = [call for cell in cells if cell.what is what for call in cell.calls]
        lost_only = what in {What.BROKEN_FOR_GOOD, What.KILLED_AFTER}
        assert sorted(hit) == sorted(call for call in calls if call.writes or not lost_only)
    assert len({cell.name for cell in cells}) == len(cells)


def test_calls_that_are_hit_together_are_hit_once_each() -> None:
    call = Call("GET", CREATE.path, 1)
    both = Cell("create", What.BROKEN, (call, Call("GET", CREATE.path, 2)))
    assert [fault["nth"] for fault in both.faults()] == [1, 3]
    second = Cell("create", What.BROKEN, (Call("GET", CREATE.path, 2),))
    assert list(second.faults()) == [{"method": "GET", "path": CREATE.path, "nth": 2, **FAULTS[What.BROKEN]}]
