"""How long commands take to begin: each one's help, which loads the command and all its options, and no more."""

from __future__ import annotations

import sys
from functools import partial
from typing import Final

from bench.place import PROGRAMS, plain_environ, temporary_folder
from bench.process import run
from bench.report import Report, Table, machine
from bench.timing import Timing, in_turns
from cfaig.cli.commands import COMMANDS

RUNS: Final = 11
QUICK_RUNS: Final = 3
PYTHON: Final = "python -c pass"
COLUMNS: Final = ("command", "median (fastest–slowest)", "CPU", "× python")


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine()
    cfaig = str(PROGRAMS / "cfaig")
    commands = {PYTHON: [sys.executable, "-c", "pass"], "cfaig --version": [cfaig, "--version"]}
    commands |= {f"cfaig {name} --help": [cfaig, name, "--help"] for names in COMMANDS.values() for name in names}
    with temporary_folder() as root:
        cases = {name: partial(run, command, cwd=root, env=plain_environ()) for name, command in commands.items()}
        taken = in_turns(cases, QUICK_RUNS if quick else RUNS)
    rows = [_row(name, timing, taken[PYTHON]) for name, timing in taken.items()]
    return Report(told, [Table("Start of each command", COLUMNS, rows)])


def _row(name: str, taken: Timing, python: Timing) -> tuple[str, ...]:
    return name, taken.told(), taken.cpu, taken.times(python)
