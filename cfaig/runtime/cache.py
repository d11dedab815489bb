"""The gateway's cache of answers (facts/ai-gateway.md 3)."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 25 * 1024 * 1024
ROOM: Final = 256 * 1024 * 1024
CACHEABLE_TYPES: Final = ("application/json", "text/", "image/")
STREAMS: Final = "text/event-stream"


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """A provider's good answer, with what a log of it needs; valid until `expires` (Unix seconds)."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    expires: float


class Cache:
    """Answers by key; the oldest go when they need more than 256 MB together."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, CachedAnswer] = OrderedDict()
        self._size = 0

    def get(self, key: str, at: float) -> CachedAnswer | None:
        """What is kept and still valid at Unix time `at`."""
        found = self._answers.get(key)
        if found is not None and at >= found.expires:
            self._drop(key)
            return None
        return found

    def put(self, key: str, answer: CachedAnswer) -> None:
        """Keep an answer instead of the one before."""
        self._drop(key)
        self._answers[key] = answer
        self._size += len(answer.body)
        while self._size > ROOM:
            self._drop(next(iter(self._answers)))

    def clear(self) -> None:
        """Forget everything."""
        self._answers.clear()
        self._size = 0

    def _drop(self, key: str) -> None:
        if (old := self._answers.pop(key, None)) is not None:
            self._size -= len(old.body)


def is_cacheable(status: int, content_type: str, request_size: int, answer_size: int) -> bool:
    """Whether an answer may be kept: text and images, no streams, nothing above 25 MB, never an error."""
    kind = content_type.partition(";")[0].strip().lower()
    return (
        200 <= status < 300
        and kind.startswith(CACHEABLE_TYPES)
        and kind != STREAMS
        and max(request_size, answer_size) <= MAX_BYTES
    )


def default_key(scope: str, provider: str, endpoint: str, model: str, credential: str, body: bytes) -> str:
    """The key of a request that names none: every part counts, each byte of the body too."""
    return _digest("default", scope, provider, endpoint, model, credential, body)


def custom_key(scope: str, key: str) -> str:
    """The key that a client has chosen; it holds in its gateway, whatever the rest of the request is."""
    return _digest("custom", scope, key)


def _digest(*parts: str | bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
