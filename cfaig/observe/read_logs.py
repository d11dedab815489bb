"""Reading logs from the account: the newest ones, all of them in order, and single ones with their bodies."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any, Final
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.observe.gateways import gateway_ids, path_of, unknown
from cfaig.observe.log import Log, may_be_of_route, moment_of, route_in_body, route_told
from cfaig.observe.log_filter import TICK, LogFilter
from cfaig.observe.permissions import READ_LOGS, needs

PER_PAGE: Final = 50
# Logs that are looked at for those that only we can tell to be wanted, unless a time is given.
MOST_LOOKED_AT: Final = 2_000

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page as the API gives it, and how many logs there are that the filters mean; None where it does not say."""

    logs: tuple[Log, ...]
    total: int | None
    full: bool


@dataclass(frozen=True)
class LogReader:
    """The logs of one gateway. `routes` keeps what is known about which log is of which route."""

    api: CloudflareApi
    account: str
    gateway: str
    routes: dict[str, str | None] = field(default_factory=dict)

    def page(self, wanted: LogFilter, page: int, direction: str) -> LogPage:
        """One page in order of time, `asc` or `desc`.

        Raises CfaigError where there is no such gateway, MissingPermissionError without the permission.
        """
        params: dict[str, Any] = {
            "page": page,
            "per_page": PER_PAGE,
            "order_by": "created_at",
            "order_by_direction": direction,
        }
        if filters := wanted.api_filters():
            params["filters"] = json.dumps(filters)
        if wanted.search:
            params["search"] = wanted.search
        answer = self._asked("", params)
        info = answer.get("result_info") or {}
        logs = tuple(answer.get("result") or ())
        total = info.get("total_count")
        return LogPage(logs, total if isinstance(total, int) else None, len(logs) >= (info.get("per_page") or PER_PAGE))

    def detail(self, log: str) -> Log:
        """One log with the beginnings of its bodies; raises CfaigError where there is none of this id."""
        try:
            found: Log = self._asked(f"/{quote(log, safe='')}", {})["result"]
        except ApiError as error:
            if not error.gone:
                raise
            raise CfaigError(
                f"{self.gateway} has no log {log}", "it may be deleted by now; cfaig logs lists those that are there"
            ) from error
        return found

    def route_of(self, log: Log) -> str | None:
        """The route that the call asked for, if any can be told: at the cost of a call for its body."""
        identity = str(log["id"])
        if identity not in self.routes:
            told = route_told(log)
            if told is None and may_be_of_route(log):
                told = route_in_body(str(self.detail(identity).get("request_head") or ""))
            self.routes[identity] = told
        return self.routes[identity]

    def wants(self, log: Log, wanted: LogFilter) -> bool:
        """Whether the log is wanted, its route included."""
        return wanted.matches(log) and (not wanted.routes or self.route_of(log) in wanted.routes)

    def _asked(self, below: str, params: Mapping[str, Any]) -> Any:
        path = f"{path_of(self.account, self.gateway)}/logs{below}"
        with needs(READ_LOGS, "read logs"):
            try:
                return self.api.request("GET", path, params=params)
            except ApiError as error:
                if error.gone and self.gateway not in (known := gateway_ids(self.api, self.account)):
                    raise unknown(self.gateway, known) from error
                raise


@dataclass(frozen=True, slots=True)
class Newest:
    """Wanted logs, the oldest first. `looked_at` counts those that were read, back to `oldest`.

    `complete` tells that there are no others; `given_up` that there may be, and it would take too long to look.
    """

    logs: tuple[Log, ...]
    looked_at: int
    oldest: datetime | None
    complete: bool
    given_up: bool


def newest_logs(reader: LogReader, wanted: LogFilter, most: int, tell: Tell | None = None) -> Newest:
    """The newest wanted logs, `most` of them at the most.

    Where logs have to be read to know whether they are wanted, that ends after `MOST_LOOKED_AT`, unless there is a
    `since`. `tell` hears now and then how far it has come.
    """
    found: dict[str, Log] = {}
    seen: dict[str, datetime] = {}
    limit = max(most, MOST_LOOKED_AT) if wanted.decided_here() and wanted.since is None else math.inf
    for number in count(1):
        page = reader.page(wanted, number, "desc")
        for log in page.logs:
            if str(log["id"]) not in seen and len(found) < most:
                seen[str(log["id"])] = moment_of(log)
                if reader.wants(log, wanted):
                    found[str(log["id"])] = log
        if not page.full or len(found) >= most or len(seen) >= limit:
            break
        if tell and number % 20 == 0:
            tell(f"looked at {len(seen):,} logs, {len(found):,} are wanted")
    # Calls that began in the same millisecond stay as they came.
    oldest_first = list(found.values())[::-1]
    oldest_first.sort(key=moment_of)
    enough = len(found) >= most
    return Newest(
        logs=tuple(oldest_first),
        looked_at=len(seen),
        oldest=min(seen.values(), default=None),
        complete=not page.full and not enough,
        given_up=page.full and not enough,
    )


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far logs were read: up to `moment`, and which of those in its last moments were.

    Pages move while logs come and go; a moment does not.
    """

    moment: datetime
    seen: Mapping[str, datetime] = field(default_factory=dict)

    def after(self, logs: tuple[Log, ...]) -> Cursor:
        """The same after these have been read."""
        times = {str(log["id"]): moment_of(log) for log in logs}
        moment = max((self.moment, *times.values()))
        kept = {identity: at for identity, at in {**self.seen, **times}.items() if at >= moment - 2 * TICK}
        return Cursor(moment, kept)


@dataclass(frozen=True, slots=True)
class Batch:
    """Logs that were not read before, in order, of which `wanted` are wanted; where to go on; how many are left."""

    logs: tuple[Log, ...]
    wanted: tuple[Log, ...]
    cursor: Cursor
    left: int | None


def logs_after(reader: LogReader, wanted: LogFilter, cursor: Cursor) -> Iterator[Batch]:
    """All wanted logs from the cursor on, the oldest first, each once: until there are no more."""
    number = 1
    while True:
        page = reader.page(replace(wanted, since=cursor.moment), number, "asc")
        fresh = tuple(log for log in page.logs if str(log["id"]) not in cursor.seen)
        after = cursor.after(fresh)
        left = None if page.total is None else max(page.total - (number - 1) * PER_PAGE - len(page.logs), 0)
        # As long as a full page is all of one moment, the next ones have the rest of it.
        number = number + 1 if after.moment == cursor.moment else 1
        cursor = after
        yield Batch(fresh, tuple(log for log in fresh if reader.wants(log, wanted)), cursor, left)
        if not page.full:
            return
