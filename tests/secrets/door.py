"""What stands in front of Vault in the tests: an HTTP server that hands requests on, or answers from a recording."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final, TypeAlias

import httpx

Answers: TypeAlias = dict[str, tuple[int, Any]]
"""Status and JSON by `METHOD path`; of a redirect the address."""

HOP: Final = frozenset({"host", "content-length", "connection", "accept-encoding"})
HIDDEN_IN_RECORDINGS: Final = ("client_token", "accessor", "request_id", "entity_id", "lease_id")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it came in."""

    what: str
    headers: Mapping[str, str]


@dataclass
class Door:
    """`upstream` is the address of the Vault behind; without one, `answers` are given. Both note what was asked."""

    url: str = ""
    upstream: str | None = None
    answers: Answers = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    broken: int = 0

    def whats(self) -> list[str]:
        """`METHOD path` of the requests, oldest first."""
        return [each.what for each in self.asked]

    def answer(self, what: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any]:
        """The answer to one request; `broken` requests are answered with 500 first."""
        self.asked.append(Asked(what, headers))
        if self.broken:
            self.broken -= 1
            return 500, {"errors": ["internal error"]}
        if self.upstream is None:
            return self.answers.get(what, (404, {"errors": [f"not recorded: {what}"]}))
        method, _, path = what.partition(" ")
        kept = {name: value for name, value in headers.items() if name.lower() not in HOP}
        answer = httpx.request(method, self.upstream + path, headers=kept, content=body, trust_env=False)
        document = answer.json() if answer.content else None
        self.answers[what] = answer.status_code, _without_tokens(document)
        return answer.status_code, document


def _without_tokens(value: Any) -> Any:
    """An answer as it can be kept in Git: tokens, though dead, look like live ones to scanners."""
    if isinstance(value, dict):
        return {
            name: f"recorded-{name}" if name in HIDDEN_IN_RECORDINGS and item else _without_tokens(item)
            for name, item in value.items()
        }
    return [_without_tokens(item) for item in value] if isinstance(value, list) else value


@contextmanager
def open_door(door: Door, certificate: tuple[Path, Path] | None = None) -> Iterator[Door]:
    """Serve on loopback until the block ends; with a certificate and its key, over TLS."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, document = door.answer(f"{self.command} {self.path}", dict(self.headers.items()), body)
            is_text = isinstance(document, str)
            content = b"" if document is None else (document if is_text else json.dumps(document)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if is_text else "application/json")
            self.send_header("Content-Length", str(len(content)))
            if 300 <= status < 400:
                self.send_header("Location", str(document))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = _serve  # noqa: N815 (names of the standard library)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    door.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield door
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
