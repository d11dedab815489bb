"""A provider that costs next to nothing: `python -m bench.tiny_provider PORT`, an HTTP server without a framework.

Each request is answered at once: 503 where the model's name begins with `down`, a completion everywhere else.
"""

from __future__ import annotations

import asyncio
import re
import sys
from typing import Final

_BODY: Final = (
    b'{"id":"1","object":"chat.completion","created":1,"model":"tiny","choices":[{"index":0,"message":'
    b'{"role":"assistant","content":"Hello! How can I help you today?"},"finish_reason":"stop"}],'
    b'"usage":{"prompt_tokens":9,"completion_tokens":9,"total_tokens":18}}'
)
_DOWN: Final = b'{"error":{"message":"down","type":"server_error"}}'
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_MODEL_DOWN: Final = re.compile(rb'"model": ?"down')


def _answer(status: bytes, body: bytes) -> bytes:
    head = b"HTTP/1.1 " + status + b"\r\ncontent-type: application/json\r\ncontent-length: "
    return head + str(len(body)).encode() + b"\r\n\r\n" + body


_GOOD: Final = _answer(b"200 OK", _BODY)
_BAD: Final = _answer(b"503 Service Unavailable", _DOWN)


class _Connection(asyncio.Protocol):
    """One connection with requests one after the other; bodies have a length."""

    def __init__(self) -> None:
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._buffer, 0, end)
            total = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < total:
                return
            request, self._buffer = self._buffer[:total], self._buffer[total:]
            self._transport.write(_BAD if _MODEL_DOWN.search(request, end) else _GOOD)


async def serve(port: int) -> None:
    """Serve until the process is ended."""
    server = await asyncio.get_running_loop().create_server(_Connection, "127.0.0.1", port)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
