"""An edge under the real engine, against the local Cloudflare."""

from __future__ import annotations

from typing import Any

import pytest

from cfaig.edge import worker_module
from tests.deploy.conftest import Deployed

pytestmark = pytest.mark.engine

EDGE = """\
edge:
  hostname: ai.example.com
  auth: {open: true}
  gateway_token: env://GATEWAY_TOKEN
  keys: {openai: env://OPENAI_API_KEY}
  rules:
    - {match: {path: /chat/completions}, cache: {ttl: 1h, key: [model, messages]}}
"""
PUT_WORKER = ("PUT", "/workers/scripts/support-edge")


def bindings(deployed: Deployed, worker: str = "support-edge") -> dict[str, Any]:
    """The live bindings by name: JSON ones by their value, of others the type."""
    listed = deployed.cloudflare.result("GET", f"/workers/scripts/{worker}/settings")["bindings"]
    return {binding["name"]: binding.get("json", binding["type"]) for binding in listed}


def hosts(deployed: Deployed) -> dict[str, str]:
    """The live host names, and the Workers that they lead to."""
    return {each["hostname"]: each["service"] for each in deployed.cloudflare.result("GET", "/workers/domains")}


def written(deployed: Deployed) -> list[tuple[str, str]]:
    """The calls that changed something since the last look, ids of host names aside."""
    calls = [(method, path) for method, path, _ in deployed.cloudflare.requests() if method != "GET"]
    deployed.cloudflare.clear_requests()
    return [(method, path if "/scripts/" in path else "/".join(path.split("/")[:3])) for method, path in calls]


def test_an_edge_comes_changes_and_goes(deployed: Deployed) -> None:
    deployed.define("support", EDGE)
    shown = deployed.project.pulumi("up", "--yes", "--diff").stdout
    deployed.settled()
    assert "KEY_OPENAI" in shown
    assert "local-stand-in" not in shown + deployed.exported()
    resources = deployed.resources()
    worker = resources["cloudflare:index/workersScript:WorkersScript::support-edge"]
    assert "cloudflare:index/workersCustomDomain:WorkersCustomDomain::ai.example.com" in resources
    assert worker["parent"].endswith("cfaig:index:Gateway::support")
    live = bindings(deployed)
    assert live["RULES"]["gateway"] == {"url": deployed.outputs()["gateways"]["support"]["url"]}
    assert (live["GATEWAY_TOKEN"], live["KEY_OPENAI"]) == ("secret_text", "secret_text")
    assert sorted(live["CFAIG"]["secrets"]) == ["GATEWAY_TOKEN", "KEY_OPENAI"]
    assert deployed.cloudflare.call("GET", "/workers/scripts/support-edge").text == worker_module()
    assert hosts(deployed) == {"ai.example.com": "support-edge"}

    written(deployed)
    other = EDGE.replace("env://GATEWAY_TOKEN", "env://OTHER_TOKEN")
    deployed.define("support", other)
    deployed.up()
    assert written(deployed) == [PUT_WORKER]
    changed = bindings(deployed)["CFAIG"]["secrets"]
    assert changed["GATEWAY_TOKEN"] != live["CFAIG"]["secrets"]["GATEWAY_TOKEN"]
    assert changed["KEY_OPENAI"] == live["CFAIG"]["secrets"]["KEY_OPENAI"]

    long = "\n".join(f"    - {{match: {{path: /{'x' * 200}/{n}}}, log: false}}" for n in range(30))
    named = other.replace("edge:\n", "edge:\n  worker: front\n") + long + "\n"
    deployed.define("support", named)
    deployed.up()
    assert hosts(deployed) == {"ai.example.com": "front"}
    assert [each["id"] for each in deployed.cloudflare.result("GET", "/workers/scripts")] == ["front"]
    assert isinstance(bindings(deployed, "front")["RULES_2"], list)

    written(deployed)
    deployed.define("support", named.replace("ai.example.com", "llm.example.com"))
    deployed.up()
    assert hosts(deployed) == {"llm.example.com": "front"}
    assert written(deployed) == [("PUT", "/workers/domains"), ("DELETE", "/workers/domains")]
    deployed.settled()

    deployed.define("support", "")
    deployed.up()
    assert (hosts(deployed), deployed.cloudflare.result("GET", "/workers/scripts")) == ({}, [])
    assert [each["id"] for each in deployed.cloudflare.result("GET", "/ai-gateway/gateways")] == ["support"]
