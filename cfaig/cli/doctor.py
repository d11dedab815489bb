"""`cfaig doctor`: what is wrong with an environment, and how to fix it."""

from __future__ import annotations

import shutil
import sys
from typing import Annotated, Final

import typer

from cfaig.cli.console import emit, stdout_styled, talk
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment

SECONDS: Final = 10.0
WIDEST: Final = 120


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=ONLINE)(doctor)


def doctor(
    gateway: Annotated[
        str | None, typer.Argument(metavar="[GATEWAY]", help="Look at the traffic of this one in any case.")
    ] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    as_json: AsJson = False,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", help="How long everything together may take.", min=1, max=600)
    ] = SECONDS,
) -> int:
    """Tell what is wrong with an environment, and how to fix it: project, credentials, permissions, network, traffic.

    Changes nothing. Exit code 1 when something does not work, 2 when something should be looked at.
    """
    from cfaig.health.doctor import examine
    from cfaig.health.finding import exit_code
    from cfaig.health.render_doctor import ANSI, PLAIN, render_json, render_text
    from cfaig.project import find_project

    with talk().status("looking"):
        findings = examine(find_project(), environment, gateway=gateway, seconds=timeout)
    if as_json:
        emit(render_json(findings, environment))
    else:
        emit(render_text(findings, paint=ANSI if stdout_styled() else PLAIN, width=_width()))
    return exit_code(findings)


def _width() -> int:
    """Lines of this length are still easy to read; where nobody looks, they are not broken."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else 1000
