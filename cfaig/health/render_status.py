"""A status as one screen for people, and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from cfaig.health.finding import Finding, Level, exit_code
from cfaig.health.judge import used_text
from cfaig.health.render_doctor import PLAIN, Paint, findings_text
from cfaig.health.status import EdgeStatus, GatewayStatus, RouteStatus, Status
from cfaig.observe.amounts import UNKNOWN, count, dollars, share
from cfaig.observe.columns import Column, cut, table
from cfaig.observe.usage import Totals
from cfaig.printable import printable
from cfaig.reconcile.route_words import ago

FORMAT: Final = 1
# What the numbers of a gateway need beside its name.
NUMBERS: Final = 70
SHORTEST: Final = 10
_COLUMNS: Final = (
    Column("GATEWAY"),
    Column("REQUESTS 1h", right=True),
    Column("24h", right=True),
    Column("ERRORS 1h", right=True),
    Column("24h", right=True),
    Column("CACHED 1h", right=True),
    Column("24h", right=True),
    Column("COST 24h", right=True),
)


def render_text(status: Status, findings: Sequence[Finding], *, paint: Paint = PLAIN, width: int = 100) -> str:
    """The screen, ending with a newline: account, table of gateways, what hangs on them, what to look at."""
    blocks = [
        "\n".join(_head(status, findings, paint, width)),
        "\n".join(_usage(status, findings, paint, width)),
        "\n".join(_hanging(status, paint, width)),
        findings_text(findings, paint, width),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(status: Status, findings: Sequence[Finding], paint: Paint, width: int) -> Iterator[str]:
    verdict = _verdict(findings)
    level = max((finding.level for finding in findings), key=list(Level).index, default=Level.OK)
    told = f"{status.environment}: {verdict} · account {_short(status.account)} · {status.at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"{paint.sign(level)} {paint.of(cut(printable(told), width - 2), paint.bold)}"
    yield cut(f"  {printable(' · '.join(_api(status)))}", width)


def _verdict(findings: Sequence[Finding]) -> str:
    unknown = sum(finding.level is Level.PROBLEM for finding in findings)
    looks = len(findings) - unknown
    if unknown:
        return "cannot tell all"
    return f"{looks} thing{'' if looks == 1 else 's'} to look at" if looks else "all is well"


def _short(account: str) -> str:
    return f"{account[:4]}…{account[-4:]}" if len(account) > 12 else account


def _api(status: Status) -> Iterator[str]:
    token = status.token
    answered = f"API answers in {token.answer.seconds * 1000:.0f} ms" if token.answer.status else "API does not answer"
    yield answered
    if token.valid:
        yield "token valid" + (f" until {token.expires:%Y-%m-%d}" if token.expires else "")
    else:
        yield f"token {token.state or 'not verified'}"
    if status.left is not None:
        yield f"{status.left[0]:,} of {status.left[1]:,} calls left"


def _usage(status: Status, findings: Sequence[Finding], paint: Paint, width: int) -> Iterator[str]:
    marks = {finding.subject for finding in findings if finding.area == "gateways"}
    rows = [
        (cut(printable(gateway.id), max(width - NUMBERS, SHORTEST)), *_numbers(gateway)) for gateway in status.gateways
    ]
    if not rows:
        yield "No gateways." if "account" not in status.unknown else ""
        return
    head, *lines = table(_COLUMNS, rows)
    yield paint.of(cut(f"  {head}", width), paint.bold)
    for gateway, line in zip(status.gateways, lines, strict=True):
        sign = paint.sign(Level.WARNING if gateway.id in marks else Level.OK) if gateway.live else " "
        yield f"{sign} {cut(line, width - 2)}"
    if status.others:
        told = (
            f"{status.others} more gateway{'' if status.others == 1 else 's'} in the account: not of this environment"
        )
        yield paint.of(cut(f"  {told}", width), paint.faint)
    for note in status.notes:
        yield paint.of(cut(f"  {printable(note)}", width), paint.faint)


def _numbers(gateway: GatewayStatus) -> tuple[str, ...]:
    hour, day = gateway.hour, gateway.day
    return (
        *(UNKNOWN if totals is None else count(totals.requests) for totals in (hour, day)),
        *(share(_rate(totals, "error_rate")) for totals in (hour, day)),
        *(share(_rate(totals, "hit_rate")) for totals in (hour, day)),
        dollars(day.cost if day else None),
    )


def _rate(totals: Totals | None, name: str) -> float | None:
    return None if totals is None else getattr(totals, name)


def _hanging(status: Status, paint: Paint, width: int) -> Iterator[str]:
    """What hangs on the gateways, in three columns."""
    every = [(gateway, tuple(_told(gateway, status.at))) for gateway in status.gateways]
    longest = max((len(printable(name)) for _, lines in every for _, name, _ in lines), default=0)
    wide = min(longest, max(width // 3, SHORTEST))
    for gateway, lines in every:
        if lines:
            yield paint.of(cut(printable(gateway.id), width), paint.bold)
        for what, name, told in lines:
            yield cut(f"  {what:<5}  {cut(printable(name), wide):<{wide}}  {printable(told)}".rstrip(), width)


def _told(gateway: GatewayStatus, now: datetime) -> Iterator[tuple[str, str, str]]:
    """What hangs on a gateway: what it is, its name, what is to be said of it."""
    if not gateway.live:
        yield "", "gone" if gateway.applied else "not there", "was applied" if gateway.applied else "waits for an apply"
        return
    for route in gateway.routes:
        yield "route", route.name, _route(route, now)
    for edge in gateway.edges:
        yield "edge", edge.worker, _edge(edge)
    for limit in gateway.limits:
        yield "limit", limit.name, f"{limit.told}: {used_text(limit)}"
    if gateway.limited:
        yield "limit", "429", f"{gateway.limited:,} requests in the last hour"
    if not gateway.applied:
        yield "", "not ours yet", "it is live, and no apply has taken it over"
    if gateway.drift:
        yield "drift", f"{len(gateway.drift)} changed", ", ".join(gateway.drift)
    if gateway.edited and gateway.applied:
        yield "edits", f"{len(gateway.edited)} to apply", ", ".join(gateway.edited)


def _route(route: RouteStatus, now: datetime) -> str:
    if not route.live:
        return "gone"
    version = f"version {route.number}" if route.number else f"version {(route.version or '?')[:8]}"
    return f"{version}, deployed {ago(route.deployed_at, now)}" if route.deployed_at else version


def _edge(edge: EdgeStatus) -> str:
    return f"at {edge.hostname or 'no host name'}" if edge.live else "gone"


def render_json(status: Status, findings: Sequence[Finding]) -> str:
    """The status as a JSON text."""
    token = status.token
    left = status.left
    document: dict[str, Any] = {
        "format": FORMAT,
        "environment": status.environment,
        "account": status.account,
        "at": status.at.isoformat(timespec="seconds"),
        "exit_code": exit_code(findings),
        "findings": [finding.document() for finding in findings],
        "api": {
            "answers": bool(token.answer.status),
            "milliseconds": round(token.answer.seconds * 1000, 1) if token.answer.status else None,
            "calls_left": left[0] if left else None,
            "calls_allowed": left[1] if left else None,
        },
        "token": {
            "valid": token.valid,
            "state": token.state,
            "expires": token.expires.isoformat() if token.expires else None,
        },
        "gateways": [_document(gateway) for gateway in status.gateways],
        "shared": {"drift": list(status.shared), "edited": list(status.edited)},
        "other_gateways": status.others,
        "notes": list(status.notes),
        "unknown": {part: failed.why for part, failed in status.unknown.items()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _document(gateway: GatewayStatus) -> dict[str, Any]:
    told = asdict(gateway)
    for name in ("hour", "day"):
        totals: Totals | None = getattr(gateway, name)
        if totals is not None:
            told[name] |= {"error_rate": totals.error_rate, "hit_rate": totals.hit_rate}
    for limit, document in zip(gateway.limits, told["limits"], strict=True):
        document["share"] = limit.share
    return told
