"""The official SDKs read what scripted providers say: whole, streamed, with tools, and when it fails."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any

import anthropic
import openai
import pytest
from google import genai
from google.genai import errors as google_errors
from google.genai import types as google_types

from cfaig.json_types import Json
from cfaig.runtime.clock import Clock
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import ScriptedUpstream
from tests.runtime.scripted.transport import scripted_client

ANSWER: list[Json] = [{"text": "Hello there, my friend.", "tokens": {"in": 120, "out": 30, "cache_read": 100}}]
TOOL: list[Json] = [{"tool": {"name": "weather", "arguments": {"city": "Zürich", "days": [1, 2]}}}]


def upstream(rules: list[Json]) -> ScriptedUpstream:
    return ScriptedUpstream(Clock(), Script.from_data(rules))


def openai_client(rules: list[Json], slug: str = "openai") -> openai.AsyncOpenAI:
    http: Any = scripted_client(upstream(rules), slug)
    return openai.AsyncOpenAI(api_key="x", base_url="https://api.openai.com/v1", http_client=http, max_retries=0)


def anthropic_client(rules: list[Json]) -> anthropic.AsyncAnthropic:
    return anthropic.AsyncAnthropic(
        api_key="x", http_client=scripted_client(upstream(rules), "anthropic"), max_retries=0
    )


def google_client(rules: list[Json]) -> genai.client.AsyncClient:
    http = scripted_client(upstream(rules), "google-ai-studio")
    return genai.Client(api_key="x", http_options=google_types.HttpOptions(httpx_async_client=http)).aio


def in_loop(test: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], None]:
    def run() -> None:
        asyncio.run(test())

    run.__name__ = test.__name__
    return run


ASK: Any = {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hi"}]}


@in_loop
async def test_openai_chat() -> None:
    completion = await openai_client(ANSWER).chat.completions.create(**ASK)
    assert completion.choices[0].message.content == "Hello there, my friend."
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage is not None
    assert completion.usage.prompt_tokens_details is not None
    assert (completion.usage.prompt_tokens, completion.usage.completion_tokens) == (120, 30)
    assert completion.usage.prompt_tokens_details.cached_tokens == 100
    assert completion._request_id == "req_scripted_1"


@in_loop
async def test_openai_chat_stream() -> None:
    client = openai_client(ANSWER)
    stream = await client.chat.completions.create(**ASK, stream=True, stream_options={"include_usage": True})
    chunks = [chunk async for chunk in stream]
    assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "Hello there, my friend."
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-1] == "stop"
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [c.usage.total_tokens for c in chunks if c.usage] == [150]
    assert len({c.id for c in chunks}) == 1


@in_loop
async def test_openai_tells_no_usage_of_a_stream_unless_asked_and_others_do() -> None:
    for slug, told in (("openai", 0), ("groq", 1)):
        stream = await openai_client(ANSWER, slug).chat.completions.create(**ASK, stream=True)
        assert len([chunk async for chunk in stream if chunk.usage]) == told


@in_loop
async def test_openai_tools() -> None:
    client = openai_client(TOOL)
    completion = await client.chat.completions.create(**ASK)
    (call,) = completion.choices[0].message.tool_calls or []
    assert call.type == "function"
    assert json.loads(call.function.arguments) == {"city": "Zürich", "days": [1, 2]}
    assert completion.choices[0].finish_reason == "tool_calls"
    tool: Any = {"type": "function", "function": {"name": "weather", "strict": True, "parameters": {}}}
    async with client.chat.completions.stream(**ASK, tools=[tool]) as stream:
        final = await stream.get_final_completion()
    (streamed,) = final.choices[0].message.tool_calls or []
    assert streamed.function.name == "weather"
    assert json.loads(streamed.function.arguments) == {"city": "Zürich", "days": [1, 2]}


@in_loop
async def test_openai_responses() -> None:
    client = openai_client(ANSWER)
    response = await client.responses.create(model="gpt-4o", input="Hi")
    assert response.output_text == "Hello there, my friend."
    assert response.usage is not None
    assert response.usage.input_tokens_details.cached_tokens == 100
    async with client.responses.stream(model="gpt-4o", input="Hi") as stream:
        seen = [event.type async for event in stream]
        final = await stream.get_final_response()
    assert (seen[0], seen[-1]) == ("response.created", "response.completed")
    assert final.output_text == "Hello there, my friend."
    assert final.usage is not None
    assert final.usage.total_tokens == 150


@in_loop
async def test_openai_responses_tools_and_cut_short() -> None:
    client = openai_client(TOOL)
    async with client.responses.stream(model="gpt-4o", input="Hi") as stream:
        final = await stream.get_final_response()
    (call,) = final.output
    assert call.type == "function_call"
    assert json.loads(call.arguments) == {"city": "Zürich", "days": [1, 2]}
    short = await openai_client([{"text": "And then", "finish": "length"}]).responses.create(model="m", input="x")
    assert short.status == "incomplete"
    assert short.incomplete_details is not None
    assert short.incomplete_details.reason == "max_output_tokens"


@in_loop
async def test_openai_completions() -> None:
    client = openai_client(ANSWER)
    completion = await client.completions.create(model="qwen2.5-coder", prompt="def f(")
    assert completion.choices[0].text == "Hello there, my friend."
    stream = await client.completions.create(model="qwen2.5-coder", prompt="def f(", stream=True)
    assert "".join([chunk.choices[0].text async for chunk in stream]) == "Hello there, my friend."


@in_loop
async def test_openai_embeddings_and_models() -> None:
    client = openai_client([])
    pair = await client.embeddings.create(model="text-embedding-3-small", input=["one", "two"])
    assert [len(each.embedding) for each in pair.data] == [8, 8]
    assert pair.data[0].embedding != pair.data[1].embedding
    plain = await client.embeddings.create(model="x", input="one", encoding_format="float")
    assert plain.data[0].embedding == pytest.approx(pair.data[0].embedding, abs=1e-6)
    long = await client.embeddings.create(model="x", input="one", dimensions=256)
    assert len(long.data[0].embedding) == 256
    assert "gpt-4o-mini" in {model.id async for model in client.models.list()}


@in_loop
async def test_openai_failures() -> None:
    failing = openai_client([{"status": 429, "message": "slow down", "retry_after": "1500ms"}])
    with pytest.raises(openai.RateLimitError, match="slow down") as caught:
        await failing.chat.completions.create(**ASK)
    assert caught.value.code == "rate_limit_exceeded"
    assert caught.value.response.headers["retry-after"] == "2"
    with pytest.raises(openai.APIConnectionError):
        await openai_client([{"refuse": True}]).chat.completions.create(**ASK)
    with pytest.raises(openai.InternalServerError):
        await openai_client([{"status": 503}]).chat.completions.create(**ASK, stream=True)


ASK_ANTHROPIC: Any = {"model": "claude-sonnet-5", "max_tokens": 99, "messages": ASK["messages"]}


@in_loop
async def test_anthropic() -> None:
    client = anthropic_client(ANSWER)
    message = await client.messages.create(**ASK_ANTHROPIC)
    assert message.content[0].type == "text"
    assert message.content[0].text == "Hello there, my friend."
    assert message.stop_reason == "end_turn"
    assert (message.usage.input_tokens, message.usage.cache_read_input_tokens) == (20, 100)
    counted = await client.messages.count_tokens(model="claude-sonnet-5", messages=ASK["messages"])
    assert counted.input_tokens == 120
    assert "claude-sonnet-5" in {model.id async for model in client.models.list()}


@in_loop
async def test_anthropic_stream() -> None:
    async with anthropic_client(ANSWER).messages.stream(**ASK_ANTHROPIC) as stream:
        texts = [text async for text in stream.text_stream]
        final = await stream.get_final_message()
    assert texts == ["Hello ", "there, ", "my ", "friend."]
    assert final.usage.output_tokens == 30
    assert final.stop_reason == "end_turn"


@in_loop
async def test_anthropic_tools() -> None:
    async with anthropic_client(TOOL).messages.stream(**ASK_ANTHROPIC) as stream:
        final = await stream.get_final_message()
    assert final.content[0].type == "tool_use"
    assert final.content[0].input == {"city": "Zürich", "days": [1, 2]}
    assert final.stop_reason == "tool_use"


@in_loop
async def test_anthropic_failures() -> None:
    with pytest.raises(anthropic.APIStatusError) as caught:
        await anthropic_client([{"status": 529}]).messages.create(**ASK_ANTHROPIC)
    assert caught.value.body == {
        "type": "error",
        "error": {"type": "overloaded_error", "message": "Failure (scripted)"},
        "request_id": "req_scripted",
    }


@in_loop
async def test_google() -> None:
    client = google_client(ANSWER)
    response = await client.models.generate_content(model="gemini-2.5-flash", contents="Hi")
    assert response.text == "Hello there, my friend."
    assert response.usage_metadata is not None
    assert response.usage_metadata.cached_content_token_count == 100
    pieces = [
        each async for each in await client.models.generate_content_stream(model="gemini-2.5-flash", contents="Hi")
    ]
    assert [each.text for each in pieces] == ["Hello ", "there, ", "my ", "friend."]
    assert pieces[-1].usage_metadata is not None
    assert pieces[-1].usage_metadata.total_token_count == 150
    counted = await client.models.count_tokens(model="gemini-2.5-flash", contents="Hi")
    assert counted.total_tokens == 120
    embedded = await client.models.embed_content(model="gemini-embedding-001", contents=["a", "b"])
    assert len(embedded.embeddings or []) == 2


@in_loop
async def test_google_tools_and_failures() -> None:
    response = await google_client(TOOL).models.generate_content(model="gemini-2.5-flash", contents="Hi")
    (call,) = response.function_calls or []
    assert (call.name, call.args) == ("weather", {"city": "Zürich", "days": [1, 2]})
    with pytest.raises(google_errors.ServerError) as caught:
        await google_client([{"status": 503}]).models.generate_content(model="gemini-2.5-flash", contents="Hi")
    assert caught.value.status == "UNAVAILABLE"
