"""The matrix in numbers, as it stands in docs/reliability.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.reliability.cell import Outcome
from tests.reliability.cells import Cell, What
from tests.reliability.story import PHASES

BEGIN: Final = "<!-- the fault matrix: written by python -m tests.reliability -->"
END: Final = "<!-- end of the fault matrix -->"


def table(cells: Sequence[Cell], outcomes: Sequence[Outcome], days: str) -> str:
    """Calls that were hit, by what happened and in which phase; and how many runs it took to converge."""
    done = {outcome.cell: outcome for outcome in outcomes}
    heads = (*(phase.name for phase in PHASES), "in the same run", "in the next run", "not at all")
    lines = [
        f"| what happens to a call | {' | '.join(heads)} |",
        f"| --- |{' ---: |' * len(heads)}",
        *(_row(what, cells, done) for what in What),
    ]
    hit = sum(len(cell.calls) for cell in cells if cell.name in done)
    bad = sum(not outcome.ok for outcome in outcomes)
    runs = sum(outcome.runs for outcome in outcomes)
    told = f"{len(done)} cells, {hit} faults, {runs} runs of cfaig, {bad} failures; {days}."
    return "\n".join((*lines, "", told))


def _row(what: What, cells: Sequence[Cell], done: dict[str, Outcome]) -> str:
    mine = [(cell, done[cell.name]) for cell in cells if cell.what is what and cell.name in done]
    phases = [sum(len(cell.calls) for cell, _ in mine if cell.phase == phase.name) for phase in PHASES]
    good = [(len(cell.calls), outcome.runs) for cell, outcome in mine if outcome.ok]
    same, later = sum(n for n, runs in good if runs == 1), sum(n for n, runs in good if runs > 1)
    bad = sum(len(cell.calls) for cell, outcome in mine if not outcome.ok)
    return f"| {what.value} | {' | '.join(str(number) for number in (*phases, same, later, bad))} |"


def write(file: Path, text: str) -> None:
    """Put the table between its marks in the file."""
    document = file.read_text(encoding="utf-8")
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert all((begin, end)), f"{file} has no place for the table"
    file.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def problems(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The cells that did not converge."""
    yield from (f"{outcome.cell}\n    {outcome.problem}" for outcome in outcomes if not outcome.ok)
