"""Streams: each chunk goes on as it comes, and is looked at on its way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Final

from cfaig.runtime.model import Chunks, UpstreamError

# Logs above 10 MB are not stored (facts/ai-gateway.md 1.9); more of a stream is not kept.
MAX_LOG_BYTES: Final = 10 * 1024 * 1024


class WatchedStream(AsyncIterator[bytes]):
    """A provider's stream. When it has ended, is closed or broke off, `end` gets the problem (None if there is none).

    Raises UpstreamError to whoever reads when the provider breaks off; `end` was called before.
    """

    def __init__(self, chunks: Chunks, feed: Callable[[bytes], None], end: Callable[[str | None], None]) -> None:
        self._chunks = chunks
        self._feed = feed
        self._end: Callable[[str | None], None] | None = end

    async def __anext__(self) -> bytes:
        if self._end is None:
            raise StopAsyncIteration
        try:
            chunk = await anext(self._chunks)
        except StopAsyncIteration:
            self._finish(None)
            raise
        except UpstreamError as problem:
            self._finish(str(problem))
            raise
        self._feed(chunk)
        return chunk

    async def aclose(self) -> None:
        """Stop reading; also right for a stream that nobody has begun to read."""
        self._finish(None)
        close = getattr(self._chunks, "aclose", None)
        if close is not None:
            await close()

    def _finish(self, problem: str | None) -> None:
        end, self._end = self._end, None
        if end is not None:
            end(problem)


class Recording:
    """The bytes of an answer for its log, unless they become too many, or the log has no room for them at all."""

    def __init__(self, *, keep: bool) -> None:
        self._chunks: list[bytes] = []
        self._size = 0
        self._keep = keep

    def add(self, chunk: bytes) -> None:
        """Take the next part."""
        self._size += len(chunk)
        self._keep = self._keep and self._size <= MAX_LOG_BYTES
        if self._keep:
            self._chunks.append(chunk)
        else:
            self._chunks.clear()

    def whole(self) -> bytes | None:
        """All of it; None where it was not kept."""
        return b"".join(self._chunks) if self._keep else None
