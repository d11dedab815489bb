"""`cfaig doctor` and `cfaig status` against a local Cloudflare; in this process, but where a process is the point."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cfaig.cli.main import run
from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.bodies import gateway_body
from tests.local.gateway.calls import Gateway, chat
from tests.local.running import RunningCloudflare

Told = Callable[..., str]


@pytest.fixture
def told(dev: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs a command in the project `dev` and gives its stdout; `code` is the exit code it must have."""
    for name in [name for name in os.environ if name.startswith(("CLOUDFLARE_", "PULUMI_"))]:
        monkeypatch.delenv(name)
    for name, value in dev.environ.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(dev.root)

    def command(*arguments: str, code: int = 0) -> str:
        found = run(list(arguments))
        out, err = capsys.readouterr()
        assert found == code, f"exit code {found}\n{out}\n{err}"
        for secret in (PLANTED, dev.environ["CLOUDFLARE_API_TOKEN"]):
            assert secret not in out + err
        return out

    return command


@pytest.fixture
def support(local_cloudflare: RunningCloudflare) -> Iterator[Gateway]:
    """The gateway of the definition, made by hand, with every provider scripted."""
    body = gateway_body("support", cache_ttl=3600, rate_limiting_limit=100, rate_limiting_interval=60)
    local_cloudflare.result("POST", "/ai-gateway/gateways", body)
    yield Gateway(local_cloudflare, "support")
    local_cloudflare.control("PUT", "upstreams", [])


def test_all_is_well_where_it_is(told: Told) -> None:
    text = told("doctor")
    assert text.endswith("All is well.\n")
    assert "✔ support: defined, and not in the account yet" in text
    assert "✔ AI Gateway: Edit: may be read" in text
    document = json.loads(told("doctor", "--json"))
    assert document["exit_code"] == 0
    assert {finding["level"] for finding in document["findings"]} == {"ok"}


