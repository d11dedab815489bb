"""Realtime providers: a WebSocket passed through, with the provider's stored key. facts/ai-gateway.md 6.6."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from typing import Final, Protocol

from starlette.types import Message, Receive, Send
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI

from cfaig.local.gateway.addresses import address_of
from cfaig.local.gateway.handshake import public_protocols
from cfaig.local.gateway.scripted_realtime import ScriptedRealtime
from cfaig.local.gateway.upstreams import CONNECT_SECONDS, is_near
from cfaig.runtime.access import DEFAULT_ALIAS, bearer, forwarded
from cfaig.runtime.errors import Fault, no_answer
from cfaig.runtime.model import Call, Configuration
from cfaig.runtime.providers.targets import Target, realtime_target

_BROKEN: Final = 1011
# Codes that an endpoint may not send itself (RFC 6455, 7.4.1).
_NEVER_SENT: Final = frozenset({1004, 1005, 1006, 1015})


class Socket(Protocol):
    """An open connection to a provider."""

    @property
    def subprotocol(self) -> str | None:
        """The one that the provider has chosen."""
        ...

    async def send(self, message: str | bytes) -> None:
        """Send one message."""
        ...

    async def close(self, code: int = 1000, reason: str = "") -> None:
        """End the connection."""
        ...

    def __aiter__(self) -> AsyncIterator[str | bytes]: ...


class ProviderRefusedError(Exception):
    """A provider's own answer to the handshake, for the client to see."""

    def __init__(self, status: int, content_type: str, body: bytes) -> None:
        super().__init__(status)
        self.status = status
        self.content_type = content_type
        self.body = body


def target_with_key(configuration: Configuration, call: Call) -> tuple[Target, dict[str, str]]:
    """Where `<provider>/<path>?<query>` leads, and the headers for it, with the stored key if the client sent none.

    Raises Fault for a provider without a WebSocket.
    """
    name, _, rest = call.path.partition("/")
    target = realtime_target(name, rest, call.query, account=call.account)
    headers = forwarded(call.headers)
    if configuration.authorized(bearer(headers.get("authorization")) or ""):
        del headers["authorization"]
    if not target.key.carried(headers, call.query):
        alias = call.headers.get("cf-aig-byok-alias", DEFAULT_ALIAS)
        if stored := configuration.provider_key(call.account, call.gateway, target.slug, alias):
            headers[target.key.header] = target.key.value(stored)
    return target, headers


async def open_realtime(
    target: Target, headers: Mapping[str, str], offered: list[str], addresses: Mapping[str, str]
) -> Socket:
    """Connect to the provider, real or scripted.

    Raises Fault when it cannot be reached and ProviderRefusedError when it does not want to.
    """
    url = address_of(addresses, target.slug, target.url)
    if url is None:
        return ScriptedRealtime(target.slug, target.url)
    try:
        return await connect(
            url,
            additional_headers=headers,
            subprotocols=public_protocols(offered) or None,  # type: ignore[arg-type]
            open_timeout=CONNECT_SECONDS,
            max_size=None,
            proxy=None if is_near(url) else True,
        )
    except InvalidStatus as error:
        answer = error.response
        kind = answer.headers.get("content-type", "text/plain")
        raise ProviderRefusedError(answer.status_code, kind, bytes(answer.body or b"")) from error
    except (OSError, TimeoutError, InvalidHandshake, InvalidURI) as error:
        raise _unreachable(target.slug, error) from error


def _unreachable(slug: str, error: Exception) -> Fault:
    return no_answer(f"{slug}: {error or type(error).__name__}")


async def bridge(socket: Socket, receive: Receive, send: Send) -> None:
    """Pass messages on in both directions until either side ends."""
    outward = asyncio.create_task(_to_provider(socket, receive))
    inward = asyncio.create_task(_to_client(socket, send))
    await asyncio.wait({outward, inward}, return_when=asyncio.FIRST_COMPLETED)
    code = outward.result() if outward.done() and not outward.exception() else 1000
    for task in (outward, inward):
        task.cancel()
    await asyncio.gather(outward, inward, return_exceptions=True)
    with suppress(ConnectionClosed):
        await socket.close(1000 if code in _NEVER_SENT else code)


async def _to_provider(socket: Socket, receive: Receive) -> int:
    """Until the client goes; its close code."""
    while True:
        message: Message = await receive()
        if message["type"] == "websocket.disconnect":
            return int(message.get("code") or 1000)
        text = message.get("text")
        with suppress(ConnectionClosed):
            await socket.send((message.get("bytes") or b"") if text is None else text)


async def _to_client(socket: Socket, send: Send) -> None:
    code, reason = 1000, ""
    try:
        async for message in socket:
            await send({"type": "websocket.send", "text" if isinstance(message, str) else "bytes": message})
    except ConnectionClosed as error:
        code = error.rcvd.code if error.rcvd else _BROKEN
        reason = error.rcvd.reason if error.rcvd else ""
    await send({"type": "websocket.close", "code": _BROKEN if code in _NEVER_SENT else code, "reason": reason})
