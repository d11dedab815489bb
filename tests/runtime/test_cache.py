"""What is cached, under which key and for how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from cfaig.runtime import cache as caching
from cfaig.runtime.cache import Cache, CachedAnswer, is_cacheable
from tests.runtime.world import SIGNED, World, chat, events, gateway, read, run


async def statuses(world: World, *calls: Mapping[str, str], name: str = "openai/gpt-4o") -> list[str | None]:
    return [(await world.chat(name, headers)).headers.get("cf-aig-cache-status") for headers in calls]


def test_off_by_default() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, {}, {}) == [None, None]
        answer = await world.chat("openai/gpt-4o")
        assert events(answer.trace, "cache") == [("openai/gpt-4o", "OFF")]

    assert len(run(scene, gateway()).upstream.requests) == 3


def test_every_part_of_a_request_is_in_its_default_key() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, {}, {}) == ["MISS", "HIT"]
        assert await statuses(world, {"authorization": "Bearer sk-a"}, {"authorization": "Bearer sk-b"}) == ["MISS"] * 2
        assert await statuses(world, {}, name="openai/gpt-4o-mini") == ["MISS"]
        assert await statuses(world, {}, name="groq/gpt-4o") == ["MISS"]
        warmer = await world.chat("openai/gpt-4o", temperature=1)
        assert warmer.headers["cf-aig-cache-status"] == "MISS"
        native = await world.call("openai/v1/chat/completions", chat("gpt-4o"))
        assert native.headers["cf-aig-cache-status"] == "MISS"
        # Metadata is no part of it, so callers who do not bring a key of their own share what is cached.
        assert await statuses(world, {"cf-aig-metadata": '{"user": "ann"}'}) == ["HIT"]

    run(scene, gateway(cache_ttl=60))


def test_a_hit_costs_nothing() -> None:
    async def scene(world: World) -> None:
        first = await world.chat("openai/gpt-4o", {"cf-aig-custom-cost": '{"per_token_in": 1}'})
        second = await world.chat("openai/gpt-4o", {"cf-aig-custom-cost": '{"per_token_in": 1}'})
        assert first.body == second.body
        assert world.logs[0].cost > 0
        log = world.logs[1]
        assert (log.cached, log.cost, log.usage.tokens_in, log.usage.tokens_out, log.custom_cost) == (
            True,
            0,
            0,
            0,
            False,
        )

    run(scene, gateway(cache_ttl=60))


def test_a_key_of_the_client_replaces_the_default_one() -> None:
    async def scene(world: World) -> None:
        keyed = {"cf-aig-cache-key": "greeting"}
        assert await statuses(world, keyed, name="openai/gpt-4o") == ["MISS"]
        assert await statuses(world, keyed, name="groq/llama") == ["HIT"]
        assert await statuses(world, {"cf-aig-cache-key": "other"}) == ["MISS"]
        other = await world.call("compat/chat/completions", chat("openai/gpt-4o"), keyed, gateway="h")
        assert other.headers["cf-aig-cache-status"] == "MISS"

    run(scene, gateway(), gateway("h"))


def test_answers_expire() -> None:
    async def scene(world: World) -> None:
        found = []
        for pause in (0, 59, 1, 59):
            await world.clock.sleep(pause)
            found += await statuses(world, {})
        assert found == ["MISS", "HIT", "MISS", "HIT"]
        await world.clock.sleep(1)
        assert await statuses(world, {"cf-aig-cache-ttl": "120"}) == ["MISS"]
        await world.clock.sleep(119)
        assert await statuses(world, {"cf-aig-cache-ttl": "60"}) == ["HIT"]

    run(scene, gateway(cache_ttl=60))


@pytest.mark.parametrize(
    "rule", [{"status": 500}, {"status": 429}, {"headers": {"content-type": "audio/mpeg"}, "body": "x"}]
)
def test_errors_and_other_media_are_never_cached(rule: dict[str, Any]) -> None:
    async def scene(world: World) -> None:
        for _ in range(2):
            answer = await world.chat("openai/gpt-4o")
            await read(answer)
            assert answer.headers.get("cf-aig-cache-status") == "MISS"

    run(scene, gateway(cache_ttl=60), script=[rule])


def test_streams_are_not_cached() -> None:
    async def scene(world: World) -> None:
        for _ in range(2):
            answer = await world.chat("openai/gpt-4o", stream=True)
            assert answer.headers["cf-aig-cache-status"] == "MISS"
            assert b"data: [DONE]" in await read(answer)

    assert len(run(scene, gateway(cache_ttl=60)).upstream.requests) == 2


def test_nothing_above_25_mb_is_cached() -> None:
    limit = 25 * 1024 * 1024
    assert is_cacheable(200, "application/json; charset=utf-8", limit, limit)
    assert not is_cacheable(200, "application/json", limit + 1, 10)
    assert not is_cacheable(200, "application/json", 10, limit + 1)
    assert is_cacheable(200, "image/png", 10, 10)
    assert not is_cacheable(200, "text/event-stream", 10, 10)
    assert not is_cacheable(302, "text/html", 10, 10)


def test_the_oldest_answers_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "ROOM", 100)
    cache = Cache()
    for name in ("a", "b", "a", "c"):
        cache.put(name, CachedAnswer(200, {}, b"x" * 40, expires=60))
    assert [name for name in ("a", "b", "c") if cache.get(name, 0)] == ["a", "c"]


def test_users_with_gateway_tokens_share_stored_keys_and_so_the_cache() -> None:
    async def scene(world: World) -> None:
        path, body = "anthropic/v1/messages", chat("claude-sonnet-4-5", max_tokens=5)
        answers = [await world.call(path, body, SIGNED) for _ in range(2)]
        assert [answer.headers["cf-aig-cache-status"] for answer in answers] == ["MISS", "HIT"]

    run(scene, gateway(keys=["anthropic"], authentication=True, cache_ttl=60))
