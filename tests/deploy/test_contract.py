"""Our inputs of the official resources, held against the pinned `pulumi-cloudflare` package."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from typing import Any

import pulumi
from hypothesis import HealthCheck, given, settings
from pulumi.runtime.rpc import unwrap_rpc_secret

from cfaig.definition.model import Gateway
from cfaig.definition.model_edge import Edge, Rule, RuleCache
from cfaig.deploy.edges import declare_edge
from cfaig.deploy.names import INPUT_NAMES, to_inputs
from cfaig.deploy.resources import official_plugin_version
from cfaig.deploy.types import Type
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_gateway
from cfaig.state.compile_edge import compile_edge
from tests import strategies
from tests.deploy.official import official_gateway, official_inputs


def mismatches(value: Any, tree: Any, path: str = "") -> list[str]:
    """Where a value is not of the official type."""
    match tree:
        case "any":
            return []
        case "string" | "boolean" | "integer" | "number":
            types: dict[str, Any] = {"string": str, "boolean": bool, "integer": int, "number": (int, float)}
            fits = isinstance(value, types[tree]) and (tree == "boolean" or not isinstance(value, bool))
            return [] if fits else [f"{path}: {value!r} is no {tree}"]
        case [inner]:
            return [text for index, item in enumerate(value) for text in mismatches(item, inner, f"{path}[{index}]")]
        case ("map", inner):
            return [text for key, item in value.items() for text in mismatches(item, inner, f"{path}.{key}")]
    unknown = [f"{path}.{name} is unknown" for name in value if name not in tree]
    missing = [f"{path}.{name} is missing" for name, (required, _) in tree.items() if required and name not in value]
    known = [
        text
        for name, item in value.items()
        if name in tree
        for text in mismatches(item, tree[name][1], f"{path}.{name}")
    ]
    return unknown + missing + known


def test_every_input_of_the_package_is_one_of_our_settings() -> None:
    assert set(INPUT_NAMES.values()) == set(official_gateway()) - {"accountId", "aiGatewayId"}


@given(strategies.gateways())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_inputs_have_the_names_and_types_of_the_package(gateway: Gateway) -> None:
    inputs = {"accountId": "a", "aiGatewayId": gateway.id, **to_inputs(compile_gateway(gateway).settings)}
    assert mismatches(inputs, official_gateway()) == []


class _Declared(pulumi.runtime.Mocks):
    """Remembers what a program declares, by type."""

    def __init__(self) -> None:
        self.inputs: dict[str, Any] = {}

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        self.inputs[args.typ] = {name: unwrap_rpc_secret(value) for name, value in args.inputs.items()}
        return args.name, dict(args.inputs)

    def call(self, args: pulumi.runtime.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]] | None]:
        raise AssertionError(args.token)


def declared_by_an_edge() -> Mapping[str, Any]:
    """The inputs of an edge's resources, by type."""
    edge = Edge("ai.example.com", (Rule(cache=RuleCache(ttl=60)),), zone="0" * 32, gateway_token="env://TOKEN")
    declared = _Declared()
    pulumi.runtime.set_mocks(declared)

    def declare() -> None:
        state, resolver = compile_edge(edge, "support", str), Resolver({"TOKEN": "t"})
        declare_edge(state, "support", "https://g.example.com", "a", resolver, pulumi.ResourceOptions())

    pulumi.runtime.test(declare)()  # type: ignore[no-untyped-call]
    return declared.inputs


def test_inputs_of_an_edge_have_the_names_and_types_of_the_package() -> None:
    # In a process of its own: the SDK leaves event loops behind, and does not find its own after other tests' ones.
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        declared = other.submit(declared_by_an_edge).result()
    assert declared.keys() == {Type.WORKER, Type.WORKER_DOMAIN}
    assert mismatches(declared[Type.WORKER], official_inputs("WorkersScript")) == []
    assert mismatches(declared[Type.WORKER_DOMAIN], official_inputs("WorkersCustomDomain")) == []
    assert [binding["type"] for binding in declared[Type.WORKER]["bindings"]] == ["json", "json", "secret_text"]


def test_a_wrong_name_or_type_would_be_found() -> None:
    inputs: Mapping[str, Any] = {
        "accountId": "a",
        "aiGatewayId": "g",
        "cacheTtl": "1",
        "collectLogs": True,
        "otel": [],
        "spendLimits": {"rules": [{"limit": 1, "provider": {}}]},
    }
    found = mismatches(inputs, official_gateway())
    assert ".otel is unknown" in found
    assert ".cacheTtl: '1' is no integer" in found
    assert ".spendLimits.rules[0].provider is unknown" in found
    assert ".spendLimits.rules[0].window is missing" in found
    assert ".rateLimitingLimit is missing" in found


def test_the_plugin_version_is_read_without_importing_the_package() -> None:
    code = (
        "import json, sys; from cfaig.deploy.resources import official_plugin_version as v; "
        "print(json.dumps([v(), 'pulumi_cloudflare' in sys.modules]))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert json.loads(told) == [version("pulumi-cloudflare"), False]
    assert official_plugin_version() == version("pulumi-cloudflare")


def test_the_program_imports_neither_the_official_package_nor_an_http_client() -> None:
    code = (
        "import sys, cfaig.deploy.program; "
        "print([name for name in ('pulumi_cloudflare', 'httpx', 'deepdiff', 'fastapi', 'typer', 'rich') "
        "if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
    assert told.strip() == "[]"
