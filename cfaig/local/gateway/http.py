"""Calls over HTTP: a request in, the runtime's answer out, chunk by chunk as it comes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Iterable, Mapping
from dataclasses import replace
from typing import Final, cast
from urllib.parse import unquote

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cfaig.runtime.model import Answer, Call, Chunks, Door, UpstreamError
from cfaig.runtime.runtime import Runtime

GATEWAY_PATH: Final = "/v1/"
API_PATH: Final = "/client/v4/accounts/"
MOST_BYTES: Final = 100_000_000
_NOT_SENDABLE: Final = re.compile("[^\t\x20-\x7e\x80-\xff]")


def is_call(path: str) -> bool:
    """Whether a path belongs to the data plane, at either of its doors."""
    return path.startswith(GATEWAY_PATH) or (path.startswith(API_PATH) and path.split("/")[5:6] == ["ai"])


def read_call(scope: Scope) -> Call:
    """The call that a request is, but for its body; the path keeps its percent signs, as a provider has to get them."""
    raw = scope["raw_path"].decode("ascii", "replace")
    headers = joined_headers(scope["headers"])
    query = scope["query_string"].decode("latin-1")
    if raw.startswith(GATEWAY_PATH):
        account, _, rest = raw.removeprefix(GATEWAY_PATH).partition("/")
        gateway, _, path = rest.partition("/")
        door = Door.GATEWAY
    else:
        account, _, rest = raw.removeprefix(API_PATH).partition("/")
        path, gateway, door = rest.removeprefix("ai").lstrip("/"), "", Door.REST
    method = scope.get("method", "GET")
    return Call(unquote(account), unquote(gateway), path, headers=headers, method=method, query=query, door=door)


def joined_headers(raw: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Headers by their name in lower case; one that comes twice has both values."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


async def answer_http(runtime: Runtime, call: Call, scope: Scope, receive: Receive, send: Send) -> None:
    """Carry a call out; a client that goes away ends it, and with it the request to the provider."""
    body = await _read_body(receive)
    if body is None:
        return
    if len(body) > MOST_BYTES:
        await Response("Payload too large", 413, media_type="text/plain")(scope, receive, send)
        return
    work = asyncio.create_task(_carry_out(runtime, replace(call, body=body), send))
    gone = asyncio.ensure_future(receive())
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not work.done():
            work.cancel()
            await asyncio.wait({work})
    if not work.cancelled():
        work.result()


async def _read_body(receive: Receive) -> bytes | None:
    """The whole body, or None when the client went away; of one that is too large only the beginning."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if not message.get("more_body") or size > MOST_BYTES:
            return parts[0] if len(parts) == 1 else b"".join(parts)


async def _carry_out(runtime: Runtime, call: Call, send: Send) -> None:
    answer = await runtime.answer(call)
    if isinstance(answer.body, bytes):
        await send(_start(answer, len(answer.body)))
        await send({"type": "http.response.body", "body": answer.body})
        return
    try:
        await send(_start(answer))
        async for chunk in answer.body:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    except UpstreamError:
        # The provider broke off, so the client's connection does as well: without a last chunk the server closes it.
        return
    finally:
        await end(answer.body)
    await send({"type": "http.response.body", "body": b""})


def _start(answer: Answer, length: int | None = None) -> dict[str, object]:
    headers = [(name.lower().encode("latin-1"), _sendable(value)) for name, value in answer.headers.items()]
    if length is not None and "content-length" not in answer.headers:
        headers.append((b"content-length", str(length).encode()))
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


def _sendable(value: str) -> bytes:
    """A header's value; what HTTP cannot send (names of models may have it) becomes a question mark."""
    return _NOT_SENDABLE.sub("?", value).encode("latin-1")


async def end(body: Chunks) -> None:
    """Give a stream back, read to its end or not."""
    await cast("AsyncGenerator[bytes, None]", body).aclose()
