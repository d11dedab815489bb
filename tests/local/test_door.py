"""Who gets in, how often, and what tests can order."""

from __future__ import annotations

import logging
import socket
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from cfaig.local.limits import Limiter
from cfaig.local.options import Options, RateLimit
from tests.engine.processes import wait_until
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare, running_cloudflare

GATEWAYS = "/ai-gateway/gateways"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": "local-token"},
        {"Authorization": "Basic local-token"},
        {"X-Auth-Key": "local-token"},
        {"X-Auth-Key": "wrong", "X-Auth-Email": "a@example.com"},
    ],
)
def test_nobody_gets_in_without_a_token(cloudflare: RunningCloudflare, headers: dict[str, str]) -> None:
    answer = cloudflare.client.get(f"{cloudflare.url}/accounts/{cloudflare.account}{GATEWAYS}", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["errors"] == [{"code": 10000, "message": "Authentication error"}]


def test_a_key_with_an_address_does_as_well(cloudflare: RunningCloudflare) -> None:
    headers = {"X-Auth-Key": cloudflare.token, "X-Auth-Email": "somebody@example.com"}
    answer = cloudflare.client.get(f"{cloudflare.url}/accounts/{cloudflare.account}{GATEWAYS}", headers=headers)
    assert answer.status_code == 200


def test_the_reading_token_only_reads(cloudflare: RunningCloudflare) -> None:
    assert cloudflare.call("GET", GATEWAYS, token=cloudflare.read_token).status_code == 200
    answer = cloudflare.call("POST", GATEWAYS, gateway_body("a"), token=cloudflare.read_token)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, 10000)


def test_other_accounts_are_not_known(cloudflare: RunningCloudflare) -> None:
    headers = {"Authorization": f"Bearer {cloudflare.token}"}
    answer = cloudflare.client.get(f"{cloudflare.url}/accounts/{'0' * 32}{GATEWAYS}", headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, 10000)


def test_further_accounts_have_gateways_of_their_own(tmp_path: Path) -> None:
    other = "0" * 31 + "a"
    with running_cloudflare(tmp_path, Options(gateway_limit=1, default_store=True, further_accounts=(other,))) as own:
        further = replace(own, account=other)
        for account in (own, further):
            account.result("POST", GATEWAYS, gateway_body(account.account[:4]))
            assert [gateway["id"] for gateway in account.result("GET", GATEWAYS)] == [account.account[:4]]
            assert len(account.result("GET", "/secrets_store/stores")) == 1
        query = "query ($of: [string]) {viewer {accounts(filter: {accountTag_in: $of}) {accountTag}}}"
        headers = {"Authorization": f"Bearer {own.token}"}
        answer = own.client.post(
            f"{own.url}/graphql", json={"query": query, "variables": {"of": [other, own.account, "c"]}}, headers=headers
        ).json()
        told = answer["data"]["viewer"]["accounts"]
        assert [account["accountTag"] for account in told] == [own.account, other]
        assert own.client.get(f"{own.url}/accounts", headers=headers).status_code == 403
        run = {"Authorization": f"Bearer {own.run_token}"}
        called = own.client.post(f"{own.root}/v1/{other}/nothing/compat/chat/completions", json={}, headers=run)
        assert called.status_code != 401
        own.reset()
        assert len(further.result("GET", "/secrets_store/stores")) == 1
        assert further.result("GET", GATEWAYS) == []


def test_the_token_can_be_verified(cloudflare: RunningCloudflare) -> None:
    url = f"{cloudflare.url}/user/tokens/verify"
    answer = cloudflare.client.get(url, headers={"Authorization": f"Bearer {cloudflare.token}"})
    assert answer.json()["result"]["status"] == "active"
    assert cloudflare.client.get(url, headers={"Authorization": "Bearer wrong"}).status_code == 401


def test_unknown_paths_and_methods(cloudflare: RunningCloudflare) -> None:
    answer = cloudflare.call("GET", "/ai-gateway/nothing")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 7003)
    answer = cloudflare.call("PATCH", GATEWAYS, {})
    assert (answer.status_code, answer.json()["success"]) == (405, False)


@pytest.mark.parametrize("path", ["/", "/client/v4/user/tokens/verify", "/__local/status", "/openapi.json"])
@pytest.mark.parametrize("host", ["evil.example.com", "127.0.0.1.evil.example.com", "localhost.evil.com:80", ""])
def test_a_foreign_host_is_turned_away(cloudflare: RunningCloudflare, path: str, host: str) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {cloudflare.token}"}
    assert cloudflare.client.get(cloudflare.root + path, headers=headers).status_code == 403


def test_localhost_is_no_foreign_host(cloudflare: RunningCloudflare) -> None:
    answer = cloudflare.client.get(f"{cloudflare.root}/__local/status", headers={"Host": "localhost:1234"})
    assert answer.status_code == 200
    assert set(answer.json()) == {"pid", "version", "account"}


