"""Counting from logs what the GraphQL API cannot group: calls by their route.

Neither it nor a log names the route of a call that was answered, but the call's body does: one call of the API per log
that may be of a route. So the number of logs is limited, and what it reaches is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cfaig.live.api import CloudflareApi
from cfaig.observe.log import Log, flag_of, moment_of, number_of
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.read_logs import LogReader, Tell, newest_logs
from cfaig.observe.read_usage import summed
from cfaig.observe.usage import Field, Grouping, Totals, Usage
from cfaig.observe.usage_query import Counted, step_for
from cfaig.observe.window import Window, shown

MOST_LOGS: Final = 500
SOURCE: Final = "logs"
NO_ROUTE: Final = "(no route)"
FROM_BODIES: Final = "analytics do not know routes: this is counted from logs, and only where they keep bodies"


def read_usage_of_routes(
    api: CloudflareApi, account: str, window: Window, gateways: Sequence[str], tell: Tell | None = None
) -> Usage:
    """What the routes of these gateways were used for: from the newest logs of each, up to `MOST_LOGS`.

    Where there are more, the window begins where they do. Raises CfaigError or ApiError where logs cannot be read.
    """
    step = step_for(window.length)
    found: list[Counted] = []
    notes = [FROM_BODIES]
    begin = window.since
    for gateway in gateways:
        reader = LogReader(api, account, gateway)
        newest = newest_logs(reader, LogFilter(since=window.since, until=window.until), MOST_LOGS, tell)
        if not newest.complete and newest.oldest:
            notes.append(f"of {gateway} only the newest {MOST_LOGS} logs are counted, back to {shown(newest.oldest)}")
            begin = max(begin, newest.oldest)
        for place, log in enumerate(newest.logs, 1):
            found.append(Counted(step.beginning(moment_of(log)), _name(reader, log), _totals(log)))
            if tell and place % 100 == 0:
                tell(f"{gateway}: read {place} of {len(newest.logs)} logs")
    whole = Window(step.beginning(window.since), window.until)
    if begin > window.since:
        notes.append(f"numbers of all gateways together are whole only from {shown(begin)} on")
    return summed(found, whole, Grouping(Field.ROUTE), gateways, step, SOURCE, notes)


def _name(reader: LogReader, log: Log) -> str:
    route = reader.route_of(log)
    return f"{reader.gateway}/{route}" if route else NO_ROUTE


def _totals(log: Log) -> Totals:
    return Totals(
        requests=1,
        errors=not flag_of(log, "success"),
        cached=flag_of(log, "cached"),
        tokens_in=int(number_of(log, "tokens_in")),
        tokens_out=int(number_of(log, "tokens_out")),
        cost=float(number_of(log, "cost")),
    )
