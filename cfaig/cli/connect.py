"""`cfaig connect`: what to set in another program so that it calls a gateway."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cfaig.cli.console import ask, emit, say
from cfaig.cli.options import DEFAULT_ENVIRONMENT, OFFLINE, AsJson, Environment, Yes
from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from cfaig.connect.model import Client, Wanted, Written

FORMAT: Final = 1


def register(app: typer.Typer) -> None:
    """Put the commands of this module under `app`."""
    app.command(rich_help_panel=OFFLINE)(connect)


def connect(
    client: Annotated[
        str,
        typer.Argument(
            metavar="CLIENT",
            help="openai, anthropic, openrouter, ollama, cline, litellm, vercel-ai, claude-code or curl.",
        ),
    ],
    gateway: Annotated[
        str | None, typer.Option("--gateway", metavar="ID", help="The gateway; needed where there are several.")
    ] = None,
    route: Annotated[
        str | None, typer.Option("--route", metavar="ROUTE", help="Call this dynamic route: chat, or support/chat.")
    ] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    edge: Annotated[bool, typer.Option("--edge", help="Through the gateway's edge.")] = False,
    model: Annotated[
        str | None, typer.Option("--model", metavar="MODEL", help="Call this model. Default: one that the routes ask.")
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORM", help="Only this form: shell, python, javascript, json or yaml."),
    ] = None,
    as_json: AsJson = False,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Put it into this file of the client, and show how.")
    ] = None,
    yes: Yes = False,
) -> None:
    """Show what to set in another program so that it calls a gateway. Never a real token: variables stand for them."""
    from cfaig.connect.clients import find_client

    if write is not None and (as_json or form is not None):
        raise CfaigError("--write goes with neither --json nor --format", "the file tells what form it needs")
    chosen = find_client(client)
    wanted = _wanted(chosen, gateway, route, environment, model, edge=edge)
    if write is not None:
        _write(chosen, wanted, write, yes=yes)
        return
    forms = [part for part in chosen.parts if form in (None, part.format)]
    if not forms:
        raise CfaigError(
            f"{chosen.name} has no form {form}", f"there are: {', '.join(part.format for part in chosen.parts)}"
        )
    written = [(part.title, part.format, part.write(wanted)) for part in forms]
    if as_json:
        emit(_document(chosen, wanted, [(name, part) for _, name, part in written]))
        return
    texts = [part.text if len(written) == 1 else f"# {title}\n{part.text}" for title, _, part in written]
    emit("\n\n".join(texts))
    _tell(wanted, [part for _, _, part in written])


def _wanted(
    client: Client, gateway: str | None, route: str | None, environment: str, model: str | None, *, edge: bool
) -> Wanted:
    from cfaig.checks.loading import load_checked
    from cfaig.connect.choosing import choose
    from cfaig.connect.model import Wanted
    from cfaig.connect.places import place_of
    from cfaig.deploy.target import account_of
    from cfaig.project import find_project
    from cfaig.state.compile import compile_account

    if route is not None and model is not None:
        raise CfaigError("a route chooses its models itself", "leave out either --route or --model")
    project = find_project()
    account = account_of(project, environment)
    loaded = load_checked(project, environment, account=account, environ=None)
    found, name = choose(loaded.gateways, client, gateway, route, environment)
    state = next(one for one in compile_account(loaded.gateways).gateways if one.id == found.id)
    place = place_of(project, environment, found, account, edge=edge)
    return Wanted(found, state, environment, place, name, model)


def _write(client: Client, wanted: Wanted, path: Path, *, yes: bool) -> None:
    from cfaig.connect.clients import CLIENTS
    from cfaig.connect.writing import carry_out, plan_edit
    from cfaig.project import find_project

    if client.file is None:
        able = ", ".join(f"{one.name} ({one.file.kind})" for one in CLIENTS.values() if one.file is not None)
        raise CfaigError(
            f"{client.title} has no file to write into", f"copy what the command prints; files have {able}"
        )
    settings = client.file.settings(wanted)
    edit = plan_edit(path, client.file, settings.tree, find_project())
    if not edit.changed:
        say(f"nothing to change: {path} says it already", "green")
    else:
        emit(edit.diff)
        ask(yes, f"Write this to {path}?")
        carry_out(edit)
        say(f"wrote {path}", "green")
    for note in (*wanted.place.notes, *settings.connection.notes):
        say(note, "dim")


def _document(client: Client, wanted: Wanted, written: list[tuple[str, Written]]) -> str:
    connections = [part.connection for _, part in written]
    document = {
        "format": FORMAT,
        "client": client.name,
        "gateway": wanted.gateway.id,
        "environment": wanted.environment,
        "route": wanted.route,
        "parts": [
            {
                "format": name,
                "base_url": part.connection.base_url,
                "model": part.connection.model,
                "variables": list(part.connection.variables),
                "text": part.text,
            }
            for name, part in written
        ],
        "notes": list(dict.fromkeys([*wanted.place.notes, *(note for one in connections for note in one.notes)])),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _tell(wanted: Wanted, written: list[Written]) -> None:
    notes = [*wanted.place.notes, *(note for part in written for note in part.connection.notes)]
    for note in dict.fromkeys(notes):
        say(note, "dim")
