from __future__ import annotations

import pytest

from cfaig.local.words import duration, period, route_in_words, settings_in_words
from tests.local.bodies import CHAIN, END, gateway_body, model, split, start, to
from tests.local.gateway.calls import Gateway, chat
from tests.local.running import RunningCloudflare
from tests.local.test_gateways import EVERYTHING

NASTY = "<script>alert('x')</script>"


def page(cloudflare: RunningCloudflare) -> str:
    answer = cloudflare.client.get(cloudflare.root)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return answer.text


def test_an_empty_account(cloudflare: RunningCloudflare) -> None:
    text = page(cloudflare)
    assert "No gateways" in text
    assert cloudflare.account in text


def test_everything_is_told_and_escaped(cloudflare: RunningCloudflare) -> None:
    store = cloudflare.result("POST", "/secrets_store/stores", {"name": NASTY})["id"]
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("support", **EVERYTHING | {"store_id": store}))
    elements = [start("a"), model("a", model=NASTY), END]
    route = cloudflare.result("POST", "/ai-gateway/gateways/support/routes", {"name": NASTY, "elements": elements})
    cloudflare.result("POST", f"/ai-gateway/gateways/support/routes/{route['id']}/versions", {"elements": CHAIN})
    provider = {"slug": "lab", "name": NASTY, "base_url": "https://lab.example.com/<b>"}
    cloudflare.result("POST", "/ai-gateway/custom-providers", provider)
    key = {"provider_slug": "openai", "alias": "second", "default_config": True, "secret": "sk-hidden-0123456789"}
    cloudflare.result("POST", "/ai-gateway/gateways/support/provider_configs", key)
    cloudflare.result("POST", "/ai-gateway/gateways/support/custom-domains", {"hostname": "ai.example.com"})
    text = page(cloudflare)
    assert "<script" not in text
    assert "<b>" not in text
    for hidden in ("sk-hidden", "6789"):
        assert hidden not in text
    for told in (
        "version 1 of 2 deployed",
        "ai.example.com",
        "<code>openai</code> as <code>second</code>",
        "1 secret;",
    ):
        assert told in text


def test_recent_calls_are_told_and_escaped(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g", cache_ttl=60))
    gateway = Gateway(cloudflare, "g")
    gateway.route("<b>chat", [start("a"), model("a"), END])
    gateway.dynamic("<b>chat")
    gateway.chat()
    gateway.chat()
    gateway.script({"model": NASTY, "status": 418})
    gateway.chat(chat() | {"model": NASTY})
    text = page(cloudflare)
    assert "<script" not in text
    assert "<b>" not in text
    rows = text.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    assert len(rows) == 4
    assert '<td class="bad">418</td>' in rows[0]
    assert "<td>hit</td>" in rows[1]
    assert "$0<" in rows[1]
    assert "$0<" not in rows[2]
    assert "dynamic/&lt;b&gt;chat" in rows[3]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (1, "1 s"), (90, "90 s"), (120, "2 min"), (3600, "1 h"), (86_400, "1 d"), (0.5, "0.5 s")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_periods() -> None:
    assert [period(seconds) for seconds in (60, 3600, 7200)] == ["minute", "hour", "2 h"]


def test_settings_in_words() -> None:
    words = dict(settings_in_words(EVERYTHING))
    assert words["Cache"] == "1 h"
    assert words["Rate limit"] == "100 requests per minute, sliding"
    assert words["Spend limits"] == "$5.5 per hour"
    assert words["Guardrails"] == "prompt: S1 P1, response: none"
    assert words["Also"] == "own provider keys only, zero data retention, Logpush"


def test_routes_in_words() -> None:
    assert route_in_words(CHAIN) == [
        (0, "openai gpt-4o-mini (30 s timeout, retries: 2)"),
        (0, "else openai gpt-4o-mini (30 s timeout, retries: 2)"),
    ]
    assert [line for _, line in route_in_words(split(s90="m", s10="end"))] == [
        "split by share",
        "90%: openai gpt-4o-mini (30 s timeout, retries: 2)",
        "10%: end",
    ]
    rate = {"key": "metadata.user", "limit": 1000, "limitType": "count", "window": 60}
    outputs = {"success": to("m"), "fallback": to("m")}
    elements = [start("r"), {"id": "r", "type": "rate", "properties": rate, "outputs": outputs}, model("m"), END]
    told = [line for _, line in route_in_words(elements)]
    assert told[0] == "at most 1,000 requests per minute for each metadata.user"
    assert told[2].startswith("beyond: as above: openai")
