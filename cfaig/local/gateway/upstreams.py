"""Providers: scripted ones, and real ones over HTTP for whoever has chosen so."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Final
from urllib.parse import urlsplit

import httpx

from cfaig.local.gateway.addresses import address_of
from cfaig.local.storage import Storage
from cfaig.runtime.model import Upstream, UpstreamAnswer, UpstreamError, UpstreamRequest

CONNECT_SECONDS: Final = 10.0
# The body comes out decoded, and the connection to the client is another one.
_DROPPED: Final = frozenset(
    {
        "connection",
        "content-encoding",
        "content-length",
        "keep-alive",
        "proxy-authenticate",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)


class RealUpstream:
    """Sends requests over HTTP as they are; the time to the first byte is the runtime's to limit.

    Loopback is reached directly, everything else through the proxy of the environment, if it names one.
    """

    def __init__(self) -> None:
        self._clients: dict[bool, httpx.AsyncClient] = {}

    def _client(self, *, near: bool) -> httpx.AsyncClient:
        if near not in self._clients:
            limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
            timeout = httpx.Timeout(None, connect=CONNECT_SECONDS)
            self._clients[near] = httpx.AsyncClient(limits=limits, timeout=timeout, trust_env=not near)
        return self._clients[near]

    async def close(self) -> None:
        """End all connections."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        """Send, and come back when the answer begins.

        Raises UpstreamError when the provider cannot be reached.
        """
        headers = {name: value for name, value in request.headers.items() if name not in {"host", "content-length"}}
        headers["accept-encoding"] = "identity"
        try:
            client = self._client(near=is_near(request.url))
            sent = client.build_request(request.method, request.url, content=request.body or None, headers=headers)
            answer = await _sent(client, sent)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise UpstreamError(_words(request.slug, error)) from error
        kept = {name: value for name, value in answer.headers.items() if name not in _DROPPED}
        return UpstreamAnswer(answer.status_code, kept, _chunks(request.slug, answer))


async def _sent(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """The answer. A kept connection may be closed by the provider just as we use it: then another one is used."""
    while True:
        opened: list[str] = []

        async def note(event: str, _: Mapping[str, object], opened: list[str] = opened) -> None:
            if event.startswith("connection.connect_tcp"):
                opened.append(event)

        request.extensions["trace"] = note
        try:
            return await client.send(request, stream=True)
        except (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError):
            if opened:
                raise


async def _chunks(slug: str, answer: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async with aclosing(answer.aiter_bytes()) as chunks:  # type: ignore[type-var]
            async for chunk in chunks:
                yield chunk
    except httpx.HTTPError as error:
        raise UpstreamError(_words(slug, error)) from error
    finally:
        await answer.aclose()


def _words(slug: str, error: Exception) -> str:
    return f"{slug}: {str(error) or type(error).__name__}"


def is_near(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class ChosenUpstream:
    """Each provider where it was chosen to be; the choice is kept in the database."""

    def __init__(self, storage: Storage, scripted: Upstream, real: RealUpstream) -> None:
        self._storage = storage
        self._scripted = scripted
        self._real = real
        rows = storage.rows("SELECT slug, address FROM real_upstreams ORDER BY slug")
        self._addresses: Mapping[str, str] = {row["slug"]: row["address"] for row in rows}

    @property
    def addresses(self) -> Mapping[str, str]:
        """What was chosen, by slug: see `cfaig.local.gateway.addresses`."""
        return self._addresses

    def choose(self, addresses: Mapping[str, str]) -> None:
        """Choose anew; holds for later servers on this database too."""
        with self._storage.transaction(configures=False) as db:
            db.execute("DELETE FROM real_upstreams")
            db.executemany("INSERT INTO real_upstreams VALUES (?, ?)", addresses.items())
        self._addresses = dict(addresses)

    async def send(self, request: UpstreamRequest) -> UpstreamAnswer:
        """Send to the real provider or to the scripted one."""
        url = address_of(self._addresses, request.slug, request.url)
        if url is None:
            return await self._scripted.send(request)
        return await self._real.send(
            UpstreamRequest(request.slug, url, request.body, request.headers, request.method, request.model)
        )
