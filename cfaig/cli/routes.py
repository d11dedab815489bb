"""Commands about routes: list, graph, history, rollback."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import ask, emit, emit_to, is_file, say, stdout_styled
from cfaig.cli.options import DEFAULT_ENVIRONMENT, OFFLINE, ONLINE, AsJson, Environment, Yes
from cfaig.errors import CfaigError
from cfaig.pictures.formats import PictureFormat, format_of

if TYPE_CHECKING:
    from cfaig.deploy.session import Session
    from cfaig.reconcile.render_text import Style
    from cfaig.state.model import AccountState
    from cfaig.state.versions import LiveRoute

app = typer.Typer(help="Dynamic routes: what is live, pictures, versions, and the way back.", no_args_is_help=True)

RouteAddress = Annotated[str, typer.Argument(metavar="ROUTE", help="The gateway and the route: support/chat.")]


def register(parent: typer.Typer) -> None:
    """Put the commands of this module under `parent`."""
    parent.add_typer(app, name="routes", rich_help_panel=ONLINE)


@app.command("list", rich_help_panel=ONLINE)
def list_routes(environment: Environment = DEFAULT_ENVIRONMENT, as_json: AsJson = False) -> None:
    """List the live routes: deployed version, its age, whether Git says the same, and what they do."""
    from cfaig.deploy.live_routes import live_routes
    from cfaig.reconcile.route_reports import list_json, list_text
    from cfaig.reconcile.route_words import route_rows

    session = _session(environment)
    rows = route_rows(live_routes(session), _desired(session))
    emit(list_json(rows, environment) if as_json else list_text(rows, _now(), _style(), _width()))


@app.command(rich_help_panel=OFFLINE)
def graph(
    route: Annotated[
        str | None,
        typer.Argument(metavar="[ROUTE]", help="support/chat, or support for all of a gateway. Default: all."),
    ] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    picture_format: Annotated[
        PictureFormat | None, typer.Option("--format", "-f", help="How to draw it. Default: as FILE ends, else text.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to this file; - is stdout.")
    ] = None,
) -> None:
    """Draw routes from their definitions: text, SVG, Mermaid (for Markdown) or DOT (for Graphviz)."""
    from cfaig.definition.load import load_project
    from cfaig.pictures.render import chosen_graphs, render
    from cfaig.project import find_project
    from cfaig.state.compile import compile_account

    chosen = picture_format or (format_of(output) if is_file(output) else PictureFormat.TEXT)
    account = compile_account(load_project(find_project(), environment).gateways)
    drawn = render(chosen_graphs(account, route), chosen)
    if emit_to(output, drawn):
        say(f"wrote {output}")


@app.command(rich_help_panel=OFFLINE)
def worst(environment: Environment = DEFAULT_ENVIRONMENT, as_json: AsJson = False) -> None:
    """Show what a request can cost when every model of a route fails: the longest wait and the most attempts."""
    from cfaig.checks.loading import load_checked
    from cfaig.project import find_project
    from cfaig.reconcile.worst_cases import worst_cases, worst_json, worst_text
    from cfaig.state.compile import compile_account

    loaded = load_checked(find_project(), environment, account=None, environ=None)
    found = worst_cases(compile_account(loaded.gateways))
    emit(worst_json(found) if as_json else worst_text(found))


@app.command(rich_help_panel=ONLINE)
def history(route: RouteAddress, environment: Environment = DEFAULT_ENVIRONMENT, as_json: AsJson = False) -> None:
    """Show the versions of a route, newest first: when they answered, and how each differs from the one before."""
    from cfaig.deploy.live_routes import route_history
    from cfaig.reconcile.route_reports import history_json, history_text

    found = route_history(_session(environment), route)
    emit(history_json(found) if as_json else history_text(found, _now(), _style()))


@app.command(rich_help_panel=ONLINE)
def rollback(
    route: RouteAddress,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="VERSION", help="Its number or id. Default: the one deployed before."),
    ] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Deploy an earlier version of a route at once, without Pulumi and without a gap. Git then says something else."""
    from cfaig.deploy.live_routes import roll_back, rollback_target, route_history
    from cfaig.reconcile.route_reports import rollback_json, rollback_text
    from cfaig.reconcile.route_words import in_git

    session = _session(environment)
    found = route_history(session, route)
    version = rollback_target(found, to)
    if version.id != found.route.version.id:
        if not as_json:
            emit(rollback_text(found, version, _now(), _style()))
        ask(yes, f"Deploy version {version.number} of {route} in environment {environment}?")
    after = roll_back(session, found, version)
    desired = _desired(session)
    if as_json:
        emit(rollback_json(found, version, after, in_git(after, version.elements, desired)))
    _tell_outcome(found.route, after, environment, desired)


def _session(environment: str) -> Session:
    from cfaig.deploy.session import open_session
    from cfaig.local.engine.progress import told_on
    from cfaig.project import find_project

    return open_session(find_project(), environment, told_on(), say)


def _desired(session: Session) -> AccountState | None:
    """What Git says, or nothing where it cannot be read: a mistake in a definition must not hide what is live."""
    from cfaig.deploy.live_routes import desired_account

    desired = desired_account(session)
    if isinstance(desired, CfaigError):
        say(f"not compared with Git: {desired.message}; cfaig validate tells more", "yellow")
        return None
    return desired


def _tell_outcome(before: LiveRoute, after: LiveRoute, environment: str, desired: AccountState | None) -> None:
    from cfaig.reconcile.route_words import InGit, in_git

    number = after.version.number
    if before.version.id == after.version.id:
        say(f"version {number} of {after.address} answers already: nothing was done")
    else:
        say(f"version {number} of {after.address} answers now; back again: --to {before.version.number}", "green")
    state = in_git(after, after.version.elements, desired)
    if state is InGit.SAME:
        say("Git says the same: the next apply changes nothing about it")
    elif state is InGit.ABSENT:
        say("no definition has this route", "yellow")
    elif state is not InGit.UNKNOWN:
        say("Git says something else:", "yellow")
        say(f"  cfaig plan -e {environment} shows it, and the next cfaig apply brings back what Git says")
        say("  to keep this version, change the definition (git revert, for instance) until the plan is empty")


def _width() -> int | None:
    """The width of the terminal; none where something else reads."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _now() -> datetime:
    return datetime.now(UTC)


def _style() -> Style:
    from cfaig.reconcile.render_text import ANSI, PLAIN

    return ANSI if stdout_styled() else PLAIN
