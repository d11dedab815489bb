"""No call is refused: calls of threads, of processes and of others under one limit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cfaig.definition.model import Chain, Gateway, Model, Route
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.live.budget import Pause
from cfaig.live.pacing import Pacer
from cfaig.live.read import read_account, read_live
from cfaig.local.options import ACCOUNT, Options, RateLimit
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from tests.live.writing import write_account
from tests.local.running import RunningCloudflare, running_cloudflare

# We count a sixtieth of the window longer than the server: that is how much later than others a call may come in.
LIMIT = RateLimit(calls=60, window=5.0)
READ = f"""
import sys
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.live.read import read_account
with CloudflareApi(Credentials.from_environment()) as api:
    print(len(read_account(api, "{ACCOUNT}").gateways))
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CFAIG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[RunningCloudflare]:
    """Sixteen gateways with a route each, which take 67 calls to read."""
    with running_cloudflare(tmp_path, Options(rate_limit=LIMIT)) as running:
        route = Route("chat", Chain((Model("openai", "gpt-4o"),)))
        desired = compile_account([Gateway(f"g{number:02}", routes=(route,)) for number in range(16)])
        writer = _Patient(running)
        write_account(writer, desired, Resolver({}, stand_ins=True))
        running.clear_requests()
        yield running


class _Patient(RunningCloudflare):
    """Writes slower than the limit."""

    def __init__(self, running: RunningCloudflare) -> None:
        super().__init__(running.root, running.client)

    def result(self, method: str, path: str, body: object = None) -> object:
        with CloudflareApi(Credentials(self.url, api_token=self.token)) as api:
            return api.result(method, f"/accounts/{ACCOUNT}{path}", body=body)


def refusals(running: RunningCloudflare) -> int:
    return sum(status == 429 for _, _, status in running.requests())


def test_more_calls_than_the_limit_allows_are_never_refused(limited: RunningCloudflare) -> None:
    with limited.api() as api:
        assert read_live(api, ACCOUNT).calls > LIMIT.calls
    assert refusals(limited) == 0


def test_processes_share_one_budget(limited: RunningCloudflare) -> None:
    command = [sys.executable, "-c", READ]
    environ = {**os.environ, **limited.environ}
    readers = [subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [reader.communicate(timeout=120)[0] for reader in readers] == ["16\n", "16\n"]
    assert refusals(limited) == 0
    assert len(limited.requests()) > 2 * LIMIT.calls


def test_calls_of_others_are_seen_in_the_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_cloudflare(tmp_path, Options(rate_limit=RateLimit(calls=30, window=3.0))) as running:
        with running.api() as api:
            read_account(api, ACCOUNT)
            for _ in range(22):
                running.call("GET", "/ai-gateway/gateways")  # by somebody who does not count
            for _ in range(3):
                read_account(api, ACCOUNT)
        assert refusals(running) == 0
    assert "waiting 3 s: Cloudflare says that 0 of 30 calls in 3 s are left" in capsys.readouterr().err


def test_after_a_refusal_everybody_waits(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    local_cloudflare.fault("/custom-providers", status=429, retry_after=1)
    with local_cloudflare.api() as api, local_cloudflare.api() as other:
        done: list[float] = []

        def ask(who: CloudflareApi, what: str) -> None:
            who.result("GET", f"/accounts/{ACCOUNT}/ai-gateway/{what}")
            done.append(time.monotonic())

        started = time.monotonic()
        refused = threading.Thread(target=ask, args=(api, "custom-providers"))
        refused.start()
        while not local_cloudflare.requests():
            time.sleep(0.005)
        time.sleep(0.05)
        ask(other, "gateways")
        refused.join()
    assert len(done) == 2
    assert min(done) - started >= 0.9


def test_a_server_on_this_machine_without_a_limit_is_not_counted(
    local_cloudflare: RunningCloudflare, own_cache: Path
) -> None:
    local_cloudflare.reset()
    with local_cloudflare.api() as api:
        read_account(api, ACCOUNT)
    assert not own_cache.exists()


def test_without_a_place_for_the_file_a_process_counts_for_itself(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    pacer = Pacer(tmp_path / "file" / "calls" / "name")
    assert [pacer.before_call(time.sleep) for _ in range(3)] == [1, 2, 3]


def test_the_file_tells_nothing_about_the_token(own_cache: Path) -> None:
    pacer = Credentials("https://api.example.com/client/v4", api_token="very-secret").pacer
    assert pacer.before_call(time.sleep) == 1
    pacer.close()
    (file,) = (own_cache / "cfaig" / "calls").iterdir()
    assert "secret" not in file.name
    assert b"secret" not in file.read_bytes()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_files_of_another_day_are_removed(tmp_path: Path) -> None:
    (tmp_path / "old").write_bytes(b"x")
    os.utime(tmp_path / "old", (1, 1))
    pacer = Pacer(tmp_path / "new")
    pacer.before_call(time.sleep)
    pacer.close()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]


def test_a_person_who_waits_is_told_and_can_leave(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(rate_limit=RateLimit(calls=10, window=300.0))) as running:
        for _ in range(9):
            running.call("GET", "/ai-gateway/gateways")
        command = [sys.executable, "-m", "cfaig", "routes", "list", "-e", "dev"]
        environ = {**os.environ, **running.environ, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "HOME": str(tmp_path)}
        (tmp_path / "state").mkdir()
        environ |= {"PULUMI_BACKEND_URL": (tmp_path / "state").as_uri(), "PULUMI_CONFIG_PASSPHRASE": "x"}
        running.result("GET", "/ai-gateway/gateways")
        with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            for line in process.stderr:
                if line.startswith("waiting "):
                    break
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
            assert process.wait(60) == 130
    assert "calls" in line
    assert "stopped" in rest
    assert "Traceback" not in rest


def test_on_a_terminal_the_seconds_count_down_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    main, terminal = os.openpty()
    told = ""
    with open(terminal, "w", encoding="utf-8") as stream:  # noqa: PTH123 (a descriptor)
        monkeypatch.setattr(sys, "stderr", stream)
        monkeypatch.setenv("COLUMNS", "40")
        Pacer(None).wait(Pause(3, "1,180 of 1,200 calls in 5 minutes are used"), lambda _seconds: None)
        while told.count("\r") < 4:
            told += os.read(main, 4096).decode()
    os.close(main)
    lines = told.split("\r\033[2K")
    assert lines == ["", *(f"waiting {left} s: 1,180 of 1,200 calls in 5 " for left in (3, 2, 1)), ""]


def test_who_works_on_several_environments_says_it_in_their_names() -> None:
    said: list[str] = []
    Pacer(None).wait(Pause(3, "they are used up"), lambda _seconds: None, said.append)
    assert said == ["waiting 3 s: they are used up"]
