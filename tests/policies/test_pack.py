"""The pack as a process, spoken to as the engine does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from policies.resource import AI_GATEWAY, COMPONENT, PROVIDER_KEY

SECRET_SIGNATURE = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
GOOD: dict[str, Any] = {"aiGatewayId": "support", "authentication": True, "collectLogs": True, "cacheTtl": 60}
PARENT = f"urn:pulumi:dev::sample::{COMPONENT}::support"


class Session:
    """One run of the engine."""

    def __init__(self, stub: analyzer_pb2_grpc.AnalyzerStub, stack: str) -> None:
        self._stub = stub
        stub.ConfigureStack(analyzer_pb2.AnalyzerStackConfigureRequest(stack=stack, project="sample", dry_run=True))
        info = stub.GetAnalyzerInfo(empty_pb2.Empty())
        self.levels = {policy.name: policy.enforcementLevel for policy in info.policies}
        self.defaults = {
            policy.name: {name: schema["default"] for name, schema in policy.configSchema.properties.items()}
            for policy in info.policies
        }
        self.configure({})

    def configure(self, changes: Mapping[str, tuple[int, Mapping[str, Any]]]) -> None:
        """What the engine does with the pack's own levels and values, and those of --policy-pack-config."""
        request = analyzer_pb2.ConfigureAnalyzerRequest()
        for name, level in self.levels.items():
            changed, values = changes.get(name, (level, {}))
            request.policyConfig[name].enforcementLevel = analyzer_pb2.EnforcementLevel.ValueType(changed)
            request.policyConfig[name].properties.update(self.defaults[name] | values)
        self._stub.Configure(request)

    def findings(self, kind: str, inputs: Mapping[str, Any], parent: str = "") -> dict[str, tuple[int, str]]:
        request = analyzer_pb2.AnalyzeRequest(type=kind, name="support", urn=PARENT if kind == COMPONENT else "urn:x")
        request.properties.update(inputs)
        request.options.parent = parent
        answer = self._stub.Analyze(request)
        return {found.policyName: (found.enforcementLevel, found.message) for found in answer.diagnostics}


def start(project: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", str(project / "policies")],
        cwd=project.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@contextmanager
def session(project: Path, stack: str) -> Iterator[Session]:
    with start(project) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            yield Session(analyzer_pb2_grpc.AnalyzerStub(channel), stack)
        process.terminate()


def test_the_levels_are_those_of_the_stack(project: Path) -> None:
    bad = GOOD | {"authentication": False, "collectLogs": False}
    with session(project, "dev") as dev:
        assert {name: found[0] for name, found in dev.findings(AI_GATEWAY, bad).items()} == {
            "authentication": analyzer_pb2.ADVISORY
        }
    with session(project, "prod") as prod:
        assert {name: found[0] for name, found in prod.findings(AI_GATEWAY, bad).items()} == {
            "authentication": analyzer_pb2.MANDATORY,
            "logging": analyzer_pb2.ADVISORY,
        }


def test_the_values_are_those_of_the_stack(project: Path) -> None:
    two_hours = GOOD | {"cacheTtl": 7200}
    with session(project, "dev") as dev:
        assert dev.defaults["cache-ttl"] == {"max": "1h"}
        assert list(dev.findings(AI_GATEWAY, two_hours)) == ["cache-ttl"]
    with session(project, "prod") as prod:
        assert prod.findings(AI_GATEWAY, two_hours) == {}


def test_the_configuration_of_the_engine_wins(project: Path) -> None:
    with session(project, "prod") as prod:
        prod.configure(
            {"authentication": (analyzer_pb2.DISABLED, {}), "cache-ttl": (analyzer_pb2.ADVISORY, {"max": 5})}
        )
        found = prod.findings(AI_GATEWAY, GOOD | {"authentication": False})
        assert {name: level for name, (level, _) in found.items()} == {"cache-ttl": analyzer_pb2.ADVISORY}


def test_a_wrong_value_is_told_like_a_violation(project: Path) -> None:
    with session(project, "prod") as prod:
        prod.configure({"cache-ttl": (analyzer_pb2.MANDATORY, {"max": "soon"})})
        _, message = prod.findings(AI_GATEWAY, GOOD)["cache-ttl"]
        assert "'soon' is no duration" in message


def test_what_a_restricted_run_leaves_out_is_not_judged(project: Path) -> None:
    with session(project, "prod") as prod:
        assert prod.findings(AI_GATEWAY, {}) == {}


def test_secrets_are_known_as_such_and_never_shown(project: Path) -> None:
    key = "sk-" + "abcdefghijklmnopqrstuvwxyz"
    with session(project, "prod") as prod:
        sealed = {"alias": "default", "key": {**SECRET_SIGNATURE, "value": key}}
        assert prod.findings(PROVIDER_KEY, sealed) == {}
        _, message = prod.findings(PROVIDER_KEY, {"alias": "default", "key": key})["clear-text"]
        assert key not in message


def test_unknown_values_are_no_violations_and_raise_nothing(project: Path) -> None:
    unknown = dict.fromkeys([*GOOD, "otels", "spendLimits", "zdr"], UNKNOWN_TEXT)
    with session(project, "prod") as prod:
        assert prod.findings(AI_GATEWAY, unknown) == {}
        assert prod.findings(AI_GATEWAY, GOOD | {"storeId": UNKNOWN_TEXT}) == {}


def test_labels_come_from_the_component_around_a_gateway(project: Path) -> None:
    with session(project, "dev") as dev:
        dev.findings(COMPONENT, {"labels": {"data": "personal"}, "definition": "gateways/desk.yaml"})
        level, message = dev.findings(AI_GATEWAY, GOOD, parent=PARENT)["zero-data-retention"]
        assert level == analyzer_pb2.ADVISORY
        assert "gateways/desk.yaml" in message
        assert dev.findings(AI_GATEWAY, GOOD) == {}


def test_other_resources_are_left_alone(project: Path) -> None:
    with session(project, "prod") as prod:
        assert prod.findings("aws:s3/bucket:Bucket", {"name": "Some_Name", "note": "Bearer " + "abcdefgh1234"}) == {}


def test_mistakes_in_levels_yaml_end_the_pack_without_a_traceback(project: Path) -> None:
    (project / "policies" / "levels.yaml").write_text("default: {logging: maybe}\nenvironments: {prd: {}}\n")
    with start(project) as process:
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert errors.decode().splitlines() == [
        "policies/levels.yaml:1:20: unknown level 'maybe' (known: advisory, mandatory, disabled)",
        "policies/levels.yaml:2:16: unknown environment 'prd'; did you mean 'prod'? (known: dev, local, prod)",
    ]
