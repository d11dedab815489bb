"""Lets the official SDKs, which all take an httpx2 client, talk to scripted providers without a network."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2

from cfaig.runtime.model import UpstreamAnswer, UpstreamError, UpstreamRequest
from cfaig.runtime.scripted.upstream import ScriptedUpstream


class _Body(httpx2.AsyncByteStream):
    def __init__(self, answer: UpstreamAnswer) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._answer.body:
                yield part
        except UpstreamError as error:
            raise httpx2.RemoteProtocolError(str(error)) from error


class ScriptedTransport(httpx2.AsyncBaseTransport):
    """Everything that goes through it is answered as by the provider `slug`."""

    def __init__(self, upstream: ScriptedUpstream, slug: str) -> None:
        self._upstream = upstream
        self._slug = slug

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        body = await request.aread()
        sent = UpstreamRequest(self._slug, str(request.url), body, dict(request.headers), request.method)
        try:
            answer = await self._upstream.send(sent)
        except UpstreamError as error:
            raise httpx2.ConnectError(str(error)) from error
        return httpx2.Response(answer.status, headers=dict(answer.headers), stream=_Body(answer))


def scripted_client(upstream: ScriptedUpstream, slug: str) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=ScriptedTransport(upstream, slug))
