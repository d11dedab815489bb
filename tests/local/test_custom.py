"""Custom providers and custom domains; logs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare

PROVIDERS = "/ai-gateway/custom-providers"
DOMAINS = "/ai-gateway/gateways/g/custom-domains"
LAB = {"slug": "lab", "name": "Lab", "base_url": "https://lab.example.com"}


@pytest.fixture
def account(cloudflare: RunningCloudflare) -> RunningCloudflare:
    for identity in ("g", "h"):
        cloudflare.result("POST", "/ai-gateway/gateways", gateway_body(identity))
    return cloudflare


def test_a_provider_is_off_until_it_is_switched_on(cloudflare: RunningCloudflare) -> None:
    created = cloudflare.result("POST", PROVIDERS, LAB)
    assert created | {"id": "", "created_at": "", "modified_at": ""} == LAB | {
        "id": "",
        "created_at": "",
        "modified_at": "",
        "enable": False,
        "beta": False,
        "description": None,
        "link": None,
        "headers": None,
        "curl_example": None,
        "js_example": None,
        "position": None,
        "logo": None,
    }
    path = f"{PROVIDERS}/{created['id']}"
    changed = cloudflare.result("PATCH", path, {"enable": True, "headers": '{"x-lab": "1"}', "slug": "other"})
    assert changed | {"modified_at": ""} == created | {"enable": True, "headers": '{"x-lab": "1"}', "modified_at": ""}
    assert cloudflare.result("GET", path) == changed
    assert cloudflare.result("DELETE", path) == changed
    assert cloudflare.result("GET", PROVIDERS) == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"base_url": "http://lab.example.com"}, 400, 1002),
        ({"slug": "taken"}, 409, 1003),
        ({"slug": "with space"}, 400, 7001),
        ({"headers": "no json"}, 400, 7001),
        ({"headers": '["a"]'}, 400, 7001),
        ({"headers": '{"a": 1}'}, 400, 7001),
        ({"headers": "x" * 8193}, 400, 7001),
        ({"name": ""}, 400, 7001),
    ],
)
def test_wrong_providers(cloudflare: RunningCloudflare, change: dict[str, Any], status: int, code: int) -> None:
    cloudflare.result("POST", PROVIDERS, LAB | {"slug": "taken"})
    answer = cloudflare.call("POST", PROVIDERS, LAB | change)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code)


def test_a_change_is_checked_too(cloudflare: RunningCloudflare) -> None:
    path = f"{PROVIDERS}/{cloudflare.result('POST', PROVIDERS, LAB)['id']}"
    assert cloudflare.call("PATCH", path, {"base_url": "http://a"}).json()["errors"][0]["code"] == 1002
    assert cloudflare.call("PATCH", path, {"enable": None}).status_code == 400
    answer = cloudflare.call("PATCH", f"{PROVIDERS}/gone", {})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 1004)


def test_finding_providers(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", PROVIDERS, LAB)
    cloudflare.result("POST", PROVIDERS, LAB | {"slug": "other", "enable": True})
    assert [each["slug"] for each in cloudflare.result("GET", f"{PROVIDERS}?search=oth")] == ["other"]
    assert [each["slug"] for each in cloudflare.result("GET", f"{PROVIDERS}?enable=false")] == ["lab"]
    assert cloudflare.call("GET", f"{PROVIDERS}?enable=perhaps").status_code == 400


def test_a_domain_waits_for_its_owner(account: RunningCloudflare) -> None:
    created = account.result("POST", DOMAINS, {"hostname": "ai.example.com"})
    assert (created["hostname"], created["gateway_id"], created["status"]) == ("ai.example.com", "g", "pending_dcv")
    assert created["cname_target"]
    assert created["created_at"] > 1_700_000_000_000
    path = f"{DOMAINS}/ai.example.com"
    assert account.result("GET", path) == created
    assert account.result("GET", DOMAINS) == [created]
    taken = account.call("POST", DOMAINS.replace("/g/", "/h/"), {"hostname": "ai.example.com"})
    assert taken.status_code == 409
    assert account.result("DELETE", path) == created
    assert account.call("GET", path).json()["errors"][0]["code"] == 7002


@pytest.mark.parametrize(
    "hostname", ["", "localhost", "AI.example.com", "a..b.com", "-a.com", "https://a.com", "a.com/x"]
)
def test_wrong_hostnames(account: RunningCloudflare, hostname: str) -> None:
    assert account.call("POST", DOMAINS, {"hostname": hostname}).status_code == 400


def test_there_are_no_logs(account: RunningCloudflare) -> None:
    answer = account.call("GET", "/ai-gateway/gateways/g/logs?per_page=50").json()
    assert answer["result"] == []
    assert answer["result_info"] == {"count": 0, "page": 1, "per_page": 50, "total_count": 0}
    refused = account.call("GET", "/ai-gateway/gateways/g/logs?per_page=51")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (400, 7001)
