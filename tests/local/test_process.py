"""The real process: starting, stopping, being killed, being raced."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.local import process
from cfaig.local.files import is_locked
from cfaig.project import Project
from tests.local.bodies import gateway_body
from tests.local.ports import quiet_port


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    project = Project(tmp_path)
    yield project
    process.stop(project)


def api(server: process.LocalServer) -> CloudflareApi:
    return CloudflareApi(Credentials(server.url, api_token=server.token))


def gateways(server: process.LocalServer) -> list[str]:
    with api(server) as client:
        return [gateway["id"] for gateway in client.pages(f"/accounts/{server.account}/ai-gateway/gateways")]


def add(server: process.LocalServer, *names: str) -> None:
    with api(server) as client:
        for name in names:
            client.result("POST", f"/accounts/{server.account}/ai-gateway/gateways", body=gateway_body(name))


def kill(server: process.LocalServer, project: Project) -> None:
    os.kill(server.pid, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while is_locked(process.files_of(project).server_lock) and time.monotonic() < deadline:
        time.sleep(0.01)


def test_a_life(project: Project) -> None:
    assert process.status(project) == process.LocalStatus(
        None, False, project.work / "local", project.work / "local" / "server.log", False
    )
    assert process.stop(project) is False
    assert process.reset(project) is None
    server = process.start(project, port=quiet_port())
    assert server.fresh
    again = process.start(project)
    assert (again.pid, again.url, again.fresh) == (server.pid, server.url, False)
    found = process.status(project)
    assert (found.server, found.answers, found.has_data) == (again, True, True)
    record = json.loads((project.work / "local" / "server.json").read_text())
    assert record == {
        "pid": server.pid,
        "port": server.port,
        "url": f"http://127.0.0.1:{server.port}/client/v4",
        "account": server.account,
        "started": server.started,
    }
    assert stat.S_IMODE((project.work / "local" / "cloudflare.db").stat().st_mode) == 0o600
    add(server, "a")
    assert process.stop(project) is True
    assert process.stop(project) is False
    assert not (project.work / "local" / "server.json").exists()
    server = process.start(project)
    assert server.port == again.port
    assert gateways(server) == ["a"]
    cleared = process.reset(project)
    assert cleared is not None
    assert (cleared.pid, gateways(cleared)) == (server.pid, [])


def test_nothing_is_lost_when_it_is_killed_while_it_writes(project: Project) -> None:
    server = process.start(project, arguments=["--gateway-limit", "100000"])
    written: list[str] = []

    def write() -> None:
        with httpx.Client(headers={"Authorization": f"Bearer {server.token}"}) as client:
            for number in range(100_000):
                body = gateway_body(f"g{number}")
                try:
                    answer = client.post(f"{server.url}/accounts/{server.account}/ai-gateway/gateways", json=body)
                except httpx.HTTPError:
                    return
                assert answer.status_code == 200
                written.append(body["id"])

    writer = threading.Thread(target=write)
    writer.start()
    while len(written) < 20:
        time.sleep(0.001)
    kill(server, project)
    writer.join()
    assert process.status(project).server is None
    assert (project.work / "local" / "server.json").exists()
    again = process.start(project)
    kept = gateways(again)
    assert kept[: len(written)] == written
    assert len(kept) <= len(written) + 1


def test_starts_that_race_find_one_server(project: Project) -> None:
    with ThreadPoolExecutor(3) as pool:
        servers = list(pool.map(lambda _: process.start(project), range(3)))
    assert len({server.pid for server in servers}) == 1
    assert [server.fresh for server in servers].count(True) == 1


def test_a_taken_port_is_avoided_unless_it_was_asked_for(project: Project) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CfaigError, match=f"port {port} cannot be used"):
            process.start(project, port=port)
        (project.work / "local" / "port").write_text(f"{port}\n")
        server = process.start(project)
        assert server.port != port
    with pytest.raises(CfaigError, match=f"already runs on port {server.port}"):
        process.start(project, port=port)


def test_a_broken_database_is_told_with_the_way_out(project: Project) -> None:
    files = process.files_of(project)
    files.make_folder()
    files.database.write_bytes(b"no database at all" * 100)
    with pytest.raises(CfaigError, match="cfaig local reset"):
        process.start(project)
    process.reset(project)
    assert process.start(project).fresh


@pytest.mark.parametrize("record", ["", "[]", "{}", '{"pid": 1}', '{"pid": 1, "port": 1, "url": "x"}'])
def test_a_stale_record_harms_nobody(project: Project, record: str) -> None:
    files = process.files_of(project)
    files.make_folder()
    files.record.write_text(record)
    assert process.status(project).server is None
    assert process.stop(project) is False


def test_it_ends_by_force_when_it_hangs(project: Project) -> None:
    server = process.start(project)
    os.kill(server.pid, signal.SIGSTOP)
    assert not process.status(project).answers
    cleared = process.reset(project)
    assert cleared is not None
    assert cleared.pid != server.pid


def test_whoever_reads_the_output_of_the_starter_sees_its_end(project: Project) -> None:
    code = (
        "import sys; from pathlib import Path; from cfaig.project import Project; from cfaig.local import process;"
        " print(process.start(Project(Path(sys.argv[1]))).pid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(project.root)], capture_output=True, text=True, timeout=30, check=True
    )
    server = process.status(project).server
    assert server is not None
    assert done.stdout == f"{server.pid}\n"
    assert done.stderr == ""


def test_the_server_does_not_see_credentials(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "real-credential")
    monkeypatch.setenv("OPENAI_API_KEY", "real-credential")
    server = process.start(project)
    environ = Path(f"/proc/{server.pid}/environ")
    if not environ.exists():
        pytest.skip("no /proc here")
    assert b"real-credential" not in environ.read_bytes()


def test_a_second_server_on_the_same_data_gives_up(project: Project) -> None:
    process.start(project)
    folder = str(project.work / "local")
    command = [sys.executable, "-m", "cfaig.local.server", "--data", folder]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 3
    assert "another local Cloudflare" in done.stderr


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / ".cfaig").write_text("a file")
    with pytest.raises(CfaigError, match="cannot be made"):
        process.start(Project(tmp_path))
