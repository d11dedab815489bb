"""Many gateways through `pulumi up` and `cfaig apply`, beside a plain program on the official package."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

from bench import programs
from bench.generate import write_definitions
from bench.place import Place, cfaig_place, engine, program_place
from bench.process import Done
from bench.report import Report, Table, machine, megabytes
from bench.timing import Timing
from cfaig.local.engine.environment import LOCAL_STATE
from cfaig.local.options import ACCOUNT
from cfaig.local.process import reset
from cfaig.project import LOCAL_ENVIRONMENT

GATEWAYS: Final = 200
QUICK_GATEWAYS: Final = 20
RUNS: Final = 1
UNCHANGED_RUNS: Final = 3
UP: Final = ("up", "--yes", "--skip-preview")

# Words in the command lines of the processes whose memory is told.
ENGINE: Final = "--non-interactive"
PROGRAM: Final = "language"
OWN_PLUGIN: Final = "pulumi-resource-cfaig"


@dataclass(frozen=True, slots=True)
class Measured:
    """The runs of one command, and the calls of the last one by method."""

    timing: Timing
    calls: Counter[str]


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine(f"{engine().version} ({engine().source})")
    count = QUICK_GATEWAYS if quick else GATEWAYS
    with program_place(programs.official(ACCOUNT, count)) as place:
        baseline = _by_pulumi(place)
    with _own(count, route=False) as place:
        settings = _by_pulumi(place)
    with _own(count, route=True) as place:
        routes = _by_pulumi(place)
        applied = _by_apply(place)
    tables = [
        _table(f"pulumi_cloudflare.AiGateway: {count} gateways", baseline, baseline, count),
        _table(f"cfaig: {count} gateways", settings, baseline, count),
        _table(f"cfaig: {count} gateways, each with a route of eight nodes", routes | applied, baseline, count),
    ]
    return Report(told, tables)


@contextmanager
def _own(count: int, *, route: bool) -> Iterator[Place]:
    with cfaig_place() as place:
        write_definitions(place.project.gateways, count, keys=False, route=route)
        yield place


def _by_pulumi(place: Place) -> dict[str, Measured]:
    up = partial(place.pulumi, *UP, memory=True)
    place.pulumi("stack", "init", LOCAL_ENVIRONMENT)
    return {
        "pulumi up": _measured(place, up, RUNS),
        "pulumi up, unchanged": _measured(place, up, UNCHANGED_RUNS),
        "pulumi up --refresh, unchanged": _measured(place, partial(up, "--refresh"), UNCHANGED_RUNS),
    }


def _by_apply(place: Place) -> dict[str, Measured]:
    """From an empty account again."""
    reset(place.project)
    shutil.rmtree(place.project.work / LOCAL_STATE)
    apply = partial(place.cfaig, "apply", "--yes", memory=True)
    return {
        "cfaig apply": _measured(place, apply, RUNS),
        "cfaig apply, unchanged": _measured(place, apply, UNCHANGED_RUNS),
    }


def _measured(place: Place, command: Callable[[], Done], runs: int) -> Measured:
    done = []
    for _ in range(runs):
        place.calls()
        done.append(command())
    return Measured(Timing(tuple(done)), place.calls())


def _table(title: str, rows: dict[str, Measured], baseline: dict[str, Measured], count: int) -> Table:
    columns = ("command", "median", "CPU", "per gateway", "× baseline", "calls", "program", "cfaig plugin", "engine")
    return Table(title, columns, [_row(name, row, baseline.get(name), count) for name, row in rows.items()])


def _row(name: str, measured: Measured, baseline: Measured | None, count: int) -> tuple[str, ...]:
    by_method = ", ".join(f"{number} {method}" for method, number in sorted(measured.calls.items())) or "0"
    sizes = (
        max(done.peak(word) or 0 for done in measured.timing.runs) or None for word in (PROGRAM, OWN_PLUGIN, ENGINE)
    )
    return (
        name,
        measured.timing.told(),
        measured.timing.cpu,
        f"{measured.timing.median / count * 1000:.0f} ms",
        measured.timing.times(baseline.timing) if baseline else "–",
        by_method,
        *(megabytes(size) for size in sizes),
    )
