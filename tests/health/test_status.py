"""Limits against what was used, what is worth a look, and how a status is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cfaig.health.asking import Answer
from cfaig.health.at_once import Failed
from cfaig.health.finding import Level, exit_code
from cfaig.health.judge import Thresholds, judge, used_text
from cfaig.health.limits import Limit, Question, all_questions, limits_of
from cfaig.health.minutes import Count, Minutes
from cfaig.health.render_doctor import ANSI
from cfaig.health.render_status import render_json, render_text
from cfaig.health.status import EdgeStatus, GatewayStatus, RouteStatus, Status
from cfaig.health.token import Token
from cfaig.observe.usage import Field, Group, Grouping, Totals, Usage
from cfaig.observe.window import Window
from cfaig.state.model import GatewayState, ProviderKeyState
from cfaig.state.settings import DEFAULT_SETTINGS

NOW = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)
MINUTE = int(NOW.timestamp()) // 60


def gateway(*rules: dict[str, Any], **settings: Any) -> GatewayState:
    spend: Any = {"enabled": True, "rules": list(rules)}
    return GatewayState("support", {**DEFAULT_SETTINGS, "spend_limits": spend, **settings})


def usage(**costs: float) -> Usage:
    groups = tuple(Group(name, Totals(requests=10, cost=cost), ()) for name, cost in costs.items())
    window = Window.last(NOW, timedelta(hours=1))
    return Usage(window, Grouping(Field.GATEWAY), (), (), Totals(), (), groups, "")


RULE: dict[str, Any] = {"id": "day", "limit": 5, "limitType": "cost", "window": 86400, "technique": "sliding"}


def test_peaks_are_counted_over_as_many_minutes_as_the_limit_has() -> None:
    counts = [
        Count("support", "openai", MINUTE - 2, 5, limited=False),
        Count("support", "openai", MINUTE - 1, 7, limited=False),
        Count("support", "anthropic", MINUTE - 1, 2, limited=False),
        Count("support", "openai", MINUTE - 1, 90, limited=True),
        Count("other", "openai", MINUTE - 1, 50, limited=False),
    ]
    minutes = Minutes(tuple(counts))
    assert [minutes.peak("support", seconds) for seconds in (30, 60, 120, 3600, 7200)] == [None, 9, 14, 14, None]
    assert minutes.peak("support", 60, "openai") == 7
    assert minutes.limited("support") == 90
    assert minutes.peak("unused", 60) == 0
    assert Minutes(tuple(counts), complete=False).peak("support", 60) is None


def test_a_rule_for_all_counts_the_gateway() -> None:
    own = gateway(RULE)
    (question,) = all_questions([own])
    assert (question.by, question.gateway) == (Grouping(Field.GATEWAY), None)
    (limit,) = limits_of(own, None, {question: usage(support=4.2, other=100)})
    assert (limit.name, limit.told, limit.used, limit.bound) == ("spend day", "$5 per 1d", 4.2, False)
    assert used_text(limit) == "$4.20 (84 %)"
    (unknown,) = limits_of(own, None, {})
    assert (unknown.used, used_text(unknown)) == (None, "not known")


def test_rules_with_several_scopes_have_an_upper_bound() -> None:
    scopes = {"model": {"mode": "filter", "values": ["gpt-4o"]}, "metadata": {"team": {"mode": "partition"}}}
    own = gateway({**RULE, **scopes})
    asked = {question.by: question for question in all_questions([own])}
    assert set(asked) == {Grouping(Field.MODEL), Grouping(Field.METADATA, "team")}
    answers = {
        asked[Grouping(Field.MODEL)]: usage(**{"gpt-4o": 4.0, "gpt-5": 9.0}),
        asked[Grouping(Field.METADATA, "team")]: usage(red=1.5, blue=3.0),
    }
    (limit,) = limits_of(own, None, answers)
    assert (limit.used, limit.bound, used_text(limit)) == (3.0, True, "at most $3.00 (60 %)")
    assert limit.told == "$5 per 1d, for each metadata.team, for model gpt-4o"


def test_switched_off_rules_are_no_limits() -> None:
    assert all_questions([gateway({**RULE, "enabled": False})]) == ()
    limits: Any = {"enabled": False, "rules": [RULE]}
    off = GatewayState("g", {**DEFAULT_SETTINGS, "spend_limits": limits})
    assert limits_of(off, None, {}) == ()


def test_fixed_windows_stand_on_the_clock() -> None:
    fixed = Question(60, True, Grouping(Field.GATEWAY))
    assert fixed.when(NOW).since == NOW.replace(second=0)
    assert replace(fixed, fixed=False).when(NOW).since == NOW - timedelta(seconds=60)


def test_rate_limits_of_gateways_and_keys() -> None:
    minutes = Minutes((Count("support", "openai", MINUTE, 40, limited=False),))
    key = ProviderKeyState("openai", "default", default=True, rate_limit=50, rate_limit_period=60)
    own = replace(gateway(rate_limiting_limit=100, rate_limiting_interval=60), provider_keys=(key,))
    rate, of_key = limits_of(own, minutes, {})
    assert (rate.told, rate.used, rate.share) == ("100 requests per 1m", 40, 0.4)
    assert (of_key.name, used_text(of_key)) == ("key openai/default", "at most 40 (80 %)")
    daily = gateway(rate_limiting_limit=100, rate_limiting_interval=86400)
    (question,) = all_questions([daily])
    (limit,) = limits_of(daily, minutes, {question: usage(support=0)})
    assert limit.used == 10


TOKEN = Token("user token", Answer(200, 0.02), "active")
WELL = GatewayStatus(
    "support",
    applied=True,
    live=True,
    routes=(RouteStatus("chat", "v-1", 3, "2026-11-20T12:00:00Z"),),
    edges=(EdgeStatus("support-edge", "ai.example.com"),),
    limits=(Limit("rate", "100 requests per 1m", 57, 100),),
    caching=True,
    hour=Totals(120, 1, 40, cost=0.5),
    day=Totals(2310, 20, 800, cost=12.5),
    limited=0,
)


def status(*gateways: GatewayStatus, **more: Any) -> Status:
    facts: dict[str, Any] = {"token": TOKEN, "left": (1180, 1200), "gateways": gateways, **more}
    return Status("prod", "a" * 32, NOW, "CLOUDFLARE_API_TOKEN", **facts)


@pytest.mark.parametrize(
    ("changed", "more", "code", "told"),
    [
        ({}, {}, 0, ""),
        ({"live": False}, {}, 2, "was applied and is gone"),
        ({"live": False, "applied": False}, {}, 0, ""),
        ({"drift": ("gateway/support",)}, {}, 2, "gateway/support changed outside cfaig"),
        ({"edited": ("gateway/support",)}, {}, 0, ""),
        ({"hour": Totals(120, 12)}, {}, 2, "10.0 % of 120 requests failed"),
        ({"hour": Totals(10, 9)}, {}, 0, ""),
        ({"limited": 30}, {}, 2, "25.0 % of 120 requests met a limit"),
        ({"limits": (Limit("rate", "x", 85, 100),)}, {}, 2, "rate: 85 (85 %) of x"),
        ({"limits": (Limit("rate", "x", None, 100),)}, {}, 0, ""),
        ({}, {"token": replace(TOKEN, expires=NOW + timedelta(days=3))}, 2, "ends in 3 days"),
        ({}, {"token": replace(TOKEN, state="expired")}, 1, "is expired"),
        ({}, {"token": Token("user token", Answer(0, failure="no connection"))}, 1, "could not be verified"),
        ({}, {"left": (20, 1200)}, 2, "20 of 1,200 calls"),
        ({}, {"shared": ("custom_provider/x",)}, 2, "custom_provider/x changed"),
        ({}, {"unknown": {"analytics": Failed("no permission", "give it")}}, 1, "could not be read: no permission"),
        ({}, {"unknown": {"definitions": Failed("2 mistakes")}}, 2, "definitions have mistakes"),
    ],
)
def test_what_is_worth_a_look(changed: dict[str, Any], more: dict[str, Any], code: int, told: str) -> None:
    findings = judge(status(replace(WELL, **changed), **more), Thresholds())
    assert exit_code(findings) == code, findings
    assert told in "".join(finding.told for finding in findings)
    assert bool(findings) is bool(code)


def test_thresholds_can_be_moved() -> None:
    assert judge(status(WELL), Thresholds(errors=0.001))
    assert judge(status(WELL), Thresholds(hits=0.5))[0].told.startswith("the cache answered 34.6 %")
    assert judge(status(WELL), Thresholds(used=0.5))
    assert not judge(status(replace(WELL, caching=False)), Thresholds(hits=0.5))


def test_a_screen() -> None:
    shown = status(replace(WELL, drift=("gateway/support",)), others=2)
    text = render_text(shown, judge(shown, Thresholds()), width=100)
    assert text.splitlines()[0] == "! prod: 1 thing to look at · account aaaa…aaaa · 2026-11-22 12:00:30 UTC"
    assert "API answers in 20 ms · token valid · 1,180 of 1,200 calls left" in text
    (row,) = [line for line in text.splitlines() if line.startswith("! support")]
    assert row.split() == ["!", "support", "120", "2.3k", "0.8", "%", "0.9", "%", "33.3", "%", "34.6", "%", "$12.50"]
    assert "version 3, deployed 2d ago" in text
    assert "support-edge" in text
    assert "100 requests per 1m: 57 (57 %)" in text
    assert "2 more gateways in the account" in text
    assert "cfaig drift -e prod" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    gone = replace(WELL, id="a-gateway-with-quite-a-long-name" * 2, drift=("route/support/chat",) * 5)
    shown = status(WELL, gone)
    text = render_text(shown, judge(shown, Thresholds()), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "\x1b[33m" in render_text(shown, judge(shown, Thresholds()), paint=ANSI, width=width)


def test_names_from_an_account_cannot_move_the_cursor() -> None:
    shown = status(replace(WELL, id="x\x1b[2J", routes=(RouteStatus("r\x1b]0;", None, None, None),)))
    assert "\x1b" not in render_text(shown, (), width=80)


def test_what_could_not_be_read_is_no_zero() -> None:
    shown = status(replace(WELL, hour=None, day=None, limited=None), unknown={"analytics": Failed("no", "fix it")})
    text = render_text(shown, judge(shown, Thresholds()), width=100)
    (row,) = [line for line in text.splitlines() if "support " in line and "–" in line]
    assert row.split().count("–") == 7
    assert "cannot tell all" in text


def test_the_json_has_everything() -> None:
    shown = status(WELL, others=1)
    told = json.loads(render_json(shown, judge(shown, Thresholds())))
    (own,) = told["gateways"]
    assert (told["exit_code"], told["other_gateways"], told["api"]["calls_left"]) == (0, 1, 1180)
    assert (own["hour"]["error_rate"], own["limits"][0]["share"]) == (1 / 120, 0.57)
    assert own["routes"][0]["number"] == 3
    bad = judge(status(replace(WELL, live=False)), Thresholds())
    assert json.loads(render_json(status(), bad))["findings"][0]["level"] == Level.WARNING
