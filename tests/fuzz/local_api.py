"""The local Cloudflare: its API, its controls and both doors to models, in process."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from typing import Any

import httpx
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from cfaig.local.app import create_app
from cfaig.local.options import ACCOUNT, RUN_TOKEN, TOKEN, Options
from cfaig.local.storage import Storage
from tests.fuzz.damage import TOKENS, damaged_json
from tests.fuzz.model import Target
from tests.local.bodies import CHAIN, gateway_body

OWN = f"/client/v4/accounts/{ACCOUNT}"
CHAT = {"model": "openai/gpt-4o-mini", "messages": [{"role": "user", "content": "hello"}], "stream": False}
METADATA = json.dumps({"plan": "paid", "n": 1})
# Method, path and body of what clients really send; bodies and, now and then, paths and headers get damaged.
CALLS: tuple[tuple[str, str, Any], ...] = (
    ("POST", f"{OWN}/ai-gateway/gateways", gateway_body("made")),
    ("PUT", f"{OWN}/ai-gateway/gateways/open", gateway_body("open", authentication=False)),
    ("GET", f"{OWN}/ai-gateway/gateways?page=1&per_page=50&search=o", None),
    ("POST", f"{OWN}/ai-gateway/gateways/open/routes", {"name": "more", "elements": CHAIN}),
    ("GET", f"{OWN}/ai-gateway/gateways/open/logs?page=1&order_by=created_at&filters=[]", None),
    (
        "POST",
        f"{OWN}/ai-gateway/gateways/open/provider_configs",
        {"provider_slug": "openai", "alias": "a", "secret": "s"},
    ),
    ("POST", f"{OWN}/ai-gateway/custom-providers", {"slug": "lab", "name": "l", "base_url": "https://l.example.com"}),
    ("POST", f"{OWN}/secrets_store/stores", {"name": "main"}),
    ("POST", "/client/v4/graphql", {"query": "{viewer{accounts(filter:{accountTag:$a}){x}}}", "variables": {"a": "b"}}),
    ("POST", f"/v1/{ACCOUNT}/open/compat/chat/completions", {**CHAT, "model": "dynamic/chat"}),
    ("POST", f"/v1/{ACCOUNT}/open/compat/chat/completions", {**CHAT, "stream": True}),
    ("POST", f"/v1/{ACCOUNT}/open/openai/chat/completions", {**CHAT, "model": "gpt-4o-mini"}),
    ("POST", f"/v1/{ACCOUNT}/open/anthropic/v1/messages", {**CHAT, "model": "claude-sonnet-5", "max_tokens": 10}),
    ("POST", f"/v1/{ACCOUNT}/open", [{"provider": "openai", "endpoint": "chat/completions", "query": CHAT}]),
    ("POST", f"{OWN}/ai/run", {"model": "openai/gpt-4o-mini", "input": CHAT}),
    ("POST", f"{OWN}/ai/v1/chat/completions", CHAT),
    ("PUT", "/__local/upstreams", [{"provider": "openai", "status": 500, "times": 1}]),
    ("POST", "/__local/faults", {"path": "nothing", "status": 500}),
    ("GET", "/", None),
)
HEADERS = {
    "cf-aig-metadata": METADATA,
    "cf-aig-cache-ttl": "60",
    "cf-aig-request-timeout": "1000",
    "cf-aig-max-attempts": "2",
    "cf-aig-custom-cost": '{"per_token_in": 0.1}',
    "cf-aig-gateway-id": "open",
    "cf-aig-collect-log": "true",
    "cf-aig-cache-key": "k",
}


@st.composite
def requests(draw: DrawFn) -> tuple[str, str, dict[str, str], bytes]:
    """A call, its body damaged or no JSON at all, some of its headers odd."""
    method, path, body = draw(st.sampled_from(CALLS))
    content = b"" if body is None else json.dumps(draw(damaged_json([body]))).encode()
    if draw(st.integers(0, 9)) == 0:
        content = draw(st.binary(max_size=60) | st.just(b"[" * 100_000) | st.just(b'{"a":' * 5_000))
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(path)))
        path = (
            path[:at] + draw(st.sampled_from(["%00", "%2f", "..", "//", "%ff", "?", "&x=", "%F0%9F", "'"])) + path[at:]
        )
    headers = {name: HEADERS[name] for name in draw(st.lists(st.sampled_from(sorted(HEADERS)), max_size=4))}
    sendable = st.sampled_from(TOKENS).filter(lambda text: text.isascii() and text.isprintable())
    headers |= {name: draw(sendable | st.integers().map(str)) for name in headers if draw(st.booleans())}
    return method, path, headers, content


@cache
def server() -> tuple[asyncio.AbstractEventLoop, httpx.AsyncClient, Any]:
    """A local Cloudflare with an open gateway that has a route, and a client of it."""
    storage = Storage(":memory:")
    app = create_app(Options(gateway_limit=10, default_store=True), storage)
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=20)
    return asyncio.new_event_loop(), client, storage


def check_call(call: tuple[str, str, dict[str, str], bytes]) -> None:
    """The server answers: never with an error of its own, and the API always in its own form."""
    loop, client, _ = server()
    loop.run_until_complete(_check(client, *call))


async def _check(client: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], content: bytes) -> None:
    own = {"Authorization": f"Bearer {TOKEN}", "cf-aig-authorization": f"Bearer {RUN_TOKEN}"}
    await client.post("/__local/reset", headers=own)
    body = gateway_body("open", authentication=False, cache_ttl=60)
    await client.post(f"{OWN}/ai-gateway/gateways", json=body, headers=own)
    await client.post(f"{OWN}/ai-gateway/gateways/open/routes", json={"name": "chat", "elements": CHAIN}, headers=own)
    answer = await client.request(method, path, content=content, headers={**own, **headers})
    called = path.startswith("/v1/") or f"{OWN}/ai/" in path
    # A provider that fails, or answers nonsense to nonsense, is no error of the server's own.
    assert answer.status_code < 500 or called, answer.text
    if answer.status_code >= 400 and path.startswith("/client/") and not called:
        assert answer.json()["success"] is False


TARGETS = {"local-api": Target(requests(), check_call)}
