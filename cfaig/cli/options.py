"""Options that several commands share, spelled once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from cfaig.project import LOCAL_ENVIRONMENT

OFFLINE = "Offline: no account, no network, no Pulumi"
ONLINE = "Against an environment"
MACHINE = "This machine"

Environment = Annotated[
    str,
    typer.Option(
        "--environment",
        "-e",
        envvar="CFAIG_ENVIRONMENT",
        help="The environment, which is a Pulumi stack too.",
        show_default=True,
    ),
]
DEFAULT_ENVIRONMENT = LOCAL_ENVIRONMENT
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable output.")]


class PlanFormat(StrEnum):
    """How a plan is written."""

    TEXT = "text"
    JSON = "json"
