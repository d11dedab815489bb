"""A cold `pulumi preview` of one gateway, beside smaller programs, and what the time goes into."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from bench import programs
from bench.generate import write_definitions
from bench.place import PROGRAMS, Place, cfaig_place, engine, plain_environ, program_place
from bench.process import Done, run, until_it_speaks
from bench.report import Report, Table, machine, megabytes
from bench.timing import Timing, in_turns
from cfaig.deploy.resources import official_plugin_version
from cfaig.local.options import ACCOUNT
from cfaig.project import LOCAL_ENVIRONMENT

RUNS: Final = 11
QUICK_RUNS: Final = 3
# Nobody answers there; a plugin that is not asked anything does not mind.
NO_ENGINE: Final = "127.0.0.1:9"

EMPTY: Final = "empty program (the floor)"
BARE: Final = "python -c pass"


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine(f"{engine().version} ({engine().source})")
    runs = QUICK_RUNS if quick else RUNS
    stand_ins = ", ".join(engine().stand_ins) or "none"
    tables = (_programs(runs), _parts(runs), _imports(), _modules("cfaig.deploy.program"))
    return Report(told, tables, (f"stand-ins in use: {stand_ins}",))


def _programs(runs: int) -> Table:
    with ExitStack() as stack:
        places = {
            name: stack.enter_context(program_place(program))
            for name, program in {
                EMPTY: programs.empty(),
                "one thin CustomResource": programs.thin(ACCOUNT),
                "import pulumi_cloudflare": programs.official_import(),
                "one pulumi_cloudflare.AiGateway": programs.official(ACCOUNT, 1),
            }.items()
        }
        for name, whole in (
            ("cfaig, one gateway: settings", False),
            ("cfaig, the same with two keys and a route", True),
        ):
            places[name] = stack.enter_context(cfaig_place())
            write_definitions(places[name].project.gateways, 1, keys=whole, route=whole)
            (places[name].root / "__main__.py").write_text(programs.own())
        noted: dict[str, list[programs.Steps]] = {name: [] for name in places}
        for place in places.values():
            place.pulumi("stack", "init", LOCAL_ENVIRONMENT)
        taken = in_turns({name: partial(_preview, place, noted[name]) for name, place in places.items()}, runs)
    columns = (
        "program",
        "preview, median",
        "CPU",
        "above the floor",
        "until its first line",
        "imports",
        "declaring",
        "after",
    )
    rows = [_row(name, timing, taken[EMPTY], noted[name][1:]) for name, timing in taken.items()]
    return Table("Cold `pulumi preview`", columns, rows)


def _preview(place: Place, noted: list[programs.Steps]) -> Done:
    done = place.pulumi("preview")
    noted.append(programs.steps(place.root, done))
    return done


def _row(name: str, timing: Timing, floor: Timing, steps: Sequence[programs.Steps]) -> tuple[str, ...]:
    above = "–" if timing is floor else f"{timing.median - floor.median:+.3f} s"
    parts = zip(*((step.before, step.imports, step.body, step.after) for step in steps), strict=True)
    return (name, timing.told(), timing.cpu, above, *(f"{median(part):.3f} s" for part in parts))


def _parts(runs: int) -> Table:
    """Each process that a preview starts, by itself."""
    environ = {**plain_environ(), **engine().env}
    start = partial(until_it_speaks, cwd=Path.cwd(), env=environ)
    cases: dict[str, Callable[[], Done]] = {
        BARE: _python("pass"),
        "CLI: pulumi version": lambda: run([str(engine().pulumi), "version"], cwd=Path.cwd(), env=environ),
    }
    for name, program in _plugins(environ).items():
        cases[f"{name} until it answers"] = partial(start, [str(program), NO_ENGINE])
    taken = in_turns(cases, runs)
    return Table(
        "Its processes, each by itself", ("process", "median", "CPU"), [(n, t.told(), t.cpu) for n, t in taken.items()]
    )


def _plugins(environ: dict[str, str]) -> dict[str, Path]:
    """The plugins that can be started from here: an official engine may keep its own elsewhere."""
    beside = engine().pulumi.resolve().parent / "pulumi-language-python"
    found = shutil.which("pulumi-language-python", path=environ.get("PATH"))
    home = Path(environ.get("PULUMI_HOME", Path.home() / ".pulumi"))
    official = f"resource-cloudflare-v{official_plugin_version()}"
    places = {
        "language host": beside if beside.is_file() else Path(found or beside),
        "cloudflare plugin": home / "plugins" / official / "pulumi-resource-cloudflare",
        "cfaig plugin": PROGRAMS / "pulumi-resource-cfaig",
    }
    return {name: place for name, place in places.items() if place.is_file()}


def _imports() -> Table:
    """Imports in fresh processes: time and memory."""
    statements = ("import pulumi", "import cfaig.deploy.program", "import pulumi_cloudflare")
    taken = in_turns({BARE: _python("pass"), **{text: _python(text) for text in statements}}, QUICK_RUNS)
    sizes = {text: _memory(text) for text in ("pass", *statements)}
    rows = [
        (name, timing.told(), timing.cpu, megabytes(sizes.get(name, sizes["pass"]))) for name, timing in taken.items()
    ]
    return Table("Imports in fresh processes", ("statement", "process, median", "CPU", "largest size"), rows)


def _python(statement: str) -> Callable[[], Done]:
    return lambda: run([sys.executable, "-c", statement], cwd=Path.cwd(), env=plain_environ())


def _memory(statement: str) -> int | None:
    """The largest resident size in bytes of a process that only does this; None where there is no /proc."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    code = f"{statement}\nprint(open({str(status)!r}).read())"
    told = run([sys.executable, "-c", code], cwd=Path.cwd(), env=plain_environ()).output
    return next(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM:"))


def _modules(module: str, count: int = 8) -> Table:
    """The packages on which importing `module` spends most, by `python -X importtime`: their own modules' time."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", f"import {module}"], capture_output=True, text=True, check=True
    )
    spent: dict[str, float] = {}
    for line in done.stderr.splitlines():
        own, _, name = line.removeprefix("import time:").split("|")
        if own.strip().isdigit():
            package = name.strip().partition(".")[0]
            spent[package] = spent.get(package, 0) + int(own) / 1000
    most = sorted(spent.items(), key=lambda item: -item[1])
    rest = sum(milliseconds for _, milliseconds in most[count:])
    rows = [(name, f"{milliseconds:.0f} ms") for name, milliseconds in [*most[:count], ("all others", rest)]]
    return Table(
        f"What `import {module}` loads (`-X importtime`, which itself slows it)", ("package", "its modules"), rows
    )
