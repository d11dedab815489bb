"""What a killed run leaves behind: locks, and a state file that was cut off."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cfaig.definition.model import Gateway
from cfaig.deploy.adopt import half_created
from cfaig.deploy.checkpoint import mend_checkpoint, read_checkpoint
from cfaig.deploy.locks import Lock, locks_in
from cfaig.deploy.stack_state import owned_resources, parse_deployment
from cfaig.errors import CfaigError
from cfaig.project import Project
from cfaig.reconcile.change import Action, ResourceKey
from cfaig.reconcile.plan import make_plan
from cfaig.state.compile import compile_account

GATEWAY = {
    "urn": "urn:pulumi:dev::cfaig::cfaig:index:Gateway$cloudflare:index/aiGateway:AiGateway::support",
    "type": "cloudflare:index/aiGateway:AiGateway",
    "id": "support",
    "inputs": {"aiGatewayId": "support"},
    "protect": True,
}
KILLED = "was being made by a run that was killed, or goes on still"
MESSAGE = """error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or …
  file:///x/.pulumi/locks/a.json: created by ann@laptop (pid 4711) at 2026-11-22T10:00:00Z
  file:///x/.pulumi/locks/b.json: created by bob@{host} (pid {pid}) at 2026-11-22T10:00:01Z"""


def test_the_holders_of_a_lock_are_read_from_the_engines_message() -> None:
    ann, bob = locks_in(MESSAGE.format(host="desk", pid=12))
    assert ann == Lock("ann", "laptop", 4711, "2026-11-22T10:00:00Z")
    assert bob.pid == 12
    assert locks_in("error: something else") == ()


def test_a_lock_is_abandoned_only_when_its_process_was_here_and_is_gone() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    here = socket.gethostname()
    assert Lock("me", here, ended.pid, "").abandoned
    assert not Lock("me", here, os.getpid(), "").abandoned
    assert not Lock("me", f"not-{here}", ended.pid, "").abandoned


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "Pulumi.yaml").write_text("name: cfaig\nruntime: python\n")
    (tmp_path / ".pulumi/stacks/cfaig").mkdir(parents=True)
    return Project(tmp_path)


def _write(project: Project, name: str, text: str) -> None:
    (project.root / ".pulumi/stacks/cfaig" / name).write_text(text)


def _checkpoint() -> str:
    return json.dumps({"version": 3, "checkpoint": {"latest": {"resources": [GATEWAY]}}})


def test_a_state_file_is_read_as_the_engine_wrote_it(project: Project) -> None:
    backend = project.root.as_uri()
    missing = read_checkpoint(project, "dev", backend)
    assert missing is not None
    assert not missing.exists
    _write(project, "dev.json", _checkpoint())
    state = read_checkpoint(project, "dev", backend)
    assert state is not None
    owned = owned_resources(state)
    assert owned.resources == {ResourceKey.of_gateway("support")} == owned.protected
    assert read_checkpoint(project, "dev", "s3://bucket") is None
    assert read_checkpoint(project, "dev", None) is None


def test_a_state_file_that_was_cut_off_gives_way_to_its_backup(project: Project) -> None:
    backend = project.root.as_uri()
    _write(project, "dev.json", _checkpoint()[:40])
    with pytest.raises(CfaigError, match="cannot be read"):
        read_checkpoint(project, "dev", backend)
    assert not mend_checkpoint(project, "dev", backend)
    _write(project, "dev.json.bak", _checkpoint())
    state = read_checkpoint(project, "dev", backend)
    assert state is not None
    assert len(state.resources) == 1
    assert mend_checkpoint(project, "dev", backend)
    assert (project.root / ".pulumi/stacks/cfaig/dev.json").read_text() == _checkpoint()
    assert not mend_checkpoint(project, "dev", backend)


def test_gateways_that_were_being_created_are_known() -> None:
    pending = [{"type": "creating", "resource": GATEWAY}, {"type": "updating", "resource": GATEWAY}]
    assert half_created(parse_deployment({"pending_operations": pending})) == ("support",)


def test_what_was_being_made_is_ours_once_it_is_there() -> None:
    state = parse_deployment({"pending_operations": [{"type": "creating", "resource": GATEWAY}]})
    key, owned = ResourceKey.of_gateway("support"), owned_resources(state)
    assert not owned.resources
    assert owned.unfinished == {key}
    desired = compile_account([Gateway("support")])
    there = make_plan(desired, desired, owned)
    assert there.empty
    assert there.notes == (f"{key.address} {KILLED}; it is there, and apply takes it in",)
    lost = make_plan(desired, compile_account([]), owned)
    assert [change.action for change in lost.changes] == [Action.CREATE]
    assert lost.notes == (f"{key.address} {KILLED}; it is not there, and apply makes it",)


def test_a_file_that_somebody_may_be_writing_is_left_alone(project: Project) -> None:
    _write(project, "dev.json", _checkpoint()[:40])
    _write(project, "dev.json.bak", _checkpoint())
    locks = project.root / ".pulumi/locks/organization/cfaig/dev"
    locks.mkdir(parents=True)
    held = {"pid": os.getpid(), "username": "me", "hostname": socket.gethostname(), "timestamp": "now"}
    (locks / "broken.json").write_text("{")
    (locks / "held.json").write_text(json.dumps(held))
    assert not mend_checkpoint(project, "dev", project.root.as_uri())
    (locks / "held.json").unlink()
    assert mend_checkpoint(project, "dev", project.root.as_uri())


def test_attributes_that_were_cut_off_go(project: Project) -> None:
    _write(project, "dev.json", _checkpoint())
    _write(project, "dev.json.attrs", "")
    _write(project, "dev.json.bak.attrs", '{"md5":"x"}')
    locks = project.root / ".pulumi/locks/organization/cfaig/dev"
    locks.mkdir(parents=True)
    (locks / "x.json.attrs").write_text('{"user')
    assert mend_checkpoint(project, "dev", project.root.as_uri())
    assert [path.name for path in project.root.rglob("*.attrs")] == ["dev.json.bak.attrs"]
    assert not mend_checkpoint(project, "dev", project.root.as_uri())
