"""The pack in the real engine: which stack is refused, with which exit code, and what the engine tells."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cfaig.local.engine.model import Engine

pytestmark = pytest.mark.engine

# Components need no provider plugin; to the engine and to the pack they are resources like others.
PROGRAM = """\
import json
import pulumi

for kind, name, inputs in json.load(open("resources.json")):
    parent = pulumi.ComponentResource("cfaig:index:Gateway", name, {"labels": {"data": "public"}})
    pulumi.ComponentResource(kind, name, inputs, pulumi.ResourceOptions(parent=parent))
"""
GATEWAY: dict[str, Any] = {"aiGatewayId": "support", "authentication": True, "collectLogs": True, "cacheTtl": 60}


class Pulumi:
    """The engine in the project's folder, with a state of its own; stacks are made as they are used."""

    def __init__(self, project: Path, engine: Engine) -> None:
        state = project / "state"
        state.mkdir()
        (project / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        self._project = project
        self._executable = str(engine.pulumi)
        self._stacks: set[str] = set()
        self._environ = {
            **os.environ,
            **engine.env,
            "PULUMI_BACKEND_URL": state.as_uri(),
            "PULUMI_CONFIG_PASSPHRASE": "test",
        }

    def declare(self, **inputs: Any) -> None:
        resources = [("cloudflare:index/aiGateway:AiGateway", "support", GATEWAY | inputs)]
        (self._project / "resources.json").write_text(json.dumps(resources), encoding="utf-8")

    def run(self, command: str, stack: str, *args: str) -> subprocess.CompletedProcess[str]:
        if stack not in self._stacks:
            self._stacks.add(stack)
            self._call("stack", "init", stack).check_returncode()
        return self._call(*command.split(), "--stack", stack, *args)

    def _call(self, *args: str) -> subprocess.CompletedProcess[str]:
        # Debug commands: without them the engine has no --event-log.
        return subprocess.run(
            [self._executable, "--non-interactive", "--color=never", *args],
            cwd=self._project,
            env={**self._environ, "PULUMI_DEBUG_COMMANDS": "true"},
            capture_output=True,
            text=True,
            check=False,
        )

    def preview(self, stack: str, *args: str) -> subprocess.CompletedProcess[str]:
        return self.run("preview", stack, "--policy-pack", "policies", *args)


@pytest.fixture
def pulumi(project: Path, engine: Engine) -> Pulumi:
    return Pulumi(project, engine)


def test_a_good_gateway_passes_everywhere(pulumi: Pulumi) -> None:
    pulumi.declare()
    result = pulumi.preview("prod")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "cfaig@v0.1.0" in result.stdout


def test_the_level_of_the_stack_decides(pulumi: Pulumi) -> None:
    pulumi.declare(authentication=False)
    told, refused = pulumi.preview("dev"), pulumi.preview("prod")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "[advisory]  authentication" in told.stdout
    assert refused.returncode != 0
    assert "[mandatory]  authentication" in refused.stdout
    for result in (told, refused):
        assert "write `authentication: true` in gateways/support.yaml" in result.stdout


def test_policy_pack_config_changes_levels_and_values(pulumi: Pulumi, project: Path) -> None:
    pulumi.declare(authentication=False)
    config = {"authentication": "disabled", "cache-ttl": {"enforcementLevel": "advisory", "max": 30}}
    (project / "config.json").write_text(json.dumps(config), encoding="utf-8")
    result = pulumi.preview("prod", "--policy-pack-config", "config.json")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "authentication: true" not in result.stdout
    assert "[advisory]  cache-ttl" in result.stdout
    assert "write `cache: {ttl: 30s}`" in result.stdout


def test_the_engine_refuses_values_of_the_wrong_kind(pulumi: Pulumi, project: Path) -> None:
    pulumi.declare()
    (project / "config.json").write_text('{"fallback": {"paths": "some"}}', encoding="utf-8")
    result = pulumi.preview("prod", "--policy-pack-config", "config.json")
    assert result.returncode != 0
    assert 'paths must be one of the following: "every", "any"' in result.stdout


def test_mistakes_in_levels_yaml_are_shown(pulumi: Pulumi, project: Path) -> None:
    pulumi.declare()
    (project / "policies" / "levels.yaml").write_text("default: {logging: maybe}\n", encoding="utf-8")
    result = pulumi.preview("prod")
    assert result.returncode != 0
    assert "policies/levels.yaml:1:20: unknown level 'maybe'" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


def test_an_update_does_not_create_what_is_refused_and_says_so_in_its_events(pulumi: Pulumi, project: Path) -> None:
    pulumi.declare(authentication=False)
    log = project / "events.json"
    result = pulumi.run("up --yes --skip-preview", "prod", "--policy-pack", "policies", "--event-log", str(log))
    assert result.returncode != 0
    assert refusals(log) == {"authentication": "mandatory"}
    exported = json.loads(pulumi.run("stack export", "prod").stdout)
    assert "AiGateway" not in json.dumps(exported["deployment"].get("resources", []))


def refusals(log: Path) -> Mapping[str, str]:
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    found = [event["policyEvent"] for event in events if "policyEvent" in event]
    return {event["policyName"]: event["enforcementLevel"] for event in found}
