"""`cfaig drift`: what changed in the account behind the back of Git, and how to take it into Git."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, say, stdout_styled
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment
from cfaig.errors import EXIT_CHANGES, EXIT_OK

if TYPE_CHECKING:
    from cfaig.deploy.accepting import Accepted
    from cfaig.deploy.drifting import Detected
    from cfaig.deploy.session import Session
    from cfaig.reconcile.drift import Drift


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=ONLINE)(drift)


class DriftFormat(StrEnum):
    """How drift is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def drift(
    environment: Environment = DEFAULT_ENVIRONMENT,
    drift_format: Annotated[DriftFormat, typer.Option("--format", "-f", help="How to write it.")] = DriftFormat.TEXT,
    as_json: AsJson = False,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Write the live values into the definitions, for this environment.")
    ] = False,
) -> int:
    """Show what changed in the account since the last apply, and who did it. Exit code 2 when something did."""
    from cfaig.deploy.drifting import detect
    from cfaig.deploy.session import open_session
    from cfaig.local.engine.progress import told_on
    from cfaig.project import find_project
    from cfaig.reconcile.render_drift import render_text

    session = open_session(find_project(), environment, told_on(), say)
    found = detect(session)
    shown = found.drift
    if adopt and not shown.empty:
        say(render_text(shown))
        return _adopt(session, found, as_json=as_json)
    emit(_written(shown, DriftFormat.JSON if as_json else drift_format, environment))
    return EXIT_OK if shown.empty else EXIT_CHANGES


def _written(drift: Drift, drift_format: DriftFormat, environment: str) -> str:
    from cfaig.reconcile.render_drift import render_json, render_markdown, render_text
    from cfaig.reconcile.render_text import ANSI, PLAIN

    match drift_format:
        case DriftFormat.JSON:
            return render_json(drift, environment)
        case DriftFormat.MARKDOWN:
            return render_markdown(drift, title=f"Drift of {environment}")
        case DriftFormat.TEXT:
            return render_text(drift, style=ANSI if stdout_styled() else PLAIN)


def _adopt(session: Session, found: Detected, *, as_json: bool) -> int:
    from cfaig.deploy.accepting import accept

    target, project = session.target, session.project
    done = accept(project, target.environment, target.account, found)
    if done.added:
        _take_in(session, found, done)
    files = [str(path.relative_to(project.root)) for path in done.files]
    rest = [item.change.key.address for item in done.rest.drifted]
    if as_json:
        variables = [secret.variable for secret in done.secrets]
        document = {"format": 1, "files": files, "added": [key.address for key in done.added], "rest": rest}
        emit(json.dumps({**document, "variables": variables}, indent=2))
    else:
        emit("\n".join(files))
    for secret in done.secrets:
        say(f"set {secret.variable}: the definitions refer to it, for {secret.used_by}")
    for address in rest:
        say(f"left: {address} is gone, which no definition can say; cfaig apply makes it again", "yellow")
    pending = done.rest.pending
    say(
        f"the definitions say what is live; {len(pending)} edits wait for cfaig apply" if pending else _SETTLED, "green"
    )
    return EXIT_CHANGES if rest else EXIT_OK


_SETTLED = "the definitions say what is live: cfaig plan shows no change"


def _take_in(session: Session, found: Detected, done: Accepted) -> None:
    """What was made by hand is the stack's from now on, as it is."""
    from cfaig.cli.applying import tell_stand_ins
    from cfaig.cli.console import talk
    from cfaig.deploy.apply import take_in

    tell_stand_ins(session)
    with talk().status("taking it into the stack"):
        take_in(session.engine, found.stack, session.target.account, done.desired, found.live.state, say, done.added)
