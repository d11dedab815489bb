"""The chat page: what the server sends, and the page itself in headless Chromium."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from tests.local.bodies import SHORT_CHAIN
from tests.local.running import RunningCloudflare
from tests.web import pictures
from tests.web.chromium import chromium
from tests.web.running import EDGE_TOKEN, edge_of, run_node

BUNDLE = "import('./build.js').then(async ({page}) => process.stdout.write(await page()))"
PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = "</script><script>alert(1)</script>"


def test_in_chromium(node: str, cloudflare: RunningCloudflare) -> None:
    command = (node, "--test", "--test-reporter=spec", "test/browser/chat.test.js")
    done = run_node(*command, CFAIG_LOCAL=cloudflare.root, CFAIG_CHROMIUM=chromium())
    assert done.returncode == 0, done.stdout.partition("failing tests:")[2] or done.stdout + done.stderr


@pytest.mark.usefixtures("node")
def test_the_pictures_can_be_made_anew(tmp_path: Path) -> None:
    pictures.main(tmp_path)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["chat-desktop.png", "chat-phone.png"]
    for name in made:
        assert (tmp_path / name).read_bytes().startswith(PNG)
        assert (pictures.PICTURES / name).read_bytes().startswith(PNG)


def test_the_document_lets_the_page_do_nothing_else(cloudflare: RunningCloudflare) -> None:
    answer = cloudflare.client.get(f"{cloudflare.root}/chat")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    edge = edge_of(cloudflare)
    assert policy.pop("connect-src").split() == [
        "'self'",
        edge,
        cloudflare.root.replace("http", "ws"),
        edge.replace("http", "ws"),
    ]
    assert policy.pop("script-src") == "'self'"
    assert set(policy.values()) == {"'none'"}
    assert {"default-src", "base-uri", "form-action", "frame-ancestors"} == set(policy)
    assert EDGE_TOKEN not in answer.text


def test_the_setup_cannot_break_out_of_its_element(cloudflare: RunningCloudflare) -> None:
    route = {"name": HOSTILE, "elements": SHORT_CHAIN}
    identity = cloudflare.result("POST", "/ai-gateway/gateways/limited/routes", route)["id"]
    text = cloudflare.client.get(f"{cloudflare.root}/chat").text
    cloudflare.result("DELETE", f"/ai-gateway/gateways/limited/routes/{identity}")
    assert text.count("<script") == 2
    setup = json.loads(re.findall(r'<script type="application/json" id="setup">(.*?)</script>', text)[0])
    assert setup["gateways"][0] == {"id": "limited", "models": [f"dynamic/{HOSTILE}", "openai/gpt-4o-mini"]}
    assert [edge["worker"] for edge in setup["edges"]] == ["web-edge"]


def test_the_bundle_is_made_from_these_sources(node: str) -> None:
    done = run_node(node, "--input-type=module", "--eval", BUNDLE)
    assert done.returncode == 0, done.stderr
    served = files("cfaig.local.chat").joinpath("chat.js").read_text(encoding="utf-8")
    assert served == done.stdout, "run `npm run build` in clients/web/"


def test_the_bundle_loads_nothing(cloudflare: RunningCloudflare) -> None:
    answer = cloudflare.client.get(f"{cloudflare.root}/chat/chat.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert not re.search(r"\beval\(|new Function|\bimport\(", answer.text)
    assert "React" in answer.text
    assert "MIT license" in answer.text


def test_the_local_page_leads_to_it(cloudflare: RunningCloudflare) -> None:
    assert '<a href="/chat">' in cloudflare.client.get(cloudflare.root).text


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_other_sites_cannot_use_what_it_uses(cloudflare: RunningCloudflare, origin: str) -> None:
    url = f"{cloudflare.root}/v1/{cloudflare.account}/web/compat/chat/completions"
    answer = cloudflare.client.post(url, json={}, headers={"origin": origin})
    assert answer.status_code == 403
