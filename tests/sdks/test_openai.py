"""The official OpenAI SDK, as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import openai
import pytest
from openai import OpenAI

from tests.local.gateway.calls import Gateway

HELLO: Any = [{"role": "user", "content": "hello"}]


@pytest.fixture
def compat(gateway: Gateway) -> Iterator[OpenAI]:
    """As for dynamic routes: the token is the API key."""
    with OpenAI(base_url=f"{gateway.url}/compat", api_key=gateway.cloudflare.run_token, max_retries=0) as client:
        yield client


@pytest.fixture
def native(gateway: Gateway) -> Iterator[OpenAI]:
    """As for OpenAI alone, with a key of one's own."""
    headers = {"cf-aig-authorization": f"Bearer {gateway.cloudflare.run_token}"}
    with OpenAI(base_url=f"{gateway.url}/openai", api_key="sk-own", default_headers=headers, max_retries=0) as client:
        yield client


def test_a_route_and_its_fallback(gateway: Gateway, compat: OpenAI) -> None:
    create = compat.chat.completions.with_raw_response.create
    first = create(model="dynamic/chat", messages=HELLO)
    assert first.parse().choices[0].message.content == "[openai gpt-4o-mini] hello"
    gateway.script({"provider": "openai", "status": 503})
    second = create(model="dynamic/chat", messages=HELLO)
    assert second.parse().choices[0].message.content == "[anthropic claude-sonnet-5] hello"
    assert (first.headers["cf-aig-step"], second.headers["cf-aig-step"]) == ("0", "1")
    assert second.headers["cf-aig-provider"] == "anthropic"


def test_a_stream_through_a_route(compat: OpenAI) -> None:
    parts = []
    usage = None
    stream = compat.chat.completions.create(
        model="dynamic/chat",
        messages=HELLO,
        stream=True,
        stream_options={"include_usage": True},
    )
    for chunk in stream:
        parts += [choice.delta.content or "" for choice in chunk.choices]
        usage = chunk.usage or usage
    assert "".join(parts) == "[openai gpt-4o-mini] hello"
    assert usage is not None
    assert usage.total_tokens > 0


def test_the_cache(native: OpenAI) -> None:
    create = native.chat.completions.with_raw_response.create
    headers = {"cf-aig-cache-key": "greeting", "cf-aig-cache-ttl": "600"}
    answers = [create(model="gpt-4o-mini", messages=HELLO, extra_headers=headers) for _ in range(2)]
    assert [answer.headers["cf-aig-cache-status"] for answer in answers] == ["MISS", "HIT"]
    assert answers[0].parse() == answers[1].parse()


def test_the_other_endpoints(native: OpenAI) -> None:
    assert native.responses.create(model="gpt-4.1-mini", input="hello").output_text == "[openai gpt-4.1-mini] hello"
    with native.responses.stream(model="gpt-4.1-mini", input="hello") as stream:
        types = [event.type for event in stream]
        assert stream.get_final_response().output_text == "[openai gpt-4.1-mini] hello"
    assert (types[0], types[-1]) == ("response.created", "response.completed")
    vectors = native.embeddings.create(model="text-embedding-3-small", input=["a", "b"])
    assert [vector.index for vector in vectors.data] == [0, 1]
    assert len(vectors.data[0].embedding) > 0
    assert [model.object for model in native.models.list()]


def test_errors_are_the_sdks_own(gateway: Gateway, compat: OpenAI) -> None:
    with pytest.raises(openai.AuthenticationError):
        compat.with_options(api_key="wrong").chat.completions.create(model="dynamic/chat", messages=HELLO)
    with pytest.raises(openai.BadRequestError):
        compat.chat.completions.create(model="dynamic/nothing", messages=HELLO)
    gateway.script({"status": 429, "message": "slow down"})
    with pytest.raises(openai.RateLimitError, match="slow down"):
        compat.chat.completions.create(model="dynamic/chat", messages=HELLO)


def test_the_sdks_own_retries_meet_a_provider_that_recovers(gateway: Gateway, native: OpenAI) -> None:
    gateway.script({"provider": "openai", "times": 1, "status": 500})
    answer = native.with_options(max_retries=1).chat.completions.create(model="gpt-4o-mini", messages=HELLO)
    assert answer.choices[0].message.content == "[openai gpt-4o-mini] hello"
