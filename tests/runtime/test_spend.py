"""Spend limits, costs, and what a client says that its tokens cost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.runtime.cost import parse_custom_cost
from cfaig.runtime.model import Usage
from tests.runtime.world import World, chat, code, element, events, gateway, model, route, run, said

DOLLAR = {"cf-aig-custom-cost": '{"total_cost": 1}'}


def rule(id_: str = "r", limit: float = 2, window: int = 60, technique: str = "fixed", **more: Any) -> dict[str, Any]:
    return {"id": id_, "limit": limit, "limitType": "cost", "window": window, "technique": technique, **more}


def limits(*rules: dict[str, Any], enabled: bool = True) -> dict[str, Any]:
    return {"enabled": enabled, "rules": list(rules)}


def told(**metadata: Any) -> dict[str, str]:
    return {**DOLLAR, "cf-aig-metadata": json.dumps(metadata)}


async def statuses(world: World, *callers: dict[str, str], name: str = "openai/gpt-4o") -> list[int]:
    return [(await world.chat(name, caller)).status for caller in callers]


def test_a_rule_blocks_once_its_limit_is_reached_and_says_so_in_cloudflare_s_words() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, DOLLAR, DOLLAR) == [200, 200]
        answer = await world.chat("openai/gpt-4o", DOLLAR)
        assert (answer.status, code(answer)) == (429, 2045)
        assert said(answer)["message"] == (
            "Spend limit exceeded: rule 'r' (cost limit 2 per 60s, fixed) for openai gpt-4o"
        )
        assert events(answer.trace, "limit") == [("spend:r", "blocked")]
        await world.clock.sleep(60)
        assert await statuses(world, DOLLAR) == [200]

    run(scene, gateway(spend_limits=limits(rule())))


def test_a_sliding_rule_weighs_the_window_before() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, DOLLAR, DOLLAR, DOLLAR) == [200, 200, 429]
        await world.clock.sleep(60)
        assert await statuses(world, DOLLAR) == [429]
        await world.clock.sleep(1)
        assert await statuses(world, DOLLAR, DOLLAR) == [200, 429]

    run(scene, gateway(spend_limits=limits(rule(technique="sliding"))))


def test_a_hit_of_the_cache_is_served_to_blocked_callers_too() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, DOLLAR, DOLLAR) == [200, 200]
        assert (await world.call("compat/chat/completions", chat("openai/other"), DOLLAR)).status == 429
        assert world.logs[1].cached

    run(scene, gateway(spend_limits=limits(rule(limit=1)), cache_ttl=60))


def test_rules_split_and_filter() -> None:
    per_user = rule("user", 1, metadata={"user": {"mode": "partition"}})
    paid = rule("paid", 1, metadata={"plan": {"mode": "filter", "values": ["paid"]}})
    small = rule("small", 1, model={"mode": "filter", "values": ["gpt-4o-mini"]})
    groq = rule("groq", 1, provider={"mode": "filter", "values": ["groq"]})

    async def scene(world: World) -> None:
        ann, bob = told(user="ann"), told(user="bob")
        assert await statuses(world, ann, ann, bob, DOLLAR, DOLLAR) == [200, 429, 200, 200, 429]
        assert await statuses(world, told(user="c", plan="paid"), told(user="d", plan="paid")) == [200, 429]
        for name in ("openai/gpt-4o-mini", "groq/llama"):
            assert await statuses(world, told(user=name), told(user=f"{name}2"), name=name) == [200, 429]

    run(scene, gateway(spend_limits=limits(per_user, paid, small, groq)))


@pytest.mark.parametrize(
    "unlimited",
    [limits(rule(limit=0), enabled=False), limits(rule(limit=0, enabled=False)), limits(rule(limit=1, window=0))],
)
def test_what_is_off_limits_nothing(unlimited: dict[str, Any]) -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, DOLLAR, DOLLAR) == [200, 200]

    run(scene, gateway(spend_limits=unlimited))


def test_models_without_a_known_price_do_not_count() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, {}, {}, {}, name="openai/unheard-of") == [200, 200, 200]

    assert {log.cost for log in run(scene, gateway(spend_limits=limits(rule(limit=0.01)))).logs} == {0}


def test_a_route_falls_back_when_a_model_is_over_its_limit() -> None:
    degrade = route("chat", model("a", "openai/gpt-4o", "b"), model("b", "workers-ai/@cf/meta/llama"))

    async def scene(world: World) -> None:
        answers = [await world.chat("dynamic/chat", DOLLAR) for _ in range(2)]
        assert [answer.headers["cf-aig-provider"] for answer in answers] == ["openai", "workers-ai"]
        assert events(answers[1].trace, "refused") == [("a", "2045")]

    only_openai = rule(limit=1, provider={"mode": "filter", "values": ["openai"]})
    run(scene, gateway(routes=[degrade], spend_limits=limits(only_openai)))


def test_counters_stay_with_the_id_of_a_rule() -> None:
    async def scene(world: World) -> None:
        assert await statuses(world, DOLLAR) == [200]
        world.account.gateways["g"] = gateway(spend_limits=limits(rule(limit=1, provider=None)))
        assert await statuses(world, DOLLAR) == [429]
        world.account.gateways["g"] = gateway(spend_limits=limits(rule("new", limit=1)))
        assert await statuses(world, DOLLAR) == [200]

    run(scene, gateway(spend_limits=limits(rule(limit=5))))


def test_cost_is_by_the_table_of_prices() -> None:
    async def scene(world: World) -> None:
        await world.chat("openai/gpt-4o")
        await world.chat("openai/gpt-4o", {"cf-aig-custom-cost": '{"per_token_in": 0.5, "per_token_out": 2}'})
        await world.chat("openai/gpt-4o", {"cf-aig-custom-cost": '{"per_token_in": "free"}'})

    world = run(
        scene,
        gateway(),
        script=[{"tokens": {"in": 100, "out": 10, "cache_read": 40}}],
        prices={"openai/gpt-4o": {"input": 1.0, "output": 4.0, "cache_read": 0.5}},
    )
    assert [log.cost for log in world.logs] == pytest.approx([0.00012, 70, 0.00012])
    assert [log.custom_cost for log in world.logs] == [False, True, False]


@given(*[st.integers(0, 1000)] * 4)
def test_cached_tokens_cost_what_others_do_where_no_rate_is_told(fresh: int, out: int, read: int, write: int) -> None:
    usage = Usage(fresh + read + write, out, read, write)
    plain = parse_custom_cost('{"per_token_in": 2, "per_token_out": 3}')
    assert plain.of(usage) == (fresh + read + write) * 2 + out * 3
    one = parse_custom_cost('{"per_token_in": 2, "per_token_out": 3, "per_cache_read_token": 1}')
    assert one.of(usage) == (fresh + write) * 2 + read + out * 3


@pytest.mark.parametrize(
    "text", ["", "1", "{}", '{"per_token_in": -1}', '{"per_token_in": true}', '{"total_cost": 1e999}']
)
def test_a_bad_custom_cost_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_custom_cost(text)


def test_the_answer_of_a_failed_call_costs_nothing() -> None:
    split = route("chat", element("s", "percentage", {"100%": "a"}), model("a", "openai/gpt-4o"))

    async def scene(world: World) -> None:
        assert (await world.chat("dynamic/chat", DOLLAR)).status == 500
        assert (await world.chat("openai/gpt-4o", DOLLAR)).status == 500

    assert [log.cost for log in run(scene, gateway(routes=[split]), script=[{"status": 500}]).logs] == [0, 0]
