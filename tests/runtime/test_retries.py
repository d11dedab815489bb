"""Asking a provider again: when, how often, and how long it waits."""

from __future__ import annotations

from typing import Any

import pytest

from tests.runtime.world import World, code, events, gateway, run


@pytest.mark.parametrize(
    ("backoff", "moments"),
    [("constant", [0, 1, 2, 3, 4]), ("linear", [0, 1, 3, 6, 10]), ("exponential", [0, 1, 3, 7, 15])],
)
def test_the_gateway_retries_with_its_backoff(backoff: str, moments: list[float]) -> None:
    async def scene(world: World) -> None:
        started = world.clock.now()
        answer = await world.chat("openai/gpt-4o")
        attempts = [event for event in answer.trace.events if event.kind == "attempt"]
        assert [event.at - started for event in attempts] == moments
        assert [event.outcome for event in attempts] == ["503", "429", "error", "400", "200"]
        assert [event.detail["attempt"] for event in attempts] == [1, 2, 3, 4, 5]
        assert answer.status == 200
        assert len(world.logs) == 1

    failures: list[dict[str, Any]] = [{"status": 503}, {"status": 429, "retry_after": "90s"}, {"refuse": True}]
    script = [{**failure, "times": 1} for failure in [*failures, {"status": 400}]]
    settings: dict[str, Any] = {"retry_max_attempts": 5, "retry_delay": 1000, "retry_backoff": backoff}
    run(scene, gateway("g", **settings), script=script)


def test_headers_win_over_the_gateway() -> None:
    async def scene(world: World) -> None:
        headers = {"cf-aig-max-attempts": "2", "cf-aig-retry-delay": "3000", "cf-aig-backoff": "constant"}
        answer = await world.chat("openai/gpt-4o", headers)
        assert events(answer.trace, "attempt", "wait") == [
            ("openai/gpt-4o", "500"),
            ("openai/gpt-4o", "retry"),
            ("openai/gpt-4o", "500"),
        ]
        assert world.clock.now() - world.logs[0].created_at == 3
        assert (answer.status, world.logs[0].provider) == (500, "openai")

    run(scene, gateway(retry_max_attempts=5, retry_backoff="exponential"), script=[{"status": 500}])


def test_the_last_of_several_attempts_waits_as_long_as_it_takes() -> None:
    async def scene(world: World) -> None:
        headers = {"cf-aig-max-attempts": "2", "cf-aig-request-timeout": "1000"}
        answer = await world.chat("openai/gpt-4o", headers)
        assert [outcome for _, outcome in events(answer.trace, "attempt")] == ["timeout", "200"]
        assert world.clock.now() - world.logs[0].created_at == 61

    run(scene, gateway(), script=[{"delay": "60s"}])


def test_a_single_attempt_is_timed() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", {"cf-aig-request-timeout": "1000"})
        assert (answer.status, code(answer)) == (400, 2005)
        assert (world.logs[0].duration, world.logs[0].provider) == (1000, "openai")

    run(scene, gateway(), script=[{"delay": "60s"}])


def test_a_provider_s_error_is_passed_through_in_its_own_words() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o")
        assert answer.status == 401
        assert b"no such key" in answer.body  # type: ignore[operator]

    run(scene, gateway(), script=[{"status": 401, "message": "no such key"}])
