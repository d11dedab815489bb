"""The Vercel AI SDK and Cloudflare's ai-gateway-provider for it, as they are, on Node."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.local.gateway.calls import Gateway

FOLDER = Path(__file__).parent / "node"
SECONDS = 240


@contextmanager
def _only_one() -> Iterator[None]:
    """Several workers of pytest do not install at once."""
    folder = os.open(FOLDER, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@pytest.fixture(scope="session")
def node() -> str:
    """Node's path; what package-lock.json names is installed beside it, once."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        pytest.skip("Node and npm are not installed")
    lock_file, installed = FOLDER / "package-lock.json", FOLDER / "node_modules" / ".installed"
    with _only_one():
        if not installed.exists() or installed.read_bytes() != lock_file.read_bytes():
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=SECONDS, check=False)
            assert done.returncode == 0, done.stderr
            shutil.copy(lock_file, installed)
    return found


def test_the_lock_names_no_registry() -> None:
    packages = json.loads((FOLDER / "package-lock.json").read_text())["packages"].values()
    assert [package for package in packages if "resolved" in package] == []


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
