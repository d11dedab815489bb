"""Credentials go only where they belong, sealed on their way."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi, Credentials

TOKEN = "planted-token-0123456789"


@pytest.mark.parametrize(
    "address",
    [
        "http://api.example.com/client/v4",
        "http://127.0.0.1.example.com/client/v4",
        "https://user:planted@api.example.com/client/v4",
        "https://api.example.com/client/v4?key=planted",
        "ftp://localhost/",
        "file:///etc/passwd",
        "api.example.com",
        "https://",
        "http://[::1",
        "http://localhost:0/",
    ],
)
def test_a_token_is_not_sent_in_clear_text_and_an_odd_address_is_not_told(address: str) -> None:
    with pytest.raises(CfaigError, match="CLOUDFLARE_BASE_URL") as raised:
        Credentials.from_environment({"CLOUDFLARE_BASE_URL": address, "CLOUDFLARE_API_TOKEN": TOKEN})
    assert "planted" not in f"{raised.value.message}{raised.value.hint}"


@pytest.mark.parametrize("address", ["", "https://api.example.com/v4", "http://localhost:8790/v4", "http://[::1]:1/v4"])
def test_an_address_of_our_own_is_fine(address: str) -> None:
    Credentials.from_environment({"CLOUDFLARE_BASE_URL": address, "CLOUDFLARE_API_TOKEN": TOKEN})


class Redirecting(http.server.BaseHTTPRequestHandler):
    """Sends everybody elsewhere, which is here, and notes who came."""

    came: ClassVar[list[tuple[str, str | None]]] = []

    def do_GET(self) -> None:
        self.came.append((self.path, self.headers.get("authorization")))
        self.send_response(307)
        self.send_header("location", f"http://localhost:{self.connection.getsockname()[1]}/elsewhere")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name)
        """Say nothing."""


@contextmanager
def redirecting() -> Iterator[str]:
    Redirecting.came.clear()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Redirecting)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_token_follows_no_redirect() -> None:
    with redirecting() as url, CloudflareApi(Credentials(url, api_token=TOKEN), sleep=lambda _: None) as api:
        with pytest.raises(ApiError) as raised:
            api.request("GET", "/x")
        assert Redirecting.came == [("/x", f"Bearer {TOKEN}")]
        assert TOKEN not in f"{raised.value.message}{raised.value!r}{api.__dict__!r}"


def test_credentials_do_not_show_themselves() -> None:
    assert TOKEN not in repr(Credentials("https://x.example.com", api_token=TOKEN, api_key=TOKEN))
