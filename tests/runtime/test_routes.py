"""Dynamic routes: chains, conditions, splits and limits."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.runtime.world import World, code, element, events, gateway, model, route, run, said

CHAIN = route(
    "chat",
    model("a", "openai/gpt-4o", "b", timeout=2000, retries=1),
    model("b", "anthropic/claude-sonnet-5", "c"),
    model("c", "workers-ai/@cf/meta/llama"),
)


def told(**metadata: Any) -> dict[str, str]:
    return {"cf-aig-metadata": json.dumps(metadata)}


def test_the_first_model_that_answers_ends_a_route() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert (answer.status, answer.headers["cf-aig-step"], answer.headers["cf-aig-model"]) == (200, "0", "gpt-4o")
        assert answer.trace.route == "chat"
        assert events(answer.trace, "element") == [("start", "next"), ("a", "success")]

    (log,) = run(scene, gateway(routes=[CHAIN])).logs
    assert (log.provider, log.model, log.route, log.step) == ("openai", "gpt-4o", "chat", 0)


@pytest.mark.parametrize("malformed", ["json", "content_type", "empty"])
def test_a_model_that_does_not_answer_with_json_has_failed(malformed: str) -> None:
    async def scene(world: World) -> None:
        for _ in range(2):
            answer = await world.chat("dynamic/chat")
            assert (answer.status, answer.headers["cf-aig-provider"]) == (200, "anthropic")
            assert events(answer.trace, "refused") == [("a", "2002")]
        assert (await world.chat("openai/gpt-4o")).status == 200

    run(scene, gateway(routes=[CHAIN]), script=[{"provider": "openai", "malformed": malformed}])


@pytest.mark.parametrize(
    ("rule", "outcomes", "seconds"),
    [
        ({"status": 500}, ["500", "500"], 0),
        ({"status": 401}, ["401", "401"], 0),
        ({"refuse": True}, ["error", "error"], 0),
        ({"hang": True}, ["timeout", "timeout"], 4),
        ({"delay": "1s", "cut_after": 0}, ["error", "error"], 2),
    ],
)
def test_errors_and_timeouts_lead_to_the_fallback(rule: dict[str, Any], outcomes: list[str], seconds: float) -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert (answer.status, answer.headers["cf-aig-step"]) == (200, "1")
        attempts = [("openai/gpt-4o", outcome) for outcome in outcomes]
        assert events(answer.trace, "attempt") == [*attempts, ("anthropic/claude-sonnet-5", "200")]
        assert events(answer.trace, "element") == [("start", "next"), ("a", "fallback"), ("b", "success")]
        assert world.logs[0].duration == seconds * 1000

    run(scene, gateway(routes=[CHAIN]), script=[{**rule, "provider": "openai"}])


def test_when_all_fail_the_last_error_is_passed_on_and_the_log_is_of_the_route() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert answer.status == 503
        assert "cf-aig-model" not in answer.headers
        assert answer.headers["cf-aig-step"] == "0"

    (log,) = run(scene, gateway(routes=[CHAIN]), script=[{"status": 503}]).logs
    assert (log.provider, log.model, log.cost, log.status_code, log.success) == (
        "unknown",
        "dynamic/chat",
        0,
        503,
        False,
    )


def test_when_none_can_be_reached_the_gateway_answers() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert (answer.status, code(answer)) == (400, 2005)
        assert said(answer)["message"] == "Failed to get response from provider"

    (log,) = run(scene, gateway(routes=[CHAIN]), script=[{"refuse": True}]).logs
    assert (log.provider, log.model, log.error_code) == ("unknown", "dynamic/chat", 2005)


def test_what_the_gateway_refuses_for_one_model_leads_to_the_next() -> None:
    nobody = route("chat", model("a", "custom-none/m", "b"), model("b", "openai/gpt-4o", "c"), model("c", "groq/llama"))

    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert answer.headers["cf-aig-provider"] == "groq"
        assert events(answer.trace, "refused") == [("a", "2008"), ("b", "2001")]

    run(scene, gateway(routes=[nobody], keys=["groq"], byok_only=True))


TIERED = route(
    "chat",
    element("plan", "conditional", {"true": "big", "false": "small"}, conditions={"metadata.plan": ["paid", "trial"]}),
    model("big", "openai/gpt-4o"),
    model("small", "openai/gpt-4o-mini"),
)


def test_conditions_choose_by_metadata() -> None:
    async def scene(world: World) -> None:
        for headers, name in ((told(plan="paid"), "gpt-4o"), (told(plan="free"), "gpt-4o-mini"), ({}, "gpt-4o-mini")):
            assert (await world.chat("dynamic/chat", headers)).headers["cf-aig-model"] == name

    run(scene, gateway(routes=[TIERED]))


@pytest.mark.parametrize(
    "broken",
    [
        element("x", "conditional", {"true": "end", "false": "end"}, conditions={"metadata.n": {"$gt": 1}}),
        element("x", "conditional", {"true": "end", "false": "end"}, conditions={"body.user": "x"}),
        element(
            "x", "rate", {"success": "end", "fallback": "end"}, key="headers.x", limit=1, limitType="count", window=9
        ),
        element("x", "teleport", {"next": "end"}),
        element("x", "conditional", {"true": "x", "false": "x"}, conditions={}),
    ],
)
def test_what_cannot_be_evaluated_is_told_and_nothing_is_asked(broken: dict[str, Any]) -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert (answer.status, code(answer), said(answer)["message"]) == (400, 7003, "User Input Error")

    assert run(scene, gateway(routes=[route("chat", broken)])).upstream.requests == []


def test_a_split_keeps_its_shares_and_the_same_seed_gives_the_same_draws() -> None:
    split = route(
        "chat",
        element("s", "percentage", {"70%": "a", "20%": "b", "10%": "c"}),
        model("a", "openai/a"),
        model("b", "openai/b"),
        model("c", "openai/c"),
    )
    drawn: list[list[str]] = []

    async def scene(world: World) -> None:
        answers = [await world.chat("dynamic/chat") for _ in range(400)]
        drawn.append([answer.headers["cf-aig-model"] for answer in answers])
        world.runtime.forget()
        assert (await world.chat("dynamic/chat")).headers["cf-aig-model"] == drawn[0][0]

    run(scene, gateway(routes=[split], keys=["openai"]))
    run(scene, gateway(routes=[split], keys=["openai"]))
    assert drawn[0] == drawn[1]
    counts = Counter(drawn[0])
    assert 250 < counts["a"] < 310
    assert 55 < counts["b"] < 105
    assert 20 < counts["c"] < 60


def limited(kind: str, limit: float, over: str = "cheap") -> Any:
    return route(
        "chat",
        element(
            "r", "rate", {"success": "a", "fallback": over}, key="metadata.user", limit=limit, limitType=kind, window=60
        ),
        model("a", "openai/dear"),
        model("cheap", "openai/cheap"),
    )


async def models(world: World, *callers: dict[str, str]) -> list[str]:
    return [(await world.chat("dynamic/chat", caller)).headers.get("cf-aig-model", "") for caller in callers]


def test_a_limit_on_calls_counts_for_each_key() -> None:
    async def scene(world: World) -> None:
        ann, bob = told(user="ann"), told(user="bob")
        assert await models(world, ann, ann, ann, bob, {}, {}, {}) == [
            "dear",
            "dear",
            "cheap",
            "dear",
            "dear",
            "dear",
            "cheap",
        ]
        await world.clock.sleep(60)
        assert await models(world, ann) == ["dear"]

    run(scene, gateway(routes=[limited("count", 2)]))


def test_a_limit_on_cost_counts_what_calls_have_cost() -> None:
    async def scene(world: World) -> None:
        ann = {**told(user="ann"), "cf-aig-custom-cost": '{"total_cost": 0.5}'}
        assert await models(world, ann, ann, ann, told(user="bob")) == ["dear", "dear", "cheap", "dear"]

    run(scene, gateway(routes=[limited("cost", 0.9)]))


def test_a_limit_without_a_way_on_is_answered_with_429() -> None:
    async def scene(world: World) -> None:
        await world.chat("dynamic/chat")
        answer = await world.chat("dynamic/chat")
        assert (answer.status, code(answer)) == (429, 2003)

    world = run(scene, gateway(routes=[limited("count", 1, over="end")]))
    assert (world.logs[1].provider, world.logs[1].model, world.logs[1].cost) == ("unknown", "dynamic/chat", 0)


def test_a_route_without_a_model_on_its_way_is_answered_with_2005() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("dynamic/chat")
        assert (answer.status, code(answer)) == (400, 2005)

    run(scene, gateway(routes=[route("chat")]))
