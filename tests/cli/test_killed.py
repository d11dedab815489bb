"""Several runs at once, one of them killed; kills at every call are in `tests/reliability`."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.conftest import Shell
from tests.local.running import RunningCloudflare
from tests.reliability.place import kill, processes_of

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

SECONDS = 120.0
CALL_SECONDS = 3.0


@contextmanager
def applying(shell: Shell) -> Iterator[subprocess.Popen[bytes]]:
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
            kill(processes_of(process.pid))


def until_struck(cloudflare: RunningCloudflare, process: subprocess.Popen[bytes]) -> None:
    """Come back when the fault strikes, while its answer is held back."""
    deadline = time.monotonic() + SECONDS
    while not any(fault["struck"] for fault in cloudflare.faults()):
        assert time.monotonic() < deadline, "the call never came"
        assert process.poll() is None, "apply ended before the call came"
        time.sleep(0.01)


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


def test_the_next_apply_waits_for_the_engine_of_one_that_was_killed(
    dev: Shell, local_cloudflare: RunningCloudflare
) -> None:
    local_cloudflare.fault("/gateways$", method="POST", drop="after", delay=CALL_SECONDS)
    with applying(dev) as process:
        until_struck(local_cloudflare, process)
        kill([process.pid])
        process.wait()
        dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    _whole(local_cloudflare)


def test_two_applies_at_once_wait_for_one_another(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("/routes$", method="POST", delay=CALL_SECONDS)
    with applying(dev) as first:
        dev.cfaig("apply", "--yes")
        assert first.wait(SECONDS) == 0
    dev.cfaig("plan")
    _whole(local_cloudflare)
