"""What somebody should look at in a status, by thresholds. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cfaig.health.finding import Area, Finding
from cfaig.health.limits import Limit
from cfaig.health.status import GatewayStatus, Status
from cfaig.observe.amounts import dollars, share
from cfaig.printable import first_few


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From where on something is worth a look; shares go from 0 to 1.

    `errors` and `limited` (answered with 429) are shares of the last hour's requests, `hits` the least share of the
    last day's that the cache has to answer, where caching is on; they hold from `requests` requests on. `used` is the
    share of a limit, `days` those for which the token has to be valid.
    """

    errors: float = 0.05
    limited: float = 0.01
    hits: float = 0.0
    used: float = 0.8
    requests: int = 20
    days: int = 14


def judge(status: Status, thresholds: Thresholds) -> tuple[Finding, ...]:
    """What to look at: a problem for each part that could not be read, a warning for everything else."""
    return (
        *_token(status, thresholds),
        *(_unknown(part, status) for part in status.unknown),
        *_calls(status),
        *(finding for gateway in status.gateways for finding in _gateway(gateway, status, thresholds)),
        *_shared(status),
    )


_TITLES = {
    "account": "the account could not be read",
    "stack": "what was applied could not be read, so drift is not known",
    "analytics": "how the gateways are used could not be read",
    "limits": "what counts against the limits could not be read",
    "versions": "the versions of routes could not be read",
    "definitions": "the definitions have mistakes, so what waits for an apply is not known",
}


def _unknown(part: str, status: Status) -> Finding:
    failed = status.unknown[part]
    area = Area(part)
    # Live and applied can be compared without them: nothing about the environment itself is unknown.
    make = area.warning if part in {"definitions", "versions"} else area.problem
    return make(part, f"{_TITLES[part]}: {failed.why}", failed.hint)


def _token(status: Status, thresholds: Thresholds) -> Iterator[Finding]:
    token, area = status.token, Area("credentials")
    doctor = f"cfaig doctor -e {status.environment}"
    if token.valid:
        if token.expires is not None and (days := (token.expires - status.at).days) < thresholds.days:
            yield area.warning("token", f"{status.source} ends in {days} days", "roll it")
    elif token.state:
        yield area.problem("token", f"{status.source} is {token.state}", doctor)
    else:
        yield area.problem("token", f"{status.source} could not be verified: {token.answer.why}", doctor)


def _calls(status: Status) -> Iterator[Finding]:
    if status.left is not None and status.left[0] < status.left[1] / 10:
        told = f"{status.left[0]:,} of {status.left[1]:,} calls of the API are left for the next minutes"
        yield Area("credentials").warning("calls", told, "what else uses this token? Give each its own")


def _gateway(gateway: GatewayStatus, status: Status, thresholds: Thresholds) -> Iterator[Finding]:
    area, environment = Area("gateways"), status.environment
    if gateway.applied and not gateway.live:
        fix = f"cfaig apply -e {environment} makes it again"
        yield area.warning(gateway.id, "was applied and is gone", fix)
    elif gateway.drift:
        told = f"{first_few(gateway.drift, 3)} changed outside cfaig"
        yield area.warning(gateway.id, told, f"cfaig drift -e {environment} shows what and who")
    yield from _traffic(gateway, thresholds, environment)
    for limit in gateway.limits:
        if limit.share is not None and limit.share >= thresholds.used:
            used = f"{limit.name}: {used_text(limit)} of {limit.told}"
            yield area.warning(gateway.id, used, "raise the limit, or find out who: cfaig analytics")


def _traffic(gateway: GatewayStatus, thresholds: Thresholds, environment: str) -> Iterator[Finding]:
    area, hour, day = Area("gateways"), gateway.hour, gateway.day
    doctor = f"cfaig doctor -e {environment} {gateway.id}"
    if hour is not None and hour.requests >= thresholds.requests:
        if hour.error_rate is not None and hour.error_rate > thresholds.errors:
            told = f"{share(hour.error_rate)} of {hour.requests:,} requests failed in the last hour"
            yield area.warning(gateway.id, told, f"cfaig logs {gateway.id} --failed -e {environment}")
        limited = (gateway.limited or 0) / hour.requests
        if limited > thresholds.limited:
            told = f"{share(limited)} of {hour.requests:,} requests met a limit (429) in the last hour"
            yield area.warning(gateway.id, told, f"{doctor} tells whose limit")
    if gateway.caching and day is not None and day.requests >= thresholds.requests:
        rate = day.hit_rate or 0.0
        if rate < thresholds.hits:
            told = f"the cache answered {share(rate)} of {day.requests:,} requests in the last 24 h"
            yield area.warning(gateway.id, told, f"{doctor} tells why")


def _shared(status: Status) -> Iterator[Finding]:
    if status.shared:
        told = f"{first_few(status.shared, 3)} changed outside cfaig"
        yield Area("account").warning("shared", told, f"cfaig drift -e {status.environment}")


def used_text(limit: Limit) -> str:
    """What is used of a limit: `$4.20 (84 %)`, `at most 57 (57 %)`."""
    if limit.used is None:
        return "not known"
    amount = dollars(limit.used) if limit.money else f"{limit.used:,.0f}"
    part = f" ({limit.share * 100:.0f} %)" if limit.share is not None else ""
    return f"{'at most ' if limit.bound and limit.used else ''}{amount}{part}"
