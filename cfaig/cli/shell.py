"""Commands for shells and scripts: completion, and the list of environments."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from cfaig.cli.console import emit
from cfaig.cli.options import MACHINE, OFFLINE, AsJson


class Shell(StrEnum):
    """The shells that completion is there for."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"
    POWERSHELL = "powershell"


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(environments)
    app.command(rich_help_panel=MACHINE)(completion)


def completion(shell: Annotated[Shell, typer.Argument(help="The shell that the script is for.")]) -> None:
    """Print the script that completes cfaig's commands and options in a shell."""
    from typer._completion_shared import get_completion_script

    emit(get_completion_script(prog_name="cfaig", complete_var="_CFAIG_COMPLETE", shell=shell))


def environments(as_json: AsJson = False) -> None:
    """List the environments that have a stack file, without `local`: those that a pipeline looks after."""
    from cfaig.pipelines import remote_environments
    from cfaig.project import find_project

    names = remote_environments(find_project())
    if as_json:
        emit(json.dumps(names))
    elif names:
        emit("\n".join(names))
