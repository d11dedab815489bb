"""The newest traffic of gateways, as far as it tells why answers do not come from the cache, and who limits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cfaig.health.minutes import read_minutes
from cfaig.json_types import Json
from cfaig.live.api import CloudflareApi
from cfaig.live.expected import Expectations
from cfaig.live.read import read_live
from cfaig.observe.log import Log, flag_of, moment_of, number_of
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.ranges import Range
from cfaig.observe.read_logs import LogReader, newest_logs
from cfaig.observe.read_usage import read_usage
from cfaig.observe.usage import Field, Grouping, Totals
from cfaig.observe.window import Window
from cfaig.state.model import GatewayState

DAY: Final = timedelta(days=1)
# Below this share of answers from the cache, with so many requests, it is worth asking why.
LOW_HITS: Final = 0.1
ENOUGH: Final = 20
# Each gateway that is looked into costs a call for every body.
MOST_GATEWAYS: Final = 3
BODIES: Final = 40
REFUSALS: Final = 12
READERS: Final = 6
TOO_MANY: Final = 429


@dataclass(frozen=True, slots=True)
class Request:
    """A request and its answer as the log has them; `body` is None where it was not kept whole, or is no JSON."""

    at: datetime
    provider: str
    model: str
    path: str
    cached: bool
    success: bool
    byok: bool
    answer_type: str
    body: Json


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that was answered with 429: the body of the answer as far as it was kept, None where it was not."""

    provider: str
    model: str
    unified: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class Traffic:
    """A gateway as it is live, the last day's numbers, its newest requests, and those that met a limit.

    Its provider keys are those of the definitions.
    """

    gateway: GatewayState
    day: Totals
    limited: int
    requests: tuple[Request, ...] = ()
    refused: tuple[Refused, ...] = ()


def look_at_traffic(
    api: CloudflareApi, account: str, now: datetime, defined: Sequence[GatewayState], chosen: str | None
) -> tuple[Traffic, ...]:
    """The traffic of the `chosen` gateway; or else of those whose caches hardly answer, or that met limits.

    Raises MissingPermissionError where the token may not read analytics or logs, and ApiError.
    """
    live = {each.id: each for each in _live(api, account)}
    by = Grouping(Field.GATEWAY)
    used = {group.name: group.totals for group in read_usage(api, account, Window.last(now, DAY), by).groups}
    minutes = read_minutes(api, account, now)
    found = []
    for gateway in defined:
        if gateway.id in live and chosen in {None, gateway.id}:
            settings = GatewayState(gateway.id, live[gateway.id].settings, provider_keys=gateway.provider_keys)
            found.append(Traffic(settings, used.get(gateway.id, Totals()), minutes.limited(gateway.id)))
    found.sort(key=lambda one: (-one.limited, -one.day.requests, one.gateway.id))
    asked = [one for one in found if chosen or misses_much(one) or one.limited][:MOST_GATEWAYS]
    return tuple(_with_logs(api, account, one, now) for one in asked)


def misses_much(traffic: Traffic) -> bool:
    """Whether the cache is on, has had something to do, and hardly answers."""
    rate = traffic.day.hit_rate
    return bool(
        traffic.gateway.settings.get("cache_ttl")
        and traffic.day.requests >= ENOUGH
        and rate is not None
        and rate < LOW_HITS
    )


def _live(api: CloudflareApi, account: str) -> Sequence[GatewayState]:
    settings_alone = Expectations(custom_providers=False, stores=False)
    return read_live(api, account, only=(), expected=settings_alone).state.gateways


def _with_logs(api: CloudflareApi, account: str, traffic: Traffic, now: datetime) -> Traffic:
    reader = LogReader(api, account, traffic.gateway.id)
    newest = newest_logs(reader, LogFilter(), BODIES).logs
    over = LogFilter(statuses=(Range(TOO_MANY, TOO_MANY),), since=now - DAY, success=False)
    limited = newest_logs(reader, over, REFUSALS).logs if traffic.limited else ()
    with ThreadPoolExecutor(READERS) as pool:
        details = pool.map(lambda log: reader.detail(str(log["id"])), (*newest, *limited))
        bodies = [_Detail(detail) for detail in details]
    requests = tuple(_request(log, body) for log, body in zip(newest, bodies, strict=False))
    refused = tuple(_refused(log, body) for log, body in zip(limited, bodies[len(newest) :], strict=True))
    return Traffic(traffic.gateway, traffic.day, traffic.limited, requests, refused)


@dataclass(frozen=True, slots=True)
class _Detail:
    """One log with the beginnings of its bodies."""

    log: Log

    @property
    def request(self) -> Json:
        if not flag_of(self.log, "request_head_complete"):
            return None
        try:
            found: Json = json.loads(str(self.log.get("request_head") or ""))
        except (ValueError, RecursionError):
            return None
        return found

    @property
    def answer(self) -> str | None:
        return str(self.log.get("response_head") or "") or None


def _request(log: Log, detail: _Detail) -> Request:
    return Request(
        at=moment_of(log),
        provider=str(log.get("provider") or ""),
        model=str(log.get("model") or ""),
        path=str(log.get("path") or ""),
        cached=flag_of(log, "cached"),
        success=flag_of(log, "success") and number_of(log, "status_code") < 400,
        byok=flag_of(log, "byok"),
        answer_type=str(log.get("response_content_type") or ""),
        body=detail.request,
    )


def _refused(log: Log, detail: _Detail) -> Refused:
    return Refused(
        str(log.get("provider") or ""), str(log.get("model") or ""), flag_of(log, "wholesale"), detail.answer
    )
