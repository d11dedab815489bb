"""`cfaig apply` of an edge whose rules somebody has changed by hand, which the engine does not notice by itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Shell
from tests.local.running import RunningCloudflare

EDGE = """\
gateway: support
edge:
  hostname: ai.example.com
  auth: {open: true}
  gateway_token: env://GATEWAY_TOKEN
  rules:
    - {name: chat, match: {path: /chat/completions}, timeout: 30s}
"""
PLANTED = "planted-0123456789abcdef"


def values(cloudflare: RunningCloudflare) -> dict[str, Any]:
    """The JSON bindings that the Worker has."""
    listed = cloudflare.result("GET", "/workers/scripts/support-edge/settings")["bindings"]
    return {binding["name"]: binding["json"] for binding in listed if "json" in binding}


def change_by_hand(cloudflare: RunningCloudflare) -> None:
    """Empty the Worker's rules, as somebody with the dashboard can."""
    kept = values(cloudflare)
    changed = kept | {"RULES": {**kept["RULES"], "rules": []}}
    bindings = [{"name": name, "type": "json", "json": value} for name, value in changed.items()]
    secret = {"name": "GATEWAY_TOKEN", "type": "secret_text", "text": PLANTED}
    metadata = {"main_module": "worker.js", "compatibility_date": "2026-07-01", "bindings": [*bindings, secret]}
    code = cloudflare.call("GET", "/workers/scripts/support-edge").text
    files = {"worker.js": ("worker.js", code), "metadata": (None, json.dumps(metadata))}
    url = f"{cloudflare.url}/accounts/{cloudflare.account}/workers/scripts/support-edge"
    answer = cloudflare.client.put(url, files=files, headers={"Authorization": f"Bearer {cloudflare.token}"})
    assert answer.status_code == 200, answer.text


@pytest.mark.engine
def test_rules_that_were_changed_by_hand_are_put_right(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    dev.define("support", EDGE)
    dev.environ["GATEWAY_TOKEN"] = PLANTED
    shown = [dev.cfaig("apply", "--yes")]
    wanted = values(local_cloudflare)
    change_by_hand(local_cloudflare)
    shown += [dev.cfaig("plan", code=2), dev.cfaig("apply", "--yes")]
    assert values(local_cloudflare) == wanted
    state = "".join(path.read_text() for path in (dev.root / "state").rglob("*.json*"))
    assert PLANTED not in state + "".join(done.stdout + done.stderr for done in shown)
    del dev.environ["GATEWAY_TOKEN"]
    left = dev.cfaig("plan").stdout
    assert "GATEWAY_TOKEN" in left
    assert "No changes" in left
