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
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="WHAT",
        help="Only gateway/ID, route/GATEWAY/NAME or label:NAME=VALUE (* stands for anything) and what it needs; "
        "can be repeated.",
    ),
]
Excludes = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="WHAT", help="Leave out what --target would choose; can be repeated."),
]


class PlanFormat(StrEnum):
    """How a plan is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
