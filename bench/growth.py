"""How the first `pulumi up` and `cfaig apply` grow with the number of gateways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from bench import programs
from bench.generate import write_definitions
from bench.place import Place, cfaig_place, engine, program_place
from bench.process import Done, run
from bench.report import Report, Table, machine
from bench.timing import Timing
from bench.up import UP
from cfaig.local.options import ACCOUNT
from cfaig.project import LOCAL_ENVIRONMENT

SIZES: Final = (100, 200, 400)
QUICK_SIZES: Final = (10, 20)
PLAIN: Final = "pulumi up, pulumi_cloudflare.AiGateway"
OWN: Final = "pulumi up, cfaig"
APPLY: Final = "cfaig apply"
ONE_CHECKPOINT: Final = {"PULUMI_EXPERIMENTAL": "true", "PULUMI_SKIP_CHECKPOINTS": "true"}
COLUMNS: Final = ("first run of", "gateways", "seconds", "CPU", "per gateway", "× plain")


def measure(*, quick: bool) -> Report:
    """Run it."""
    told = machine(f"{engine().version} ({engine().source})")
    rows = []
    for size in QUICK_SIZES if quick else SIZES:
        plain = _first_up(program_place(programs.official(ACCOUNT, size)))
        rows.append(_row(PLAIN, size, plain, plain))
        rows.append(_row(OWN, size, _first_up(_own(size)), plain))
        rows.append(_row(f"{OWN}, one checkpoint", size, _first_up(_own(size), **ONE_CHECKPOINT), plain))
        rows.append(_row(APPLY, size, _first_apply(_own(size)), plain))
    return Report(told, [Table("New gateways with their settings", COLUMNS, rows)], ("each row is one run",))


@contextmanager
def _own(size: int) -> Iterator[Place]:
    with cfaig_place() as place:
        write_definitions(place.project.gateways, size, keys=False, route=False)
        yield place


def _first_up(place: AbstractContextManager[Place], **environ: str) -> Timing:
    with place as here:
        here.pulumi("stack", "init", LOCAL_ENVIRONMENT)
        done: Done = run(
            [str(engine().pulumi), "--non-interactive", *UP], cwd=here.root, env={**here.pulumi_environ(), **environ}
        )
    return Timing((done,))


def _first_apply(place: AbstractContextManager[Place]) -> Timing:
    with place as here:
        return Timing((here.cfaig("apply", "--yes"),))


def _row(name: str, size: int, taken: Timing, plain: Timing) -> tuple[str, ...]:
    each = f"{taken.median / size * 1000:.0f} ms"
    return name, f"{size}", f"{taken.median:.1f} s", taken.cpu, each, taken.times(plain)
