"""Gateways that web clients call, and programs of Node that call them."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

from cfaig.edge import COMPATIBILITY_DATE, worker_module
from tests.local.bodies import END, gateway_body, model, start
from tests.local.gateway.calls import Gateway
from tests.local.running import RunningCloudflare
from tests.local.test_workers import put
from tests.npm import SECONDS

FOLDER = Path(__file__).parents[2] / "clients" / "web"
EDGE_TOKEN = "edge-token"
CHAT = [
    start("a"),
    model("a", "b", model="gpt-4o", retries=0),
    model("b", provider="anthropic", model="claude-sonnet-5"),
    END,
]


def fill(cloudflare: RunningCloudflare, gateway: str = "web") -> None:
    """Make a gateway with a cache, a route `chat` and an edge."""
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body(gateway, authentication=True, cache_ttl=3600))
    Gateway(cloudflare, gateway).route("chat", CHAT)
    rules = {
        "version": 1,
        "gateway": {"url": f"{cloudflare.root}/v1/{cloudflare.account}/{gateway}"},
        "auth": {"bearer": [{"name": "page", "sha256": hashlib.sha256(EDGE_TOKEN.encode()).hexdigest()}]},
        "rules": [{"match": {"model": "forbidden"}, "then": {"reject": {"status": 403, "message": "not this one"}}}],
    }
    bindings = [
        {"name": "RULES", "type": "json", "json": rules},
        {"name": "GATEWAY_TOKEN", "type": "secret_text", "text": cloudflare.run_token},
    ]
    metadata = {"main_module": "worker.js", "compatibility_date": COMPATIBILITY_DATE, "bindings": bindings}
    answer = put(cloudflare, f"{gateway}-edge", metadata, worker_module())
    assert answer.status_code == 200, answer.text


def edge_of(cloudflare: RunningCloudflare) -> str:
    """Where the edge answers."""
    [edge] = cloudflare.control("GET", "edges")
    assert not edge["problem"]
    return str(edge["url"])


def run_node(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program in the library's folder."""
    environ = {**os.environ, **environment}
    return subprocess.run(
        command, cwd=FOLDER, env=environ, capture_output=True, text=True, timeout=SECONDS, check=False
    )
