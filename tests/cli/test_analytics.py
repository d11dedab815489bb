"""`cfaig analytics`: its numbers are those of the calls that were made, whoever counts them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import Credentials
from cfaig.observe.clock import clock_now
from cfaig.observe.permissions import READ_ANALYTICS, MissingPermissionError
from cfaig.observe.read_usage import read_usage
from cfaig.observe.usage import Grouping, Totals, Usage
from cfaig.observe.usage_of_logs import read_usage_of_routes
from cfaig.observe.usage_query import KEPT
from cfaig.observe.window import Window, read_moment
from tests.cli.conftest import Shell
from tests.local.bodies import CHAIN, gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat
from tests.local.running import RunningCloudflare

DAY = 86_400

Row = dict[str, Any]


@pytest.fixture
def week(dev: Shell, local_cloudflare: RunningCloudflare) -> dict[str, Gateway]:
    """Calls of two gateways over three days; some hit the cache, some fail, some ask for a route."""
    del dev
    made = {}
    for name in ("search", "support"):
        local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body(name, cache_ttl=DAY))
        made[name] = Gateway(local_cloudflare, name)
    made["support"].route("chat", CHAIN)
    message = {"model": "claude-sonnet-5", "max_tokens": 50, "messages": chat()["messages"]}
    for day in range(3):
        for number in range(3 - day):
            made["support"].chat(
                chat(f"same {number}"), cf_aig_metadata=json.dumps({"user": f"u{number}", "vip": day > 1})
            )
        made["support"].dynamic("chat", seed=day)
        made["search"].post("anthropic/v1/messages", message, {"x-api-key": KEY}, key=None)
        local_cloudflare.control("POST", "clock", {"advance": DAY})
    made["support"].script({"provider": "openai", "status": 429, "times": 1}, {"provider": "openai", "status": 500})
    made["support"].chat(chat("fails"))
    made["support"].dynamic("chat", seed=9)
    return made


def totals_of(rows: list[Row]) -> Totals:
    return Totals(
        requests=len(rows),
        errors=sum(not row["success"] for row in rows),
        cached=sum(row["cached"] for row in rows),
        tokens_in=sum(row["tokens_in"] for row in rows),
        tokens_out=sum(row["tokens_out"] for row in rows),
        cost=round(sum(row["cost"] for row in rows), 9),
    )


def rounded(totals: Totals) -> Totals:
    """The same; sums of parts of a dollar depend on their order."""
    return replace(totals, cost=round(totals.cost, 9))


NAMES: dict[str, Callable[[Row], str]] = {
    "gateway": lambda row: str(row["gateway"]),
    "provider": lambda row: str(row["provider"]),
    "model": lambda row: str(row["model"]),
    "status": lambda row: str(row["status_code"]),
    "rate_limited": lambda row: "rate limited" if row["status_code"] == 429 else "not rate limited",
    "metadata.user": lambda row: str(row["metadata"].get("user", "(none)")),
    "metadata.vip": lambda row: json.dumps(row["metadata"]["vip"]) if row["metadata"] else "(none)",
}


def everything(gateways: dict[str, Gateway]) -> list[Row]:
    return [{**row, "gateway": name} for name, gateway in gateways.items() for row in gateway.logs(per_page="50")]


def usage_of(cloudflare: RunningCloudflare, by: str, gateways: tuple[str, ...] = (), since: str = "7d") -> Usage:
    now = clock_now(Credentials(cloudflare.url, api_token=cloudflare.token))
    window = Window(read_moment(since, now, "--since"), now)
    with cloudflare.api() as api:
        if by == "route":
            return read_usage_of_routes(api, cloudflare.account, window, gateways)
        return read_usage(api, cloudflare.account, window, Grouping.parse(by), gateways)


def test_the_numbers_are_those_of_the_calls(week: dict[str, Gateway], local_cloudflare: RunningCloudflare) -> None:
    rows = everything(week)
    for by, naming in NAMES.items():
        usage = usage_of(local_cloudflare, by)
        assert rounded(usage.total) == totals_of(rows)
        names = {naming(row) for row in rows}
        assert len(names) > 1, by
        assert {group.name: rounded(group.totals) for group in usage.groups} == {
            name: totals_of([row for row in rows if naming(row) == name]) for name in names
        }
    days = [each.requests for each in usage_of(local_cloudflare, "model").series if each.requests]
    assert days == [5, 4, 3, 2]
    some = usage_of(local_cloudflare, "model", ("search",), "20h")
    assert some.total.requests == 0
    assert usage_of(local_cloudflare, "model", ("search",), "30h").total.requests == 1


def test_groups_that_clients_named_hide_secrets(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    planted = "sk-proj-planted0123456789abcdef"
    Gateway(local_cloudflare, "g").chat(cf_aig_metadata=json.dumps({"user": planted}), user_agent=f"tool {planted}")
    shown = dev.cfaig("analytics", "--by", "metadata.user", "--html", "-", "--json").stdout
    assert "[redacted: API key]" in shown
    assert planted not in shown
    assert usage_of(local_cloudflare, "user_agent").groups[0].name == "tool [redacted: API key]"


def test_routes_are_counted_from_logs(week: dict[str, Gateway], local_cloudflare: RunningCloudflare) -> None:
    usage = usage_of(local_cloudflare, "route", tuple(week))
    assert {group.name: group.totals.requests for group in usage.groups} == {"(no route)": 10, "support/chat": 4}
    assert usage.groups[1].totals.errors == 1
    assert usage.source == "logs"
    assert rounded(usage.total) == totals_of(everything(week))


@pytest.mark.usefixtures("week")
def test_many_groups_take_more_than_one_query(
    local_cloudflare: RunningCloudflare, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = usage_of(local_cloudflare, "metadata.user")
    monkeypatch.setattr("cfaig.observe.usage_query.MOST_ROWS", 5)
    monkeypatch.setattr("cfaig.observe.read_usage.MOST_ROWS", 5)
    local_cloudflare.clear_requests()
    split = usage_of(local_cloudflare, "metadata.user")
    asked = len([path for _, path, _ in local_cloudflare.requests("POST") if path.endswith("/graphql")])
    assert asked > 4
    assert rounded(split.total) == rounded(whole.total)
    assert [(group.name, rounded(group.totals)) for group in split.groups] == [
        (group.name, rounded(group.totals)) for group in whole.groups
    ]
    assert not any(note.startswith("not complete") for note in split.notes)
    monkeypatch.setattr("cfaig.observe.read_usage.MOST_ROWS", 1)
    assert any(note.startswith("not complete") for note in usage_of(local_cloudflare, "metadata.user").notes)


def test_as_text_json_and_page(dev: Shell, week: dict[str, Gateway]) -> None:
    text = dev.cfaig("analytics", "--by", "model", "--since", "7d")
    lines = text.stdout.splitlines()
    assert lines[0].startswith("all gateways: ")
    assert [line.split()[:2] for line in lines[3:6]] == [
        ["total", "14"],
        ["gpt-4o-mini", "10"],
        ["claude-sonnet-5", "3"],
    ]
    assert "counted by the local Cloudflare from its logs, at once and exactly" in text.stderr
    assert "minutes late" not in text.stderr
    written = dev.cfaig("analytics", "support", "--json", "--html", "report.html")
    document = json.loads(written.stdout)
    assert document["total"]["requests"] == 11 == len(everything({"support": week["support"]}))
    assert document["total"]["error_rate"] == pytest.approx(2 / 11)
    assert len(document["moments"]) == len(document["total"]["series"]) == len(document["groups"][0]["series"])
    page = Path(dev.root / "report.html").read_text()
    assert "Analytics of dev" in page
    assert "<strong>11</strong>" in page


def test_mistakes(dev: Shell, week: dict[str, Gateway]) -> None:
    assert "did you mean support?" in dev.cfaig("analytics", "suport", code=1).stderr
    dev.environ["CLOUDFLARE_API_TOKEN"] = week["support"].cloudflare.run_token
    assert f"“{READ_ANALYTICS}”" in dev.cfaig("analytics", code=1).stderr


def test_times_that_nobody_remembers(local_cloudflare: RunningCloudflare) -> None:
    now = datetime.now(UTC)
    with local_cloudflare.api() as api, pytest.raises(CfaigError) as told:
        read_usage(api, local_cloudflare.account, Window(now - 2 * KEPT, now - KEPT), Grouping.parse("model"), now=now)
    assert "62 days back" in (told.value.hint or "")
    with local_cloudflare.api() as api:
        usage = read_usage(api, local_cloudflare.account, Window.last(now, 2 * KEPT), Grouping.parse("model"))
        assert usage.notes[0].startswith("Cloudflare keeps 62 days of analytics")
        assert now - usage.window.since <= KEPT + timedelta(days=1)
        assert api.calls == 2 + 1


def test_an_account_that_the_token_does_not_see(local_cloudflare: RunningCloudflare) -> None:
    """GraphQL refuses with HTTP 200 and a message."""
    window = Window.last(datetime.now(UTC), timedelta(days=1))
    with local_cloudflare.api() as api, pytest.raises(MissingPermissionError, match="not authorized") as told:
        read_usage(api, "0" * 32, window, Grouping.parse("model"))
    assert told.value.permission == READ_ANALYTICS


def test_an_answer_that_fails_once_is_asked_for_again(
    week: dict[str, Gateway], local_cloudflare: RunningCloudflare
) -> None:
    local_cloudflare.fault("/graphql$", status=503)
    assert usage_of(local_cloudflare, "model").total.requests == len(everything(week))
    assert httpx.codes.SERVICE_UNAVAILABLE in [status for _, _, status in local_cloudflare.requests("POST")]
