"""`plan --all` and `apply --all`: every environment, side by side; nothing is written unless all may be."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from cfaig.local.options import Options, RateLimit
from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.running import RunningCloudflare, running_cloudflare

GATEWAYS = "/ai-gateway/gateways"
IN_DEV = SUPPORT + "only: [dev]\n"
IN_PROD = "gateway: prod-only\nonly: [prod]\nrate_limit: {requests: 100, per: 1m}\n"


@pytest.fixture
def fleet(dev: Shell) -> Shell:
    """Environments dev, prod (each with a gateway) and staging (with none) in one account."""
    dev.define("support", IN_DEV)
    dev.define("prod-only", IN_PROD)
    return dev


def results(told: str) -> dict[str, str]:
    """The table at the end, without the seconds."""
    rows = told[told.index("environment  ") :].splitlines()[1:]
    return {row.split()[0]: " ".join(part for part in row.split()[1:] if not part.isdigit()) for row in rows[:3]}


def test_plans_come_in_order_with_a_table_and_the_worst_exit_code(fleet: Shell) -> None:
    told = fleet.cfaig("plan", "--all", "--jobs", "2", code=2)
    assert [line for line in told.stdout.splitlines() if line.startswith("==")] == [
        "== dev ==",
        "== prod ==",
        "== staging ==",
    ]
    assert told.stdout.index("+ gateway support") < told.stdout.index("+ gateway prod-only")
    assert results(told.stderr) == {"dev": "changes", "prod": "changes", "staging": "no changes"}
    fleet.define("_defaults", "safety: {refuse: [create]}\n")
    told = fleet.cfaig("plan", "--all", "--json", "--target", "gateway/*", code=1)
    document = json.loads(told.stdout)["environments"]
    assert [(name, one["exit_code"]) for name, one in document.items()] == [("dev", 3), ("prod", 3), ("staging", 1)]
    assert document["dev"]["plan"]["restriction"]["targets"] == ["gateway/*"]
    assert "staging: error: “gateway/*” matches nothing" in told.stderr
    assert "--environment does not go with --all" in fleet.cfaig("plan", "--all", "-e", "dev", code=1).stderr


@pytest.mark.engine
@pytest.mark.usefixtures("engine_ready")
def test_nothing_is_applied_before_everything_may_be(fleet: Shell, local_cloudflare: RunningCloudflare) -> None:
    fleet.define("_defaults", "environments: {prod: {safety: {refuse: [create]}}}\n")
    refused = fleet.cfaig("apply", "--all", "--yes", code=3)
    assert "nothing was written anywhere: put prod right first" in refused.stderr
    assert results(refused.stderr)["prod"] == "refused by a safety limit"
    assert all(method == "GET" for method, _, _ in local_cloudflare.requests())
    (fleet.root / "gateways/_defaults.yaml").unlink()
    assert "add --yes" in fleet.cfaig("apply", "--all", code=1).stderr
    # prod has a token of its own, which may only read: dev is done all the same.
    stack = fleet.root / "Pulumi.prod.yaml"
    stack.write_text(stack.read_text() + "config:\n  cfaig:token: env://PROD_TOKEN\n")
    fleet.environ["PROD_TOKEN"] = local_cloudflare.read_token
    partly = fleet.cfaig("apply", "--all", "--yes", code=1)
    assert results(partly.stderr) == {"dev": "done", "prod": "failed", "staging": "no changes"}
    assert "dev:   ✓ created gateway support" in partly.stderr
    fleet.environ["PROD_TOKEN"] = local_cloudflare.token
    assert results(fleet.cfaig("apply", "--all", "--yes").stderr)["prod"] == "done"
    live = {gateway["id"] for gateway in local_cloudflare.result("GET", GATEWAYS)}
    assert live == {"prod-only", "support"}
    assert PLANTED not in refused.stdout + refused.stderr + partly.stdout + partly.stderr
    assert fleet.environ["PROD_TOKEN"] not in partly.stdout + partly.stderr


def test_an_interruption_starts_nothing_more(fleet: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.fault("gateways", delay=15, times=100)
    with subprocess.Popen(
        fleet.command("plan", "--all", "--jobs", "1"),
        cwd=fleet.root,
        env=fleet.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        _wait_for_request(local_cloudflare)
        os.kill(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert results(told) == {"dev": "stopped", "prod": "not started", "staging": "not started"}


def test_accounts_of_one_token_share_its_budget(dev: Shell, tmp_path: Path) -> None:
    accounts = tuple(f"{number:031}a" for number in range(16))
    for number, account in enumerate(accounts):
        (dev.root / f"Pulumi.eu-{number:02}.yaml").write_text(f"config:\n  cfaig:account: {account}\n")
    names = ", ".join(f"eu-{number:02}" for number in range(16))
    dev.define("support", SUPPORT.replace("cache:", f"only: [{names}]\ncache:"))
    options = Options(further_accounts=accounts, rate_limit=RateLimit(calls=20, window=5.0))
    (tmp_path / "limited").mkdir()
    with running_cloudflare(tmp_path / "limited", options) as limited:
        dev.environ |= limited.environ
        told = dev.cfaig("plan", "--all", "--jobs", "2", "--json", code=2)
        requests = limited.control("GET", "requests")
    assert {request["status"] for request in requests} == {200}
    assert {request["path"].split("/")[4] for request in requests} >= {*accounts}
    assert len(requests) > 20
    plans = json.loads(told.stdout)["environments"]
    assert [one["plan"]["summary"]["create"] for name, one in plans.items() if name.startswith("eu-")] == [4] * 16


def test_what_is_wrong_in_one_environment_does_not_hide_the_others(fleet: Shell) -> None:
    stacks = fleet.root / "state" / ".pulumi" / "stacks" / "cfaig"
    stacks.mkdir(parents=True)
    (stacks / "dev.json").write_text("{")
    settings = fleet.root / "Pulumi.prod.yaml"
    settings.write_text(settings.read_text() + "config:\n  cfaig:token: env://NOBODY\n")
    told = fleet.cfaig("plan", "--all", code=1)
    assert results(told.stderr) == {"dev": "failed", "prod": "failed", "staging": "no changes"}
    assert "dev: error: the state of stack dev cannot be read" in told.stderr
    assert "prod: error: the environment variable NOBODY is not set" in told.stderr
    assert told.stdout.splitlines()[0] == "== staging =="


def _wait_for_request(cloudflare: RunningCloudflare) -> None:
    while not any(fault["seen"] for fault in cloudflare.faults()):
        continue


def test_a_token_of_its_own_has_to_be_a_reference(fleet: Shell) -> None:
    stack: Path = fleet.root / "Pulumi.dev.yaml"
    stack.write_text(stack.read_text() + "config:\n  cfaig:token: planted-in-clear\n")
    told = fleet.cfaig("plan", code=1).stderr
    assert "a secret is given in clear text (for cfaig:token in Pulumi.dev.yaml)" in told
    assert "planted" not in told
    stack.write_text(stack.read_text().replace("planted-in-clear", "env://NOBODY"))
    assert "NOBODY is not set (for cfaig:token in Pulumi.dev.yaml)" in fleet.cfaig("plan", code=1).stderr
