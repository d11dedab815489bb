"""kill -9 of `cfaig apply` while a call is under way; the next run converges, and nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.conftest import SUPPORT, Shell
from tests.local.running import RunningCloudflare

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

SECONDS = 120.0
CALL_SECONDS = 3.0


def _pids_of_session(session: int) -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == session:
                yield int(folder.name)


def _kill(pids: Iterable[int]) -> None:
    for pid in pids:
        # The death of one process ends others: a plugin goes when its engine does.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def _applying(shell: Shell) -> Iterator[subprocess.Popen[bytes]]:
    """An apply in a session of its own, which is over when the block ends."""
    with subprocess.Popen(
        shell.command("apply", "--yes"),
        cwd=shell.root,
        env=shell.env(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            _kill(_pids_of_session(process.pid))


def _kill_during(shell: Shell, cloudflare: RunningCloudflare, method: str, path: str, *, alone: bool) -> None:
    """Kill apply as soon as a call to `path` is under way: cfaig `alone`, or with the engine and its plugins."""
    cloudflare.fault(path, method=method, delay=CALL_SECONDS)
    with _applying(shell) as process:
        deadline = time.monotonic() + SECONDS
        while not any(fault["seen"] for fault in cloudflare.faults()):
            assert time.monotonic() < deadline, "the call never came"
            assert process.poll() is None, "apply ended before the call came"
            time.sleep(0.01)
        _kill([process.pid] if alone else list(_pids_of_session(process.pid)))
        process.wait()
        if alone:
            shell.cfaig("apply", "--yes")
    cloudflare.clear_faults()


def _whole(cloudflare: RunningCloudflare) -> None:
    """The account holds just what is desired, once."""
    base = "/ai-gateway/gateways"
    assert [gateway["id"] for gateway in cloudflare.result("GET", base)] == ["support"]
    routes = cloudflare.call("GET", f"{base}/support/routes").json()["data"]["routes"]
    assert [route["name"] for route in routes] == ["chat"]
    assert len(cloudflare.result("GET", f"{base}/support/provider_configs")) == 1
    stores = cloudflare.result("GET", "/secrets_store/stores")
    assert len(stores) == 1
    assert len(cloudflare.result("GET", f"/secrets_store/stores/{stores[0]['id']}/secrets")) == 1


@pytest.mark.parametrize(
    ("method", "path", "alone"),
    [
        ("POST", "/secrets_store/stores$", False),
        ("POST", "/gateways$", False),
        ("POST", "/gateways$", True),
        ("POST", "/routes$", False),
        ("POST", "/provider_configs$", False),
    ],
)
def test_a_first_apply(dev: Shell, local_cloudflare: RunningCloudflare, method: str, path: str, alone: bool) -> None:
    _kill_during(dev, local_cloudflare, method, path, alone=alone)
    time.sleep(CALL_SECONDS / 2)
    dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    _whole(local_cloudflare)


def test_two_applies_at_once_wait_for_one_another(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("/routes$", method="POST", delay=CALL_SECONDS)
    with _applying(dev) as first:
        dev.cfaig("apply", "--yes")
        assert first.wait(SECONDS) == 0
    dev.cfaig("plan")
    _whole(local_cloudflare)


@pytest.mark.parametrize(("method", "path"), [("PUT", "/gateways/support$"), ("POST", "/deployments$")])
def test_a_later_apply(dev: Shell, local_cloudflare: RunningCloudflare, method: str, path: str) -> None:
    dev.cfaig("apply", "--yes")
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 2h").replace("gpt-4o,", "gpt-4o-mini,"))
    _kill_during(dev, local_cloudflare, method, path, alone=False)
    dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    _whole(local_cloudflare)
    route = local_cloudflare.call("GET", "/ai-gateway/gateways/support/routes").json()["data"]["routes"][0]["id"]
    versions = local_cloudflare.call("GET", f"/ai-gateway/gateways/support/routes/{route}/versions").json()
    assert len(versions["data"]["versions"]) == 2
