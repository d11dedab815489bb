"""The table of commands says what the modules register, and a command loads only its own module."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from cfaig.cli.commands import COMMANDS
from cfaig.cli.main import run

FOLDER = Path(import_module("cfaig.cli").__path__[0])


def registered(module: str) -> tuple[str, ...]:
    """The commands that a module puts under an app, in their order."""
    app = typer.Typer()
    import_module(f"cfaig.cli.{module}").register(app)
    commands = [info.name or getattr(info.callback, "__name__", "") for info in app.registered_commands]
    groups = [str(info.name) for info in app.registered_groups]
    return (*commands, *groups)


@pytest.mark.parametrize("module", COMMANDS)
def test_the_table_says_what_a_module_registers(module: str) -> None:
    assert registered(module) == COMMANDS[module]


def test_every_module_with_commands_is_in_the_table() -> None:
    with_commands = {file.stem for file in FOLDER.glob("*.py") if "\ndef register(" in file.read_text("utf-8")}
    assert with_commands - {"commands"} == set(COMMANDS)


@pytest.mark.parametrize("before", [(), ("--debug",), ("-C", "."), ("--project", "."), ("--project=.",), ("-C.",)])
def test_a_command_loads_no_other_commands(before: tuple[str, ...]) -> None:
    code = "import sys\nfrom cfaig.cli.main import run\nrun(sys.argv[1:])\nprint(*sys.modules, file=sys.stderr)"
    command = [sys.executable, "-c", code, *before, "schema"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stderr.split()
    assert "cfaig.cli.definitions" in loaded
    assert not {f"cfaig.cli.{module}" for module in COMMANDS if module != "definitions"} & set(loaded)


def test_a_wrong_command_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["plam"]) == 1
    assert "No such command 'plam'" in capsys.readouterr().err
