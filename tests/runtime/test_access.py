"""Who gets in, and with which key a provider is asked."""

from __future__ import annotations

from typing import Any

import pytest

from cfaig.runtime.model import Door
from cfaig.state.model import ProviderKeyState
from tests.runtime.world import SIGNED, TOKEN, World, chat, code, custom, events, gateway, run, said

CLOSED = gateway(authentication=True, keys=["openai", ProviderKeyState("openai", "team-b", False)])
NATIVE = "openai/v1/chat/completions"


def sent(world: World) -> list[str | None]:
    """The keys that providers were asked with."""
    return [request.headers.get("authorization") for request in world.upstream.requests]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"cf-aig-authorization": "Bearer wrong"},
        {"cf-aig-authorization": TOKEN},
        {"cf-aig-authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}"},
    ],
)
def test_without_a_good_token_nobody_gets_in(headers: dict[str, str]) -> None:
    async def scene(world: World) -> None:
        answer = await world.call(NATIVE, chat("gpt-4o"), headers)
        assert (answer.status, code(answer), said(answer)["message"]) == (401, 2009, "Unauthorized")
        assert events(answer.trace, "refused") == [("", "2009")]

    assert run(scene, CLOSED).logs == []


def test_without_authentication_nobody_is_checked() -> None:
    async def scene(world: World) -> None:
        answer = await world.call(NATIVE, chat("gpt-4o"), {"cf-aig-authorization": "Bearer wrong"})
        assert answer.status == 200

    run(scene, gateway())


def test_the_openai_key_is_the_gateway_token_at_the_compat_endpoint() -> None:
    async def scene(world: World) -> None:
        assert (await world.chat("openai/gpt-4o", {"authorization": f"Bearer {TOKEN}"})).status == 200
        assert (await world.chat("openai/gpt-4o", {"authorization": "Bearer sk-own"})).status == 401

    assert sent(run(scene, CLOSED)) == ["Bearer stored-openai-default"]


def test_a_gateway_token_in_the_place_of_the_provider_s_key_fails_and_is_not_sent() -> None:
    async def scene(world: World) -> None:
        both = {**SIGNED, "authorization": f"Bearer {TOKEN}"}
        for answer in (await world.call(NATIVE, chat("gpt-4o"), both), await world.chat("openai/gpt-4o", both)):
            assert answer.status == 401
            assert said(answer)["error"]["code"] == "invalid_api_key"
            assert events(answer.trace, "note")[0][1].startswith("a gateway token in the place")

    assert run(scene, CLOSED).upstream.requests == []


def test_a_gateway_token_in_another_key_header_counts_as_no_key() -> None:
    async def scene(world: World) -> None:
        headers = {**SIGNED, "x-api-key": TOKEN}
        answer = await world.call("anthropic/v1/messages", chat("claude-sonnet-5", max_tokens=1), headers)
        assert answer.status == 200

    (request,) = run(scene, gateway(authentication=True, keys=["anthropic"])).upstream.requests
    assert request.headers["x-api-key"] == "stored-anthropic-default"


def test_the_request_s_own_key_comes_first() -> None:
    async def scene(world: World) -> None:
        await world.call(NATIVE, chat("gpt-4o"), {**SIGNED, "authorization": "Bearer sk-own"})
        await world.call(NATIVE, chat("gpt-4o"), SIGNED)

    assert sent(run(scene, CLOSED)) == ["Bearer sk-own", "Bearer stored-openai-default"]


def test_an_alias_chooses_a_key_at_native_endpoints_only() -> None:
    async def scene(world: World) -> None:
        headers = {**SIGNED, "cf-aig-byok-alias": "team-b"}
        await world.call(NATIVE, chat("gpt-4o"), headers)
        await world.chat("openai/gpt-4o", headers)
        answer = await world.call(NATIVE, chat("gpt-4o"), {**SIGNED, "cf-aig-byok-alias": "team-c"})
        assert (answer.status, code(answer)) == (400, 2040)
        assert "Configured aliases: default, team-b" in said(answer)["message"]

    assert sent(run(scene, CLOSED)) == ["Bearer stored-openai-team-b", "Bearer stored-openai-default"]


def test_a_key_whose_secret_is_missing_is_told() -> None:
    async def scene(world: World) -> None:
        answer = await world.call(NATIVE, chat("gpt-4o"), SIGNED)
        assert (answer.status, code(answer)) == (400, 2001)
        assert "secret is missing" in said(answer)["description"]

    run(scene, CLOSED, missing_secrets=frozenset({("openai", "default")}))


