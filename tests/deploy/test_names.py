"""Settings to inputs of the official resource and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from cfaig.definition.model import Gateway
from cfaig.deploy.names import from_inputs, to_inputs
from cfaig.json_types import Json
from cfaig.state.compile import compile_gateway
from cfaig.state.settings import DEFAULT_SETTINGS, canonical_settings
from tests import strategies

NULLABLE = {
    "guardrails",
    "logManagement",
    "logManagementStrategy",
    "logpushPublicKey",
    "retryBackoff",
    "retryDelay",
    "retryMaxAttempts",
    "storeId",
    "stripe",
}


def as_pulumi_keeps_it(value: Any) -> Any:
    """Pulumi knows no whole numbers."""
    if isinstance(value, dict):
        return {name: as_pulumi_keeps_it(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_pulumi_keeps_it(item) for item in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


@given(strategies.gateways())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_there_and_back(gateway: Gateway) -> None:
    wanted = compile_gateway(gateway).settings
    inputs = to_inputs(wanted)
    assert from_inputs(inputs) == wanted
    assert from_inputs({"accountId": "a", "aiGatewayId": "g", "createdAt": "now", **inputs}) == wanted
    back = from_inputs(as_pulumi_keeps_it(inputs))
    assert back == wanted
    assert isinstance(back["cache_ttl"], int)
    assert isinstance(back["rate_limiting_interval"], int)


def test_everything_is_given_but_what_is_null() -> None:
    inputs = to_inputs(DEFAULT_SETTINGS)
    assert {name for name in NULLABLE if name in inputs} == set()
    assert inputs["otels"] == []
    assert inputs["spendLimits"] == {"enabled": False, "rules": []}
    assert inputs["dlp"] == {"enabled": False, "policies": []}
    assert len(inputs) == len(DEFAULT_SETTINGS) - len(NULLABLE)


@pytest.mark.parametrize(
    ("name", "value", "given_name", "given_value"),
    [
        (
            "guardrails",
            {"prompt": {"S1": "BLOCK", "P1": "FLAG"}, "response": {}},
            "guardrails",
            {"prompt": {"s1": "BLOCK", "p1": "FLAG"}, "response": {}},
        ),
        (
            "otel",
            [{"url": "https://o.example", "headers": {"content_type": "x"}, "content_type": "protobuf"}],
            "otels",
            [{"url": "https://o.example", "headers": {"content_type": "x"}, "contentType": "protobuf"}],
        ),
        (
            "dlp",
            {
                "enabled": True,
                "policies": [{"id": "p", "action": "BLOCK", "check": ["REQUEST"], "enabled": True, "profiles": ["x"]}],
            },
            "dlp",
            {
                "enabled": True,
                "policies": [{"id": "p", "action": "BLOCK", "checks": ["REQUEST"], "enabled": True, "profiles": ["x"]}],
            },
        ),
        (
            "stripe",
            {"authorization": "env://STRIPE", "usage_events": [{"payload": "{}"}]},
            "stripe",
            {"authorization": "env://STRIPE", "usageEvents": [{"payload": "{}"}]},
        ),
    ],
)
def test_other_names_inside(name: str, value: Json, given_name: str, given_value: Json) -> None:
    wanted = canonical_settings({name: value})
    assert to_inputs(wanted)[given_name] == given_value
    assert from_inputs(to_inputs(wanted)) == wanted


def test_spend_rules_keep_the_keys_that_users_chose() -> None:
    rule: dict[str, Json] = {
        "id": "r",
        "enabled": True,
        "limit": 5,
        "limitType": "cost",
        "window": 60,
        "technique": "fixed",
        "provider": {"mode": "filter", "values": ["openai"]},
        "metadata": {"provider": {"mode": "partition"}, "user_id": {"mode": "filter", "values": ["a"]}},
    }
    wanted = canonical_settings({"spend_limits": {"enabled": True, "rules": [rule]}})
    limits = to_inputs(wanted)["spendLimits"]
    assert isinstance(limits, dict)
    given_rule = limits["rules"][0]
    assert given_rule["aiGatewayProvider"] == {"mode": "filter", "values": ["openai"]}
    assert "provider" not in given_rule
    assert set(given_rule["metadata"]) == {"provider", "user_id"}


def test_a_rule_without_metadata_sends_it_empty() -> None:
    rule: dict[str, Json] = {"id": "r", "limit": 5, "limitType": "cost", "window": 60}
    limits = to_inputs(canonical_settings({"spend_limits": {"enabled": True, "rules": [rule]}}))["spendLimits"]
    assert isinstance(limits, dict)
    assert limits["rules"][0]["metadata"] == {}
