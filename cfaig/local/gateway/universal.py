"""The universal endpoint over a WebSocket: many calls on one connection, told apart by their event ids.

facts/ai-gateway.md 6.6. How Cloudflare tells of a message that it cannot read, or of a stream that a provider cuts, is
not documented; here it is a message of type `universal.error`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.types import Receive, Send

from cfaig.local.gateway.http import end
from cfaig.local.gateway.sse import events
from cfaig.runtime.model import Answer, Call, Chunks, UpstreamError
from cfaig.runtime.runtime import Runtime

STREAM: Final = "text/event-stream"


@dataclass(slots=True)
class UniversalConnection:
    """One open connection; `handshake` is the call that opened it."""

    runtime: Runtime
    handshake: Call
    send: Send
    _running: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, receive: Receive) -> None:
        """Answer messages until the client goes away, which ends the calls that still run."""
        try:
            while (message := await receive())["type"] == "websocket.receive":
                text = message.get("text")
                task = asyncio.create_task(self._handle((message.get("bytes") or b"") if text is None else text))
                self._running.add(task)
                task.add_done_callback(self._running.discard)
        finally:
            for task in self._running:
                task.cancel()
            if self._running:
                await asyncio.wait(self._running)

    async def _handle(self, text: str | bytes) -> None:
        # Sending fails when the client has just gone, which `serve` learns by itself.
        with suppress(OSError):
            await self._carry_out(text)

    async def _carry_out(self, text: str | bytes) -> None:
        event = None
        try:
            request = _read_request(text)
            event = request.get("eventId")
            call = self._call(request)
        except ValueError as error:
            await self._tell("error", {"eventId": event}, error={"message": str(error)})
            return
        answer = await self.runtime.answer(call)
        try:
            await self._answer(answer, event)
        except UpstreamError as error:
            await self._tell("error", {"eventId": event}, error={"message": str(error)})
        finally:
            if not isinstance(answer.body, bytes):
                await end(answer.body)

    def _call(self, request: Mapping[str, Any]) -> Call:
        headers = {**self.handshake.headers, "content-type": "application/json"}
        if isinstance(event := request.get("eventId"), str):
            headers["cf-aig-event-id"] = event
        body = json.dumps([{name: value for name, value in request.items() if name != "eventId"}]).encode()
        return Call(self.handshake.account, self.handshake.gateway, "", body, headers)

    async def _answer(self, answer: Answer, event: object) -> None:
        headers = answer.headers
        kind = headers.get("content-type", "")
        metadata = {
            "cacheStatus": headers.get("cf-aig-cache-status"),
            "eventId": event,
            "logId": headers.get("cf-aig-log-id"),
            "step": headers.get("cf-aig-step"),
            "contentType": kind,
        }
        if not kind.startswith(STREAM):
            await self._tell("created", metadata, response=_read_json(await _whole(answer.body)))
            return
        await self._tell("created", metadata)
        async for data in events(_chunks(answer.body)):
            if data != "[DONE]":
                await self._tell("stream", {"eventId": event}, response=_read_json(data))
        await self._tell("done", {"eventId": event})

    async def _tell(self, what: str, metadata: Mapping[str, Any], **more: Any) -> None:
        text = json.dumps({"type": f"universal.{what}", "metadata": dict(metadata)} | more)
        await self.send({"type": "websocket.send", "text": text})


def _read_request(text: str | bytes) -> dict[str, Any]:
    """The request in a message; raises ValueError with what is wrong."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("the message is no JSON") from None
    if not isinstance(message, dict) or message.get("type") != "universal.create":
        raise ValueError("the type of a message has to be universal.create")
    if not isinstance(request := message.get("request"), dict):
        raise ValueError("the message has no request")
    return request


def _read_json(text: str | bytes) -> Any:
    """What was sent, as JSON where it is some."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text if isinstance(text, str) else text.decode("utf-8", "replace")


async def _whole(body: bytes | Chunks) -> bytes:
    return body if isinstance(body, bytes) else b"".join([chunk async for chunk in body])


async def _chunks(body: bytes | Chunks) -> AsyncIterator[bytes]:
    if isinstance(body, bytes):
        yield body
    else:
        async for chunk in body:
            yield chunk
