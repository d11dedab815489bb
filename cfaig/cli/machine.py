"""Commands about this machine: the engine on it, and the variables for plain `pulumi`."""

from __future__ import annotations

import typer

from cfaig.cli.console import emit, say
from cfaig.cli.options import DEFAULT_ENVIRONMENT, MACHINE, Environment


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    for command in (engine, env):
        app.command(rich_help_panel=MACHINE)(command)


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
