"""Which module has which commands: only that of the wanted command is loaded, for all of them take 0.1 s to start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from typer.models import CommandInfo

# In the order of `cfaig --help`.
COMMANDS: Final[Mapping[str, tuple[str, ...]]] = {
    "convert": ("convert",),
    "definitions": ("validate", "explain", "schema", "init"),
    "formatting": ("fmt",),
    "test": ("test",),
    "simulate": ("simulate",),
    "connect": ("connect",),
    "diff": ("diff",),
    "drift": ("drift",),
    "environment": ("plan", "apply", "destroy"),
    "importing": ("import",),
    "status": ("status",),
    "logs": ("logs",),
    "analytics": ("analytics",),
    "doctor": ("doctor",),
    "machine": ("engine", "env"),
    "routes": ("routes",),
    "saved": ("show",),
    "shell": ("environments", "completion"),
    "local": ("local",),
}
_WITH_VALUE: Final = frozenset({"--project", "-C"})
_WITHOUT_VALUE: Final = frozenset({"--debug"})


def register(app: typer.Typer, arguments: Sequence[str]) -> None:
    """Put the commands that `arguments` may mean under `app`: one module's, or all where it is not clear."""
    wanted = _command(arguments)
    modules = [module for module, commands in COMMANDS.items() if wanted in commands] or COMMANDS
    for module in modules:
        import_module(f"cfaig.cli.{module}").register(app)
    # Typer reads the options of every command that it has, so also of those that share a module with the wanted one.
    only = [command for command in app.registered_commands if _name(command) == wanted]
    app.registered_commands = only or app.registered_commands


def _name(command: CommandInfo) -> str:
    return str(command.name or getattr(command.callback, "__name__", ""))


def _command(arguments: Sequence[str]) -> str | None:
    """The command among the arguments; None when something else comes first, such as `--help`."""
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        if word in _WITH_VALUE:
            del waiting[:1]
        elif not (word in _WITHOUT_VALUE or word.startswith(("--project=", "-C"))):
            return word
    return None
