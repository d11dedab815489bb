"""Connections against real sockets: what is sent, what comes back, and what is told when nothing does."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cfaig.errors import CfaigError
from cfaig.live import connections
from cfaig.live.api import Credentials
from cfaig.live.connections import Connections, NoReplyError, proxy_for

SECONDS = 20.0
LOCAL = "127.0.0.1"


@dataclass
class Server:
    """What came in, and on how many connections."""

    url: str
    lines: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    opened: int = 0


@pytest.fixture
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            served.opened += 1

        def answer(self) -> None:
            served.lines.append(f"{self.command} {self.path}")
            served.headers.append({name.lower(): value for name, value in self.headers.items()})
            served.bodies.append(self.rfile.read(int(self.headers.get("content-length") or 0)))
            if self.command == "CONNECT":
                self.send_error(407)
                return
            if self.path.endswith("/half"):
                self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf")
                self.close_connection = True
                return
            content = gzip.compress("“text”".encode())
            self.send_response(302 if self.path.endswith("/away") else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_CONNECT = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    listening = ThreadingHTTPServer((LOCAL, 0), Handler)
    served = Server(f"http://{LOCAL}:{listening.server_port}")
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    listening.shutdown()
    thread.join()
    listening.server_close()


def test_a_call_and_its_reply(server: Server) -> None:
    with closing(Connections(server.url, SECONDS)) as there:
        params = {"page": 1, "all": True, "id": ["a b", "c&d"]}
        reply = there.call("POST", f"{server.url}/x", {"Authorization": "Bearer t"}, {"name": "é"}, params)
        assert (reply.status, reply.good, reply.text, reply.headers["LOCATION"]) == (200, True, "“text”", "/elsewhere")
        assert not there.call("GET", f"{server.url}/away", {}).good
    assert server.lines == ["POST /x?page=1&all=true&id=a+b&id=c%26d", "GET /away"]
    sent = server.headers[0]
    assert (sent["authorization"], sent["content-type"]) == ("Bearer t", "application/json")
    assert sent["user-agent"].startswith("cfaig/")
    assert "authorization" not in server.headers[1]
    assert json.loads(server.bodies[0]) == {"name": "é"}
    assert server.opened == 1


def test_what_json_does_not_have_is_not_sent(server: Server) -> None:
    with closing(Connections(server.url, SECONDS)) as there, pytest.raises(ValueError, match="not JSON compliant"):
        there.call("POST", server.url, {}, {"number": float("nan")})
    assert server.lines == []


@pytest.mark.parametrize("secret", ["s3cret\ncut", "s3crét", "s3cret–", "s3cret\0"])
def test_a_header_that_cannot_be_sent_is_not_shown(server: Server, secret: str) -> None:
    with closing(Connections(server.url, SECONDS)) as there, pytest.raises(NoReplyError, match="a header") as raised:
        there.call("GET", server.url, {"Authorization": f"Bearer {secret}"})
    assert "s3c" not in str(raised.value)
    with pytest.raises(CfaigError, match="CLOUDFLARE_API_TOKEN has a character") as told:
        Credentials.from_environment({"CLOUDFLARE_API_TOKEN": secret})
    assert "s3c" not in f"{told.value.message}{told.value.hint}"


def test_connections_that_were_idle_are_opened_anew(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Connections(server.url, SECONDS)) as there:
        there.call("GET", server.url, {})
        there.call("GET", server.url, {})
        assert server.opened == 1
        monkeypatch.setattr(connections, "IDLE_SECONDS", 0.0)
        there.call("GET", server.url, {})
        assert server.opened == 2


def test_no_reply_says_why(server: Server) -> None:
    with socket.create_server((LOCAL, 0)) as silent, closing(Connections(server.url, 0.2)) as there:
        port = silent.getsockname()[1]
        with pytest.raises(NoReplyError, match=r"^no answer in time$"):
            there.call("GET", f"http://{LOCAL}:{port}", {})
        with pytest.raises(NoReplyError, match=r"^the connection broke off \(ProtocolError\)$"):
            there.call("GET", f"{server.url}/half", {})
    with closing(Connections(server.url, SECONDS)) as there:
        with pytest.raises(NoReplyError, match=r"^connection refused$"):
            there.call("GET", f"http://{LOCAL}:{port}", {})
        with pytest.raises(NoReplyError, match=r"^the name is not known$"):
            there.call("GET", "http://nothing.invalid", {})
        with pytest.raises(NoReplyError, match=r"^TLS fails: .*wrong version number"):
            there.call("GET", server.url.replace("http:", "https:"), {})


def test_the_proxy_of_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url.replace("//", "//me:s3cret@"))
    monkeypatch.setenv("https_proxy", server.url.removeprefix("http://"))
    monkeypatch.setenv("no_proxy", "near.example.com")
    with closing(Connections("http://far.example.com", SECONDS)) as there:
        assert there.call("GET", "http://far.example.com/x", {}).good
    assert (server.lines, server.headers[0]["proxy-authorization"]) == (
        ["GET http://far.example.com/x"],
        "Basic bWU6czNjcmV0",
    )
    there, refused = Connections("https://far.example.com", SECONDS), r"^the proxy: Tunnel connection failed: 407"
    with closing(there), pytest.raises(NoReplyError, match=refused):
        there.call("GET", "https://far.example.com/x", {"Authorization": "Bearer t"})
    assert server.lines[1:] == ["CONNECT far.example.com:443"]
    assert "authorization" not in server.headers[1]
    assert [proxy_for(url) for url in ("https://near.example.com", "http://localhost:1", "http://[::1]")] == [None] * 3


def test_a_proxy_that_cannot_be_used_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://me:s3cret@127.0.0.1:1")
    with pytest.raises(CfaigError, match="speaks socks5") as raised:
        Connections("https://far.example.com", SECONDS)
    assert "s3cret" not in f"{raised.value.message}{raised.value.hint}"


def test_whose_certificates_are_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert connections.trusted_certificates().cert_store_stats()["x509_ca"] > 50
    monkeypatch.setenv("SSL_CERT_FILE", "/dev/null")
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    own = connections.trusted_certificates()
    assert (own.cert_store_stats()["x509_ca"], own.verify_mode) == (0, ssl.CERT_REQUIRED)
