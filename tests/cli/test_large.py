"""An apply of many resources, whose state the engine writes once: killed, then failing, then done."""

from __future__ import annotations

from collections import Counter

import pytest

from cfaig.deploy.begun import MANY
from cfaig.deploy.checkpoint import read_checkpoint
from cfaig.deploy.stack_state import StackState
from cfaig.deploy.types import Type
from cfaig.project import Project
from tests.cli.conftest import Shell
from tests.cli.test_killed import CALL_SECONDS, applying, until_struck
from tests.local.running import RunningCloudflare
from tests.reliability.place import kill, processes_of

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

GATEWAYS = ("first", "second")
ROUTES = MANY // len(GATEWAYS)
CHAIN = "{chain: [{provider: lab, model: llama}]}"


def _define(shell: Shell) -> None:
    routes = "".join(f"  r{number:02}: {CHAIN}\n" for number in range(ROUTES))
    provider = 'providers:\n  lab: {base_url: "https://lab.example.com"}\n'
    for gateway in GATEWAYS:
        shell.define(gateway, f"gateway: {gateway}\n{provider}routes:\n{routes}")


def _state(shell: Shell) -> StackState:
    state = read_checkpoint(Project(shell.root), "dev", shell.env()["PULUMI_BACKEND_URL"])
    assert state is not None
    return state


def _created(cloudflare: RunningCloudflare) -> Counter[str]:
    """The routes of each gateway, which must not be there twice."""
    found: Counter[str] = Counter()
    for gateway in GATEWAYS:
        routes = cloudflare.call("GET", f"/ai-gateway/gateways/{gateway}/routes?per_page=50").json()["data"]["routes"]
        names = [route["name"] for route in routes]
        assert len(set(names)) == len(names)
        found[gateway] = len(names)
    return found


def test_a_large_apply_that_was_killed_goes_on_without_asking(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    _define(dev)
    (dev.root / "gateways" / "support.yaml").unlink()
    local_cloudflare.fault("/routes$", method="POST", nth=ROUTES, drop="after", delay=CALL_SECONDS)
    with applying(dev) as process:
        until_struck(local_cloudflare, process)
        kill(processes_of(process.pid))
        process.wait()
    local_cloudflare.clear_faults()
    killed = _state(dev)
    assert len(killed.pending) > MANY
    assert not killed.of_type(Type.GATEWAY)
    assert "were being made by a run that was killed" in dev.cfaig("plan", code=2).stdout

    local_cloudflare.fault("/gateways/second/routes$", method="POST", nth=ROUTES - 1, status=400)
    failed = dev.cfaig("apply", "--yes", code=1)
    assert "1 failed" in failed.stderr
    local_cloudflare.clear_faults()
    held = _state(dev)
    assert len(held.pending) < MANY
    assert {gateway.name for gateway in held.of_type(Type.GATEWAY)} == set(GATEWAYS)

    dev.cfaig("apply", "--yes")
    assert set(_created(local_cloudflare).values()) == {ROUTES}
    done = _state(dev)
    assert not done.pending
    assert len(done.of_type(Type.ROUTE)) == ROUTES * len(GATEWAYS)
    dev.cfaig("plan")
