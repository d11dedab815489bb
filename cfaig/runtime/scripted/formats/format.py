"""What a format is, and how events go on the wire."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from cfaig.json_types import Json
from cfaig.runtime.scripted.reply import Reply

# Status, message and wire slug of the provider, to the body of a failure.
ErrorBody: TypeAlias = Callable[[int, str, str], Json]
EVENT_STREAM: Final = "text/event-stream; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Format:
    """How one endpoint answers; `stream` gives the parts of a streamed answer, where it has one.

    It streams when the body of a request says `stream: true`, or always.
    """

    answer: Callable[[Reply], Json]
    error: ErrorBody
    stream: Callable[[Reply], Iterable[bytes]] | None = None
    stream_type: str = EVENT_STREAM
    always_streams: bool = False


def encoded(value: Json) -> bytes:
    """JSON as providers send it: compact, UTF-8; half a surrogate pair, which JSON can spell, becomes a `?`."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")


def event(data: Json, name: str | None = None) -> bytes:
    """One server-sent event."""
    head = f"event: {name}\n".encode() if name else b""
    return head + b"data: " + encoded(data) + b"\n\n"


DONE: Final = b"data: [DONE]\n\n"
