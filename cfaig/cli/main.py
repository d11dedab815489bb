"""The command line: parses, calls, prints, and turns errors into exit codes.

Exit codes: 0 clean, 1 error (wrong usage too), 2 changes pending (plan, diff) or drift, 3 refused by a safety limit,
4 refused by a policy, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, cast

import typer

from cfaig import __version__
from cfaig.cli import commands
from cfaig.cli.console import report, say
from cfaig.errors import EXIT_ERROR, EXIT_INTERRUPTED, EXIT_OK, CfaigError
from cfaig.unneeded import leave_out

# The base of typer's errors about wrong usage, which it does not export by name.
UsageError: Final = cast("type[Exception]", typer.BadParameter.__bases__[0])

HELP: Final = "Cloudflare AI Gateway as code: definitions in YAML, reviewed as a diff, applied through Pulumi."
EPILOG: Final = (
    "Exit codes: 0 clean · 1 error · 2 changes pending · 3 refused by a safety limit · 4 refused by a policy."
)


def command_line(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command line: all of it, or as much of it as `arguments` need."""
    app = typer.Typer(
        name="cfaig",
        help=HELP,
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_root)
    commands.register(app, arguments)
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cfaig {__version__}")
        raise typer.Exit


def _root(
    project: Annotated[
        Path | None, typer.Option("--project", "-C", help="Work in this folder instead of the current one.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", envvar="CFAIG_DEBUG", help="Show tracebacks.")] = False,
    version: Annotated[  # noqa: ARG001 (handled by its callback)
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    if debug:
        os.environ["CFAIG_DEBUG"] = "1"
    if project:
        try:
            os.chdir(project)
        except OSError as error:
            raise CfaigError(f"cannot work in {project}: {error.strerror}") from error
    _take_dotenv()


def _take_dotenv() -> None:
    """Set what the project's `.env` has and nobody has set; it goes on to the engine and its plugins."""
    from cfaig.project import find_project
    from cfaig.secrets.dotenv import with_dotenv

    try:
        root = find_project().root
    except CfaigError:
        return  # outside a project; a command that needs one says so
    os.environ.update(with_dotenv(root, os.environ))


def run(arguments: list[str] | None = None) -> int:
    """Run one command; gives the exit code back instead of leaving Python."""
    leave_out()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code = command_line(given)(args=given, standalone_mode=False, prog_name="cfaig")
    except CfaigError as error:
        if os.environ.get("CFAIG_DEBUG"):
            raise
        report(error)
        return error.exit_code
    except UsageError as error:
        say(f"error: {error}", "bold red")
        say("  fix: cfaig --help lists the commands, cfaig COMMAND --help their options")
        return EXIT_ERROR
    except (KeyboardInterrupt, typer.Abort):
        code = EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; leaving stdout open would fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_OK
    if code == EXIT_INTERRUPTED:  # typer makes a code of Ctrl-C inside a command
        say("stopped", "yellow")
    return code if isinstance(code, int) else EXIT_OK


def main() -> None:
    """The console script."""
    # What a command has made stays to its end: to look through it for garbage, now and then and at the end, finds none.
    gc.set_threshold(100_000)
    code = run()
    if code == EXIT_INTERRUPTED:
        # Threads that wait for an answer would hold up the exit.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    gc.freeze()
    sys.exit(code)
