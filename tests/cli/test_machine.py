"""`cfaig local`, `env`, and an apply to the local Cloudflare that it starts itself."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest

from tests.cli.conftest import SUPPORT, Shell
from tests.local.running import RunningCloudflare


@pytest.fixture
def local(shell: Shell) -> Iterator[Shell]:
    """A project whose local Cloudflare, if it is started, ends with the test."""
    yield shell
    shell.cfaig("local", "down")


def test_the_local_cloudflare_goes_up_and_down(local: Shell) -> None:
    assert "does not run" in local.cfaig("local", "status", code=1).stdout
    further = "0123456789abcdef" * 2
    started = local.cfaig("local", "up", "--account", further)
    assert "started the local Cloudflare" in started.stderr
    assert "runs already" in local.cfaig("local", "up").stderr
    facts = json.loads(local.cfaig("local", "status", "--json").stdout)
    assert facts["running"]
    assert facts["answers"]
    assert facts["url"] in started.stdout
    for account in (facts["account"], further):
        listing = f"{facts['url']}/accounts/{account}/ai-gateway/gateways"
        with urlopen(Request(listing, headers={"Authorization": "Bearer local-token"}), timeout=30) as answer:  # noqa: S310
            assert answer.status == 200
    assert "add --yes" in local.cfaig("local", "reset", code=1).stderr
    local.cfaig("local", "reset", "--yes")
    assert "stopped" in local.cfaig("local", "down").stderr
    assert "does not run" in local.cfaig("local", "down").stderr


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_apply_starts_the_local_cloudflare_and_plain_pulumi_goes_on_from_there(local: Shell) -> None:
    local.environ["OPENAI_API_KEY"] = "sk-real-and-must-not-get-there"
    local.define("support", SUPPORT)
    told = local.cfaig("apply", "--yes")
    assert "started the local Cloudflare" in told.stderr
    address = next(line.split()[-1] for line in told.stdout.splitlines() if "dynamic/chat:" in line)
    asked = json.dumps({"model": "dynamic/chat", "messages": [{"role": "user", "content": "Hello?"}]}).encode()
    with urlopen(Request(address, asked, {"cf-aig-authorization": "Bearer local-token"}), timeout=30) as answer:  # noqa: S310
        assert (answer.headers["cf-aig-provider"], answer.headers["cf-aig-model"]) == ("openai", "gpt-4o")
    calling = next(line.partition(":")[2] for line in told.stdout.splitlines() if "with curl" in line)
    shown = subprocess.run(
        ["/bin/bash", "-c", calling], cwd=local.root, env=local.env(), capture_output=True, text=True, check=True
    )
    assert address in shown.stdout
    script = (
        'eval "$({cfaig} env)" && pulumi preview --expect-no-changes && pulumi up --yes --expect-no-changes'
        " && pulumi refresh --yes && pulumi stack export && pulumi destroy --yes && ! pulumi destroy --nonsense"
    )
    done = subprocess.run(
        ["/bin/bash", "-c", script.format(cfaig=" ".join(local.command()))],
        cwd=local.root,
        env=local.env(),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    everything = b"".join(path.read_bytes() for path in (local.root / ".cfaig").rglob("*") if path.is_file())
    assert b"sk-real" not in everything
    assert "sk-real" not in done.stdout + done.stderr + told.stdout + told.stderr


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_ctrl_c_finishes_what_is_under_way_and_the_next_run_goes_on(
    dev: Shell, local_cloudflare: RunningCloudflare
) -> None:
    local_cloudflare.fault("/routes$", method="POST", delay=2.0)
    with subprocess.Popen(
        dev.command("apply", "--yes"), cwd=dev.root, env=dev.env(), stderr=subprocess.PIPE, text=True
    ) as process:
        deadline = time.monotonic() + 120
        while not any(fault["seen"] for fault in local_cloudflare.faults()):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert "apply was stopped" in told
    assert "Traceback" not in told
    dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
