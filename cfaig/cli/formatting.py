"""`cfaig fmt`: definitions in canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, say, show_diagnostics
from cfaig.cli.options import OFFLINE
from cfaig.errors import EXIT_ERROR, EXIT_OK, CfaigError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cfaig.formatting.files import Formatted

STDIN = Path("-")


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(fmt)


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE|FOLDER", help="What to format; - is standard input, to standard output. Default: gateways/."
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; list the files that would change. Exit code 1 for any.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Write nothing; show what would change. Exit code 1 for any change.")
    ] = False,
) -> int:
    """Format definitions: order, spacing, quotes, durations. What they mean and every comment stay."""
    from cfaig.formatting.files import files_in, format_files, write
    from cfaig.project import find_project

    if paths and STDIN in paths:
        return _stream(paths, check=check, diff=diff)
    done, problems = format_files(files_in(paths or (find_project().gateways,)))
    changed = [file for file in done if file.changed]
    for file in changed:
        if not check and not diff:
            write(file)
    _tell(changed, len(done) - len(changed), check=check, diff=diff)
    if problems:
        show_diagnostics(problems)
        say("files with mistakes are left as they are", "bold red")
    return EXIT_ERROR if problems or (changed and (check or diff)) else EXIT_OK


def _stream(paths: Sequence[Path], *, check: bool, diff: bool) -> int:
    from cfaig.definition.load import STDIN as SHOWN
    from cfaig.formatting.files import Formatted
    from cfaig.formatting.formatting import format_bytes

    if len(paths) > 1:
        raise CfaigError("- is standard input, and goes with no other file", "format the files in a call of their own")
    data = sys.stdin.buffer.read()
    after = format_bytes(data, SHOWN, "definition")
    file = Formatted(SHOWN, data.decode("utf-8-sig"), after)
    if not check and not diff:
        emit(after)
        return EXIT_OK
    _tell([file] if file.changed else [], 0 if file.changed else 1, check=check, diff=diff)
    return EXIT_ERROR if file.changed else EXIT_OK


def _tell(changed: Sequence[Formatted], unchanged: int, *, check: bool, diff: bool) -> None:
    if diff and changed:
        emit("".join(file.diff for file in changed))
    elif check and changed:
        emit("\n".join(str(file.path) for file in changed))
    dry = check or diff
    if changed:
        say(f"{'would format' if dry else 'formatted'} {_files(len(changed))}", "yellow" if dry else "green")
    if unchanged or not changed:
        say(f"{_files(unchanged)} formatted already", "dim")


def _files(count: int) -> str:
    return f"{count} file{'s' if count != 1 else ''}"
