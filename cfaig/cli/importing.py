"""`cfaig import`: what an account holds, as definitions, and in the stack."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cfaig.cli.console import emit, say, stdout_styled
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment
from cfaig.errors import EXIT_CHANGES, EXIT_OK

if TYPE_CHECKING:
    from cfaig.deploy.importing import Import
    from cfaig.deploy.session import Session
    from cfaig.state.model import AccountState


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command("import", rich_help_panel=ONLINE)(import_)


def import_(
    environment: Environment = DEFAULT_ENVIRONMENT,
    gateway: Annotated[
        list[str] | None,
        typer.Option("--gateway", metavar="ID", help="Only this gateway; can be repeated. Default: all."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write here instead of gateways/.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that exist.")] = False,
    adopt: Annotated[bool, typer.Option(help="Take what was written into the stack, too, without changing it.")] = True,
    as_json: AsJson = False,
) -> int:
    """Write definitions for what the account holds, and take it into the stack. Changes nothing in the account."""
    from cfaig.deploy.importing import Place, plan_import, write_files
    from cfaig.deploy.session import open_session
    from cfaig.live.expected import EVERYTHING
    from cfaig.live.read import read_live
    from cfaig.local.engine.progress import told_on
    from cfaig.project import find_project

    project = find_project()
    session = open_session(project, environment, told_on(), say)
    place = Place(project, environment, session.target.account, output or project.gateways)
    with session.api() as api:
        account, looked_for = session.target.account, replace(EVERYTHING, find_edges=True)
        live = read_live(api, account, only=set(gateway) if gateway else None, expected=looked_for)
    found = plan_import(place, live, tuple(gateway or ()), force=force)
    write_files(found.files)
    adopted: tuple[str, ...] = ()
    if adopt and place.in_project and found.files:
        adopted = _adopt(session, found, live.state)
    if as_json:
        emit(json.dumps(_document(found, adopted), indent=2, ensure_ascii=False))
    else:
        emit("\n".join(_told_path(file.path, project.root) for file in found.files) or "nothing to import")
    _tell(found, adopted, adopt=adopt, in_project=place.in_project)
    return EXIT_OK if found.plan.empty else EXIT_CHANGES


def _adopt(session: Session, found: Import, live: AccountState) -> tuple[str, ...]:
    """Take in what the stack does not have yet; gives the addresses."""
    from cfaig.cli.applying import tell_stand_ins
    from cfaig.cli.console import talk
    from cfaig.deploy.apply import take_in
    from cfaig.deploy.session import require_state

    tell_stand_ins(session)
    with talk().status("taking it into the stack"):
        return take_in(session.engine, require_state(session), session.target.account, found.state, live, say)


def _tell(found: Import, adopted: tuple[str, ...], *, adopt: bool, in_project: bool) -> None:
    from cfaig.reconcile.render_text import ANSI, PLAIN, render_text

    for gateway, path in found.skipped.items():
        say(f"{gateway} has a definition already, {path.name}: left alone (--force writes it anew)")
    for note in found.notes:
        say(note, "yellow")
    if not found.files:
        return
    if found.variables:
        say("set before the next apply, which writes the keys (Cloudflare never gives one back):")
        for variable in found.variables:
            say(f"  {variable.name}  for {', '.join(variable.used_by)}")
            if len(variable.used_by) > 1:
                say("    if these are different keys, give each a variable of its own in the definitions", "yellow")
    if adopted:
        say(f"in the stack: {len(adopted)} resource{'s' if len(adopted) != 1 else ''}")
    elif adopt and not in_project:
        say("not taken into the stack: the project does not read that folder")
    if found.plan.empty:
        say("the definitions say what is live: cfaig plan shows no change", "green")
    else:
        say("the definitions could not say everything as it is live; cfaig plan shows", "yellow")
        say(render_text(found.plan, style=ANSI if stdout_styled() else PLAIN))


def _document(found: Import, adopted: tuple[str, ...]) -> dict[str, Any]:
    from cfaig.reconcile.render_json import plan_document

    return {
        "format": 1,
        "files": [
            {"gateway": file.gateway, "path": str(file.path), "overwritten": file.overwrites} for file in found.files
        ],
        "skipped": {gateway: str(path) for gateway, path in found.skipped.items()},
        "variables": [{"name": variable.name, "used_by": list(variable.used_by)} for variable in found.variables],
        "adopted": list(adopted),
        "plan": plan_document(found.plan),
    }


def _told_path(path: Path, root: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
