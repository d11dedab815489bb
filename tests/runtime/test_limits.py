"""Counting in windows of time."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cfaig.runtime.limits import TIDY_ABOVE, Counters
from tests.runtime.straight_line import used
from tests.runtime.world import START, World, code, events, gateway, run

MOMENTS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4)), max_size=30)


@given(MOMENTS, st.integers(1, 90), st.booleans(), st.integers(0, 500))
def test_windows_count_what_the_whole_history_says(
    history: list[tuple[int, int]], window: int, sliding: bool, later: int
) -> None:
    counters, at = Counters(), START
    past: list[tuple[float, float]] = []
    for step, amount in history:
        at += step / 8
        counters.add("k", window, at, amount)
        past.append((at, amount))
    now = at + later / 8
    found = counters.used("k", window, now, sliding=sliding)
    assert abs(found - float(used(past, window, now, sliding))) < 1e-9
    assert Fraction(counters.used("other", window, now, sliding=sliding)) == 0


def test_keys_that_no_limit_can_see_any_more_are_forgotten() -> None:
    counters = Counters()
    for number in range(3 * TIDY_ABOVE):
        counters.add(("user", number), 60, START + number / 10)
    assert len(counters._counts) < 2 * TIDY_ABOVE
    last = START + (3 * TIDY_ABOVE - 1) / 10
    assert counters.used(("user", 3 * TIDY_ABOVE - 1), 60, last, sliding=False) == 1


def test_a_fixed_limit_ends_with_the_minute_of_the_clock() -> None:
    statuses: list[int] = []

    async def scene(world: World) -> None:
        await world.clock.sleep(50)
        for pause in (0, 0, 0, 9, 1, 0, 0):
            await world.clock.sleep(pause)
            statuses.append((await world.chat("openai/gpt-4o")).status)

    run(scene, gateway(rate_limiting_limit=2, rate_limiting_interval=60, rate_limiting_technique="fixed"))
    assert statuses == [200, 200, 429, 429, 200, 200, 429]


def test_a_sliding_limit_weighs_the_window_before() -> None:
    statuses: list[int] = []

    async def scene(world: World) -> None:
        for pause in (0, 0, 0, 0, 60, 15, 0, 14, 1):
            await world.clock.sleep(pause)
            statuses.append((await world.chat("openai/gpt-4o")).status)

    run(scene, gateway(rate_limiting_limit=4, rate_limiting_interval=60, rate_limiting_technique="sliding"))
    # At 15 s into the second minute three quarters of the four calls before still count.
    assert statuses == [200, 200, 200, 200, 429, 200, 429, 429, 200]


def test_a_limited_call_is_told_in_cloudflare_s_words_and_logged() -> None:
    async def scene(world: World) -> None:
        await world.chat("openai/gpt-4o")
        answer = await world.chat("openai/gpt-4o")
        assert (answer.status, code(answer)) == (429, 2003)
        assert b'"name":"AiGatewayError"' in answer.body  # type: ignore[operator]
        assert b'"message":"Rate limited"' in answer.body  # type: ignore[operator]
        assert not {"retry-after", "cf-aig-model", "cf-aig-step"} & answer.headers.keys()
        assert events(answer.trace, "limit") == [("gateway", "blocked")]
        log = world.logs[1]
        assert (log.status_code, log.error_code, log.provider, log.model) == (429, 2003, "openai", "gpt-4o")
        assert answer.headers["cf-aig-log-id"] == log.id
        assert len(world.upstream.requests) == 1

    run(scene, gateway(rate_limiting_limit=1, rate_limiting_interval=60))


def test_answers_of_the_cache_count_against_the_limit_too() -> None:
    async def scene(world: World) -> None:
        statuses = [(await world.chat("openai/gpt-4o")).status for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert world.logs[1].cached

    run(scene, gateway(rate_limiting_limit=2, rate_limiting_interval=60, cache_ttl=60))


def test_limits_and_the_cache_outlive_a_deployment_and_forget_starts_anew() -> None:
    settings: dict[str, Any] = {"rate_limiting_limit": 2, "rate_limiting_interval": 3600, "cache_ttl": 600}

    async def scene(world: World) -> None:
        await world.chat("openai/gpt-4o")
        world.account.gateways["g"] = gateway(cache_invalidate_on_update=True, **settings)
        assert (await world.chat("openai/gpt-4o")).headers["cf-aig-cache-status"] == "HIT"
        assert (await world.chat("openai/gpt-4o")).status == 429
        world.runtime.forget()
        assert (await world.chat("openai/gpt-4o")).headers["cf-aig-cache-status"] == "MISS"

    run(scene, gateway(**settings))
