"""`cfaig import`: an account that somebody made by hand comes under Git, and nothing changes."""

from __future__ import annotations

import json

import pytest

from cfaig.definition.model_edge import Auth, Edge
from cfaig.secrets import Resolver
from cfaig.state.compile_edge import compile_edge
from tests.cli.conftest import PLANTED, Shell
from tests.live.edge_writing import write_edge
from tests.local.bodies import CHAIN, gateway_body
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"
TOKEN = "hc-planted-token-0815"
READ_ONLY = {"GET"}
EDGE = Edge("edge.example.com", auth=Auth(tokens={"ci": "a" * 64}), gateway_token="env://EDGE_TOKEN")


@pytest.fixture
def by_hand(dev: Shell, local_cloudflare: RunningCloudflare) -> Shell:
    """An account with one of everything, and a project without definitions."""
    (dev.root / "gateways/support.yaml").unlink()
    store = local_cloudflare.result("POST", "/secrets_store/stores", {"name": "default_secrets_store"})
    headers = json.dumps({"x-lab": TOKEN})
    custom = {"slug": "lab", "name": "The lab", "base_url": "https://lab.example.com", "headers": headers}
    local_cloudflare.result("POST", "/ai-gateway/custom-providers", custom)
    otel = [{"url": "https://otel.example.com", "headers": {"x-honeycomb-team": TOKEN}}]
    body = gateway_body("support", cache_ttl=3600, store_id=store["id"], authentication=True)
    local_cloudflare.result("POST", GATEWAYS, {**body, "otel": otel})
    path = f"{GATEWAYS}/support"
    local_cloudflare.result("POST", f"{path}/routes", {"name": "chat", "elements": CHAIN})
    local_cloudflare.result("POST", f"{path}/custom-domains", {"hostname": "ai.example.com"})
    key = {"provider_slug": "openai", "alias": "default", "default_config": True, "secret": PLANTED}
    local_cloudflare.result("POST", f"{path}/provider_configs", key)
    edge = compile_edge(EDGE, "support", str)
    write_edge(local_cloudflare, edge, "support", Resolver({"EDGE_TOKEN": TOKEN}))
    local_cloudflare.clear_requests()
    return dev


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_an_account_made_by_hand_comes_under_git(by_hand: Shell, local_cloudflare: RunningCloudflare) -> None:
    told = by_hand.cfaig("import")
    assert told.stdout == "gateways/support.yaml\n"
    assert "OPENAI_API_KEY  for key openai of gateway support" in told.stderr
    assert "LAB_X_LAB  for header x-lab of the custom provider lab" in told.stderr
    assert "SUPPORT_GATEWAY_TOKEN  for the edge of gateway support: the gateway's token" in told.stderr
    assert {method for method, _, _ in local_cloudflare.requests()} == READ_ONLY
    kept = [path for path in (by_hand.root / "state").rglob("*") if path.is_file()]
    assert [path.name for path in kept if TOKEN in path.read_text("utf-8", "replace")] == []
    by_hand.environ |= {"SUPPORT_OTEL_X_HONEYCOMB_TEAM": TOKEN, "LAB_X_LAB": TOKEN, "SUPPORT_GATEWAY_TOKEN": TOKEN}
    plan = by_hand.cfaig("plan")
    assert "No changes." in plan.stdout
    assert "provider_key/support/openai:default: which key Cloudflare holds is not known" in plan.stdout
    local_cloudflare.clear_requests()
    applied = by_hand.cfaig("apply", "--yes")
    assert "changed provider key support/openai:default" in applied.stderr
    written = {path for method, path, _ in local_cloudflare.requests() if method != "GET"}
    with_secrets = ("secret", "provider_configs", "/workers/scripts/support-edge")
    assert all(any(place in path for place in with_secrets) for path in written), written
    again = by_hand.cfaig("apply", "--yes")
    assert "not known" not in again.stdout
    everything = "".join(path.read_text() for path in by_hand.root.rglob("*.yaml"))
    state = (by_hand.root / "state/.pulumi/stacks/cfaig/dev.json").read_text()
    assert TOKEN not in everything + told.stdout + told.stderr + plan.stdout + state
    assert PLANTED not in everything + state
