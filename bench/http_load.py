"""Requests over kept connections, with as little work on this side as possible: what is measured is the server."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked; `body` makes the JSON of each request from its number. `expected` are headers of the answer."""

    url: str
    headers: Mapping[str, str]
    body: Callable[[int], object]
    expected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Load:
    """What came of it: the seconds that each request took, and those of all together."""

    latencies: tuple[float, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """Seconds within which this share of the requests was answered."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


async def _ask(target: Target, first: int, step: int, requests: int, deadline: float) -> list[float]:
    """Ask on one connection, with the numbers first, first + step and so on.

    Raises RuntimeError for an answer that is not what was expected.
    """
    parts = urlsplit(target.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    fixed = f"POST {parts.path} HTTP/1.1\r\nhost: {parts.netloc}\r\ncontent-type: application/json\r\n"
    fixed += "".join(f"{name}: {value}\r\n" for name, value in target.headers.items())
    taken: list[float] = []
    try:
        while len(taken) < requests and time.perf_counter() < deadline:
            body = json.dumps(target.body(first + len(taken) * step)).encode()
            request = f"{fixed}content-length: {len(body)}\r\n\r\n".encode() + body
            begin = time.perf_counter()
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            content = await _content(reader, head)
            taken.append(time.perf_counter() - begin)
            if " 200 " not in head.partition("\r\n")[0] + " " or any(
                f"{name}: {value}\r\n".lower() not in head for name, value in target.expected.items()
            ):
                raise RuntimeError(f"{target.url}: {head}{content.decode(errors='replace')[:500]}")
    finally:
        writer.close()
    return taken


async def _content(reader: asyncio.StreamReader, head: str) -> bytes:
    if "transfer-encoding: chunked" in head:
        parts = []
        while size := int(await reader.readuntil(b"\r\n"), 16):
            parts.append((await reader.readexactly(size + 2))[:-2])
        await reader.readexactly(2)
        return b"".join(parts)
    length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length:"))
    return await reader.readexactly(length)


def load(target: Target, *, first: int, connections: int, requests: int, seconds: float) -> Load:
    """Ask on so many connections at once until each has had its `requests`, or the seconds are over."""

    async def all_of_them() -> list[list[float]]:
        deadline = time.perf_counter() + seconds
        asked = (_ask(target, first + each, connections, requests, deadline) for each in range(connections))
        return await asyncio.gather(*asked)

    begin = time.perf_counter()
    taken = asyncio.run(all_of_them())
    return Load(tuple(latency for each in taken for latency in each), time.perf_counter() - begin)
