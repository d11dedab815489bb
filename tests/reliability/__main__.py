"""Run the whole matrix: `python -m tests.reliability`; what was run already is not run again.

Results are kept in `build/reliability`; `--fresh` begins anew, `--failed` runs the cells once more that failed. When
all cells are done, the table goes into docs/reliability.md.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import shutil
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.progress import told_on
from tests.reliability import table
from tests.reliability.baseline import CALLS, Baseline, record
from tests.reliability.cell import Outcome, try_cell
from tests.reliability.cells import Cell, matrix
from tests.reliability.place import ROOT

WORK: Final = ROOT / "build" / "reliability"
DOCUMENT: Final = ROOT / "docs" / "reliability.md"


def main() -> int:
    """The command line; exit code 1 when a cell failed."""
    options = _options()
    if options.fresh:
        shutil.rmtree(options.work, ignore_errors=True)
    ensure_engine(told_on(sys.stderr))
    base = _baseline(options.work / "base")
    cells = [cell for cell in matrix(base.calls) if re.search(options.only, cell.name)]
    results = options.work / "results.jsonl"
    done = _done(results, again=options.failed)
    _run([cell for cell in cells if cell.name not in done], base, results, options.jobs, len(cells))
    outcomes = [outcome for name, outcome in _done(results, again=False).items() if name in {c.name for c in cells}]
    text = table.table(cells, outcomes, f"{datetime.now(UTC):%Y-%m-%d}")
    print(text, *table.problems(outcomes), sep="\n")
    if not options.only and len(outcomes) == len(cells):
        table.write(DOCUMENT, text)
    return 1 if any(not outcome.ok for outcome in outcomes) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="cells at once")
    parser.add_argument("--only", default="", metavar="REGEX", help="only cells whose names match")
    parser.add_argument("--fresh", action="store_true", help="forget earlier results")
    parser.add_argument("--failed", action="store_true", help="run failed cells again")
    parser.add_argument("--work", type=Path, default=WORK, help="where results are kept")
    return parser.parse_args()


def _baseline(folder: Path) -> Baseline:
    if not (folder / CALLS).is_file():
        shutil.rmtree(folder, ignore_errors=True)
        record(folder)
    return Baseline(folder)


def _done(results: Path, *, again: bool) -> dict[str, Outcome]:
    """The last outcome of each cell; without those that failed where these are to be run `again`."""
    lines = results.read_text().splitlines() if results.is_file() else []
    outcomes = {outcome.cell: outcome for outcome in (Outcome(**json.loads(line)) for line in lines)}
    return {name: outcome for name, outcome in outcomes.items() if outcome.ok or not again}


def _run(cells: Sequence[Cell], base: Baseline, results: Path, jobs: int, of: int) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn) as pool, results.open("a") as file:
        for number, future in enumerate(as_completed(pool.submit(try_cell, cell, base) for cell in cells), 1):
            outcome = future.result()
            file.write(json.dumps(asdict(outcome)) + "\n")
            file.flush()
            mark = "ok" if outcome.ok else "FAILED"
            done = of - len(cells) + number
            print(f"{done:3} of {of}  {outcome.seconds:5.1f} s  run {outcome.runs}  {mark}  {outcome.cell}", flush=True)
            if not outcome.ok:
                print(f"    {outcome.problem}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
