"""Offline and read-only commands: `cfaig validate` and `cfaig plan`, beside check-jsonschema and bare Python."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from bench import peer
from bench.generate import definition, write_definitions
from bench.live import make_live
from bench.place import Place, cfaig_place, plain_environ, temporary_folder
from bench.process import run
from bench.report import Report, Table, machine
from bench.timing import Timing, in_turns
from cfaig.errors import EXIT_CHANGES, EXIT_OK

# How many definitions, and how many runs of each case.
SIZES: Final = {1: 9, 100: 5, 1000: 3}
QUICK_SIZES: Final = {1: 5, 20: 3, 100: 3}
# Where the peer takes longer than all the rest together, one run of it has to do.
PEER_RUNS_UP_TO: Final = 100

PYTHON: Final = "python -c pass"
VALIDATE: Final = "cfaig validate -e local"
PLAN_NEW: Final = "cfaig plan, nothing is live"
PLAN_SAME: Final = "cfaig plan, all is live and owned"
PEER_JSON: Final = "check-jsonschema, as JSON"
PEER_YAML: Final = "check-jsonschema, as YAML"


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine()
    with temporary_folder() as folder:
        program = peer.install(folder / "peer")
        tables = [_table(size, runs, program) for size, runs in (QUICK_SIZES if quick else SIZES).items()]
        said = f"peer: {peer.version(program)}" if program else "check-jsonschema could not be installed: left out"
    lines = len(definition(0).splitlines())
    return Report(
        told, tables, (said, f"each definition has {lines} lines: settings, two keys, a route of eight nodes")
    )


def _table(size: int, runs: int, program: Path | None) -> Table:
    with ExitStack() as stack:
        new, same = stack.enter_context(cfaig_place()), stack.enter_context(cfaig_place())
        files = write_definitions(new.project.gateways, size)
        write_definitions(same.project.gateways, size)
        make_live(same)
        calls = {PLAN_NEW: _calls(new, EXIT_CHANGES), PLAN_SAME: _calls(same, EXIT_OK)}
        taken = in_turns(_own_cases(new, same), runs)
        if program is not None:
            documents = peer.as_json(files, stack.enter_context(temporary_folder()) / "json")
            cases = {
                PEER_JSON: partial(peer.check, program, documents),
                PEER_YAML: partial(peer.check, program, files),
            }
            many = size > PEER_RUNS_UP_TO
            taken |= in_turns(cases, 1 if many else runs, warm_up=not many)
    title = f"{size:,} definition{'s' if size > 1 else ''}"
    columns = ("command", "median (fastest–slowest)", "per definition", "× python", "× peer (YAML)", "calls")
    return Table(title, columns, [_row(name, timing, taken, size, calls) for name, timing in taken.items()])


def _own_cases(new: Place, same: Place) -> dict[str, Callable[[], float]]:
    return {
        PYTHON: lambda: run([sys.executable, "-c", "pass"], cwd=new.root, env=plain_environ()).seconds,
        VALIDATE: lambda: new.cfaig("validate", "-e", "local").seconds,
        PLAN_NEW: lambda: new.cfaig("plan", codes=[EXIT_CHANGES]).seconds,
        PLAN_SAME: lambda: same.cfaig("plan", codes=[EXIT_OK]).seconds,
    }


def _calls(place: Place, code: int) -> int:
    """How many calls one plan takes."""
    place.calls()
    place.cfaig("plan", codes=[code])
    return place.calls().total()


def _row(name: str, timing: Timing, taken: dict[str, Timing], size: int, calls: dict[str, int]) -> tuple[str, ...]:
    each = f"{(timing.median - taken[PYTHON].median) / size * 1000:.1f} ms" if name != PYTHON else "–"
    by_peer = timing.times(taken[PEER_YAML]) if PEER_YAML in taken else "–"
    return (
        name,
        timing.told(),
        each,
        timing.times(taken[PYTHON]),
        by_peer,
        f"{calls[name]:,}" if name in calls else "–",
    )
