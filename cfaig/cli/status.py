"""`cfaig status`: an environment on one screen."""

from __future__ import annotations

import json
import shutil
import sys
import time
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from cfaig.cli.console import emit, stdout_styled, talk
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment

if TYPE_CHECKING:
    from cfaig.health.finding import Finding
    from cfaig.health.judge import Thresholds
    from cfaig.health.status import Status
    from cfaig.health.survey import Surveyor

SECONDS: Final = 30.0
INTERVAL: Final = 30.0
NOBODY_LOOKS: Final = 1000


def _percent(what: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(metavar="PERCENT", help=what, min=0, max=100)
    return found


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=ONLINE)(status)


def status(
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
    watch: Annotated[bool, typer.Option("--watch", "-w", help="Look again and again, until Ctrl-C.")] = False,
    interval: Annotated[
        float, typer.Option(metavar="SECONDS", help="With --watch: the time between two looks.", min=1)
    ] = INTERVAL,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", help="How long a look may take.", min=1)] = SECONDS,
    max_error_rate: Annotated[float, _percent("Of the last hour's requests.")] = 5.0,
    max_limited: Annotated[float, _percent("Of the last hour's requests, answered with 429.")] = 1.0,
    min_hit_rate: Annotated[float, _percent("Of the last day's requests, where caching is on.")] = 0.0,
    max_used: Annotated[float, _percent("Of a rate limit or spend limit.")] = 80.0,
    min_requests: Annotated[int, typer.Option(help="Rates of fewer requests say nothing.", min=1)] = 20,
    token_days: Annotated[int, typer.Option(help="How long the token has to be valid.", min=0)] = 14,
) -> int:
    """Show an environment on one screen: gateways, routes, drift, errors, cache, limits, credentials.

    Exit code 0 when all is well, 2 when there is something to look at, 1 when a part cannot be read.
    """
    from cfaig.health.finding import exit_code
    from cfaig.health.judge import Thresholds, judge

    thresholds = Thresholds(
        errors=max_error_rate / 100,
        limited=max_limited / 100,
        hits=min_hit_rate / 100,
        used=max_used / 100,
        requests=min_requests,
        days=token_days,
    )
    surveyor = _surveyor(environment, timeout)
    if watch:
        _watch(surveyor, thresholds, interval, as_json=as_json)
    with talk().status("looking"):
        found = surveyor.look()
    findings = judge(found, thresholds)
    emit(_written(found, findings, as_json=as_json))
    return exit_code(findings)


def _surveyor(environment: str, seconds: float) -> Surveyor:
    from cfaig.health.place import running_place
    from cfaig.health.survey import Surveyor
    from cfaig.project import find_project

    project = find_project()
    return Surveyor(project, running_place(project, environment), seconds)


def _written(found: Status, findings: tuple[Finding, ...], *, as_json: bool) -> str:
    from cfaig.health.render_doctor import ANSI, PLAIN
    from cfaig.health.render_status import render_json, render_text

    if as_json:
        return render_json(found, findings)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else NOBODY_LOOKS
    return render_text(found, findings, paint=ANSI if stdout_styled() else PLAIN, width=width)


def _watch(surveyor: Surveyor, thresholds: Thresholds, interval: float, *, as_json: bool) -> NoReturn:
    """Look again and again: on a terminal in place, else one block (or one line of JSON) after the other."""
    from cfaig.health.judge import judge
    from cfaig.health.watching import Screen, pause_after

    screen = Screen(sys.stdout) if sys.stdout.isatty() and not as_json else None
    while True:
        found = surveyor.look()
        text = _written(found, judge(found, thresholds), as_json=as_json)
        pause = pause_after(found.calls, interval) if found.left else interval
        if screen:
            why = ", which the limit of calls allows" if pause > interval else ""
            screen.draw(f"{text}\nevery {pause:.0f} s{why}; Ctrl-C ends")
        else:
            emit(json.dumps(json.loads(text), ensure_ascii=False) if as_json else text)
        time.sleep(pause)
