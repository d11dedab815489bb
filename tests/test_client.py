"""`cfaig.client`: what it writes the gateway understands, what it refuses the gateway would have ignored."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import OpenAI

from cfaig.client import Gateway, GatewayResult, HeaderOptions, Money, gateway_headers
from cfaig.runtime.settings import request_settings
from tests.local.bodies import gateway_body
from tests.local.gateway.calls import chat, said
from tests.local.running import RunningCloudflare

HEX = "0123456789abcdef"
TEXT = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=20)
MONEY = st.floats(0, 10, allow_nan=False)
MILLISECONDS = st.integers(1, 60_000)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "token": TEXT,
        "cache_ttl": st.just(0) | st.integers(60, 2_592_000) | st.integers(1, 720).map(lambda hours: f"{hours}h"),
        "skip_cache": st.booleans(),
        "cache_key": TEXT,
        "metadata": st.dictionaries(
            st.text(max_size=9).filter(lambda name: not name.startswith("cf.")),
            st.text(max_size=9) | st.integers() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False),
            max_size=5,
        ),
        "timeout": MILLISECONDS.map(lambda length: f"{length}ms") | st.integers(1, 86_400),
        "attempts": st.integers(1, 5),
        "retry_delay": MILLISECONDS.map(lambda length: timedelta(milliseconds=length)) | st.just(0),
        "backoff": st.sampled_from(["constant", "linear", "exponential"]),
        "collect_log": st.booleans(),
        "collect_payload": st.booleans(),
        "custom_cost": st.fixed_dictionaries({"per_token_in": MONEY}, optional={"per_cache_read_token": MONEY}),
        "event_id": TEXT,
        "byok_alias": TEXT,
        "no_wholesale": st.booleans(),
        "zdr": st.booleans(),
        "otel_trace_id": st.just(HEX * 2),
        "otel_parent_span_id": st.just(HEX),
    },
)


@given(OPTIONS)
def test_the_gateway_understands_every_header(options: Any) -> None:
    headers = gateway_headers(**options)
    httpx.Headers(headers)
    settings = request_settings({"cache_ttl": 60, "collect_logs": True}, [headers])
    assert settings.notes == ()
    assert dict(settings.metadata) == options.get("metadata", {})
    assert settings.retry.attempts == options.get("attempts", 1)
    assert settings.byok_alias == options.get("byok_alias")
    assert settings.no_wholesale is options.get("no_wholesale", False)
    assert settings.collect_payload is options.get("collect_payload", True)
    assert (settings.custom_cost is None) is ("custom_cost" not in options)
    if "otel_trace_id" in options:
        assert headers["cf-aig-otel-trace-id"] == HEX * 2


def test_units() -> None:
    headers = gateway_headers(cache_ttl="1h", timeout="1500ms", retry_delay=0.5, token="t", zdr=None)
    assert headers == {
        "cf-aig-cache-ttl": "3600",
        "cf-aig-request-timeout": "1500",
        "cf-aig-retry-delay": "500",
        "cf-aig-authorization": "Bearer t",
    }
    cost: dict[str, Money] = {"per_token_in": Decimal("0.0000015"), "total_cost": 2}
    assert json.loads(gateway_headers(custom_cost=cost)["cf-aig-custom-cost"]) == {
        "per_token_in": 0.0000015,
        "total_cost": 2.0,
    }


@pytest.mark.parametrize(
    ("option", "values"),
    [
        ("token", ["", "Bearer x", "a\nb", 5]),
        ("cache_ttl", [59, "30s", "31d", "90500ms", -60, True, float("nan"), "soon"]),
        ("skip_cache", ["true", 1]),
        ("cache_key", ["", " a", "a\r\nx: y", "ä"]),
        ("metadata", [{"a": None}, {"a": {}}, {"cf.a": 1}, dict.fromkeys("abcdef", 1), {"a": float("inf")}, [1]]),
        ("timeout", [0, "25h", "0.5ms"]),
        ("attempts", [0, 6, True, 2.0]),
        ("retry_delay", ["61s", -1]),
        ("backoff", ["fast", []]),
        ("collect_log", ["no"]),
        ("collect_payload", [0]),
        ("custom_cost", [{}, {"per_token_in": -1}, {"per_token_in": 1, "per_token": 1}, {"total_cost": True}, 5]),
        ("event_id", ["a\0b"]),
        ("byok_alias", [""]),
        ("no_wholesale", ["true"]),
        ("zdr", [1]),
        ("otel_trace_id", [HEX, HEX.upper() * 2, "0" * 32]),
        ("otel_parent_span_id", [HEX * 2, "0" * 16]),
    ],
)
def test_wrong_values_are_refused_with_the_options_name(option: str, values: list[Any]) -> None:
    assert option in HeaderOptions.__annotations__
    for value in values:
        with pytest.raises(ValueError, match=f"^{option}: "):
            gateway_headers(**{option: value})


def test_a_token_is_never_repeated_and_an_unknown_option_is_told() -> None:
    with pytest.raises(ValueError, match=r"^token: ") as raised:
        gateway_headers(token="Bearer planted-secret")
    assert "planted" not in str(raised.value)
    assert "planted" not in repr(Gateway("a", "g", token="planted"))
    with pytest.raises(TypeError, match="did you mean cache_ttl"):
        gateway_headers(cache_tll="1h")  # type: ignore[call-arg]
    for account, gateway in (("", "g"), ("a", "../g"), ("a/b", "g"), ("a", "g?x")):
        with pytest.raises(ValueError, match="is no part of an address"):
            Gateway(account, gateway)


def test_a_gateway_is_called_and_tells_what_it_did(local_cloudflare: RunningCloudflare) -> None:
    cloudflare = local_cloudflare
    cloudflare.reset()
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("shop", authentication=True))
    gateway = Gateway(cloudflare.account, "shop", f"{cloudflare.root}/v1", cloudflare.run_token)
    headers = gateway.headers(cache_key="greeting", cache_ttl="5m", event_id="e-1")
    with httpx.Client(headers=headers) as client:
        answers = [client.post(f"{gateway.url('openai')}/chat/completions", json=chat()) for _ in range(2)]
    assert [said(answer) for answer in answers] == ["[openai gpt-4o-mini] hello"] * 2
    first, second = (gateway.result(answer.headers) for answer in answers)
    assert (first.cached, second.cached, second.step, second.event_id) == (False, True, 0, "e-1")
    assert first.log_id != second.log_id
    with OpenAI(base_url=gateway.compat_url, api_key=str(gateway.token), default_headers=gateway_headers()) as sdk:
        answer = sdk.chat.completions.with_raw_response.create(
            model="anthropic/claude-haiku-4-5", messages=[{"role": "user", "content": "hello"}]
        )
    assert answer.status_code == 200
    assert gateway.result(answer.headers).log_id


def test_what_an_answer_does_not_tell_is_none() -> None:
    assert Gateway.result({}) == GatewayResult()
    told = {"CF-AIG-Provider": "openai", "cf-aig-step": "2", "Cf-Aig-Cache-Status": "HIT"}
    assert Gateway.result(told) == GatewayResult(provider="openai", step=2, cache="HIT")


def test_it_needs_nothing_heavy() -> None:
    code = "import cfaig.client, sys; print(*(set(sys.modules) & {'httpx', 'yaml', 'pulumi', 'typer', 'jsonschema'}))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == []
