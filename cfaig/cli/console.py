"""Where talk goes: artefacts to stdout, everything else to stderr; colour only on terminals."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

import typer

from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from rich.console import Console

    from cfaig.definition.diagnostics import Diagnostic

STDOUT: Final = Path("-")
# What steers a terminal (C0, DEL, C1) or turns the order of letters round (https://trojansource.codes), but for our own
# colours: names and messages of an account, an API or a file are printed with the rest.
_STEERING: Final = re.compile(
    "(\x1b\\[(?:[012]|(?:1;)?3[1-6])m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


@cache
def talk() -> Console:
    """The console for people, on stderr; plain where that is no terminal or NO_COLOR is set."""
    from rich.console import Console

    class Talk(Console):
        def on_broken_pipe(self) -> None:
            """Nobody listens any more: go on without a word. An apply must not stop half way for that."""
            self.quiet = True
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())

    return Talk(stderr=True, highlight=False, soft_wrap=True, emoji=False)


def harmless(text: str) -> str:
    """`text` with what could steer a terminal made visible, as an escape in hexadecimal; our own colours stay."""
    return _STEERING.sub(lambda found: found[1] or f"\\x{ord(found[0]):02x}", text)


def say(text: str, style: str | None = None) -> None:
    """One line for people."""
    talk().print(harmless(text), style=style, markup=False)


def emit(text: str) -> None:
    """The artefact itself, to stdout; a newline at the end and no colour. On a terminal it cannot steer that."""
    if sys.stdout.isatty():
        text = harmless(text)
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    sys.stdout.flush()


def emit_to(output: Path | None, text: str) -> bool:
    """The artefact to the file `output`, or to stdout (None, or `-`); whether it went to a file.

    Raises CfaigError when the file cannot be written.
    """
    from cfaig.whole_files import write_output

    if not is_file(output):
        emit(text)
        return False
    try:
        write_output(output, text)
    except OSError as error:
        raise CfaigError(f"cannot write {output}: {error.strerror}") from error
    return True


def is_file(output: Path | None) -> TypeGuard[Path]:
    """Whether an `--output` names a file: without one, and with `-`, it is stdout."""
    return output is not None and output != STDOUT


def stdout_styled() -> bool:
    """Whether text for stdout may carry colour."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report(error: CfaigError) -> None:
    """Tell a person what is wrong and how to put it right."""
    from cfaig.definition.diagnostics import DefinitionError

    if isinstance(error, DefinitionError):
        show_diagnostics(error.diagnostics)
    say(f"error: {error.message}", "bold red")
    for line in hint_lines(error):
        say(line)


def hint_lines(error: CfaigError) -> list[str]:
    """How to put it right."""
    lines = (error.hint or "").splitlines()
    return [f"  fix: {line}" if number == 0 else f"       {line}" for number, line in enumerate(lines)]


def show_diagnostics(diagnostics: Sequence[Diagnostic]) -> None:
    """Print diagnostics as people read them."""
    from cfaig.definition.render import render_text

    talk().out(harmless(render_text(diagnostics)), highlight=False)


def ask(yes: bool, question: str) -> None:
    """Go on only if a person says so, or `yes` was given.

    Raises CfaigError where there is nobody to ask, and typer.Abort at a no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise CfaigError("nobody to ask: this is no terminal", "add --yes")
    if not typer.confirm(question, err=True):
        raise typer.Abort
