"""Between workerd, where time is real, and a scenario's gateway, where it is not.

The Worker's requests to its gateway come in here, in threads of this server, and wait in a queue until the scenario
has played them. While the Worker is at work the scenario's clock stands still.
"""

from __future__ import annotations

import http.client
import queue
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final, TypeAlias

from cfaig.errors import CfaigError
from cfaig.scenarios.exchange import NOW, Answered, Asked, Reply

HOST: Final = "127.0.0.1"
SECONDS: Final = 60.0

_BREAKING: Final = (http.client.HTTPException, OSError)
_OF_THE_CONNECTION: Final = frozenset({"content-length", "transfer-encoding", "connection"})


_Events: TypeAlias = queue.SimpleQueue[Asked | Answered | CfaigError]


class Bridge:
    """A server of this process for the Workers' requests. `address` is its host:port."""

    def __init__(self) -> None:
        self._events: _Events = queue.SimpleQueue()
        self._server = _Server(self._events)
        threading.Thread(target=self._server.serve_forever, name="scenario gateway", daemon=True).start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"{HOST}:{self._server.server_address[1]}"

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()

    def send(self, port: int, method: str, target: str, headers: Mapping[str, str], body: bytes) -> None:
        """Send a client's request to the Worker at `port`, in a thread of its own; `events` tells what comes of it."""
        given = (port, method, target, headers, body)
        threading.Thread(target=self._carry_out, args=given, name="scenario client", daemon=True).start()

    def events(self) -> Iterator[Asked | Answered]:
        """What the Worker asks, up to what it answers.

        Raises CfaigError when it cannot be reached, or does not answer within a minute of real time.
        """
        while True:
            try:
                event = self._events.get(timeout=SECONDS)
            except queue.Empty:
                raise CfaigError(f"the edge did not answer within {SECONDS:g} s", "look at what its rules do") from None
            if isinstance(event, CfaigError):
                raise event
            yield event
            if isinstance(event, Answered):
                return

    def _carry_out(self, port: int, method: str, target: str, headers: Mapping[str, str], body: bytes) -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=SECONDS)
        try:
            connection.request(method, target, body or None, dict(headers))
            answer = connection.getresponse()
            told = _joined(answer.getheaders())
            self._events.put(Answered(answer.status, told, *_whole(answer)))
        except _BREAKING as error:
            self._events.put(CfaigError(f"the edge cannot be called: {error or type(error).__name__}"))
        finally:
            connection.close()


def _whole(answer: http.client.HTTPResponse) -> tuple[bytes, str | None]:
    pieces: list[bytes] = []
    try:
        while piece := answer.read1():
            pieces.append(piece)
    except _BREAKING as error:
        return b"".join(pieces), f"the connection ended: {type(error).__name__}"
    return b"".join(pieces), None


def _joined(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by their names in lower case."""
    joined: dict[str, str] = {}
    for name, value in headers:
        joined[name.lower()] = f"{joined[name.lower()]}, {value}" if name.lower() in joined else value
    return joined


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, events: _Events) -> None:
        super().__init__((HOST, 0), _Handler)
        self.events = events


class _Handler(BaseHTTPRequestHandler):
    """Puts each request into the queue, and answers with what comes back."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_one_request(self) -> None:
        """One request; a Worker that goes away is no error."""
        with suppress(OSError):
            super().handle_one_request()

    def parse_request(self) -> bool:
        """Let any method lead to the same place."""
        parsed = super().parse_request()
        if parsed:
            setattr(self, f"do_{self.command}", self._carry_out)
        return parsed

    def log_message(self, *told: object) -> None:
        """Say nothing."""

    def _carry_out(self) -> None:
        asked = Asked(self.command, self.path, _joined(self.headers.items()), self._body())
        self.server.events.put(asked)
        self._answer(asked.reply.get())

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("transfer-encoding", ""):
            return self.rfile.read(int(self.headers.get("content-length", 0)))
        pieces: list[bytes] = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return b"".join(pieces)

    def _answer(self, reply: Reply) -> None:
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            if name.lower() not in _OF_THE_CONNECTION:
                self.send_header(name, value.encode("latin-1", "replace").decode("latin-1"))
        self.send_header(NOW, str(reply.now))
        # A body that breaks off is shorter than what was promised.
        self.send_header("content-length", str(len(reply.body) + reply.cut))
        self.end_headers()
        self.wfile.write(reply.body)
        self.close_connection = reply.cut or self.close_connection
