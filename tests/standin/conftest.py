"""A small server that answers as a test says and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from cfaig.local.standin.client import Client
from cfaig.local.standin.gateway import AiGateway


@dataclass
class Asked:
    method: str
    path: str
    text: str
    headers: dict[str, str]

    @property
    def body(self) -> Any:
        return json.loads(self.text) if self.text else None


@dataclass
class Api:
    """`answers` are given in turn, the last one for ever: (status, JSON body, headers)."""

    url: str
    answers: list[tuple[int, Any, dict[str, str]]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self.answers.append((status, body, headers or {}))

    def result(self, result: Any) -> None:
        self.answer(200, {"success": True, "result": result})


@pytest.fixture
def api() -> Iterator[Api]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            text = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            served.asked.append(Asked(self.command, self.path, text, headers))
            status, body, more = served.answers.pop(0) if len(served.answers) > 1 else served.answers[0]
            content = json.dumps(body).encode()
            self.send_response(status)
            for name, value in {"content-type": "application/json", **more}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Api(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield served
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def warnings_told() -> list[str]:
    return []


@pytest.fixture
def connect() -> Iterator[Callable[[dict[str, str]], Client]]:
    """Makes clients from environments."""
    with ExitStack() as made:
        yield lambda environ: made.enter_context(closing(Client(environ)))


@pytest.fixture
def plugin(api: Api, connect: Callable[[dict[str, str]], Client], warnings_told: list[str]) -> AiGateway:
    environ = {
        "CLOUDFLARE_BASE_URL": api.url,
        "CLOUDFLARE_API_TOKEN": "token",
        "CFAIG_STANDIN_RETRY_SECONDS": "0.2",
    }
    return AiGateway(connect(environ), warnings_told.append)
