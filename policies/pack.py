"""The pack as pulumi-policy knows it: every rule a policy, with the levels of the stack that it is run for."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from google.protobuf import json_format
from pulumi.runtime.proto import analyzer_pb2_grpc
from pulumi_policy import (
    EnforcementLevel,
    PolicyConfigSchema,
    PolicyPack,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
)

from policies.levels import Levels, LevelsError, Setting, load_levels
from policies.resource import COMPONENT, Resource, masked
from policies.rules import RULES, Rule

PACK_NAME: Final = "cfaig"


class Pack:
    """The policies with their present settings, and the gateway components seen so far."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels
        self._components: dict[str, Mapping[str, Any]] = {}
        self.policies = {rule.name: self._policy(rule) for rule in RULES}
        self.enter(None)

    def enter(self, stack: str | None) -> None:
        """Take the levels and values of the stack's environment."""
        settings = self._levels.of(stack)
        for rule in RULES:
            policy, setting = self.policies[rule.name], settings[rule.name]
            policy.enforcement_level = EnforcementLevel(setting.level)
            policy.config_schema = _config_schema(rule, setting)

    def see(self, request: Any) -> None:
        """Prepare a resource for the policies: hide its secrets, and remember it when it is a gateway component."""
        inputs = masked(json_format.MessageToDict(request.properties))
        request.properties.Clear()
        request.properties.update(inputs)
        if request.type == COMPONENT and isinstance(inputs, Mapping):
            self._components[request.urn] = inputs

    def _policy(self, rule: Rule) -> ResourceValidationPolicy:
        def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
            # A resource outside `--target` that is not there yet comes without any input: it is not to be judged.
            if args.resource_type not in rule.kinds or not args.props:
                return
            component = self._components.get(args.opts.parent or "", {})
            resource = Resource(args.resource_type, args.name, args.props, component)
            for message in _messages(rule, resource, args.get_config()):
                report_violation(message, None)

        return ResourceValidationPolicy(name=rule.name, description=rule.description, validate=validate)


def _messages(rule: Rule, resource: Resource, config: Mapping[str, object]) -> list[str]:
    """What the rule says; a value of `--policy-pack-config` that is wrong is told like a violation."""
    try:
        return list(rule.check(resource, config))
    except ValueError as error:
        return [f"the configuration of policy `{rule.name}` is wrong: {error}"]


def _config_schema(rule: Rule, setting: Setting) -> PolicyConfigSchema | None:
    if not rule.options:
        return None
    return PolicyConfigSchema(
        {name: {**option.schema, "default": setting.config[name]} for name, option in rule.options.items()}
    )


def attach(pack: Pack) -> None:
    """Let the pack hear two things that the engine says and pulumi-policy keeps to itself.

    They are the name of the stack (ConfigureStack, which comes before the engine asks for the levels), and which
    values are secret (pulumi-policy hands them to policies in clear text). The generated function that puts a servicer
    on a server is the one public place between the library and the engine.
    """
    register = analyzer_pb2_grpc.add_AnalyzerServicer_to_server

    def register_with_pack(servicer: Any, server: Any) -> None:
        configure_stack, analyze = servicer.ConfigureStack, servicer.Analyze

        def hear_stack(request: Any, context: Any) -> Any:
            pack.enter(request.stack)
            return configure_stack(request, context)

        def hear_resource(request: Any, context: Any) -> Any:
            pack.see(request)
            return analyze(request, context)

        servicer.ConfigureStack, servicer.Analyze = hear_stack, hear_resource
        register(servicer, server)

    analyzer_pb2_grpc.add_AnalyzerServicer_to_server = register_with_pack


def environments(root: Path) -> tuple[str, ...]:
    """The environments of the project: `local`, and those with a stack file; none where there are no stack files."""
    found = {path.name[len("Pulumi.") : -len(".yaml")] for path in root.glob("Pulumi.*.yaml")}
    return tuple(sorted(found | {"local"})) if found else ()


def main(folder: Path) -> None:
    """Serve the pack of the folder until the engine ends it; end with code 1 when its levels.yaml has mistakes."""
    try:
        levels = load_levels(folder / "levels.yaml", RULES, environments(folder.parent))
    except LevelsError as error:
        sys.exit("\n".join(f"policies/{problem}" for problem in error.problems))
    pack = Pack(levels)
    attach(pack)
    PolicyPack(name=PACK_NAME, policies=list(pack.policies.values()))
