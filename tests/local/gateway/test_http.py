"""Calls over HTTP, with scripted providers."""

from __future__ import annotations

import httpx
import pytest

from tests.local.bodies import CHAIN, gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat, said
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"


def test_a_call_is_answered_and_then_cached(gateway: Gateway) -> None:
    first, second = gateway.chat(), gateway.chat()
    assert said(first) == said(second) == "[openai gpt-4o-mini] hello"
    assert [answer.headers["cf-aig-cache-status"] for answer in (first, second)] == ["MISS", "HIT"]
    assert first.headers["cf-aig-log-id"] != second.headers["cf-aig-log-id"]


def test_a_route_falls_back_and_says_who_answered(gateway: Gateway) -> None:
    gateway.route("chat", CHAIN)
    gateway.script({"provider": "openai", "times": 3, "status": 503})
    answer = gateway.dynamic("chat")
    assert said(answer)
    assert (answer.headers["cf-aig-provider"], answer.headers["cf-aig-model"]) == ("openai", "gpt-4o-mini")
    assert answer.headers["cf-aig-step"] == "1"


def test_a_deployed_version_holds_for_the_next_call(gateway: Gateway) -> None:
    route = gateway.route("chat", CHAIN)
    assert gateway.dynamic("chat").headers["cf-aig-model"] == "gpt-4o-mini"
    for element in (changed := [dict(each) for each in CHAIN]):
        if element["type"] == "model":
            element["properties"] = {**element["properties"], "model": "gpt-4.1"}
    path = f"{GATEWAYS}/g/routes/{route}"
    version = gateway.cloudflare.result("POST", f"{path}/versions", {"elements": changed})["version_id"]
    assert gateway.dynamic("chat").headers["cf-aig-model"] == "gpt-4o-mini"
    gateway.cloudflare.result("POST", f"{path}/deployments", {"version_id": version})
    assert gateway.dynamic("chat").headers["cf-aig-model"] == "gpt-4.1"
    gateway.cloudflare.result("DELETE", path)
    assert gateway.dynamic("chat").status_code == 400


def test_the_universal_endpoint(gateway: Gateway) -> None:
    item = {"provider": "openai", "endpoint": "chat/completions", "headers": {"Authorization": f"Bearer {KEY}"}}
    items = [item | {"query": chat()}, item | {"query": chat() | {"model": "gpt-4.1"}}]
    gateway.script({"model": "gpt-4o-mini", "status": 500})
    answer = gateway.cloudflare.client.post(gateway.url, json=items)
    assert said(answer) == "[openai gpt-4.1] hello"
    assert answer.headers["cf-aig-step"] == "1"


def test_the_rest_door(gateway: Gateway) -> None:
    headers = {"cf-aig-gateway-id": "g"}
    body = chat() | {"model": "openai/gpt-4o-mini"}
    url = f"{gateway.cloudflare.url}/accounts/{gateway.cloudflare.account}/ai/v1/chat/completions"
    client = gateway.cloudflare.client
    answer = client.post(url, json=body, headers=headers | {"authorization": f"Bearer {gateway.cloudflare.run_token}"})
    assert said(answer) == "[openai gpt-4o-mini] hello"
    refused = client.post(url, json=body, headers=headers | {"authorization": "Bearer wrong"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (401, 10000)
    elsewhere = client.post(url.replace(gateway.cloudflare.account, "0" * 32), json=body, headers=headers)
    assert (elsewhere.status_code, elsewhere.json()["errors"][0]["code"]) == (401, 10000)


def test_an_authenticated_gateway_wants_a_token(gateway: Gateway) -> None:
    gateway.cloudflare.result("PUT", f"{GATEWAYS}/g", gateway_body(authentication=True))
    for token in (None, "wrong", gateway.cloudflare.read_token):
        refused = gateway.chat() if token is None else gateway.chat(cf_aig_authorization=f"Bearer {token}")
        told = refused.json()
        assert (refused.status_code, told["error"][0]["code"], told["name"]) == (401, 2009, "AiGatewayError")
    for token in (gateway.cloudflare.run_token, gateway.cloudflare.token):
        assert said(gateway.chat(cf_aig_authorization=f"Bearer {token}"))


def test_another_account_is_not_known(gateway: Gateway) -> None:
    url = f"{gateway.cloudflare.root}/v1/{'0' * 32}/default/openai/chat/completions"
    headers = {"cf-aig-authorization": f"Bearer {gateway.cloudflare.run_token}"}
    refused = gateway.cloudflare.client.post(url, json=chat(), headers=headers)
    assert (refused.status_code, refused.json()["error"][0]["code"]) == (401, 2009)


def test_the_token_that_runs_models_does_nothing_else(cloudflare: RunningCloudflare) -> None:
    for method, path in (("GET", GATEWAYS), ("POST", GATEWAYS)):
        answer = cloudflare.call(method, path, token=cloudflare.run_token)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, 10000)


def test_the_first_authenticated_call_makes_the_gateway_default(cloudflare: RunningCloudflare) -> None:
    default = Gateway(cloudflare, "default")
    assert default.chat().status_code == 401
    assert cloudflare.result("GET", GATEWAYS) == []
    assert said(default.chat(cf_aig_authorization=f"Bearer {cloudflare.run_token}"))
    (made,) = cloudflare.result("GET", GATEWAYS)
    assert (made["id"], made["is_default"], made["authentication"], made["cache_ttl"]) == ("default", True, True, 0)
    other = Gateway(cloudflare, "other").chat(cf_aig_authorization=f"Bearer {cloudflare.run_token}")
    assert (other.status_code, other.json()["error"][0]["code"]) == (400, 2001)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example.com"},
        {"Origin": "https://evil.example.com"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example.com"},
    ],
)
def test_pages_from_elsewhere_cannot_call(gateway: Gateway, headers: dict[str, str]) -> None:
    assert gateway.post("openai/chat/completions", chat(), headers).status_code == 403


