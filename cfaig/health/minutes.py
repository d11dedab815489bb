"""The last hour by the minute: how close gateways came to their limits of requests, and how often they were over."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cfaig.live.api import CloudflareApi
from cfaig.live.wire import truth
from cfaig.observe.permissions import READ_ANALYTICS, MissingPermissionError, needs
from cfaig.observe.usage_query import MOST_ROWS, rows_of
from cfaig.observe.window import in_utc

LENGTH: Final = timedelta(hours=1)
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Count:
    """Requests of one gateway to one provider in the minute with this number (since the epoch)."""

    gateway: str
    provider: str
    minute: int
    requests: int
    limited: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """What was counted in the last hour; not `complete` where it was too much for one answer."""

    counts: tuple[Count, ...]
    complete: bool = True

    def limited(self, gateway: str) -> int:
        """How many requests were answered with 429, by whoever limits."""
        return sum(count.requests for count in self.counts if count.gateway == gateway and count.limited)

    def peak(self, gateway: str, seconds: float, provider: str | None = None) -> float | None:
        """The most requests that were let through in so many seconds, in whole minutes.

        None for less than a minute, where minutes do not tell, and for more than they reach back.
        """
        length = -(-int(seconds) // _MINUTE)
        if seconds < _MINUTE or seconds > LENGTH.total_seconds() or not self.complete:
            return None
        by_minute: defaultdict[int, int] = defaultdict(int)
        for count in self.counts:
            if count.gateway == gateway and provider in {None, count.provider} and not count.limited:
                by_minute[count.minute] += count.requests
        return float(max((sum(by_minute[at + step] for step in range(length)) for at in tuple(by_minute)), default=0))


def read_minutes(api: CloudflareApi, account: str, now: datetime) -> Minutes:
    """The last hour of all gateways, in one call.

    Raises MissingPermissionError without the permission, and ApiError when Cloudflare does not answer.
    """
    with needs(READ_ANALYTICS, "read analytics"):
        answer = api.request("POST", "/graphql", body={"query": _query(account, now - LENGTH, now)})
    rows = rows_of(answer) if not answer.get("errors") else None
    if rows is None:
        told = "; ".join(str(error.get("message", error)) for error in answer.get("errors") or ())
        raise MissingPermissionError(READ_ANALYTICS, "read analytics", told or f"it sees no account {account}")
    return Minutes(tuple(_counts(rows)), complete=len(rows) < MOST_ROWS)


def _query(account: str, since: datetime, until: datetime) -> str:
    bounds = f'datetimeMinute_geq: "{since:%Y-%m-%dT%H:%M:00Z}", datetimeMinute_leq: "{until:%Y-%m-%dT%H:%M:00Z}"'
    return (
        f"query {{ viewer {{ accounts(filter: {{accountTag: {json.dumps(account)}}}) {{"
        f" aiGatewayRequestsAdaptiveGroups(limit: {MOST_ROWS}, filter: {{{bounds}}}, orderBy: [datetimeMinute_ASC])"
        " { count dimensions { datetimeMinute gateway provider rateLimited } } } } }"
    )


def _counts(rows: Iterable[Mapping[str, Any]]) -> Iterable[Count]:
    for row in rows:
        told = row["dimensions"]
        moment = in_utc(datetime.fromisoformat(str(told["datetimeMinute"])))
        yield Count(
            str(told["gateway"]),
            str(told["provider"]),
            int(moment.timestamp()) // _MINUTE,
            int(row["count"]),
            truth(told["rateLimited"]),
        )
