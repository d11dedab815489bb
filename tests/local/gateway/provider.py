"""A provider on this machine: answers over real HTTP as a test says, and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Handler = Callable[["Exchange"], None]


@dataclass
class Exchange:
    """One request, and the means to answer it bit by bit."""

    http: BaseHTTPRequestHandler
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.begin(status, **{"content-length": str(len(body)), **headers})
        self.http.wfile.write(body)

    def begin(self, status: int = 200, **headers: str) -> None:
        self.http.send_response(status)
        for name, value in headers.items():
            self.http.send_header(name.replace("_", "-"), value)
        self.http.end_headers()

    def send(self, text: str) -> None:
        self.http.wfile.write(text.encode())
        self.http.wfile.flush()

    def client_goes(self) -> bool:
        """Wait until the other side closes the connection."""
        self.http.connection.settimeout(30)
        try:
            return bool(self.http.connection.recv(1) == b"")
        except OSError:
            return True


def completion(exchange: Exchange) -> None:
    """The plain good answer."""
    model = json.loads(exchange.body or b"{}").get("model")
    message = {"role": "assistant", "content": "real"}
    usage = {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}
    body = {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": usage,
    }
    exchange.answer(200, json.dumps(body).encode(), **{"content-type": "application/json"})


@dataclass
class Provider:
    url: str = ""
    handler: Handler = completion
    asked: list[Exchange] = field(default_factory=list)


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()

    class Listening(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            self.close_connection = True
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            exchange = Exchange(self, self.command, self.path, headers, body)
            provider.asked.append(exchange)
            provider.handler(exchange)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    server.daemon_threads = True
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
