"""The official Anthropic SDK, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anthropic
import pytest
from anthropic import Anthropic

from tests.local.gateway.calls import Gateway

HELLO: dict[str, Any] = {
    "model": "claude-haiku-4-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "hello"}],
}


@pytest.fixture
def client(gateway: Gateway) -> Iterator[Anthropic]:
    headers = {"cf-aig-authorization": f"Bearer {gateway.cloudflare.run_token}"}
    base = f"{gateway.url}/anthropic"
    with Anthropic(base_url=base, api_key="sk-own", default_headers=headers, max_retries=0) as client:
        yield client


def test_a_message_and_the_cache(gateway: Gateway, client: Anthropic) -> None:
    headers = {"cf-aig-cache-key": "greeting"}
    answers = [client.messages.with_raw_response.create(**HELLO, extra_headers=headers) for _ in range(2)]
    assert [answer.headers["cf-aig-cache-status"] for answer in answers] == ["MISS", "HIT"]
    (text,) = answers[0].parse().content
    assert text.text == "[anthropic claude-haiku-4-5] hello"
    hit, miss = gateway.logs()
    assert (hit["cost"], hit["cached"], miss["cost"] > 0) == (0, True, True)


def test_a_stream(client: Anthropic) -> None:
    with client.messages.stream(**HELLO) as stream:
        parts = list(stream.text_stream)
        final = stream.get_final_message()
    assert len(parts) > 1
    assert "".join(parts) == "[anthropic claude-haiku-4-5] hello"
    assert final.usage.output_tokens > 0


def test_errors_are_the_sdks_own(gateway: Gateway, client: Anthropic) -> None:
    gateway.script({"provider": "anthropic", "times": 1, "status": 429})
    with pytest.raises(anthropic.RateLimitError):
        client.messages.create(**HELLO)
    with pytest.raises(anthropic.AuthenticationError):
        client.with_options(default_headers={"cf-aig-authorization": "Bearer wrong"}).messages.create(**HELLO)


def test_the_rest_door(gateway: Gateway) -> None:
    base = f"{gateway.cloudflare.url}/accounts/{gateway.cloudflare.account}/ai"
    headers = {"cf-aig-gateway-id": "shop"}
    token = gateway.cloudflare.run_token
    with Anthropic(base_url=base, auth_token=token, api_key=None, default_headers=headers, max_retries=0) as client:
        answer = client.messages.create(**HELLO | {"model": "anthropic/claude-haiku-4-5"})
    assert answer.content[0].text == "[anthropic claude-haiku-4-5] hello"
