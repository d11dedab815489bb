"""Many calls at the same time: limits hold, and the cache is right."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from cfaig.state.model import ProviderKeyState
from tests.runtime.world import World, element, gateway, model, route, run


@pytest.mark.parametrize("technique", ["fixed", "sliding"])
def test_no_burst_gets_past_the_gateway_s_limit(technique: str) -> None:
    async def scene(world: World) -> None:
        answers = await asyncio.gather(*(world.chat("openai/gpt-4o", user=str(number)) for number in range(500)))
        assert [answer.status for answer in answers].count(200) == 20
        assert len(world.upstream.requests) == 20
        assert len(world.logs) == 500

    settings: dict[str, Any] = {
        "rate_limiting_limit": 20,
        "rate_limiting_interval": 60,
        "rate_limiting_technique": technique,
    }
    run(scene, gateway("g", **settings), script=[{"delay": "1s"}])


def test_no_burst_gets_past_a_key_s_limit_or_a_limit_of_a_route() -> None:
    limit = {"key": "metadata.user", "limit": 3, "limitType": "count", "window": 60}
    limited = route(
        "chat",
        element("r", "rate", {"success": "a", "fallback": "b"}, **limit),
        model("a", "openai/dear"),
        model("b", "groq/cheap"),
    )

    async def scene(world: World) -> None:
        callers = [{"cf-aig-metadata": json.dumps({"user": f"u{number % 5}"})} for number in range(100)]
        answers = await asyncio.gather(*(world.chat("dynamic/chat", caller) for caller in callers))
        models = [answer.headers["cf-aig-model"] for answer in answers if answer.status == 200]
        assert (models.count("dear"), models.count("cheap")) == (15, 85)
        keyed = await asyncio.gather(*(world.chat("anthropic/claude-sonnet-5") for _ in range(50)))
        assert [answer.status for answer in keyed].count(200) == 7

    keys = [ProviderKeyState("anthropic", "default", True, 7, 60)]
    run(scene, gateway(routes=[limited], keys=keys), script=[{"delay": "1s"}])


def test_identical_calls_at_once_all_miss_and_later_ones_hit() -> None:
    async def scene(world: World) -> None:
        first = await asyncio.gather(*(world.chat("openai/gpt-4o") for _ in range(10)))
        assert {answer.headers["cf-aig-cache-status"] for answer in first} == {"MISS"}
        later = await asyncio.gather(*(world.chat("openai/gpt-4o") for _ in range(10)))
        assert {answer.headers["cf-aig-cache-status"] for answer in later} == {"HIT"}
        assert len(world.upstream.requests) == 10
        assert len({answer.headers["cf-aig-log-id"] for answer in [*first, *later]}) == 20

    run(scene, gateway(cache_ttl=60), script=[{"delay": "1s"}])


def test_a_burst_can_overshoot_a_spend_limit_as_cloudflare_s_can() -> None:
    rule = {"id": "r", "limit": 1, "limitType": "cost", "window": 3600, "technique": "fixed"}

    async def scene(world: World) -> None:
        dollar = {"cf-aig-custom-cost": '{"total_cost": 1}'}
        burst = await asyncio.gather(*(world.chat("openai/gpt-4o", dollar) for _ in range(5)))
        assert {answer.status for answer in burst} == {200}
        assert (await world.chat("openai/gpt-4o", dollar)).status == 429

    run(scene, gateway(spend_limits={"enabled": True, "rules": [rule]}), script=[{"delay": "1s"}])


def test_a_cancelled_call_ends_its_request() -> None:
    async def scene(world: World) -> None:
        call = asyncio.create_task(world.chat("openai/gpt-4o"))
        await world.clock.sleep(1)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        assert (await world.chat("openai/gpt-4o-mini")).status == 200

    run(scene, gateway(), script=[{"model": "gpt-4o", "hang": True}])


def test_time_that_is_put_forward_ends_waits_and_timeouts() -> None:
    async def scene(world: World) -> None:
        headers = {"cf-aig-request-timeout": "86000000", "cf-aig-max-attempts": "1"}
        call = asyncio.create_task(world.chat("openai/gpt-4o", headers))
        await world.clock.sleep(1)
        world.clock.advance(86_000)
        assert (await call).status == 400

    run(scene, gateway(), script=[{"hang": True}])
