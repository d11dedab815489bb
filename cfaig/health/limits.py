"""Limits of gateways against what was used of them: requests, and US dollars (facts/ai-gateway.md 4.1, 4.2, 4.6).

Cloudflare's own counters cannot be read. What analytics count in the window of a limit comes close, some minutes late.
A spend rule may look at provider, model and metadata at once, and analytics tell of one of them at a time: the least of
what they say is the most that the rule can have counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cfaig.health.minutes import Minutes
from cfaig.observe.usage import METADATA, Field, Grouping, Usage
from cfaig.observe.window import Window
from cfaig.reconcile.amounts import dollars, seconds
from cfaig.reconcile.setting_words import requests, spend_scopes
from cfaig.state.model import GatewayState

PARTITION: Final = "partition"
HOUR: Final = 3600


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit: `told` says it, `used` is what counts against `most`, None where that is not known.

    `money`: both are US dollars, else requests. `bound`: no more than that was used, perhaps less.
    """

    name: str
    told: str
    used: float | None
    most: float
    money: bool = False
    bound: bool = False

    @property
    def share(self) -> float | None:
        """How much of it is used, from 0 up."""
        return self.used / self.most if self.used is not None and self.most > 0 else None


@dataclass(frozen=True, slots=True)
class Question:
    """What has to be asked of analytics: a time that ends now, counted by something, of one gateway or all."""

    window: int
    fixed: bool
    by: Grouping
    gateway: str | None = None

    def when(self, now: datetime) -> Window:
        """The window: the last seconds, or for fixed limits what has passed of the one on the clock."""
        if not self.fixed:
            return Window.last(now, timedelta(seconds=self.window))
        begun = int(now.timestamp()) // self.window * self.window
        return Window(datetime.fromtimestamp(begun, UTC), now)


_BY_GATEWAY: Final = Grouping(Field.GATEWAY)


def questions(gateway: GatewayState) -> Iterator[Question]:
    """What has to be known about the limits of a gateway, besides its last hour by the minute."""
    window = _number(gateway.settings.get("rate_limiting_interval"))
    if gateway.settings.get("rate_limiting_limit") and window > HOUR:
        yield _rate_question(gateway, int(window))
    for rule in _rules(gateway):
        yield from _spend_questions(gateway, rule)


def _rate_question(gateway: GatewayState, window: int) -> Question:
    return Question(window, gateway.settings.get("rate_limiting_technique") != "sliding", _BY_GATEWAY)


def _rules(gateway: GatewayState) -> Iterator[Mapping[str, Any]]:
    limits: Any = gateway.settings.get("spend_limits") or {}
    if limits.get("enabled"):
        for rule in limits.get("rules") or ():
            if rule.get("enabled", True) and _number(rule.get("window")) > 0:
                yield rule


def _spend_questions(gateway: GatewayState, rule: Mapping[str, Any]) -> Iterator[Question]:
    window, fixed = int(_number(rule["window"])), rule.get("technique") == "fixed"
    scopes = [Grouping(field) for field in (Field.PROVIDER, Field.MODEL) if rule.get(field.value)]
    scopes += [Grouping(Field.METADATA, key) for key in sorted(rule.get(METADATA) or {})]
    yield from (Question(window, fixed, by, gateway.id) for by in scopes)
    if not scopes:
        yield Question(window, fixed, _BY_GATEWAY)


def limits_of(gateway: GatewayState, minutes: Minutes | None, answers: Mapping[Question, Usage]) -> tuple[Limit, ...]:
    """The limits of a gateway; `minutes` and `answers` are what analytics have told."""
    found = [*_rate_limit(gateway, minutes, answers)]
    for key in gateway.provider_keys:
        if key.rate_limit and key.rate_limit_period:
            told = requests(key.rate_limit, key.rate_limit_period)
            peak = minutes.peak(gateway.id, key.rate_limit_period, key.provider) if minutes else None
            found.append(Limit(f"key {key.provider}/{key.alias}", told, peak, key.rate_limit, bound=True))
    return (*found, *(_spend_limit(gateway, rule, answers) for rule in _rules(gateway)))


def _rate_limit(gateway: GatewayState, minutes: Minutes | None, answers: Mapping[Question, Usage]) -> Iterator[Limit]:
    most = _number(gateway.settings.get("rate_limiting_limit"))
    window = int(_number(gateway.settings.get("rate_limiting_interval")))
    if not most or not window:
        return
    if window > HOUR:
        usage = answers.get(_rate_question(gateway, window))
        used = None if usage is None else float(_of(usage, gateway.id, "requests"))
    else:
        used = minutes.peak(gateway.id, window) if minutes else None
    yield Limit("rate", requests(int(most), window), used, most)


def _spend_limit(gateway: GatewayState, rule: Mapping[str, Any], answers: Mapping[Question, Usage]) -> Limit:
    asked = tuple(_spend_questions(gateway, rule))
    used = [_spent(answers[question], question, gateway, rule) for question in asked if question in answers]
    scopes = ", ".join(spend_scopes(rule))
    told = f"{dollars(rule.get('limit') or 0)} per {seconds(rule['window'])}" + (f", {scopes}" if scopes else "")
    return Limit(
        f"spend {rule.get('id') or ''}".strip(),
        told,
        min(used) if len(used) == len(asked) else None,
        _number(rule.get("limit")),
        money=True,
        bound=len(asked) > 1,
    )


def _spent(usage: Usage, question: Question, gateway: GatewayState, rule: Mapping[str, Any]) -> float:
    """The most that a rule can have counted, as far as one of its scopes tells; for a partition, its largest part."""
    if question.gateway is None:
        return _of(usage, gateway.id, "cost")
    by = question.by
    scope = (rule.get(METADATA) or {}).get(by.key) if by.field is Field.METADATA else rule.get(by.field.value)
    if isinstance(scope, Mapping) and scope.get("mode") == PARTITION:
        return max((group.totals.cost for group in usage.groups), default=0.0)
    values = {str(value) for value in (scope or {}).get("values") or ()}
    return sum(group.totals.cost for group in usage.groups if group.name in values)


def _of(usage: Usage, gateway: str, name: str) -> float:
    return float(sum(getattr(group.totals, name) for group in usage.groups if group.name == gateway))


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0


def all_questions(gateways: Iterable[GatewayState]) -> Sequence[Question]:
    """The questions about the limits of all gateways, each once."""
    return tuple(dict.fromkeys(question for gateway in gateways for question in questions(gateway)))
