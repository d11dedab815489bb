"""`cfaig logs`: what was called, with what outcome; as it happens, one in full, or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment
from cfaig.errors import CfaigError

Texts = list[str] | None


def register(app: typer.Typer) -> None:
    """Put the command of this module under `app`."""
    app.command(rich_help_panel=ONLINE)(logs)


def logs(
    gateway: Annotated[str, typer.Argument(metavar="GATEWAY", help="The gateway whose logs are meant.")],
    environment: Environment = DEFAULT_ENVIRONMENT,
    number: Annotated[
        int | None, typer.Option("--number", "-n", min=1, help="Show so many. Default: 50, and 10 with --follow.")
    ] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes in, until Ctrl-C.")] = False,
    model: Annotated[Texts, typer.Option("--model", help="Only this model; * stands for anything.")] = None,
    provider: Annotated[Texts, typer.Option("--provider", help="Only this provider.")] = None,
    route: Annotated[Texts, typer.Option("--route", help="Only calls of this route: one more call per log.")] = None,
    status: Annotated[Texts, typer.Option("--status", help="Only this status: 429, 5xx, '>=400'.")] = None,
    failed: Annotated[bool | None, typer.Option("--failed/--ok", help="Only calls that failed, or did not.")] = None,
    cached: Annotated[
        bool | None, typer.Option("--cached/--uncached", help="Only what the cache answered, or did not.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="From when on: 30m, 2h, 7d, 2026-11-22T10:30Z.")
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Up to when.")] = None,
    cost: Annotated[str | None, typer.Option("--cost", metavar="RANGE", help="US dollars: '>0.01', 0.1..0.5.")] = None,
    duration: Annotated[str | None, typer.Option("--duration", metavar="RANGE", help="'>5s', '<200ms'.")] = None,
    tokens: Annotated[str | None, typer.Option("--tokens", metavar="RANGE", help="In and out: '>1000'.")] = None,
    metadata: Annotated[
        Texts, typer.Option("--metadata", metavar="KEY=VALUE", help="Only with this entry; KEY alone: any value.")
    ] = None,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Let Cloudflare search it.")] = None,
    identity: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="Show this one in full; the end of its id will do.")
    ] = None,
    bodies: Annotated[bool, typer.Option("--bodies", help="With --id: what was asked and answered, too.")] = False,
    export: Annotated[
        Path | None,
        typer.Option("--export", metavar="FILE", help="Write all of them to a .jsonl, .csv or .parquet file."),
    ] = None,
    feedback: Annotated[
        str | None, typer.Option("--feedback", metavar="ID", help="Say what you think of an answer.")
    ] = None,
    good: Annotated[bool | None, typer.Option("--good/--bad", help="With --feedback: thumbs up or down.")] = None,
    score: Annotated[
        float | None, typer.Option("--score", metavar="NUMBER", help="With --feedback: how good it is, as a number.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show a gateway's logs: the newest last, one in full, all as a file, or what comes in.

    Whatever looks like a secret is taken out. --json writes one log per line.
    """
    from cfaig.cli import log_showing as show
    from cfaig.observe.asking import Asked

    _only_one({"--follow": follow, "--id": identity, "--export": export, "--feedback": feedback})
    _belong_together({"--bodies": bodies}, "--id", identity)
    _belong_together({"--good/--bad": good is not None, "--score": score is not None}, "--feedback", feedback)
    asked = Asked(
        models=tuple(model or ()),
        providers=tuple(provider or ()),
        statuses=tuple(status or ()),
        since=since,
        until=until,
        cost=cost,
        duration=duration,
        tokens=tokens,
        cached=cached,
        success=None if failed is None else not failed,
        metadata=tuple(metadata or ()),
        routes=tuple(route or ()),
        search=search,
    )
    with show.opened(gateway, environment, asked) as place:
        if feedback is not None:
            show.give_feedback(place, feedback, good, score)
        elif identity is not None:
            show.show_one(place, identity, bodies=bodies, as_json=as_json)
        elif export is not None:
            show.export_to(place, export)
        elif follow:
            show.follow(place, number, as_json=as_json)
        else:
            show.show_newest(place, number, as_json=as_json)


def _only_one(given: dict[str, object]) -> None:
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise CfaigError(f"{' and '.join(names)} do not go together", f"give {names[0]} alone")


def _belong_together(given: dict[str, bool], option: str, value: str | None) -> None:
    lonely = [name for name, there in given.items() if there]
    if lonely and value is None:
        raise CfaigError(f"{' and '.join(lonely)} means nothing without {option}", f"add {option} ID")
