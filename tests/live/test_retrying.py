"""Which calls are made again, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from cfaig.live.api import ApiError, CloudflareApi, Credentials
from cfaig.live.retrying import backoff, is_unclear, may_repeat, retry_after
from cfaig.local.options import ACCOUNT
from tests.local.running import RunningCloudflare

NOW = datetime(2026, 11, 22, 10, 0, 0, tzinfo=UTC)
GATEWAYS = f"/accounts/{ACCOUNT}/ai-gateway/gateways"
GATEWAY = {
    "id": "g",
    "cache_ttl": 0,
    "cache_invalidate_on_update": False,
    "collect_logs": True,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
}


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("", None),
        ("7", 7.0),
        (" 0.5 ", 0.5),
        ("Sun, 22 Nov 2026 10:01:30 GMT", 90.0),
        ("Sun, 22 Nov 2026 09:00:00 GMT", 0.0),
        ("Sun, 22 Nov 2026 10:00:05 -0000", 5.0),
        ("soon", None),
        ("-5", None),
        ("1e999", float("inf")),
    ],
)
def test_the_pause_that_an_answer_asks_for(text: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": text}, NOW) == seconds


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "POST"])
def test_only_a_create_is_not_repeated_after_an_unclear_answer(method: str) -> None:
    assert may_repeat(method, 429)
    assert [may_repeat(method, status) for status in (0, 408, 500, 502, 503, 504, 522)] == [method != "POST"] * 7
    assert not any(may_repeat(method, status) for status in (200, 400, 401, 403, 404, 409, 501))


def test_what_leaves_open_whether_it_was_done() -> None:
    assert [status for status in (0, 200, 400, 404, 408, 409, 429, 500, 504) if is_unclear(status)] == [
        0,
        408,
        500,
        504,
    ]


def test_pauses_grow_and_differ() -> None:
    for attempt in range(1, 12):
        assert 0 < backoff(attempt) <= 20
        assert backoff(attempt) >= min(2 ** (attempt - 1), 20) / 2
    assert len({backoff(3) for _ in range(10)}) > 1


def sleepless(running: RunningCloudflare, pauses: list[float]) -> CloudflareApi:
    return CloudflareApi(Credentials(running.url, api_token=running.token), sleep=pauses.append)


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 503}, {"drop": "before"}, {"drop": "after"}])
def test_a_create_goes_out_once_and_all_else_again(local_cloudflare: RunningCloudflare, fault: dict[str, Any]) -> None:
    local_cloudflare.reset()
    local_cloudflare.result("POST", "/ai-gateway/gateways", GATEWAY)
    with sleepless(local_cloudflare, []) as api:
        for method, path in (("GET", GATEWAYS), ("PUT", f"{GATEWAYS}/g")):
            local_cloudflare.fault("/gateways", method=method, **fault)
            api.result(method, path, body=None if method == "GET" else GATEWAY)
        local_cloudflare.fault("/gateways", method="POST", **fault)
        with pytest.raises(ApiError) as caught:
            api.result("POST", GATEWAYS, body={**GATEWAY, "id": "new"})
    assert caught.value.maybe_done
    assert len(local_cloudflare.requests("POST")) == 2
    assert len(local_cloudflare.requests("PUT")) == len(local_cloudflare.requests("GET")) == 2


def test_a_service_that_asks_to_come_back_later_is_obeyed(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    local_cloudflare.fault("/gateways$", status=503, retry_after=40)
    pauses: list[float] = []
    with sleepless(local_cloudflare, pauses) as api:
        api.result("GET", GATEWAYS)
    assert sum(pauses) >= 40


def test_nobody_waits_for_hours(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    local_cloudflare.fault("/gateways$", status=503, retry_after=7200)
    pauses: list[float] = []
    with sleepless(local_cloudflare, pauses) as api, pytest.raises(ApiError, match="HTTP 503"):
        api.result("GET", GATEWAYS)
    assert pauses == []
