"""What docs/local.md tells people to type does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.local.bodies import END, gateway_body, model, start
from tests.local.gateway.calls import Gateway
from tests.local.running import RunningCloudflare
from tests.sdks.test_node import FOLDER, node

__all__ = ["node"]

PAGE = Path(__file__).parents[3] / "docs" / "local.md"
BLOCKS = re.findall(r"^```(sh|python|js)\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)


@pytest.fixture
def support(cloudflare: RunningCloudflare) -> Gateway:
    """The gateway of the page: `make up` makes it."""
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("support", authentication=True, cache_ttl=300))
    gateway = Gateway(cloudflare, "support")
    claude = model("b", provider="anthropic", model="claude-sonnet-5")
    gateway.route("chat", [start("a"), model("a", "b", model="gpt-4o", retries=1), claude, END])
    return gateway


def run(gateway: Gateway, command: list[str], text: str, cwd: Path) -> str:
    text = text.replace("http://127.0.0.1:8790", gateway.cloudflare.root)
    environment = {**os.environ, "GATEWAY": gateway.url, "TOKEN": gateway.cloudflare.run_token, "NO_PROXY": "*"}
    done = subprocess.run(
        command, input=text, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"{text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_shell(support: Gateway, tmp_path: Path) -> None:
    blocks = [block for kind, block in BLOCKS if kind == "sh" and not re.search(r"^make|cfaig", block, re.MULTILINE)]
    assert len(blocks) == 6
    told = run(support, ["bash", "-euo", "pipefail"], "\n".join(blocks), tmp_path)
    assert "[openai gpt-4o] Hello" in told
    assert "[anthropic claude-sonnet-5] Hello" in told
    assert '"cachedRequests"' in told
    assert '"success":false' not in told


def test_python(support: Gateway, tmp_path: Path) -> None:
    told = [run(support, [sys.executable, "-"], block, tmp_path) for kind, block in BLOCKS if kind == "python"]
    assert [text.strip() for text in told] == [
        "[openai gpt-4o] Hello",
        "[anthropic claude-haiku-4-5] Hello",
        "[openai gpt-4o] Hello",
    ]


def test_javascript(support: Gateway, node: str) -> None:
    (block,) = [block for kind, block in BLOCKS if kind == "js"]
    assert run(support, [node, "--input-type=module"], block, FOLDER).strip() == "[openai gpt-4o] Hello"