@pytest.mark.parametrize(
    ("settings", "headers", "credits_left", "expected"),
    [
        ({}, {}, True, (200, None)),
        ({}, {}, False, (402, 2021)),
        ({}, {"cf-aig-no-wholesale": "true"}, True, (400, 2001)),
        ({"byok_only": True}, {}, True, (400, 2001)),
        ({"byok_only": True}, {"cf-aig-no-wholesale": "false"}, True, (400, 2001)),
        ({"byok_only": True}, {"authorization": "Bearer sk-own"}, False, (200, None)),
    ],
)
def test_unified_billing_comes_last(
    settings: dict[str, Any], headers: dict[str, str], credits_left: bool, expected: tuple[int, int | None]
) -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o", headers)
        assert (answer.status, None if answer.status == 200 else code(answer)) == expected

    run(scene, gateway(**settings), credits_left=credits_left)


def test_unified_billing_pays_for_200_requests_a_minute() -> None:
    async def scene(world: World) -> None:
        answers = [await world.chat("openai/gpt-4o") for _ in range(201)]
        assert [answer.status for answer in answers[-2:]] == [200, 429]
        assert events(answers[200].trace, "limit") == [("unified-billing", "blocked")]
        assert (await world.chat("openai/gpt-4o", {"authorization": "Bearer sk-own"})).status == 200

    run(scene, gateway())


def test_workers_ai_and_custom_providers_need_no_key() -> None:
    async def scene(world: World) -> None:
        assert (await world.chat("workers-ai/@cf/meta/llama-3.1-8b-instruct")).status == 200
        assert (await world.chat("custom-lab/small")).status == 200

    world = run(scene, gateway(), customs=[custom("lab", headers={"X-Tenant": "t1"})], credits_left=False)
    assert sent(world) == [None, None]
    assert world.upstream.requests[1].headers["x-tenant"] == "t1"
    assert world.upstream.requests[1].url == "https://lab.example.com/v1/chat/completions"


def test_providers_see_nothing_that_is_the_gateway_s() -> None:
    async def scene(world: World) -> None:
        headers = {**SIGNED, "cf-aig-metadata": "{}", "cf-skip-cache": "true", "cookie": "a=b", "host": "gateway"}
        headers |= {"accept-encoding": "gzip", "x-stainless-lang": "python", "cf-connecting-ip": "192.0.2.1"}
        await world.call(NATIVE, chat("gpt-4o"), headers)

    (request,) = run(scene, CLOSED).upstream.requests
    assert sorted(request.headers) == ["authorization", "content-type", "x-stainless-lang"]


def test_the_default_gateway_makes_itself_for_those_who_may() -> None:
    async def scene(world: World) -> None:
        refused = await world.call(NATIVE, chat("gpt-4o"), gateway="default")
        assert (refused.status, code(refused)) == (401, 2009)
        assert world.account.gateways == {}
        answer = await world.call(NATIVE, chat("gpt-4o"), SIGNED, gateway="default")
        assert answer.status == 200
        assert world.account.gateways["default"].settings["authentication"] is True
        other = await world.call(NATIVE, chat("gpt-4o"), SIGNED, gateway="other")
        assert (other.status, code(other)) == (400, 2001)
        assert said(other)["message"] == "Please configure AI Gateway in the Cloudflare dashboard"

    run(scene)


def test_the_rest_api_wants_authorization_and_answers_in_its_own_way() -> None:
    async def scene(world: World) -> None:
        body = chat("openai/gpt-4o")
        for headers in ({}, SIGNED, {"authorization": "Bearer wrong"}):
            answer = await world.call("v1/chat/completions", body, headers, gateway="", door=Door.REST)
            assert answer.status == 401
            assert said(answer)["errors"] == [{"code": 10000, "message": "Authentication error"}]

    run(scene, gateway("default"))


def test_a_key_has_a_limit_of_its_own() -> None:
    async def scene(world: World) -> None:
        found = []
        for pause in (0, 0, 0, 30):
            await world.clock.sleep(pause)
            found.append(await world.chat("openai/gpt-4o"))
        assert [answer.status for answer in found] == [200, 200, 429, 200]
        assert code(found[2]) == 2003
        assert events(found[2].trace, "limit") == [("key:openai/default", "blocked")]
        assert (await world.chat("openai/gpt-4o", {"authorization": "Bearer sk-own"})).status == 200

    run(scene, gateway(keys=[ProviderKeyState("openai", "default", True, 2, 30)]))
