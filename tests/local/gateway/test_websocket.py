"""Calls over WebSockets: many on one connection, and realtime providers passed through."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Thread
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.http11 import Request, Response
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import ServerConnection, serve

from tests.local.bodies import gateway_body
from tests.local.gateway.calls import KEY, Gateway, chat
from tests.local.gateway.test_real_upstreams import STORED, store_key

SECONDS = 30.0


@contextmanager
def opened(
    gateway: Gateway, path: str = "", protocols: list[str] | None = None, **headers: str
) -> Iterator[ClientConnection]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"{gateway.websocket}{path}"
    offered: Any = protocols
    with connect(url, additional_headers=named, subprotocols=offered, proxy=None, open_timeout=SECONDS) as ws:
        yield ws


def refused(gateway: Gateway, path: str = "", **headers: str) -> tuple[int, Any]:
    """Status and body of a handshake that has to fail."""
    with pytest.raises(InvalidStatus) as told, opened(gateway, path, None, **headers):
        pass
    answer = told.value.response
    return answer.status_code, answer.body and json.loads(answer.body)


def ask(ws: ClientConnection, event: str, **query: Any) -> None:
    request = {
        "eventId": event,
        "provider": "openai",
        "endpoint": "chat/completions",
        "headers": {"Authorization": f"Bearer {KEY}"},
        "query": chat(**query),
    }
    ws.send(json.dumps({"type": "universal.create", "request": request}))


def hear(ws: ClientConnection) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(ws.recv(SECONDS))
    return told


def test_a_call_and_its_metadata(gateway: Gateway) -> None:
    with opened(gateway) as ws:
        for cached in ("MISS", "HIT"):
            ask(ws, "my-request")
            told = hear(ws)
            assert told["type"] == "universal.created"
            assert told["response"]["choices"][0]["message"]["content"] == "[openai gpt-4o-mini] hello"
            metadata = told["metadata"]
            assert (metadata["cacheStatus"], metadata["eventId"], metadata["step"]) == (cached, "my-request", "0")
            assert metadata["contentType"] == "application/json"
            assert metadata["logId"] == gateway.logs()[0]["id"]


def test_a_stream_comes_in_parts(gateway: Gateway) -> None:
    with opened(gateway, "/") as ws:
        ask(ws, "one", stream=True)
        created = hear(ws)
        assert created["type"] == "universal.created"
        assert created["metadata"]["contentType"].startswith("text/event-stream")
        parts = []
        while (told := hear(ws))["type"] == "universal.stream":
            assert told["metadata"] == {"eventId": "one"}
            parts.append(told["response"]["choices"][0]["delta"].get("content") or "")
        assert told == {"type": "universal.done", "metadata": {"eventId": "one"}}
        assert "".join(parts) == "[openai gpt-4o-mini] hello"


def test_any_text_comes_back(gateway: Gateway) -> None:
    with opened(gateway) as ws:
        for event in ("\ud800", "日本", "a\r\nb"):
            ask(ws, event)
            assert hear(ws)["metadata"]["eventId"] == event


def test_calls_on_one_connection_do_not_wait_for_each_other(gateway: Gateway) -> None:
    gateway.script({"provider": "openai", "times": 1, "hang": True})
    with opened(gateway) as ws:
        ask(ws, "hangs")
        ask(ws, "answers")
        assert hear(ws)["metadata"]["eventId"] == "answers"


@pytest.mark.parametrize("message", ["{", "[]", '{"type": "hello"}', '{"type": "universal.create"}', b"\xff"])
def test_what_cannot_be_read_is_told(gateway: Gateway, message: str | bytes) -> None:
    with opened(gateway) as ws:
        ws.send(message)
        assert hear(ws)["type"] == "universal.error"
        ask(ws, "still there")
        assert hear(ws)["type"] == "universal.created"


def test_refusals_and_broken_streams_are_told(gateway: Gateway) -> None:
    gateway.script({"provider": "openai", "model": "cut", "cut_after": 2})
    with opened(gateway) as ws:
        ws.send(json.dumps({"type": "universal.create", "request": {"eventId": "e", "provider": "nobody"}}))
        assert hear(ws)["response"]["success"] is False
        ask(ws, "cut", model="cut", stream=True)
        while (told := hear(ws))["type"] != "universal.error":
            assert told["type"] in {"universal.created", "universal.stream"}
        assert told["metadata"] == {"eventId": "cut"}


@pytest.fixture
def closed(gateway: Gateway) -> Gateway:
    """The gateway, which wants a token."""
    gateway.cloudflare.result("PUT", "/ai-gateway/gateways/g", gateway_body(authentication=True))
    return gateway


def test_a_token_as_header_or_subprotocol(closed: Gateway) -> None:
    token = closed.cloudflare.run_token
    for value in (f"Bearer {token}", token):
        with opened(closed, cf_aig_authorization=value) as ws:
            ask(ws, "a")
            assert hear(ws)["response"]["object"] == "chat.completion"
    with opened(closed, protocols=[f"cf-aig-authorization.{token}"]) as ws:
        assert ws.subprotocol == f"cf-aig-authorization.{token}"
        ask(ws, "a")
        assert hear(ws)["response"]["object"] == "chat.completion"
    for wrong in ("", "Bearer wrong"):
        status, told = refused(closed, cf_aig_authorization=wrong)
        assert (status, told["error"][0]["code"]) == (401, 2009)


def test_foreign_pages_hosts_accounts_and_gateways(gateway: Gateway) -> None:
    assert refused(gateway, Origin="https://evil.example.com")[0] == 403
    port = int(gateway.websocket.split(":")[2].split("/")[0])
    plain = socket.create_connection(("127.0.0.1", port))
    elsewhere = gateway.websocket.replace("127.0.0.1", "evil.example.com")
    with pytest.raises(InvalidStatus, match="403"), connect(elsewhere, sock=plain, proxy=None):
        pass
    with opened(gateway, Origin="http://127.0.0.1:3000") as ws:
        ask(ws, "a")
        assert hear(ws)["type"] == "universal.created"
    assert refused(Gateway(gateway.cloudflare, "nobody"))[1]["error"][0]["code"] == 2001
    root = gateway.cloudflare.root.replace("http", "ws")
    for path, code in ((f"/v1/{'0' * 32}/g", 401), ("/__local/status", 404), ("/client/v4/x", 404)):
        with pytest.raises(InvalidStatus, match=str(code)), connect(f"{root}{path}", proxy=None):
            pass


def test_a_scripted_realtime_conversation(gateway: Gateway) -> None:
    with opened(gateway, "/openai?model=gpt-realtime", protocols=["realtime", "openai-beta.realtime-v1"]) as ws:
        assert ws.subprotocol == "realtime"
        assert hear(ws)["type"] == "session.created"
        item = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hello"}]}
        ws.send(json.dumps({"type": "conversation.item.create", "item": item}))
        ws.send(json.dumps({"type": "response.create"}))
        types = []
        while (told := hear(ws))["type"] != "response.done":
            types.append(told["type"])
            if told["type"] == "response.output_text.done":
                assert told["text"] == "scripted openai: hello"
    assert types[:2] == ["conversation.item.created", "response.created"]
    with opened(gateway, "/cartesia?cartesia_version=1") as ws:
        ws.send(b"\x00\x01")
        assert hear(ws) == {"type": "scripted.echo", "provider": "cartesia", "received": "2 bytes"}
    assert refused(gateway, "/mistral")[1]["error"][0]["code"] == 2008


@contextmanager
def realtime_provider(
    handler: Callable[[ServerConnection], None], process: Callable[[ServerConnection, Request], Response | None]
) -> Iterator[str]:
    with serve(handler, "127.0.0.1", 0, process_request=process, select_subprotocol=lambda *_: None) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.socket.getsockname()[1]}"
        server.shutdown()
        thread.join(10)


def test_a_real_realtime_provider_gets_the_stored_key(gateway: Gateway) -> None:
    asked: list[Request] = []

    def process(ws: ServerConnection, request: Request) -> Response | None:
        asked.append(request)
        if "refuse" in request.path:
            return ws.respond(HTTPStatus.FORBIDDEN, '"not you"')
        return None

    def talk(ws: ServerConnection) -> None:
        for message in ws:
            if message == "bye":
                ws.close(4001, "as you wish")
            ws.send(message)

    store_key(gateway, "default", STORED)
    with realtime_provider(talk, process) as address:
        gateway.cloudflare.control("PUT", "upstreams/real", {"openai": address})
        token = gateway.cloudflare.run_token
        with opened(gateway, "/openai?model=m", cf_aig_authorization=f"Bearer {token}") as ws:
            for message in ("text", b"\x00bytes"):
                ws.send(message)
                assert ws.recv(SECONDS) == message
            ws.send("bye")
            with pytest.raises(ConnectionClosed) as closed:
                ws.recv(SECONDS)
        assert closed.value.rcvd is not None
        assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (4001, "as you wish")
        with opened(gateway, "/openai?model=m", protocols=["realtime", f"openai-insecure-api-key.{KEY}"]):
            pass
        assert refused(gateway, "/openai?model=refuse") == (403, "not you")
    keys = [request.headers["authorization"] for request in asked]
    assert keys == [f"Bearer {STORED}", f"Bearer {KEY}", f"Bearer {STORED}"]
    assert asked[0].path == "/v1/realtime?model=m"
    assert "cf-aig-authorization" not in asked[0].headers
    assert refused(gateway, "/openai?model=m")[1]["error"][0]["code"] == 2005
