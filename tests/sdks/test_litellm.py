from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.local.gateway.calls import Gateway

CALLS = Path(__file__).parent / "litellm_calls.py"


def test_litellm(gateway: Gateway) -> None:
    gateway.script({"model": "down", "status": 503})
    # Otherwise it fetches a list of prices from the network.
    environment = os.environ | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "NO_PROXY": "127.0.0.1"}
    command = [sys.executable, str(CALLS), gateway.url, gateway.cloudflare.run_token]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["route"] == told["fallback"] == "[openai gpt-4o-mini] hello"
    assert len(told["stream"]) > 1
    assert "".join(told["stream"]) == told["route"]
    assert told["cache"] == ["MISS", "HIT"]
    assert told["anthropic"] == "[anthropic claude-sonnet-5] hello"