def test_an_environment_without_credentials(
    dev: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("CLOUDFLARE_API_TOKEN", "CLOUDFLARE_API_KEY", "CLOUDFLARE_ACCOUNT_ID", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(dev.root)
    assert run(["doctor", "-e", "prod"]) == 1
    text = capsys.readouterr().out
    assert "✖ definitions: " in text
    assert "✖ account: no Cloudflare credentials" in text
    assert "fix: set CLOUDFLARE_API_TOKEN" in text


def test_tokens_that_end_belong_to_an_account_or_may_not_write(told: Told, local_cloudflare: RunningCloudflare) -> None:
    soon = (datetime.now(UTC) + timedelta(days=3, hours=1)).isoformat(timespec="seconds")
    policies = [
        {
            "id": "p",
            "effect": "allow",
            "resources": {f"com.cloudflare.api.account.{local_cloudflare.account}": "*"},
            "permission_groups": [{"id": "1", "name": "AI Gateway Read"}, {"id": "2", "name": "Secrets Store Write"}],
        }
    ]
    local_cloudflare.control("PUT", "token", {"owner": "account", "expires_on": soon, "policies": policies})
    text = told("doctor", code=2)
    assert "! token: CLOUDFLARE_API_TOKEN (account token), valid until" in text
    assert "3 days from now" in text
    assert "! AI Gateway: Edit: Read alone is given; needed for apply" in text
    assert "✔ Secrets Store: Edit: given" in text
    assert "CLOUDFLARE_API_TOKEN ends in 3 days" in told("status", code=2)
    local_cloudflare.control("PUT", "token", {"status": "disabled"})
    assert "✖ token: CLOUDFLARE_API_TOKEN holds a token that is disabled" in told("doctor", code=1)
    assert "CLOUDFLARE_API_TOKEN is disabled" in told("status", code=1)


def test_each_missing_permission_is_named(told: Told, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("secrets_store", status=403, times=100)
    local_cloudflare.fault("graphql", status=403, times=100)
    text = told("doctor", code=1)
    assert "✔ AI Gateway: Edit" in text
    assert "✖ Secrets Store: Read: missing" in text
    assert "fix: give the token the permission “Secrets Store: Edit”" in text
    assert "! Account Analytics: Read: missing; needed for status, analytics" in text
    shown = told("status", code=1)
    assert "how the gateways are used could not be read" in shown
    assert "Account Analytics: Read" in shown


def test_a_token_that_nobody_knows(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "not-a-token-of-anybody")
    text = told("doctor", code=1)
    assert "✖ token: CLOUDFLARE_API_TOKEN holds a token that the API does not know" in text
    assert "not-a-token" not in text
    assert "permissions" not in text


def test_an_api_that_is_not_there(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDFLARE_BASE_URL", "http://127.0.0.1:1/client/v4")
    text = told("doctor", code=1)
    assert "✖ 127.0.0.1: no connection" in text
    assert "✖ API: connection refused" in text
    shown = told("status", "--timeout", "3", code=1)
    assert "API does not answer" in shown
    assert "the account could not be read" in shown


def test_nothing_hangs(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("ai-gateway/gateways", delay=600, times=100)
    text = dev.cfaig("doctor", "--timeout", "3", code=1, seconds=100).stdout
    assert "no answer" in text
    assert "✔ Secrets Store" in text


def test_why_the_cache_does_not_answer_and_who_limits(
    told: Told, support: Gateway, local_cloudflare: RunningCloudflare
) -> None:
    for number in range(25):
        assert support.chat(chat("Where is my parcel?", user=f"user-{number}")).status_code == 200
    support.script({"provider": "openai", "status": 429, "times": 2})
    assert [support.chat(chat("Another question", seed=number)).status_code for number in range(2)] == [429, 429]
    body = gateway_body("support", cache_ttl=3600, rate_limiting_limit=1, rate_limiting_interval=60)
    del body["id"]
    local_cloudflare.result("PUT", "/ai-gateway/gateways/support", body)
    assert support.chat(chat("One more question")).status_code == 429
    text = told("doctor", code=2)
    assert "! support: the cache answers 0.0 % of the newest 28" in text
    assert "differ in `user`" in text
    assert "! support: 3 requests were answered with 429 in the last hour" in text
    assert "2 met the own limit of the provider openai/gpt-4o-mini" in text
    assert "1 met the gateway's rate limit of 1 requests per 1m" in text
    assert "user-1" not in text
    shown = told("status", "--min-hit-rate", "10", code=2)
    assert "10.7 % of 28 requests failed" in shown
    assert "10.7 % of 28 requests met a limit (429)" in shown
    assert "the cache answered 0.0 % of 28 requests" in shown
    calm = told("status", "--min-requests", "99", code=2)
    assert "1 thing to look at" in calm
    assert "rate: 25 (2500 %) of 1 requests per 1m" in calm


def test_a_gateway_that_no_definition_has(
    dev: Shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(dev.root)
    for name, value in dev.environ.items():
        monkeypatch.setenv(name, value)
    assert run(["doctor", "suport"]) == 1
    assert "did you mean" in capsys.readouterr().err.lower()


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_a_status_tells_what_changed_behind_the_back_of_git(
    dev: Shell, told: Told, local_cloudflare: RunningCloudflare
) -> None:
    shutil.rmtree(dev.root / "policies")  # asking them takes longer than all the rest
    dev.cfaig("apply", "--yes")
    text = told("status")
    assert text.startswith("✔ dev: all is well")
    assert "version 1, deployed" in text
    assert "100 requests per 1m: 0 (0 %)" in text
    local_cloudflare.clear_requests()
    document = json.loads(told("status", "--json"))
    reading = [path for _, path, _ in local_cloudflare.requests()]
    (own,) = document["gateways"]
    assert (own["applied"], own["live"], own["drift"], own["edited"]) == (True, True, [], [])
    assert len(reading) <= 12, reading
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 2h"))
    settings = local_cloudflare.result("GET", "/ai-gateway/gateways/support")
    local_cloudflare.result("PUT", "/ai-gateway/gateways/support", settings | {"rate_limiting_limit": 7})
    route = own["routes"][0]
    (listed,) = local_cloudflare.call("GET", "/ai-gateway/gateways/support/routes").json()["data"]["routes"]
    local_cloudflare.result("DELETE", f"/ai-gateway/gateways/support/routes/{listed['id']}")
    text = told("status", code=2)
    assert f"route  {route['name']}" in text
    assert "gone" in text
    assert "gateway/support, route/support/chat changed outside cfaig" in text
    assert "edits  1 to apply" in text
    _watches(dev)


def _watches(dev: Shell) -> None:
    """One line of JSON after the other, and a quiet end at Ctrl-C."""
    command = dev.command("status", "--watch", "--interval", "1", "--json")
    with subprocess.Popen(
        command, cwd=dev.root, env=dev.env(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        looks: list[dict[str, Any]] = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert [look["exit_code"] for look in looks] == [2, 2]
    assert looks[0]["at"] < looks[1]["at"]
