"""Commands about this machine: what is missing on it, and the variables for plain `pulumi`."""

from __future__ import annotations

import json

import typer

from cfaig.cli.console import emit, say, stdout_styled
from cfaig.cli.options import DEFAULT_ENVIRONMENT, MACHINE, AsJson, Environment
from cfaig.errors import EXIT_ERROR, EXIT_OK


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    for command in (doctor, engine, env):
        app.command(rich_help_panel=MACHINE)(command)


def doctor(environment: Environment = DEFAULT_ENVIRONMENT, as_json: AsJson = False) -> int:
    """Tell what is missing on this machine or in the account, and how to get it. Changes nothing."""
    from cfaig.deploy.doctor import examine
    from cfaig.project import find_project

    findings = examine(find_project(), environment)
    if as_json:
        emit(json.dumps([finding.document() for finding in findings], indent=2))
    else:
        for finding in findings:
            line = f"{'✓' if finding.ok else '✗'} {finding.subject}: {finding.told}"
            emit(line if finding.ok or not stdout_styled() else typer.style(line, fg="red"))
            if finding.fix:
                emit(f"    fix: {finding.fix}")
    return EXIT_OK if all(finding.ok for finding in findings) else EXIT_ERROR


def engine() -> None:
    """Get the Pulumi engine now, where there is none, so that nothing waits for it later; prints where it is."""
    from cfaig.local.engine.find import ensure_engine
    from cfaig.local.engine.progress import told_on

    found = ensure_engine(told_on())
    emit(f"Pulumi {found.version}: {found.pulumi} ({found.source})")


def env(environment: Environment = DEFAULT_ENVIRONMENT) -> None:
    """Print the shell variables under which plain `pulumi` works here: eval "$(cfaig env)"."""
    from cfaig.deploy.session import open_session
    from cfaig.local.engine.environment import shell_exports
    from cfaig.local.engine.progress import told_on
    from cfaig.project import find_project

    session = open_session(find_project(), environment, told_on(), say)
    if not session.engine.select(create=session.target.local):
        say(f"stack {environment} is not there yet: pulumi stack init {environment}")
    emit(shell_exports(session.environ))
