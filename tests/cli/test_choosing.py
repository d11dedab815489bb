"""`--target`, `--exclude` and the forecast of calls, with the real engine: what is chosen is done, and nothing else."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import SUPPORT, Shell
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"
LABELLED = SUPPORT + "labels: {team: help}\n"
CODING = """\
gateway: coding
labels: {team: platform}
cache: {ttl: 5m}
providers:
  lab: {base_url: "https://lab.example.com"}
routes:
  fast:
    chain:
      - {provider: groq, model: llama-3.3-70b, timeout: 5s}
  slow:
    chain:
      - {provider: lab, model: big, timeout: 60s}
"""
WITHOUT_SLOW = """\
gateway: coding
labels: {team: platform}
cache: {ttl: 6m}
routes:
  quick:
    renamed_from: fast
    chain:
      - {provider: groq, model: llama-3.3-70b, timeout: 6s}
"""
FOREIGN = "gateway: foreign\nroutes: {by-hand: {chain: [{provider: openai, model: gpt-4o}]}}\n"
BARE = {
    "cache_ttl": 0,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
    "collect_logs": True,
    "cache_invalidate_on_update": False,
}
# How far a forecast may be from the calls that the local Cloudflare gets; docs/plans.md promises it.
TOLERANCE = 0.1


def _apply_as_foretold(shell: Shell, cloudflare: RunningCloudflare, *arguments: str, allow: str = "") -> str:
    """Apply, and hold the calls against the forecast of the plan before it; what apply said."""
    forecast = json.loads(shell.cfaig("plan", "--json", *arguments, code=3 if allow else 2).stdout)["forecast"]
    cloudflare.clear_requests()
    done = shell.cfaig("apply", "--yes", *arguments, *([f"--allow={allow}"] if allow else []))
    made = len(cloudflare.requests())
    assert abs(forecast["calls"] - made) <= max(TOLERANCE * made, 1), (forecast, cloudflare.requests())
    return done.stderr


def _names(cloudflare: RunningCloudflare, gateway: str) -> list[str]:
    listed = cloudflare.call("GET", f"{GATEWAYS}/{gateway}/routes").json()["data"]["routes"]
    return sorted(route["name"] for route in listed)


def _gateways(cloudflare: RunningCloudflare) -> list[str]:
    return sorted(gateway["id"] for gateway in cloudflare.result("GET", GATEWAYS))


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_what_is_chosen_is_applied_with_as_many_calls_as_foretold(
    dev: Shell, local_cloudflare: RunningCloudflare
) -> None:
    dev.define("support", LABELLED)
    dev.define("coding", CODING)
    done = _apply_as_foretold(dev, local_cloudflare, "--target", "route/coding/slow")
    assert "done: 3 changes" in done
    assert "support" not in done
    assert (_gateways(local_cloudflare), _names(local_cloudflare, "coding")) == (["coding"], ["slow"])

    _apply_as_foretold(dev, local_cloudflare, "--exclude", "route/support/*")
    assert (_names(local_cloudflare, "support"), _names(local_cloudflare, "coding")) == ([], ["fast", "slow"])

    dev.define("coding", WITHOUT_SLOW)
    _apply_as_foretold(dev, local_cloudflare, "--target", "gateway/coding", "--exclude", "route/coding/slow")
    assert _names(local_cloudflare, "coding") == ["quick", "slow"]

    _adopt_and_delete(dev, local_cloudflare)
    dev.cfaig("plan")


def _adopt_and_delete(dev: Shell, cloudflare: RunningCloudflare) -> None:
    """All that is left: deletions, a new route, another key, a gateway of somebody else with a route."""
    cloudflare.result("POST", GATEWAYS, {"id": "foreign", **BARE})
    start = {"id": "start", "type": "start", "outputs": {"next": {"elementId": "end"}}}
    graph = [start, {"id": "end", "type": "end", "outputs": {}}]
    cloudflare.result("POST", f"{GATEWAYS}/foreign/routes", {"name": "by-hand", "elements": graph})
    dev.define("foreign", FOREIGN)
    dev.environ["OPENAI_API_KEY"] = "sk-another-0123456789abcdef"
    adopt = ("--adopt", "foreign")
    done = _apply_as_foretold(dev, cloudflare, *adopt, allow="delete:route/coding/slow")
    assert "deleted custom provider lab" in done
    assert _names(cloudflare, "coding") == ["quick"]


def test_a_plan_says_what_it_was_restricted_to(dev: Shell) -> None:
    dev.define("support", LABELLED)
    dev.define("coding", CODING)
    told = dev.cfaig("plan", "--target", "label:team=help", "--exclude", "route/*/*", code=2).stdout
    assert told.startswith("Only label:team=help but not route/*/*: 5 other changes left out.\n")
    assert "store/default_secrets_store is included: gateway/support needs it" in told
    assert "+ key openai" in told
    assert "coding" not in told
    assert "route" not in told.split("\n", 1)[1]
    whole = json.loads(dev.cfaig("plan", "--json", code=2).stdout)
    assert whole["restriction"] is None


@pytest.mark.parametrize(
    ("option", "selector", "message", "way_out"),
    [
        ("--target", "route/support/chatt", "matches nothing", "did you mean route/support/chat?"),
        ("--exclude", "label:team=hlep", "matches nothing", "label:team=help"),
    ],
)
def test_a_selector_that_matches_nothing_is_an_error(
    dev: Shell, option: str, selector: str, message: str, way_out: str
) -> None:
    dev.define("support", LABELLED)
    told = dev.cfaig("plan", option, selector, code=1).stderr
    assert message in told
    assert way_out in told
