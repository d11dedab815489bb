"""Which rule is followed, and what then happens, in virtual time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cfaig.json_types import Json
from cfaig.runtime.clock import Clock
from cfaig.runtime.model import UpstreamAnswer, UpstreamError, UpstreamRequest
from cfaig.runtime.scripted.script import Script
from cfaig.runtime.scripted.upstream import HANGING_SECONDS, ScriptedUpstream
from cfaig.runtime.virtual_time import run_in_virtual_time

URLS = {
    "openai": "https://api.openai.com/v1/chat/completions",
    "anthropic": "https://api.anthropic.com/v1/messages",
    "workers-ai": "https://api.cloudflare.com/client/v4/accounts/a/ai/run/@cf/meta/llama-3.1-8b-instruct",
    "google-ai-studio": "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
    "aws-bedrock": "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse",
    "deepgram": "https://api.deepgram.com/v1/listen",
    "huggingface": "https://api-inference.huggingface.co/models/bigcode/starcoder",
    "replicate": "https://api.replicate.com/v1/predictions",
    "elevenlabs": "https://api.elevenlabs.io/v1/text-to-speech/voice",
}


def request(slug: str = "openai", model: str = "gpt-4o", *, stream: bool = False, **more: Any) -> UpstreamRequest:
    body = {"model": model, "messages": [{"role": "user", "content": "Hi"}], "stream": stream, **more}
    return UpstreamRequest(slug, URLS.get(slug, f"https://{slug}.example.com/v1/chat/completions"), encode(body), {})


def encode(body: Json) -> bytes:
    return json.dumps(body).encode()


async def read(answer: UpstreamAnswer) -> bytes:
    return b"".join([part async for part in answer.body])


def play(rules: Json, scene: Callable[[ScriptedUpstream, Clock], Awaitable[None]]) -> None:
    async def run() -> None:
        clock = Clock(start=1_000_000)
        await scene(ScriptedUpstream(clock, Script.from_data(rules)), clock)

    run_in_virtual_time(run())


def statuses(rules: Json, *requests: UpstreamRequest) -> list[int]:
    seen: list[int] = []

    async def scene(upstream: ScriptedUpstream, _: Clock) -> None:
        seen.extend([(await upstream.send(each)).status for each in requests])

    play(rules, scene)
    return seen


def test_the_first_rule_that_fits_is_followed() -> None:
    rules: Json = [
        {"provider": "openai", "model": "gpt-4*", "status": 500},
        {"provider": "*", "path": "*/messages", "status": 529},
        {"provider": "custom-*", "model": "a[?]b", "status": 418},
    ]
    asked = [
        request(),
        request(model="o1"),
        request("anthropic"),
        request("custom-lab", "a[1]b"),
        request("custom-lab", "a1b"),
    ]
    assert statuses(rules, *asked) == [500, 200, 529, 418, 200]


def test_rules_wait_count_and_end() -> None:
    assert statuses([{"status": 503, "times": 2}], *[request()] * 4) == [503, 503, 200, 200]
    assert statuses([{"status": 503, "after": 1, "times": 1}], *[request()] * 4) == [200, 503, 200, 200]
    assert statuses([{"status": 503, "every": 3}], *[request()] * 7) == [200, 200, 503, 200, 200, 503, 200]
    twice: Json = [{"status": 503, "times": 1}, {"status": 429, "times": 1}]
    assert statuses(twice, *[request()] * 3) == [503, 429, 200]


def test_a_new_script_counts_anew() -> None:
    async def scene(upstream: ScriptedUpstream, _: Clock) -> None:
        assert (await upstream.send(request())).status == 503
        upstream.follow(upstream.script)
        assert (await upstream.send(request())).status == 503
        assert (await upstream.send(request())).status == 200

    play([{"status": 503, "times": 1}], scene)


def test_delays() -> None:
    async def scene(upstream: ScriptedUpstream, clock: Clock) -> None:
        answer = await upstream.send(request(stream=True))
        assert clock.now() == pytest.approx(1_000_002.5)
        first = await anext(answer.body)
        assert first.startswith(b"data: ")
        assert clock.now() == pytest.approx(1_000_002.5)
        assert len([part async for part in answer.body]) == 4
        assert clock.now() == pytest.approx(1_000_006.5)

    play([{"delay": "2500ms", "chunk_delay": 1, "text": "one two"}], scene)


def test_who_hangs_can_be_given_up_and_ends_after_a_day() -> None:
    async def scene(upstream: ScriptedUpstream, clock: Clock) -> None:
        with pytest.raises(TimeoutError):
            async with clock.timeout(30):
                await upstream.send(request())
        assert clock.now() == pytest.approx(1_000_030)
        with pytest.raises(UpstreamError, match="openai did not answer"):
            await upstream.send(request())
        assert clock.now() == pytest.approx(1_000_030 + HANGING_SECONDS)

    play([{"hang": True}], scene)


def test_refused_after_a_delay() -> None:
    async def scene(upstream: ScriptedUpstream, clock: Clock) -> None:
        with pytest.raises(UpstreamError, match="refuses"):
            await upstream.send(request())
        assert clock.now() == pytest.approx(1_000_003)

    play([{"refuse": True, "delay": "3s"}], scene)


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("parts", [0, 1, 2])
def test_cut(stream: bool, parts: int) -> None:
    async def scene(upstream: ScriptedUpstream, clock: Clock) -> None:
        answer = await upstream.send(request(stream=stream))
        assert (answer.status, clock.now()) == (200, 1_000_000)
        for _ in range(parts):
            await anext(answer.body)
        with pytest.raises(UpstreamError, match=f"broke off after {parts} parts"):
            await anext(answer.body)

    play([{"cut_after": parts}], scene)


def test_stalled() -> None:
    async def scene(upstream: ScriptedUpstream, clock: Clock) -> None:
        answer = await upstream.send(request(stream=True))
        await anext(answer.body)
        with pytest.raises(TimeoutError):
            async with clock.timeout(60):
                await anext(answer.body)

    play([{"stall_after": 1}], scene)


def body_of(rules: Json, asked: UpstreamRequest) -> tuple[UpstreamAnswer, bytes]:
    found: list[tuple[UpstreamAnswer, bytes]] = []

    async def scene(upstream: ScriptedUpstream, _: Clock) -> None:
        answer = await upstream.send(asked)
        found.append((answer, await read(answer)))

    play(rules, scene)
    return found[0]


@pytest.mark.parametrize("stream", [True, False])
def test_malformed(stream: bool) -> None:
    asked = request(stream=stream)
    answer, body = body_of([{"malformed": "content_type"}], asked)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert body.startswith(b"<html>")
    answer, body = body_of([{"malformed": "empty"}], asked)
    assert (answer.status, body) == (200, b"")
    answer, body = body_of([{"malformed": "json"}], asked)
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        json.loads(body.rsplit(b"data: ", 1)[-1])


def test_headers_and_bodies_of_the_script() -> None:
    rules: Json = [{"status": 429, "retry_after": "90s", "headers": {"X-Why": "tokens"}}]
    answer, _ = body_of(rules, request())
    assert answer.headers["retry-after"] == "90"
    assert answer.headers["x-why"] == "tokens"
    answer, body = body_of([{"status": 502, "body": "oh no", "headers": {"content-type": "text/x"}}], request())
    assert (answer.status, answer.headers["content-type"], body) == (502, "text/x", b"oh no")
    answer, body = body_of([{"body": {"any": ["thing"]}}], request(stream=True))
    assert (answer.headers["content-type"], json.loads(body)) == ("application/json", {"any": ["thing"]})


@pytest.mark.parametrize(
    ("slug", "shape"),
    [
        ("openai", {"error": {"message": "no", "type": "requests", "param": None, "code": "rate_limit_exceeded"}}),
        ("openrouter", {"error": {"message": "no", "code": 429}}),
        (
            "anthropic",
            {"type": "error", "error": {"type": "rate_limit_error", "message": "no"}, "request_id": "req_scripted"},
        ),
        ("google-ai-studio", {"error": {"code": 429, "message": "no", "status": "RESOURCE_EXHAUSTED"}}),
        ("elevenlabs", {"detail": {"status": "429", "message": "no"}}),
        (
            "mistral-like",
            {"error": {"message": "no", "type": "requests", "param": None, "code": "rate_limit_exceeded"}},
        ),
        ("deepgram", {"err_code": "429", "err_msg": "no", "request_id": "scripted"}),
        ("aws-bedrock", {"message": "no"}),
        ("huggingface", {"error": "no"}),
        ("replicate", {"title": "no", "detail": "no", "status": 429}),
        (
            "workers-ai",
            {"result": None, "success": False, "errors": [{"code": 3040, "message": "AiError: no"}], "messages": []},
        ),
    ],
)
def test_failures_have_the_format_of_the_provider(slug: str, shape: Json) -> None:
    _, body = body_of([{"status": 429, "message": "no"}], request(slug))
    assert json.loads(body) == shape


def test_workers_ai() -> None:
    rules: Json = [{"text": "Hello you", "tokens": {"in": 7, "out": 3}}]
    _, body = body_of(rules, request("workers-ai", "@cf/meta/llama-3.1-8b-instruct"))
    told = json.loads(body)
    assert (told["success"], told["result"]["response"]) == (True, "Hello you")
    assert told["result"]["usage"]["total_tokens"] == 10
    answer, body = body_of(rules, request("workers-ai", "@cf/meta/llama-3.1-8b-instruct", stream=True))
    assert answer.headers["content-type"].startswith("text/event-stream")
    *events, done = body.decode().strip().split("\n\n")
    assert done == "data: [DONE]"
    said = [json.loads(event.removeprefix("data: ")) for event in events]
    assert "".join(each["response"] for each in said) == "Hello you"
    _, body = body_of([], request("workers-ai", "@cf/baai/bge-m3", text=["a", "b", "c"]))
    assert json.loads(body)["result"]["shape"] == [3, 8]


def test_without_a_rule_the_answer_tells_who_was_asked_what() -> None:
    _, body = body_of([], request(model="gpt-4o"))
    told = json.loads(body)
    assert told["choices"][0]["message"]["content"] == "[openai gpt-4o] Hi"
    assert told["usage"]["prompt_tokens"] == 1
    assert told["usage"]["completion_tokens"] == 5
    _, body = body_of([], request("elevenlabs", "m", text="Say this"))
    assert json.loads(body) == {
        "provider": "elevenlabs",
        "model": "m",
        "path": "/v1/text-to-speech/voice",
        "text": "[elevenlabs m] Hi",
    }


def test_the_same_calls_get_the_same_bytes() -> None:
    calls = [request(slug, "m", stream=stream) for slug in URLS for stream in (True, False)]

    def once() -> list[bytes]:
        found: list[bytes] = []

        async def scene(upstream: ScriptedUpstream, _: Clock) -> None:
            found.extend([await read(await upstream.send(call)) for call in calls])

        play([{"tool": {"name": "t"}, "text": "So"}], scene)
        return found

    assert once() == once()


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[]", b'{"messages": 3}', b'{"input": [[[3]]]}', b'{"input": ["\\ud800"]}', b"[" * 99_999],
)
@pytest.mark.parametrize("slug", [*URLS, "cohere"])
def test_any_request_gets_an_answer(slug: str, body: bytes) -> None:
    async def scene(upstream: ScriptedUpstream, _: Clock) -> None:
        answer = await upstream.send(UpstreamRequest(slug, URLS.get(slug, "https://x.example.com/y"), body, {}))
        assert answer.status == 200
        assert await read(answer)

    play([], scene)


def test_a_real_clock_serves_too() -> None:
    async def run() -> None:
        answer = await ScriptedUpstream(Clock()).send(request())
        assert await read(answer)

    asyncio.run(run())
