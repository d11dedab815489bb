"""The Vercel AI SDK and Cloudflare's ai-gateway-provider for it, as they are, on Node."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.local.gateway.calls import Gateway
from tests.npm import SECONDS, installed_node, registries_in

FOLDER = Path(__file__).parent / "node"


@pytest.fixture(scope="session")
def node() -> str:
    """Node's path; what package-lock.json names is installed beside it, once."""
    return installed_node(FOLDER)


def test_the_lock_names_no_registry() -> None:
    assert registries_in(FOLDER / "package-lock.json") == []


def test_the_ai_sdk(gateway: Gateway, node: str) -> None:
    gateway.script({"model": "down", "status": 503})
    command = [node, str(FOLDER / "calls.mjs"), gateway.url, gateway.cloudflare.account, "shop"]
    command.append(gateway.cloudflare.run_token)
    environment = {**os.environ, "AI_SDK_LOG_WARNINGS": "false"}
    done = subprocess.run(
        command, cwd=FOLDER, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    for name in ("native", "route", "binding"):
        assert told[name]["text"] == "[openai gpt-4o-mini] hello", name
    assert told["responses"]["text"] == "[openai gpt-4.1-mini] hello"
    assert told["native"]["usage"] > 0
    assert told["route"]["headers"]["cf-aig-provider"] == "openai"
    assert told["fallback"]["text"] == "[anthropic claude-sonnet-5] hello"
    assert told["fallback"]["headers"]["cf-aig-step"] == "1"
    assert [told[name]["headers"]["cf-aig-cache-status"] for name in ("miss", "hit")] == ["MISS", "HIT"]
    assert len(told["stream"]) > 1
    assert "".join(told["stream"]) == "[openai gpt-4o-mini] hello"
    assert told["refused"] == "AiGatewayUnauthorizedError"
    users = [log["metadata"].get("user") for log in gateway.logs()]
    assert users.count("node") == 2
