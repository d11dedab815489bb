"""Offline and read-only commands: `cfaig validate` and `cfaig plan`, beside check-jsonschema and bare Python."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bench import peer
from bench.generate import definition, write_definitions
from bench.live import make_live
from bench.place import Place, cfaig_place, plain_environ, temporary_folder
from bench.process import Done, run
from bench.report import Report, Table, machine
from bench.timing import Timing, in_turns
from cfaig.errors import EXIT_CHANGES, EXIT_OK

# How many definitions, and how many runs of each case.
SIZES: Final = {1: 9, 100: 5, 1000: 3}
QUICK_SIZES: Final = {1: 5, 20: 3, 100: 3}
# So many definitions take so long that warming up does not matter.
WARM_UP_TO: Final = 100

PYTHON: Final = "python -c pass"
VALIDATE: Final = "cfaig validate -e local"
PLAN_NEW: Final = "cfaig plan, nothing is live"
PLAN_SAME: Final = "cfaig plan, all is live and owned"
PLAN_KEYLESS: Final = "cfaig plan, the same without provider keys"
PEER_JSON: Final = "check-jsonschema, as JSON"
PEER_YAML: Final = "check-jsonschema, as YAML"


@dataclass(frozen=True, slots=True)
class Measured:
    """All cases with one number of definitions; the calls of those that make any."""

    size: int
    taken: dict[str, Timing]
    calls: dict[str, int]


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine()
    with temporary_folder() as folder:
        program = peer.install(folder / "peer")
        said = f"peer: {peer.version(program)}" if program else "check-jsonschema could not be installed: left out"
        measured = [_measure(size, runs, program) for size, runs in (QUICK_SIZES if quick else SIZES).items()]
    lines = len(definition(0).splitlines())
    tables = [_table(each, measured[0]) for each in measured]
    return Report(
        told, tables, (said, f"each definition has {lines} lines: settings, two keys, a route of eight nodes")
    )


def _measure(size: int, runs: int, program: Path | None) -> Measured:
    with ExitStack() as stack:
        new, same, keyless = (stack.enter_context(cfaig_place()) for _ in range(3))
        files = write_definitions(new.project.gateways, size)
        write_definitions(same.project.gateways, size)
        write_definitions(keyless.project.gateways, size, keys=False)
        make_live(same)
        make_live(keyless)
        cases = _own_cases(new, same, keyless)
        calls = {
            name: _calls(place, cases[name])
            for name, place in ((PLAN_NEW, new), (PLAN_SAME, same), (PLAN_KEYLESS, keyless))
        }
        if program is not None:
            documents = peer.as_json(files, stack.enter_context(temporary_folder()) / "json")
            cases[PEER_JSON] = partial(peer.check, program, documents)
            cases[PEER_YAML] = partial(peer.check, program, files)
        taken = in_turns(cases, runs, warm_up=size <= WARM_UP_TO)
    return Measured(size, taken, calls)


def _own_cases(new: Place, same: Place, keyless: Place) -> dict[str, Callable[[], Done]]:
    return {
        PYTHON: lambda: run([sys.executable, "-c", "pass"], cwd=new.root, env=plain_environ()),
        VALIDATE: lambda: new.cfaig("validate", "-e", "local"),
        PLAN_NEW: lambda: new.cfaig("plan", codes=[EXIT_CHANGES]),
        PLAN_SAME: lambda: same.cfaig("plan", codes=[EXIT_OK]),
        PLAN_KEYLESS: lambda: keyless.cfaig("plan", codes=[EXIT_OK]),
    }


def _calls(place: Place, plan: Callable[[], Done]) -> int:
    """How many calls one plan takes."""
    place.calls()
    plan()
    return place.calls().total()


def _table(measured: Measured, fewest: Measured) -> Table:
    size = measured.size
    title = f"{size:,} definition{'s' if size > 1 else ''}"
    columns = ("command", "median (fastest–slowest)", "CPU", "each further one", "× python", "× peer (YAML)", "calls")
    return Table(title, columns, [_row(name, measured, fewest) for name in measured.taken])


def _row(name: str, measured: Measured, fewest: Measured) -> tuple[str, ...]:
    """One case; what each further definition costs is told by the difference to the run with the fewest."""
    taken, calls = measured.taken, measured.calls
    more = measured.size - fewest.size
    added = (taken[name].median - fewest.taken[name].median) * 1000
    return (
        name,
        taken[name].told(),
        taken[name].cpu,
        f"{added / more:.1f} ms" if more and name != PYTHON else "–",
        taken[name].times(taken[PYTHON]),
        taken[name].times(taken[PEER_YAML]) if PEER_YAML in taken else "–",
        f"{calls[name]:,}" if name in calls else "–",
    )
