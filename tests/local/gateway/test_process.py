"""The real process: what it writes down, and what it keeps when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from cfaig.local import process
from cfaig.project import Project
from tests.local.bodies import gateway_body
from tests.local.gateway.calls import KEY, chat
from tests.local.gateway.provider import running_provider


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project(tmp_path)
    yield project
    process.stop(project)


def test_no_key_gets_into_the_servers_files(project: Project) -> None:
    server = process.start(project)
    headers = {"Authorization": f"Bearer {server.token}"}
    with running_provider() as provider, httpx.Client(timeout=30, trust_env=False) as client:
        gateways = f"{server.url}/accounts/{server.account}/ai-gateway/gateways"
        assert client.post(gateways, json=gateway_body("g"), headers=headers).status_code == 200
        process.choose_upstreams(server, {"google-ai-studio": provider.url})
        assert process.real_upstreams(server) == {"google-ai-studio": provider.url}
        base = f"{server.gateways}g"
        model = "google-ai-studio/v1beta/models/gemini-2.5-flash:generateContent"
        assert client.post(f"{base}/{model}?key={KEY}", json={"contents": []}).status_code == 200
        assert (
            client.post(f"{base}/openai/chat/completions", json=chat(), headers={"authorization": KEY}).status_code
            == 200
        )
        with connect(f"{base.replace('http', 'ws')}/cartesia?api_key={KEY}", proxy=None) as socket:
            socket.send("hello")
            assert "hello" in socket.recv(30)
        assert provider.asked[0].path.endswith(f"?key={KEY}")
    process.stop(project)
    written = {path.name: path.read_bytes() for path in (project.work / "local").iterdir()}
    assert b"gateways" in written["server.log"]
    assert [name for name, content in written.items() if KEY.encode() in content] == []
    assert b"gemini-2.5-flash" in b"".join(written.values())
