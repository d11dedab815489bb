"""`cfaig plan` and `cfaig apply`, beside OpenTofu with the same gateways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Final

import yaml

from bench import opentofu, programs
from bench.generate import write_definitions
from bench.live import make_live
from bench.opentofu import OpenTofu
from bench.place import GATEWAY_LIMIT, Place, cfaig_place, engine, program_place
from bench.process import Done
from bench.report import Report, Table, machine
from bench.timing import Timing, in_turns
from bench.up import UP
from cfaig.errors import EXIT_CHANGES, EXIT_OK
from cfaig.local.options import ACCOUNT
from cfaig.local.process import start, stop
from cfaig.project import LOCAL_ENVIRONMENT

SLOW: Final = 0.05
# The settings with the most attributes: OpenTofu's time for a gateway depends on them.
LARGE: Final = ("guardrails", "spend_limits")
TOFU: Final = "tofu"
PLAN: Final = (f"{TOFU} plan", "cfaig plan")
APPLY: Final = (f"{TOFU} apply", "cfaig apply", "pulumi up of pulumi_cloudflare.AiGateway")
COLUMNS: Final = ("command", "gateways", "median (fastest–slowest)", "CPU", f"× {TOFU}", "calls")


@dataclass(frozen=True, slots=True)
class Case:
    """So many gateways, all new or all made and unchanged, and so many runs.

    `latency` are the seconds that each call of the API takes longer; `few` leaves guardrails and spend limits out.
    """

    count: int
    runs: int
    live: bool = True
    latency: float = 0.0
    few: bool = False

    def told(self) -> str:
        """In words."""
        few = ", few settings" if self.few else ""
        slow = f", {self.latency * 1000:.0f} ms a call" if self.latency else ""
        return f"{self.count} {'unchanged' if self.live else 'new'}{few}{slow}"


CASES: Final = (
    Case(1, runs=9, live=False),
    Case(1, runs=9),
    Case(100, runs=5, live=False),
    Case(100, runs=5),
    Case(100, runs=5, latency=SLOW),
    Case(100, runs=5, few=True),
    Case(100, runs=5, few=True, latency=SLOW),
    Case(400, runs=3),
)
QUICK_CASES: Final = (Case(1, runs=3), Case(20, runs=3), Case(20, runs=3, few=True, latency=SLOW))
APPLIED: Final = 300
QUICK_APPLIED: Final = 10


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine(f"{engine().version} ({engine().source})")
    with ExitStack() as stack:
        peer, notes = None, ["a project of OpenTofu is initialised first, which is not in the times"]
        try:
            peer = stack.enter_context(opentofu.found())
            notes.append(_about(peer))
        except opentofu.MissingError as missing:
            notes.append(f"OpenTofu is left out: {missing}")
        planned = [row for case in (QUICK_CASES if quick else CASES) for row in _planned(case, peer)]
        applied = _applied(QUICK_APPLIED if quick else APPLIED, peer)
    tables = (Table("Plans", COLUMNS, planned), Table("The first apply; each row is one run", COLUMNS, applied))
    return Report(told, tables, notes)


def _about(peer: OpenTofu) -> str:
    with _own(1) as own, peer.place(own.project) as place:
        return peer.told(place)


@contextmanager
def _own(count: int, *, few: bool = False) -> Iterator[Place]:
    with cfaig_place() as place:
        for file in write_definitions(place.project.gateways, count, keys=False, route=False):
            if few:
                kept = {name: value for name, value in yaml.safe_load(file.read_text()).items() if name not in LARGE}
                file.write_text(yaml.safe_dump(kept, sort_keys=False))
        yield place


def _planned(case: Case, peer: OpenTofu | None) -> list[tuple[str, ...]]:
    """Both plans in turns. Their exit codes tell that both see the same: changes, or none."""
    codes = [EXIT_OK if case.live else EXIT_CHANGES]
    with ExitStack() as stack:
        own = stack.enter_context(_own(case.count, few=case.few))
        theirs = stack.enter_context(peer.place(own.project)) if peer else None
        places: dict[str, Place] = {}
        commands: dict[str, Callable[[], Done]] = {}
        if peer and theirs:
            if case.live:
                peer.run(theirs, "apply", "-auto-approve", "-input=false")
            places[PLAN[0]] = theirs
            commands[PLAN[0]] = partial(peer.run, theirs, "plan", "-detailed-exitcode", "-input=false", codes=codes)
        if case.live:
            make_live(own)
        places[PLAN[1]] = own
        commands[PLAN[1]] = partial(own.cfaig, "plan", codes=codes)
        if case.latency:
            for place in places.values():
                _slow_down(place, case.latency)
        calls = {name: _calls(places[name], command) for name, command in commands.items()}
        taken = in_turns(commands, case.runs, warm_up=False)
    return _rows(case.told(), taken, calls)


def _slow_down(place: Place, latency: float) -> None:
    """Start the place's local Cloudflare again, with all that it has."""
    stop(place.project)
    arguments = ["--gateway-limit", str(GATEWAY_LIMIT), "--latency", str(latency)]
    start(place.project, port=place.server.port, arguments=arguments)


def _calls(place: Place, command: Callable[[], Done]) -> int:
    """How many calls it takes; this run warms caches up as well."""
    place.calls()
    command()
    return place.calls().total()


def _applied(count: int, peer: OpenTofu | None) -> list[tuple[str, ...]]:
    """One after the other, since each can be done only once."""
    taken: dict[str, Timing] = {}
    calls: dict[str, int] = {}

    def once(name: str, place: Place, command: Callable[[], Done]) -> None:
        place.calls()
        taken[name] = Timing((command(),))
        calls[name] = place.calls().total()

    with _own(count) as own:
        if peer:
            with peer.place(own.project) as theirs:
                once(APPLY[0], theirs, partial(peer.run, theirs, "apply", "-auto-approve", "-input=false"))
        once(APPLY[1], own, partial(own.cfaig, "apply", "--yes"))
    with program_place(programs.official(ACCOUNT, count)) as plain:
        plain.pulumi("stack", "init", LOCAL_ENVIRONMENT)
        once(APPLY[2], plain, partial(plain.pulumi, *UP))
    return _rows(f"{count} new", taken, calls)


def _rows(gateways: str, taken: dict[str, Timing], calls: dict[str, int]) -> list[tuple[str, ...]]:
    peer = next((timing for name, timing in taken.items() if name.startswith(TOFU)), None)
    return [
        (name, gateways, timing.told(), timing.cpu, timing.times(peer) if peer else "–", f"{calls[name]:,}")
        for name, timing in taken.items()
    ]
