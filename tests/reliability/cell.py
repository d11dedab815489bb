"""Running one cell, and judging it: the run gets over the fault, or the next one does; nothing is lost or doubled."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.reliability.baseline import Baseline
from tests.reliability.cells import Cell
from tests.reliability.place import SECONDS, Content, Place, Ran, kill_all, place
from tests.reliability.story import PHASES, Phase

HOLD_SECONDS: Final = 1.0
MOST_RUNS: Final = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a cell went: in which run it converged (1: the one with the fault), or why it did not."""

    cell: str
    hit: int
    runs: int
    problem: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether everything was as it has to be."""
        return not self.problem


def run_cell(cell: Cell, base: Baseline, folder: Path) -> Outcome:
    """Run a cell in an empty folder."""
    started = time.monotonic()
    phase = next(phase for phase in PHASES if phase.name == cell.phase)
    with place(folder, base.before(phase)) as here:
        here.enter(phase)
        hit, first = _with_faults(here, phase, cell)
        here.cloudflare.clear_faults()
        runs, problem = _converge(here, phase, cell, first)
        problem = problem or _misfit(here.content(), base.after(phase)) or _not_hit(cell, hit)
    return Outcome(cell.name, hit, runs, problem, round(time.monotonic() - started, 1))


def try_cell(cell: Cell, base: Baseline) -> Outcome:
    """Run a cell in a folder of its own that is gone afterwards; whatever goes wrong is an outcome."""
    with tempfile.TemporaryDirectory(prefix="cfaig-cell-", ignore_cleanup_errors=True) as folder:
        try:
            return run_cell(cell, base, Path(folder))
        except Exception as error:  # noqa: BLE001 (one broken cell must not end the others)
            return Outcome(cell.name, 0, 0, f"{type(error).__name__}: {error}", 0.0)


def _with_faults(here: Place, phase: Phase, cell: Cell) -> tuple[int, Ran | None]:
    for fault in cell.faults():
        here.cloudflare.fault(**fault, delay=HOLD_SECONDS if cell.what.kills else 0)
    if not cell.what.kills:
        done = here.run(phase, *phase.command)
        return sum(fault["struck"] > 0 for fault in here.cloudflare.faults()), done
    return _killed(here, phase), None


def _killed(here: Place, phase: Phase) -> int:
    """Kill the tree while the answer to the call is held back; come back when the server is through with it."""
    here.cloudflare.clear_requests()
    with here.running(phase, *phase.command) as process:
        deadline = time.monotonic() + SECONDS
        while not here.cloudflare.faults()[0]["struck"] and process.poll() is None:
            assert time.monotonic() < deadline, "the call never came"
            time.sleep(0.005)
        if process.poll() is not None:
            return 0
        kill_all(process.pid)
        process.communicate()
    while not any(status == 0 for _, _, status in here.cloudflare.requests()):
        assert time.monotonic() < deadline, "the call never ended"
        time.sleep(0.01)
    return 1


def _converge(here: Place, phase: Phase, cell: Cell, first: Ran | None) -> tuple[int, str]:
    """Run on until a run says that it is done; the number of that run, and what is wrong."""
    done, runs = first, 1
    while done is None or done.code != 0:
        if done is not None and "Traceback" in done.stderr:
            return runs, f"a traceback: {done.stderr[-2000:]}"
        if done is not None and cell.what.passes:
            return runs, f"the run did not get over it: {done.stderr[-1500:]}"
        if runs == MOST_RUNS:
            return runs, f"no run converges: {done.stderr[-1500:] if done else ''}"
        done, runs = here.run(phase, *phase.command), runs + 1
    if phase.command[0] == "apply" and (planned := here.run(phase, "plan")).code != 0:
        return runs, f"the plan is not empty (exit code {planned.code}): {planned.stdout}{planned.stderr[-500:]}"
    return runs, ""


def _misfit(found: Content, wanted: Content) -> str:
    lines = [
        f"{name}: {found.get(name)} instead of {wanted.get(name)}"
        for name in sorted({*found, *wanted})
        if found.get(name) != wanted.get(name)
    ]
    return "; ".join(lines)


def _not_hit(cell: Cell, hit: int) -> str:
    return "" if hit == len(list(cell.faults())) else f"{hit} of {len(list(cell.faults()))} faults struck"
