"""The audit log of the local Cloudflare: what it records, as the official SDK and our reader see it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
from cloudflare import Cloudflare

from cfaig.live.audit_log import read_audit_log
from tests.local.bodies import CHAIN, gateway_body
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"


def test_who_changed_what(cloudflare: RunningCloudflare) -> None:
    before = datetime.now(UTC) - timedelta(minutes=1)
    cloudflare.result("POST", GATEWAYS, gateway_body("g"))
    route = cloudflare.result("POST", f"{GATEWAYS}/g/routes", {"name": "chat", "elements": CHAIN})
    headers = {"X-Auth-Email": "ann@example.com", "X-Auth-Key": cloudflare.token}
    url = f"{cloudflare.url}/accounts/{cloudflare.account}{GATEWAYS}/g"
    assert httpx.put(url, json=gateway_body(cache_ttl=60), headers=headers).status_code == 200
    assert httpx.put(url, json={}, headers=headers).status_code == 400
    cloudflare.result("DELETE", f"{GATEWAYS}/g")
    with cloudflare.api() as api:
        entries = read_audit_log(api, cloudflare.account, before, datetime.now(UTC) + timedelta(minutes=1))
        early = read_audit_log(api, cloudflare.account, before - timedelta(days=40), before)
    assert [(entry.method, entry.path, entry.actor, entry.context) for entry in entries] == [
        ("DELETE", f"{GATEWAYS}/g", "local", "api_token"),
        ("PUT", f"{GATEWAYS}/g", "ann@example.com", "api_key"),
        ("POST", f"{GATEWAYS}/g/routes", "local", "api_token"),
        ("POST", GATEWAYS, "local", "api_token"),
    ]
    assert entries[2].resource_id == route["id"]
    assert early == ()
    assert cloudflare.token not in repr(entries)


def test_the_sdk_reads_it_page_by_page(cloudflare: RunningCloudflare) -> None:
    for name in "abc":
        cloudflare.result("POST", GATEWAYS, gateway_body(name))
    now = datetime.now(UTC)
    with Cloudflare(
        api_token=cloudflare.token, base_url=cloudflare.url, max_retries=0, _strict_response_validation=True
    ) as client:
        since, before = (f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}" for hours in (-1, 1))
        listed = client.accounts.logs.audit.list(
            account_id=cloudflare.account, since=since, before=before, limit=2, direction="asc"
        )
        assert [entry.resource.id for entry in listed if entry.resource] == ["a", "b", "c"]


def test_a_wrong_question_is_refused(cloudflare: RunningCloudflare) -> None:
    assert cloudflare.call("GET", "/logs/audit").status_code == 400
    span = "since=2026-01-01&before=2026-02-01"
    assert cloudflare.call("GET", f"/logs/audit?{span}&limit=0").status_code == 400
    assert cloudflare.call("GET", f"/logs/audit?{span}&cursor=%21").status_code == 400
    assert cloudflare.call("GET", f"/logs/audit?{span}").json()["result"] == []
