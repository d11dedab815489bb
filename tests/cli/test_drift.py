"""`cfaig drift`: what somebody changed behind the back of Git, told apart from edits in it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.bodies import CHAIN
from tests.local.running import RunningCloudflare

GATEWAY = "/ai-gateway/gateways/support"


def as_ann(cloudflare: RunningCloudflare, method: str, path: str, body: object = None) -> Any:
    """What somebody does with a key of her own."""
    headers = {"X-Auth-Email": "ann@example.com", "X-Auth-Key": cloudflare.token}
    url = f"{cloudflare.url}/accounts/{cloudflare.account}{path}"
    answer = httpx.request(method, url, json=body, headers=headers)
    answer.raise_for_status()
    return answer.json()


def set_by_hand(cloudflare: RunningCloudflare, **settings: Any) -> None:
    """Change some settings as the dashboard does: all of them are sent."""
    known = cloudflare.result("GET", GATEWAY)
    read_only = ("id", "created_at", "modified_at", "internal", "wholesale", "is_default")
    body = {name: value for name, value in known.items() if name not in read_only}
    as_ann(cloudflare, "PUT", GATEWAY, body | settings)


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_drift_and_its_author(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    assert "nothing was applied" in dev.cfaig("drift").stdout
    dev.cfaig("apply", "--yes")
    assert "No drift." in dev.cfaig("drift").stdout
    dev.define("support", SUPPORT.replace("requests: 100", "requests: 50"))
    told = dev.cfaig("drift").stdout
    assert "not applied yet" in told
    assert "gateway/support" in told
    set_by_hand(local_cloudflare, cache_ttl=7200)
    local_cloudflare.result("DELETE", f"{GATEWAY}/provider_configs/{_config(local_cloudflare)}")
    routes = local_cloudflare.call("GET", f"{GATEWAY}/routes").json()["data"]["routes"]
    as_ann(local_cloudflare, "PATCH", f"{GATEWAY}/routes/{routes[0]['id']}", {"name": "talk"})
    as_ann(local_cloudflare, "POST", f"{GATEWAY}/routes", {"name": "extra", "elements": CHAIN})
    shown = dev.cfaig("drift", code=2)
    assert "cache: ttl 1h → 2h" in shown.stdout
    assert "by ann@example.com (API key)" in shown.stdout
    assert "key openai deleted outside cfaig" in shown.stdout
    assert "route chat renamed to talk" in shown.stdout
    assert "+ route extra made outside cfaig" in shown.stdout
    assert "rate limit" not in shown.stdout
    document = json.loads(dev.cfaig("drift", "--json", code=2).stdout)
    assert PLANTED not in json.dumps(document) + shown.stdout
    assert {item["address"]: (item["author"] or {}).get("who") for item in document["drift"]} == {
        "gateway/support": "ann@example.com",
        "provider_key/support/openai:default": None,
        "route/support/extra": "ann@example.com",
        "route/support/talk": "ann@example.com",
    }
    _adopt(dev)


COMMENTED = """\
# What the support team asked for.
gateway: support
cache: {ttl: 1h} # fresh enough
rate_limit: {requests: 50, per: 1m}   # Ann wants less
providers:
  openai: {key: "env://OPENAI_API_KEY"}
routes:
  chat: # the main one
    chain:
      - {provider: openai, model: gpt-4o, timeout: 30s}
      - {provider: anthropic, model: claude-sonnet-5, timeout: 20s}

environments:
  # only small things here
  dev: {labels: {stage: dev}} # no secrets
"""


def _adopt(dev: Shell) -> None:
    file = dev.define("support", COMMENTED)
    dev.environ.pop("OPENAI_API_KEY")
    told = dev.cfaig("drift", "--adopt")
    assert told.stdout == "gateways/support.yaml\n"
    text = file.read_text()
    print(told.stderr, text)  # shown when the test fails
    kept, overlay = text.split("  dev:")
    assert kept == COMMENTED.split("  dev:")[0]
    assert "ttl: 2h" in overlay
    assert "renamed_from: chat" in overlay
    assert "rate_limit" not in overlay
    assert "No drift." in dev.cfaig("drift").stdout
    file.write_text(text.replace("requests: 50", "requests: 100"))
    plan = dev.cfaig("plan")
    assert "No changes." in plan.stdout
    dev.environ["OPENAI_API_KEY"] = PLANTED
    elsewhere = dev.cfaig("plan", "-e", "staging", code=None).stdout
    assert "cache: ttl 2h → 1h" in elsewhere


def _config(cloudflare: RunningCloudflare) -> str:
    return str(cloudflare.result("GET", f"{GATEWAY}/provider_configs")[0]["id"])