@pytest.mark.parametrize("path", ["requests", "faults"])
def test_what_is_local_only_wants_a_token_too(cloudflare: RunningCloudflare, path: str) -> None:
    assert cloudflare.client.get(f"{cloudflare.root}/__local/{path}").status_code == 401
    assert cloudflare.client.post(f"{cloudflare.root}/__local/reset").status_code == 401


def test_the_journal_tells_what_was_asked_but_no_token(cloudflare: RunningCloudflare) -> None:
    cloudflare.call("GET", f"{GATEWAYS}?page=1")
    cloudflare.call("GET", f"{GATEWAYS}/a", token="wrong")
    assert cloudflare.requests() == [("GET", f"{GATEWAYS}?page=1", 200), ("GET", f"{GATEWAYS}/a", 401)]
    told = cloudflare.client.get(
        f"{cloudflare.root}/__local/requests", headers={"Authorization": f"Bearer {cloudflare.token}"}
    )
    assert cloudflare.token not in told.text
    cloudflare.clear_requests()
    assert cloudflare.requests("GET") == []


def test_a_fault_answers_in_place_of_the_api(cloudflare: RunningCloudflare) -> None:
    cloudflare.fault("/gateways$", method="POST", nth=2, times=1, status=503)
    statuses = [cloudflare.call("POST", GATEWAYS, gateway_body(f"g{number}")).status_code for number in range(3)]
    assert statuses == [200, 503, 200]
    assert [gateway["id"] for gateway in cloudflare.result("GET", GATEWAYS)] == ["g0", "g2"]


def test_a_fault_can_say_when_to_come_back(cloudflare: RunningCloudflare) -> None:
    cloudflare.fault("gateways", status=429, retry_after=7)
    answer = cloudflare.call("GET", GATEWAYS)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


@pytest.mark.parametrize(("moment", "done"), [("before", []), ("after", ["a"])])
def test_a_connection_can_be_cut(cloudflare: RunningCloudflare, moment: str, done: list[str]) -> None:
    cloudflare.fault("gateways", method="POST", drop=moment)
    with pytest.raises(httpx.HTTPError):
        cloudflare.call("POST", GATEWAYS, gateway_body("a"))
    assert [gateway["id"] for gateway in cloudflare.result("GET", GATEWAYS)] == done
    assert cloudflare.requests("POST") == [("POST", GATEWAYS, 0)]


def test_a_fault_can_delay(cloudflare: RunningCloudflare) -> None:
    cloudflare.fault("gateways", delay=0.2)
    started = time.monotonic()
    assert cloudflare.call("GET", GATEWAYS).status_code == 200
    assert time.monotonic() - started >= 0.2


def test_wrong_faults(cloudflare: RunningCloudflare) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        cloudflare.fault("(")
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        cloudflare.fault("x", drop="sometimes")


def test_every_answer_can_be_late(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(latency=0.1)) as cloudflare:
        started = time.monotonic()
        cloudflare.result("GET", GATEWAYS)
        assert time.monotonic() - started >= 0.1


@pytest.mark.parametrize("path", [GATEWAYS, "/workers/scripts/e"])
def test_whoever_hangs_up_in_the_middle_is_no_fault_of_ours(
    cloudflare: RunningCloudflare, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    place = urlsplit(cloudflare.url)
    method = "POST" if path == GATEWAYS else "PUT"
    head = f"{method} {place.path}/accounts/{cloudflare.account}{path} HTTP/1.1\r\nHost: {place.netloc}\r\n"
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as client:
        client.sendall(f"{head}Authorization: Bearer {cloudflare.token}\r\nContent-Length: 99\r\n\r\n{{".encode())
    wait_until(lambda: bool(cloudflare.requests(method)), 30)
    assert cloudflare.requests(method) == [(method, path, 499)]
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_too_many_calls_block_all_of_them(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(rate_limit=RateLimit(3, 300))) as cloudflare:
        answers = [cloudflare.call("GET", GATEWAYS) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert answers[0].headers["ratelimit"] == '"default";r=2;t=300'
        assert answers[0].headers["ratelimit-policy"] == '"default";q=3;w=300'
        assert "retry-after" not in answers[0].headers
        assert answers[3].headers["retry-after"] == "300"
        assert answers[3].json()["success"] is False
        assert cloudflare.call("GET", GATEWAYS, token=cloudflare.read_token).status_code == 200


def test_the_block_lasts_for_another_window() -> None:
    moment = 0.0
    limiter = Limiter(RateLimit(2, 300), lambda: moment)
    assert [limiter.call("t").retry_after for _ in range(2)] == [None, None]
    moment = 200.0
    assert limiter.call("t").retry_after == 300
    moment = 499.0
    assert limiter.call("t").retry_after == 1
    moment = 500.0
    verdict = limiter.call("t")
    assert (verdict.retry_after, dict(verdict.headers)["Ratelimit"]) == (None, '"default";r=1;t=300')


def test_a_new_window_begins_when_the_old_one_is_over() -> None:
    moment = 0.0
    limiter = Limiter(RateLimit(1, 300), lambda: moment)
    for later in (0.0, 300.0, 600.0):
        moment = later
        assert limiter.call("t").retry_after is None
