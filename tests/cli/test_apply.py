"""`cfaig apply` and `cfaig destroy` with the real engine: the story of a gateway, from nothing to nothing."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.running import RunningCloudflare

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

GATEWAYS = "/ai-gateway/gateways"
BARE = {
    "cache_ttl": 0,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
    "collect_logs": True,
    "cache_invalidate_on_update": False,
}


def _route_id(cloudflare: RunningCloudflare, name: str = "chat") -> str:
    routes = cloudflare.call("GET", f"{GATEWAYS}/support/routes").json()["data"]["routes"]
    return next(str(route["id"]) for route in routes if route["name"] == name)


def _versions(cloudflare: RunningCloudflare, route: str) -> list[bool]:
    answer = cloudflare.call("GET", f"{GATEWAYS}/support/routes/{route}/versions").json()
    return [version["active"] in (True, "true") for version in answer["data"]["versions"]]


def test_the_story_of_a_gateway(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    first = dev.cfaig("apply", "--yes")
    assert "✓ created gateway support" in first.stderr
    assert "dynamic/chat: https://gateway.ai.cloudflare.com/v1/" in first.stdout
    again = dev.cfaig("apply", "--yes")
    assert "No changes." in again.stdout
    dev.cfaig("plan")
    route = _route_id(local_cloudflare)
    _change_and_add(dev, local_cloudflare, route)
    _rename(dev, local_cloudflare, route)
    _remove(dev, local_cloudflare)
    everything = "".join(path.read_text("utf-8") for path in (dev.root / "state").rglob("*.json"))
    assert PLANTED not in everything + first.stdout + first.stderr


def _change_and_add(dev: Shell, cloudflare: RunningCloudflare, route: str) -> None:
    """Change a TTL and add a model in the middle: told in words, applied in place, one more version."""
    middle = "      - {provider: groq, model: llama-3.3-70b, timeout: 10s}\n      - {provider: anthropic"
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 30m").replace("      - {provider: anthropic", middle))
    told = dev.cfaig("plan", code=2).stdout
    assert "cache: ttl 1h → 30m" in told
    assert "groq/llama-3.3-70b (timeout 10s) added after openai/gpt-4o" in told
    dev.cfaig("apply", "--yes")
    assert _route_id(cloudflare) == route
    assert sorted(_versions(cloudflare, route)) == [False, True]
    dev.cfaig("plan")


def _rename(dev: Shell, cloudflare: RunningCloudflare, route: str) -> None:
    text = (dev.root / "gateways/support.yaml").read_text()
    dev.define("support", text.replace("  chat:\n", "  talk:\n    renamed_from: chat\n"))
    assert "route chat renamed to talk" in dev.cfaig("plan", code=2).stdout
    cloudflare.clear_requests()
    dev.cfaig("apply", "--yes")
    assert _route_id(cloudflare, "talk") == route
    assert [path for method, path, _ in cloudflare.requests("PATCH")] == [f"{GATEWAYS}/support/routes/{route}"]
    dev.cfaig("plan")


def _remove(dev: Shell, cloudflare: RunningCloudflare) -> None:
    (dev.root / "gateways/support.yaml").unlink()
    dev.define("other", "gateway: other\n")
    cloudflare.clear_requests()
    refused = dev.cfaig("apply", "--yes", code=3)
    assert "delete:gateway/support" in refused.stderr
    assert all(method == "GET" for method, _, _ in cloudflare.requests())
    dev.cfaig("apply", "--yes", "--allow", "delete:gateway/support")
    assert [gateway["id"] for gateway in cloudflare.result("GET", GATEWAYS)] == ["other"]


def test_what_exists_is_adopted_only_when_somebody_says_so(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.result("POST", GATEWAYS, {"id": "support", **BARE})
    local_cloudflare.clear_requests()
    refused = dev.cfaig("apply", "--yes", code=3)
    assert "adopt:gateway/support" in refused.stderr
    assert all(method == "GET" for method, _, _ in local_cloudflare.requests())
    told = dev.cfaig("apply", "--yes", "--adopt", "support")
    assert "adopting support" in told.stderr
    assert [path for method, path, _ in local_cloudflare.requests("POST") if path == GATEWAYS] == []
    dev.cfaig("plan")


def test_a_gateway_deleted_by_hand_comes_back_and_can_be_destroyed(
    dev: Shell, local_cloudflare: RunningCloudflare
) -> None:
    dev.cfaig("apply", "--yes")
    local_cloudflare.result("DELETE", f"{GATEWAYS}/support")
    assert "deleted outside cfaig" in dev.cfaig("plan", code=2).stdout
    dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    local_cloudflare.result("DELETE", f"{GATEWAYS}/support")
    _destroy(dev, local_cloudflare)


def _destroy(dev: Shell, cloudflare: RunningCloudflare) -> None:
    """Refused without names and beyond the project's limit; shown with its cost; nothing is left."""
    dev.cfaig("apply", "--yes")
    dev.define("_defaults", 'safety: {max_deletes: 1, refuse: ["delete:provider_key/*/*"]}\n')
    cloudflare.clear_requests()
    refused = dev.cfaig("destroy", "--yes", code=3)
    assert "- gateway support" in refused.stdout
    assert "Carrying this out takes about" in refused.stdout
    names = [
        line.split(": ")[0].strip() for line in refused.stderr.splitlines() if line.startswith("  ") and ": " in line
    ]
    assert names == ["delete:gateway/support", "max_deletes:2", "fix"]
    assert all(method == "GET" for method, _, _ in cloudflare.requests())
    forecast = int(refused.stdout.split("takes about ")[1].split()[0])
    cloudflare.clear_requests()
    dev.cfaig("destroy", "--yes", "--allow", "delete:gateway/support", "--allow", "max_deletes:2")
    assert abs(len(cloudflare.requests()) - forecast) <= 1, (forecast, cloudflare.requests())
    assert cloudflare.result("GET", GATEWAYS) == []


def test_a_mandatory_policy_refuses_in_production(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    dev.environ["CFAIG_ENVIRONMENT"] = "prod"
    dev.define("support", SUPPORT + "authentication: false\n")
    local_cloudflare.clear_requests()
    for command in (("plan", "--policies"), ("apply", "--yes")):
        assert "authentication: true" in dev.cfaig(*command, code=4).stderr
    assert all(method == "GET" for method, _, _ in local_cloudflare.requests())


def test_a_mistake_in_the_levels_of_policies_is_told(dev: Shell) -> None:
    (dev.root / "policies" / "levels.yaml").write_text("environments:\n  nowhere: {limit: advisory}\n")
    refused = dev.cfaig("apply", "--yes", code=1).stderr
    assert "policies/levels.yaml:2:3: unknown environment 'nowhere'" in refused


def test_a_project_without_the_plugin_is_told_so(dev: Shell) -> None:
    (dev.root / ".venv").unlink()
    assert "install it there (cfaig doctor)" in dev.cfaig("apply", "--yes", code=1).stderr


def test_partial_results_are_told_and_a_second_run_goes_on(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("/routes$", method="POST", status=403, times=100)
    failed = dev.cfaig("apply", "--yes", code=1)
    assert "✓ created gateway support" in failed.stderr
    assert "✗ creating route support/chat failed" in failed.stderr
    assert "HTTP 403" in failed.stderr
    local_cloudflare.clear_faults()
    assert "created gateway" not in dev.cfaig("apply", "--yes").stderr
    dev.cfaig("plan")


def test_nobody_to_ask_is_an_error(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    assert "add --yes" in dev.cfaig("apply", code=1).stderr
    assert local_cloudflare.result("GET", GATEWAYS) == []
