"""`cfaig plan`: what it says, its exit codes, and what it says when the account does not answer."""

from __future__ import annotations

import json
import socket

from tests.cli.conftest import PLANTED, Shell
from tests.local.running import RunningCloudflare


def test_changes_are_pending_and_said_in_both_forms(dev: Shell) -> None:
    told = dev.cfaig("plan", code=2)
    assert "+ gateway support" in told.stdout
    assert "openai/gpt-4o (timeout 30s)" in told.stdout
    assert "Plan: 4 to create, 0 to change, 0 to delete." in told.stdout
    document = json.loads(dev.cfaig("plan", "--json", code=2).stdout)
    assert document["summary"] == {"create": 4, "change": 0, "adopt": 0, "delete": 0}
    assert PLANTED not in told.stdout + told.stderr + json.dumps(document)


def test_pages_name_the_environment_and_what_an_apply_costs(dev: Shell) -> None:
    markdown = dev.cfaig("plan", "--format", "markdown", code=2).stdout
    assert markdown.startswith("## Plan for dev\n")
    page = dev.cfaig("plan", "--format", "html", code=2).stdout
    assert "<title>Plan for dev</title>" in page
    for told in (markdown, page):
        assert "Carrying this out takes about 11 API calls" in told
        assert PLANTED not in told


def test_what_a_safety_limit_refuses_has_an_exit_code_of_its_own(
    dev: Shell, local_cloudflare: RunningCloudflare
) -> None:
    settings = {"cache_ttl": 0, "rate_limiting_interval": 0, "rate_limiting_limit": 0, "collect_logs": True}
    made = {"id": "support", **settings, "cache_invalidate_on_update": False}
    local_cloudflare.result("POST", "/ai-gateway/gateways", made)
    told = dev.cfaig("plan", code=3)
    assert "adopt:gateway/support" in told.stdout
    assert "a safety limit refuses this plan" in told.stderr
    dev.cfaig("plan", "--adopt", "support", code=2)


def test_an_unknown_environment_is_told_before_what_it_would_need(dev: Shell) -> None:
    del dev.environ["CLOUDFLARE_API_TOKEN"]
    for command in ("plan", "apply", "destroy", "drift"):
        told = dev.cfaig(command, "-e", "prd", code=1).stderr
        assert "there is no environment prd" in told
        assert "did you mean prod" in told


def test_the_same_input_gives_the_same_bytes(dev: Shell) -> None:
    assert dev.cfaig("plan", "--json", code=2).stdout == dev.cfaig("plan", "--json", code=2).stdout


def test_missing_credentials_and_account_are_told_with_the_way_out(dev: Shell) -> None:
    token = dev.environ.pop("CLOUDFLARE_API_TOKEN")
    assert "set CLOUDFLARE_API_TOKEN" in dev.cfaig("plan", code=1).stderr
    dev.environ["CLOUDFLARE_API_TOKEN"] = token
    del dev.environ["CLOUDFLARE_ACCOUNT_ID"]
    assert "Pulumi.dev.yaml" in dev.cfaig("plan", code=1).stderr


def test_a_refused_token_is_told(dev: Shell) -> None:
    dev.environ["CLOUDFLARE_API_TOKEN"] = "wrong"
    told = dev.cfaig("plan", code=1).stderr
    assert "HTTP 401" in told or "HTTP 403" in told
    assert "CLOUDFLARE_API_TOKEN" in told


def test_an_account_that_fails_is_told(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("gateways", status=500, times=100)
    assert "HTTP 500" in dev.cfaig("plan", code=1).stderr


def test_an_account_that_limits_calls_is_waited_for(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("gateways", status=429, retry_after=1, times=1)
    dev.cfaig("plan", code=2)


def test_no_answer_at_all_is_told(dev: Shell) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        dev.environ["CLOUDFLARE_BASE_URL"] = f"http://127.0.0.1:{closed.getsockname()[1]}/client/v4"
        told = dev.cfaig("plan", code=1).stderr
    assert "no answer from" in told


def test_gateways_of_others_are_left_alone(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    body = dict.fromkeys(("cache_ttl", "rate_limiting_interval", "rate_limiting_limit"), 0)
    flags = {"collect_logs": True, "cache_invalidate_on_update": False}
    local_cloudflare.result("POST", "/ai-gateway/gateways", {"id": "foreign", **body, **flags})
    told = dev.cfaig("plan", code=2).stdout
    assert "left alone" in told
    assert "gateway/foreign" in told
    assert "0 to delete" in told
