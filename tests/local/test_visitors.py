"""No page of another site gets anything from the local server, whatever it asks for and however it asks."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from cfaig.local import process
from cfaig.project import Project
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"
API = "/client/v4/accounts/{account}/ai-gateway/gateways"
CALL = "/v1/{account}/open/openai/chat/completions"
# One of everything that is served: the page, its description, the API, GraphQL, calls at both doors, the controls.
DOORS = (
    ("GET", "/"),
    ("GET", "/openapi.json"),
    ("GET", "/nothing"),
    ("GET", API),
    ("POST", API),
    ("POST", "/client/v4/graphql"),
    ("POST", CALL),
    ("GET", CALL),
    ("OPTIONS", CALL),
    ("POST", "/client/v4/accounts/{account}/ai/run"),
    ("GET", "/__local/status"),
    ("PUT", "/__local/upstreams/real"),
    ("POST", "/__local/reset"),
)
FOREIGN_HOSTS = (
    "evil.example.com",
    "localhost.evil.example.com",
    "127.0.0.1.nip.io:8790",
    "0.0.0.0",  # noqa: S104 (as a name)
    "127.0.0.2",
    "[::]",
)
FOREIGN_ORIGINS = (
    "https://evil.example.com",
    "null",
    "http://localhost.evil.example.com",
    "http://127.0.0.1@evil.example.com",
    "http://evil.example.com:8790",
    "file://",
    "chrome-extension://abcdefghijklmnop",
    "",
)
IMAGE = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
FRAME = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
TYPED = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


def status(cloudflare: RunningCloudflare, method: str, path: str, headers: dict[str, str]) -> int:
    """What is answered to somebody who knows the token, which everybody does."""
    url = cloudflare.root + path.format(account=cloudflare.account)
    known = {"Authorization": f"Bearer {cloudflare.token}", "cf-aig-authorization": f"Bearer {cloudflare.token}"}
    return cloudflare.client.request(method, url, json={}, headers=known | headers).status_code


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_other_sites_are_turned_away_at_every_door(cloudflare: RunningCloudflare, method: str, path: str) -> None:
    foreign = [{"Host": host} for host in FOREIGN_HOSTS] + [{"Origin": origin} for origin in FOREIGN_ORIGINS]
    foreign += [IMAGE, FRAME]
    foreign += [] if (method, path) in {("GET", "/"), ("GET", "/openapi.json"), ("GET", "/nothing")} else [LINK]
    assert {str(headers): status(cloudflare, method, path, headers) for headers in foreign} == {
        str(headers): 403 for headers in foreign
    }


@pytest.mark.parametrize(("method", "path"), DOORS)
def test_this_machine_is_let_in_at_every_door(cloudflare: RunningCloudflare, method: str, path: str) -> None:
    own = cloudflare.root
    port = urlsplit(own).port
    ours = [
        {},
        TYPED,
        {"Origin": own, "Sec-Fetch-Site": "same-origin"},
        {"Host": f"localhost:{port}", "Origin": f"http://localhost:{port}"},
        {"Host": f"[::1]:{port}"},
        # A page that somebody develops: to a browser localhost and 127.0.0.1 are two sites.
        {"Origin": "http://localhost:5173", "Sec-Fetch-Site": "cross-site"},
    ]
    assert 403 not in {status(cloudflare, method, path, headers) for headers in ours}


def test_a_link_may_lead_to_the_page_which_nobody_can_frame(cloudflare: RunningCloudflare) -> None:
    answer = cloudflare.client.get(cloudflare.root, headers=LINK)
    assert answer.status_code == 200
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_no_answer_invites_other_origins_to_read_it(cloudflare: RunningCloudflare) -> None:
    """So a page on another port of this machine can send no token along: the browser asks first, and is told no."""
    asks = {"Origin": "http://localhost:5173", "Access-Control-Request-Headers": "authorization"}
    for path in (API, CALL, "/__local/reset", "/"):
        url = cloudflare.root + path.format(account=cloudflare.account)
        answer = cloudflare.client.options(url, headers={**asks, "Access-Control-Request-Method": "POST"})
        assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_two_host_headers_are_one_too_many(cloudflare: RunningCloudflare) -> None:
    place = urlsplit(cloudflare.root)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example.com\r\nConnection: close\r\n\r\n")
        assert b" 200 " not in plain.recv(1000)


@pytest.mark.parametrize("origin", ["https://evil.example.com", "null", None])
@pytest.mark.parametrize("host", ["localhost", "evil.example.com"])
def test_web_sockets(cloudflare: RunningCloudflare, origin: str | None, host: str) -> None:
    settings = gateway_body("open", authentication=False)
    cloudflare.result("POST", GATEWAYS, settings)
    place = urlsplit(cloudflare.root)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=10) as plain:
        url = f"ws://{host}:{place.port}/v1/{cloudflare.account}/open"
        if origin is None and host == "localhost":
            with connect(url, sock=plain, open_timeout=10) as opened:
                opened.send(json.dumps({"type": "nothing"}))
                assert "universal.error" in str(opened.recv(10))
            return
        with pytest.raises(InvalidStatus) as refused:
            connect(url, sock=plain, origin=origin, open_timeout=10)  # type: ignore[arg-type]
        assert refused.value.response.status_code == 403


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="where a process listens is read from /proc")
def test_the_server_listens_on_loopback_alone(tmp_path: Path) -> None:
    project = Project(tmp_path)
    server = process.start(project)
    try:
        tables = [Path(f"/proc/{server.pid}/net/{table}").read_text().splitlines()[1:] for table in ("tcp", "tcp6")]
        at = [line.split()[1].rsplit(":", 1) for table in tables for line in table if line.split()[3] == "0A"]
        assert [address for address, port in at if int(port, 16) == server.port] == ["0100007F"]
    finally:
        process.stop(project)
