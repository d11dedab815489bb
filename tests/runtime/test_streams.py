"""Streams: chunk by chunk, counted on their way, honest in the log."""

from __future__ import annotations

import pytest

from cfaig.runtime.model import Answer, UpstreamError
from cfaig.runtime.stream import WatchedStream
from tests.runtime.world import World, gateway, model, read, route, run

CHAIN = route("chat", model("a", "openai/gpt-4o", "b", timeout=1000), model("b", "groq/llama"))
PRICES = {"openai/gpt-4o": {"input": 1_000_000, "output": 2_000_000}}


def stream(answer: Answer) -> WatchedStream:
    assert isinstance(answer.body, WatchedStream)
    return answer.body


def test_chunks_go_through_as_they_come_and_the_log_follows_the_last_one() -> None:
    moments: list[float] = []

    async def scene(world: World) -> None:
        started = world.clock.now()
        answer = await world.chat("openai/gpt-4o", stream=True, stream_options={"include_usage": True})
        assert world.clock.now() == started + 2
        async for _ in stream(answer):
            moments.append(world.clock.now() - started)
            assert world.logs == []
        (log,) = world.logs
        assert log.id == answer.headers["cf-aig-log-id"]
        assert (log.success, log.usage.tokens_in, log.usage.tokens_out, log.cost) == (True, 3, 5, 13)
        assert log.duration == (moments[-1] * 1000)
        assert (log.response_body or b"").endswith(b"data: [DONE]\n\n")

    script = [{"delay": "2s", "chunk_delay": "1s", "tokens": {"in": 3, "out": 5}}]
    run(scene, gateway(), script=script, prices=PRICES)
    assert moments[:3] == [2, 3, 4]


def test_a_stream_that_breaks_off_breaks_off_for_the_client_too_and_the_log_says_so() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", stream=True)
        with pytest.raises(UpstreamError):
            await read(answer)
        (log,) = world.logs
        assert (log.status_code, log.success, log.error_code) == (200, False, 2005)
        assert log.response_body
        assert [chunk async for chunk in stream(answer)] == []

    run(scene, gateway(), script=[{"cut_after": 2}])


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_stream_that_the_client_closes_is_logged_with_what_went_out(chunks: int) -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", stream=True)
        for _ in range(chunks):
            await anext(stream(answer))
        await stream(answer).aclose()
        await stream(answer).aclose()
        (log,) = world.logs
        assert log.success
        assert bool(log.response_body) == bool(chunks)

    run(scene, gateway())


def test_once_a_stream_has_begun_there_is_no_fallback() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat", stream=True)
        assert answer.headers["cf-aig-provider"] == "openai"
        with pytest.raises(UpstreamError):
            await read(answer)
        assert (world.logs[0].model, world.logs[0].route, world.logs[0].success) == ("gpt-4o", "chat", False)

    run(scene, gateway(routes=[CHAIN]), script=[{"provider": "openai", "cut_after": 1}])


def test_a_stream_without_a_first_byte_in_time_falls_back() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat", stream=True)
        assert answer.headers["cf-aig-provider"] == "groq"
        assert b"[DONE]" in await read(answer)

    run(scene, gateway(routes=[CHAIN]), script=[{"provider": "openai", "delay": "5s"}])


def test_the_timeout_is_for_the_first_byte_only() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat", stream=True)
        assert answer.headers["cf-aig-provider"] == "openai"
        assert b"[DONE]" in await read(answer)

    run(scene, gateway(routes=[CHAIN]), script=[{"provider": "openai", "chunk_delay": "5s"}])


def test_a_stream_counts_against_limits_on_cost_when_it_has_ended() -> None:
    rule = {"id": "r", "limit": 5, "limitType": "cost", "window": 3600, "technique": "fixed"}

    async def scene(world: World) -> None:
        untold = await world.chat("openai/gpt-4o", stream=True)
        await read(untold)  # without include_usage, OpenAI tells no tokens: nothing can be counted
        first = await world.chat("openai/gpt-4o", stream=True, stream_options={"include_usage": True})
        assert (await world.chat("openai/gpt-4o")).status == 200
        await read(first)
        assert (await world.chat("openai/gpt-4o")).status == 429

    script = [{"tokens": {"in": 3, "out": 1}, "times": 2}, {"tokens": {"in": 0, "out": 0}}]
    run(scene, gateway(spend_limits={"enabled": True, "rules": [rule]}), script=script, prices=PRICES)
