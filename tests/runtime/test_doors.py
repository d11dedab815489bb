"""Every way in: native, custom, compat, universal and REST."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.runtime.world import ACCOUNT, SIGNED, World, chat, code, custom, events, gateway, model, route, run, said

CHAT = route("chat", model("a", "openai/gpt-4o", "b"), model("b", "anthropic/claude-sonnet-5"))


def urls(world: World) -> list[str]:
    return [request.url for request in world.upstream.requests]


def test_native_paths_go_to_the_provider_as_they_are() -> None:
    async def scene(world: World) -> None:
        body = b'{ "model" : "gpt-4o", "messages": [] }'
        assert (await world.call("openai/chat/completions", body, query="a=b")).status == 200
        assert (await world.call("openai/models", method="GET")).status == 200
        assert (await world.call("custom-lab/v1/chat/completions", chat("m"))).status == 200

    world = run(scene, gateway(), customs=[custom("lab")])
    assert world.upstream.requests[0].body == b'{ "model" : "gpt-4o", "messages": [] }'
    assert [request.method for request in world.upstream.requests] == ["POST", "GET", "POST"]
    assert urls(world) == [
        "https://api.openai.com/v1/chat/completions?a=b",
        "https://api.openai.com/v1/models",
        "https://lab.example.com/v1/chat/completions",
    ]
    assert [(log.provider, log.model) for log in world.logs] == [
        ("openai", "gpt-4o"),
        ("openai", ""),
        ("custom-lab", "m"),
    ]


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("nobody/v1/chat", chat("m"), (400, 2008, "Invalid provider")),
        ("custom-none/v1/chat", chat("m"), (400, 2008, "Invalid provider")),
        ("custom-off/v1/chat", chat("m"), (400, 2008, "Invalid provider")),
        ("compat/embeddings", chat("m"), (400, 2008, "Invalid provider")),
        ("compat/chat/completions", chat("nobody/m"), (400, 2008, "Invalid provider")),
        ("compat/chat/completions", chat("dynamic/none"), (400, 2008, "Model not found")),
        ("compat/chat/completions", chat("dynamic/chat@v1"), (400, 2008, "Model not found")),
        ("compat/chat/completions", chat("gpt-4o"), (400, 2019, "Chat completion bad format")),
        ("compat/chat/completions", b'{"model": "openai/gpt-4o"}', (400, 2019, "Chat completion bad format")),
        ("compat/chat/completions", b"{", (400, 2019, "Chat completion bad format")),
        ("compat/chat/completions", b"\xff", (400, 2019, "Chat completion bad format")),
        ("", b"{}", (400, 7003, "User Input Error")),
        ("", b"[]", (400, 7003, "User Input Error")),
        ("", b'[{"endpoint": "x"}]', (400, 7003, "User Input Error")),
        ("", b'[{"provider": "openai", "headers": 1}]', (400, 7003, "User Input Error")),
    ],
)
def test_what_cannot_be_understood_is_refused_and_logged(
    path: str, body: bytes, expected: tuple[int, int, str]
) -> None:
    async def scene(world: World) -> None:
        answer = await world.call(path, body)
        assert (answer.status, code(answer), said(answer)["message"]) == expected
        assert said(answer)["success"] is False
        assert said(answer)["result"] == []
        assert said(answer)["internalCode"] == expected[1]

    world = run(scene, gateway(routes=[CHAT]), customs=[custom("off", enable=False)])
    assert [log.error_code for log in world.logs] == [expected[1]]


def item(provider: str, endpoint: str, name: str, **more: Any) -> dict[str, Any]:
    return {"provider": provider, "endpoint": endpoint, "headers": {}, "query": json.loads(chat(name)), **more}


def test_the_universal_endpoint_tries_the_next_item_after_an_error() -> None:
    async def scene(world: World) -> None:
        items = [
            item("openai", "chat/completions", "gpt-4o", headers={"Authorization": "Bearer sk-a"}),
            item("compat", "chat/completions", "dynamic/chat"),
            item("groq", "chat/completions", "llama", headers={"Authorization": "Bearer sk-c"}),
        ]
        answer = await world.call("", json.dumps(items).encode(), SIGNED)
        assert (answer.status, answer.headers["cf-aig-step"]) == (200, "2")
        assert events(answer.trace, "attempt") == [
            ("openai/gpt-4o", "500"),
            ("openai/gpt-4o", "500"),
            ("anthropic/claude-sonnet-5", "500"),
            ("groq/llama", "200"),
        ]

    rules = [{"provider": slug, "status": 500} for slug in ("openai", "anthropic")]
    world = run(scene, gateway(routes=[CHAT], keys=["openai", "anthropic"]), script=rules)
    keys = [request.headers["authorization"] for request in world.upstream.requests]
    assert keys == ["Bearer sk-a", "Bearer stored-openai-default", "Bearer stored-anthropic-default", "Bearer sk-c"]
    (log,) = world.logs
    assert (log.provider, log.model, log.step, log.path) == ("groq", "llama", 2, "")
    assert b"sk-" not in (log.request_body or b"")


def test_each_item_of_the_universal_endpoint_has_its_own_settings() -> None:
    async def scene(world: World) -> None:
        items = [
            item(
                "openai", "chat/completions", "a", config={"maxAttempts": 2, "retryDelay": 500, "requestTimeout": 1000}
            ),
            item("groq", "chat/completions", "b", headers={"cf-aig-cache-ttl": "0"}),
        ]
        headers = {"cf-aig-max-attempts": "3", "cf-aig-retry-delay": "0"}
        answer = await world.call("", json.dumps(items).encode(), headers)
        assert [outcome for _, outcome in events(answer.trace, "attempt")] == ["503", "503", "503", "503", "503"]
        assert events(answer.trace, "cache") == [("openai/a", "MISS"), ("groq/b", "OFF")]
        assert world.clock.now() - world.logs[0].created_at == 0.5
        assert answer.status == 503
        assert (world.logs[0].provider, world.logs[0].success) == ("groq", False)

    run(scene, gateway(cache_ttl=60), script=[{"status": 503}])


def test_the_rest_api_names_authors_and_gateways_in_its_own_way() -> None:
    async def scene(world: World) -> None:
        here = {"cf-aig-gateway-id": "g"}
        assert (await world.rest("v1/chat/completions", chat("xai/grok-4"))).status == 200
        assert (await world.rest("v1/chat/completions", chat("google/gemini-2.5-flash"), here)).status == 200
        assert (await world.rest("v1/chat/completions", chat("@cf/meta/llama-3.1-8b-instruct"), here)).status == 200
        assert (await world.rest("v1/messages", chat("anthropic/claude-sonnet-5", max_tokens=5), here)).status == 200
        assert (await world.rest("v1/responses", b'{"model": "openai/gpt-4o", "input": "Hi"}', here)).status == 200
        assert (await world.rest("run/@cf/meta/llama-3.1-8b-instruct", b'{"prompt": "Hi"}', here)).status == 200
        run_body = {"model": "openai/gpt-4o", "input": {"messages": [{"role": "user", "content": "Hi"}]}}
        assert (await world.rest("run", json.dumps(run_body).encode(), here)).status == 200
        assert (await world.rest("v1/chat/completions", chat("dynamic/chat"), here)).headers["cf-aig-model"] == "gpt-4o"

    world = run(scene, gateway(routes=[CHAT]))
    assert [request.slug for request in world.upstream.requests] == [
        "grok",
        "google-ai-studio",
        "workers-ai",
        "anthropic",
        "openai",
        "workers-ai",
        "openai",
        "openai",
    ]
    assert world.upstream.requests[5].url.endswith(f"/accounts/{ACCOUNT}/ai/run/@cf/meta/llama-3.1-8b-instruct")
    assert world.upstream.requests[4].url == "https://api.openai.com/v1/responses"
    assert [log.gateway for log in world.logs][:2] == ["default", "g"]
    assert not any("authorization" in request.headers for request in world.upstream.requests)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("v1/chat/completions", chat("@cf/meta/llama"), 7003),
        ("run/@cf/meta/llama", b"{}", 7003),
        ("v1/chat/completions", chat("grok/grok-4"), 2008),
        ("v1/chat/completions", chat("gpt-4o"), 2008),
        ("v1/messages", chat("openai/gpt-4o"), 2008),
        ("v1/embeddings", chat("openai/gpt-4o"), 7003),
        ("run", b'{"model": "openai/gpt-4o"}', 7003),
        ("run", b'{"model": "openai/gpt-4o", "input": {}, "options": {"background": true}}', 7003),
        ("run/gpt-4o", b"{}", 2008),
    ],
)
def test_what_the_rest_api_refuses(path: str, body: bytes, expected: int) -> None:
    async def scene(world: World) -> None:
        answer = await world.rest(path, body)
        assert (answer.status, code(answer)) == (400, expected)

    run(scene, gateway("default"))


def test_the_rest_api_pays_with_the_default_key_or_unified_billing_only() -> None:
    async def scene(world: World) -> None:
        headers = {"x-api-key": "sk-own", "cf-aig-byok-alias": "other"}
        await world.rest("v1/messages", chat("anthropic/claude-sonnet-5", max_tokens=5), headers)

    (request,) = run(scene, gateway("default", keys=["anthropic"])).upstream.requests
    assert request.headers["x-api-key"] == "stored-anthropic-default"


def test_every_answer_has_ids_and_tells_its_step() -> None:
    async def scene(world: World) -> None:
        answer = await world.chat("openai/gpt-4o")
        ids = {answer.headers[f"cf-aig-{name}-id"] for name in ("log", "event", "request")}
        assert ids == {world.logs[0].id}
        assert world.logs[0].id[14] == "7"
        assert answer.headers["cf-aig-step"] == "0"
        assert "cf-aig-model" not in answer.headers
        routed = await world.chat("dynamic/chat", {"cf-aig-event-id": "mine"})
        assert routed.headers["cf-aig-event-id"] == "mine"
        assert (routed.headers["cf-aig-model"], routed.headers["cf-aig-provider"]) == ("gpt-4o", "openai")
        assert world.logs[1].event_id != "mine"
        named = await world.chat("openai/gpt-4o", {"cf-aig-event-id": "mine"})
        assert world.logs[2].event_id == named.headers["cf-aig-event-id"] == "mine"

    run(scene, gateway(routes=[CHAT]))
