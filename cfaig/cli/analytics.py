"""`cfaig analytics`: requests, tokens, cost, cache hits and errors over time, by what a person wants to know."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cfaig.cli.console import emit, emit_to, say
from cfaig.cli.options import DEFAULT_ENVIRONMENT, ONLINE, AsJson, Environment

if TYPE_CHECKING:
    from cfaig.deploy.session import Session
    from cfaig.live.api import CloudflareApi
    from cfaig.observe.usage import Grouping, Usage


def register(app: typer.Typer) -> None:
    """Put the command of this module under `app`."""
    app.command(rich_help_panel=ONLINE)(analytics)


def analytics(
    gateways: Annotated[
        list[str] | None, typer.Argument(metavar="[GATEWAY]...", help="Only these gateways. Default: all.")
    ] = None,
    environment: Environment = DEFAULT_ENVIRONMENT,
    since: Annotated[str, typer.Option("--since", metavar="TIME", help="From when on: 24h, 7d or 2026-11-22.")] = "7d",
    until: Annotated[str | None, typer.Option("--until", metavar="TIME", help="Up to when. Default: now.")] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            metavar="FIELD",
            help="provider, model, gateway, route, status, rate_limited, user_agent or metadata.KEY.",
        ),
    ] = "provider",
    as_json: AsJson = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report with plots to this file; - is stdout.")
    ] = None,
) -> None:
    """Count requests, tokens, cost, cache hits and errors, and show them over time."""
    from cfaig.deploy.session import open_session
    from cfaig.local.engine.progress import told_on
    from cfaig.observe.usage import Grouping
    from cfaig.observe.usage_html import usage_html
    from cfaig.observe.usage_text import by_words, nothing_text, usage_json, usage_text
    from cfaig.project import find_project

    grouping = Grouping.parse(by)
    session = open_session(find_project(), environment, told_on(), say)
    usage = _read(session, tuple(gateways or ()), since, until, grouping)
    if not usage.total.requests:
        say(nothing_text(usage, environment), "yellow")
    if as_json:
        emit(usage_json(usage, environment))
    elif html is None and usage.total.requests:
        emit(usage_text(usage))
    if html is not None and emit_to(html, usage_html(usage, environment)):
        say(f"wrote {html}")
    for note in by_words(usage):
        say(f"note: {note}", "dim")


def _read(session: Session, gateways: tuple[str, ...], since: str, until: str | None, by: Grouping) -> Usage:
    from cfaig.observe.clock import local_clock
    from cfaig.observe.gateways import unknown
    from cfaig.observe.read_usage import read_usage
    from cfaig.observe.usage import Field
    from cfaig.observe.usage_of_logs import read_usage_of_routes
    from cfaig.observe.window import Window, read_moment

    account, local = session.target.account, local_clock(session.target.credentials)
    now = local or datetime.now(UTC)
    end = read_moment(until, now, "--until") if until else now
    window = Window(read_moment(since, now, "--since"), end)
    with session.api() as api:
        known = _known(api, account) if gateways or by.field is Field.ROUTE else ()
        for gateway in gateways:
            if known and gateway not in known:
                raise unknown(gateway, known)
        if by.field is Field.ROUTE:
            return read_usage_of_routes(api, account, window, gateways or known, lambda text: say(text, "dim"))
        return read_usage(api, account, window, by, gateways, now=now, local=local is not None)


def _known(api: CloudflareApi, account: str) -> tuple[str, ...]:
    """The gateways of the account; none where the token may see analytics and no gateways."""
    from cfaig.observe.gateways import gateway_ids
    from cfaig.observe.permissions import MissingPermissionError

    try:
        return gateway_ids(api, account)
    except MissingPermissionError:
        return ()
