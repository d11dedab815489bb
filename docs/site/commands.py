"""The page of all commands, from the objects that the command line is made of."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, Final

import typer

from cfaig.cli.main import command_line
from docs.site.markdown import cell, plain, table

_HEAD: Final = """\
# Commands

`cfaig COMMAND --help` tells the same as this page, which is made from it.

| exit code | |
| --- | --- |
| 0 | clean |
| 1 | error, wrong usage too |
| 2 | changes pending (`plan`, `diff`), or drift |
| 3 | refused by a safety limit |
| 4 | refused by a policy |
| 130 | stopped by Ctrl-C |

`NO_COLOR` switches colours off. Results go to standard output, everything else to standard error.
"""


def commands_page() -> str:
    """One section for each command, those of a group below it, in the order of `cfaig --help`."""
    root: Any = typer.main.get_command(command_line())
    context = root.make_context("cfaig", [], resilient_parsing=True)
    options = _parameters(root, context)
    blocks = [_HEAD, "## For every command\n", options]
    panel = None
    for path, command in _in_panels(root):
        if command.rich_help_panel != panel and len(path) == 1:
            panel = command.rich_help_panel
            blocks.append(f"## {panel}\n")
        blocks += _section(path, command)
    return "\n".join(blocks)


def _in_panels(group: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Path and command of each, panel by panel."""
    shown = {name: command for name, command in group.commands.items() if not command.hidden}
    for panel in dict.fromkeys(command.rich_help_panel for command in shown.values()):
        for name, command in shown.items():
            if command.rich_help_panel == panel:
                yield (name,), command
                for inner, below in getattr(command, "commands", {}).items():
                    if not below.hidden:
                        yield (name, inner), below


def _section(path: tuple[str, ...], command: Any) -> list[str]:
    level = "#" * (2 + len(path))
    name = " ".join(("cfaig", *path))
    blocks = [f"{level} {name}\n", plain(inspect.cleandoc(command.help or "").replace("\f", "")) + "\n"]
    if not hasattr(command, "commands"):
        context = command.make_context(name, [], resilient_parsing=True)
        blocks.append(f"```text\n{name} {' '.join(command.collect_usage_pieces(context))}\n```\n")
        blocks.append(_parameters(command, context))
    return blocks


def _parameters(command: Any, context: Any) -> str:
    records = (each.get_help_record(context) for each in command.params if not getattr(each, "hidden", False))
    rows = [[cell(f"`{names}`"), cell(told)] for names, told in filter(None, records)]
    return table("option", "what it does", rows=rows) + "\n"
