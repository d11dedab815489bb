"""Commands about the local Cloudflare."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from cfaig.cli.console import ask, emit, say
from cfaig.cli.options import MACHINE, AsJson, Yes
from cfaig.errors import EXIT_ERROR, EXIT_OK

app = typer.Typer(help="The local Cloudflare: a stand-in on this machine, for trying things.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Put the commands of this module under `parent`."""
    parent.add_typer(app, name="local", rich_help_panel=MACHINE)


@app.command()
def up(
    port: Annotated[
        int | None, typer.Option(help="The port; without it 8790, or a free one.", min=1, max=65535)
    ] = None,
    rate_limit: Annotated[
        int | None, typer.Option(metavar="CALLS", help="Calls in 5 minutes; Cloudflare's own limit is 1200.", min=1)
    ] = None,
    account: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A further account, for stacks that name theirs; can be repeated."),
    ] = None,
    latency: Annotated[float, typer.Option(help="Seconds that every call of the API takes longer.", min=0)] = 0.0,
    upstream: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SLUG=URL",
            help="A real provider in place of the scripted one: SLUG=URL, SLUG=real, or real for all; may come several"
            " times and is remembered. scripted: none.",
        ),
    ] = None,
) -> None:
    """Start it, or find it running."""
    from cfaig.local.gateway.addresses import in_words, read_addresses
    from cfaig.local.process import choose_upstreams, real_upstreams, start, start_edges
    from cfaig.project import find_project

    addresses = read_addresses(upstream or ())
    limited = ["--rate-limit", str(rate_limit)] if rate_limit else []
    further = [f"--account={identity}" for identity in account or ()]
    arguments = [*limited, *(["--latency", str(latency)] if latency else []), *further]
    server = start(find_project(), port=port, arguments=arguments)
    say("started the local Cloudflare" if server.fresh else "the local Cloudflare runs already")
    if upstream:
        choose_upstreams(server, addresses)
    emit(f"page:    {server.page}\nAPI:     {server.url}\nmodels:  {server.gateways}<gateway>")
    emit(f"account: {server.account}\ntoken:   {server.token}")
    for edge in start_edges(server):
        emit(edge.line)
    for line in in_words(real_upstreams(server)):
        emit(line)


@app.command()
def down() -> None:
    """Stop it; its data stays."""
    from cfaig.local.process import stop
    from cfaig.project import find_project

    say("stopped the local Cloudflare" if stop(find_project()) else "the local Cloudflare does not run")


@app.command()
def status(as_json: AsJson = False) -> int:
    """Tell whether it runs, and where; exit code 1 when it does not."""
    from dataclasses import asdict

    from cfaig.local.process import edges
    from cfaig.local.process import status as look
    from cfaig.project import find_project

    found = look(find_project())
    server = found.server
    there = edges(server) if server is not None and found.answers else ()
    if as_json:
        facts = {"running": server is not None, "answers": found.answers, "log": str(found.log)}
        address = {"url": server.url, "page": server.page, "pid": server.pid, "port": server.port} if server else {}
        emit(
            json.dumps(
                {
                    **facts,
                    **address,
                    "account": server.account if server else None,
                    "edges": [asdict(edge) for edge in there],
                },
                indent=2,
            )
        )
    elif server is None:
        kept = "; its data is kept" if found.has_data else ""
        emit(f"the local Cloudflare does not run{kept}\nstart it: cfaig local up")
    else:
        state = "runs" if found.answers else "runs but does not answer"
        emit(f"the local Cloudflare {state}: {server.page} (process {server.pid}, since {server.started})")
        for edge in there:
            emit(edge.line)
        emit(f"log: {found.log}")
    return EXIT_OK if server is not None and found.answers else EXIT_ERROR


@app.command()
def reset(yes: Yes = False) -> None:
    """Delete all its data, and the stack that was made there."""
    import shutil

    from cfaig.local.process import reset as clear
    from cfaig.project import find_project

    project = find_project()
    ask(yes, "Delete everything in the local Cloudflare?")
    server = clear(project)
    shutil.rmtree(project.work / "pulumi", ignore_errors=True)
    say(f"the local Cloudflare is empty{'' if server is None else f': {server.page}'}")


@app.command()
def workerd() -> None:
    """Get workerd now, where there is none, so that edges run here; prints where it is."""
    from cfaig.local.process import start_edges
    from cfaig.local.process import status as look
    from cfaig.project import find_project
    from cfaig.workerd.find import ensure_workerd, version_of

    found = ensure_workerd(say)
    emit(f"workerd {version_of(found)}: {found}")
    server = look(find_project()).server
    for edge in start_edges(server) if server is not None else ():
        emit(edge.line)