def test_a_page_of_this_machine_can_call(gateway: Gateway) -> None:
    assert said(gateway.post("openai/chat/completions", chat(), {"Origin": "http://localhost:5173"}))


def test_headers_survive_any_text(gateway: Gateway) -> None:
    gateway.script({"provider": "openai", "headers": {"x-odd": "caf\u00e9 \u65e5\u672c\r\nx-more: 1"}})
    answer = gateway.chat()
    assert answer.headers["x-odd"].encode("latin-1") == "café ????x-more: 1".encode("latin-1")
    assert "x-more" not in answer.headers


def test_a_script_is_told_replaced_and_checked(gateway: Gateway) -> None:
    rules = [{"provider": "openai", "times": 1, "status": 429, "retry_after": "3s"}]
    gateway.script(*rules)
    assert gateway.cloudflare.control("GET", "upstreams") == rules
    limited = gateway.chat()
    assert (limited.status_code, limited.headers["retry-after"]) == (429, "3")
    assert said(gateway.chat())
    with pytest.raises(httpx.HTTPStatusError, match="400"):
        gateway.script({"provider": "openai", "sttus": 429})
    gateway.cloudflare.control("DELETE", "upstreams")
    assert gateway.cloudflare.control("GET", "upstreams") == []


def test_the_clock_can_be_put_forward(gateway: Gateway) -> None:
    before = gateway.cloudflare.control("GET", "clock")["now"]
    assert [gateway.chat().headers["cf-aig-cache-status"] for _ in range(2)] == ["MISS", "HIT"]
    assert gateway.cloudflare.control("POST", "clock", {"advance": 3601})["now"] >= before + 3601
    assert gateway.chat().headers["cf-aig-cache-status"] == "MISS"


def test_a_slow_provider_is_given_up(gateway: Gateway) -> None:
    gateway.script({"provider": "openai", "times": 1, "delay": "20s"})
    assert said(
        gateway.chat(chat("other"), cf_aig_skip_cache="true", cf_aig_request_timeout="50", cf_aig_max_attempts="2")
    )


def test_limits_count_until_they_are_forgotten(gateway: Gateway) -> None:
    limits = gateway_body(rate_limiting_limit=2, rate_limiting_interval=3600)
    gateway.cloudflare.result("PUT", f"{GATEWAYS}/g", limits)
    assert [gateway.chat(chat(str(number))).status_code for number in range(3)] == [200, 200, 429]
    gateway.cloudflare.reset()
    gateway.cloudflare.result("POST", GATEWAYS, limits | {"id": "g"})
    assert gateway.chat().status_code == 200


def test_what_is_too_large_is_refused(gateway: Gateway) -> None:
    answer = gateway.cloudflare.client.post(f"{gateway.url}/openai/files", content=b"x" * 100_000_001)
    assert answer.status_code == 413
