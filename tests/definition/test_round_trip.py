"""What is written is read back the same, for every gateway that the model can hold."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from cfaig.definition.conditions import normalize, shorten
from cfaig.definition.diagnostics import Severity
from cfaig.definition.durations import duration_text, milliseconds
from cfaig.definition.load import load_text
from cfaig.definition.model import Chain, Dlp, Gateway, Logging, Model, ProviderKey, RateLimit, Route, Split, WorstCase
from cfaig.definition.model_edge import Edge
from cfaig.definition.write import write_gateway
from cfaig.json_types import JsonObject
from tests.edges import edges
from tests.strategies import conditions, gateways


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(gateways())
def test_every_gateway(gateway: Gateway) -> None:
    text = write_gateway(gateway)
    loaded = load_text(text, "dev")
    assert loaded.gateways == (gateway,)
    assert all(diagnostic.severity is Severity.WARNING for diagnostic in loaded.diagnostics)
    assert write_gateway(loaded.gateways[0]) == text


@settings(max_examples=60)
@given(edges())
def test_every_edge(edge: Edge) -> None:
    gateway = Gateway("g", edge=edge)
    text = write_gateway(gateway)
    loaded = load_text(text, "dev")
    assert loaded.gateways == (gateway,)
    assert write_gateway(loaded.gateways[0]) == text


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(gateways())
def test_other_yaml_readers_see_the_same(gateway: Gateway) -> None:
    """A YAML 1.1 reader (PyYAML's own) must not make other values of what we write."""
    text = write_gateway(gateway)
    data = yaml.safe_load(text)
    assert data["gateway"] == gateway.id
    assert {str(key): value for key, value in data.get("labels", {}).items()} == dict(gateway.labels)
    assert all(isinstance(key, str) for key in data)


@given(conditions())
def test_conditions(condition: JsonObject) -> None:
    assert normalize(shorten(condition)) == condition


@pytest.mark.parametrize(
    "gateway",
    [
        Gateway("g", logging=Logging(logpush=True)),
        Gateway("g", logging=Logging(logpush_public_key="k" * 16)),
        Gateway("g", rate_limit=RateLimit(0, 60)),
        Gateway("g", rate_limit=RateLimit(0, 0, "sliding")),
        Gateway("g", dlp=Dlp(enabled=True)),
        Gateway("g", dlp=Dlp(enabled=False, action="flag", profiles=())),
        Gateway("g", provider_keys=(ProviderKey("openai", "env://A", default=False),)),
        Gateway("g", provider_keys=(ProviderKey("openai", "env://A", alias="batch", default=True),)),
        Gateway("g", description="on ${environment} and $${x}\nsecond line\n"),
        Gateway("g", description="\x85", labels={"a": "b\u2028 c", "d": "\u2029é", "e": "f\x85\n"}),
        Gateway("g", labels={"no": "on", "n": "1:30", "1.0": "0o17", "é": "${account}", "d": "2024-01-01", "x": "010"}),
        Gateway("g", worst_case=WorstCase(90_000, 5), routes=(Route("a", Chain(()), None, WorstCase(attempts=9)),)),
        Gateway("g", routes=(Route("a b", Chain((Model("openai", "m"),), Chain((Model("openai", "n"),)))),)),
        Gateway("g", routes=(Route("r", Chain(())),)),
        Gateway("g", routes=(Route("r", Split(tuple((Decimal(25), Chain(())) for _ in range(4)))),)),
    ],
)
def test_corners(gateway: Gateway) -> None:
    assert load_text(write_gateway(gateway), "dev").gateways == (gateway,)


@pytest.mark.parametrize(
    ("length", "unit", "text"),
    [
        (0, "s", 0),
        (1, "s", "1s"),
        (90, "s", "90s"),
        (3600, "s", "1h"),
        (5400, "s", "90m"),
        (2_592_000, "s", "30d"),
        (500, "ms", "500ms"),
        (1500, "ms", "1500ms"),
        (30_000, "ms", "30s"),
    ],
)
def test_durations_are_short(length: int, unit: str, text: str | int) -> None:
    assert duration_text(length, unit=unit) == text
    assert milliseconds(text) == length * (1000 if unit == "s" else 1)


def test_defaults_are_left_out() -> None:
    assert write_gateway(Gateway("support")).splitlines()[1:] == ["gateway: support"]
