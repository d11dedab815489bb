from __future__ import annotations

from typing import Any

import pytest

from policies.resource import AI_GATEWAY, CUSTOM_PROVIDER, PROVIDER_KEY, SECRET, UNKNOWN, Resource, masked
from policies.rules import RULES
from tests.policies.samples import element, gateway, messages, model, route

SETTINGS = ("authentication", "logging", "limit", "cache-ttl", "zero-data-retention", "names", "clear-text")


@pytest.mark.parametrize("policy", SETTINGS)
def test_a_good_gateway_passes(policy: str) -> None:
    assert messages(policy, gateway()) == []


@pytest.mark.parametrize("value", [False, None])
def test_authentication(value: object) -> None:
    [message] = messages("authentication", gateway(authentication=value))
    assert "`support`" in message
    assert "write `authentication: true` in gateways/support.yaml" in message


def test_the_message_names_the_file_that_the_program_tells() -> None:
    [message] = messages("authentication", gateway(authentication=False, definition="gateways/desk/one.yaml"))
    assert "gateways/desk/one.yaml" in message


def test_logging() -> None:
    [message] = messages("logging", gateway(collectLogs=False))
    assert "write `logging: {collect: true}`" in message


@pytest.mark.parametrize(
    "inputs",
    [
        {"rateLimitingLimit": 0.0},
        {"rateLimitingInterval": 0.0},
        {"rateLimitingLimit": None},
        {"rateLimitingLimit": 0, "spendLimits": {"enabled": False, "rules": [{"limit": 5}]}},
        {"rateLimitingLimit": 0, "spendLimits": {"enabled": True, "rules": []}},
        {"rateLimitingLimit": 0, "spendLimits": {"enabled": True, "rules": [{"limit": 5, "enabled": False}]}},
    ],
)
def test_no_limit(inputs: dict[str, Any]) -> None:
    [message] = messages("limit", gateway(**inputs))
    assert "write `rate_limit: {requests: 1000, per: 1m}`" in message


def test_a_spend_limit_is_enough() -> None:
    spend = {"enabled": True, "rules": [{"limit": 5.0, "enabled": True}]}
    assert messages("limit", gateway(rateLimitingLimit=0.0, spendLimits=spend)) == []


def test_cache_ttl() -> None:
    assert messages("cache-ttl", gateway(cacheTtl=30 * 86_400.0)) == []
    [message] = messages("cache-ttl", gateway(cacheTtl=30 * 86_400.0 + 60))
    assert "30d 1m" in message
    assert "write `cache: {ttl: 30d}` or less" in message


def test_cache_ttl_is_configurable() -> None:
    assert messages("cache-ttl", gateway(cacheTtl=3601), max=3601) == []
    assert messages("cache-ttl", gateway(cacheTtl=3601), max="1h")


@pytest.mark.parametrize("labels", [{}, {"data": "public"}, UNKNOWN, {"data": UNKNOWN}])
def test_zero_data_retention_is_for_personal_data(labels: object) -> None:
    assert messages("zero-data-retention", gateway(labels=labels, zdr=False)) == []


def test_zero_data_retention() -> None:
    assert messages("zero-data-retention", gateway(labels={"data": "personal"}, zdr=True)) == []
    [message] = messages("zero-data-retention", gateway(labels={"data": "personal"}, zdr=False))
    assert "write `zero_data_retention: true`" in message


@pytest.mark.parametrize(
    ("kind", "inputs", "advice"),
    [
        (AI_GATEWAY, {"aiGatewayId": "customer_support"}, "customer-support"),
        ("cfaig:index:Route", {"name": "chatFast"}, "chat-fast"),
        (PROVIDER_KEY, {"alias": "EU key"}, "eu-key"),
        (CUSTOM_PROVIDER, {"slug": "Ollama_Lab"}, "ollama-lab"),
    ],
)
def test_names(kind: str, inputs: dict[str, str], advice: str) -> None:
    [message] = messages("names", Resource(kind, "support/x", inputs))
    assert f"such as `{advice}`" in message


def test_the_pattern_of_names_is_configurable() -> None:
    assert messages("names", gateway(), pattern="[a-z]+") == []
    [message] = messages("names", gateway(), pattern="team-[a-z]+")
    assert "team-[a-z]+" in message
    assert "such as" not in message


# Each is put together here so that no scanner takes this file for one that leaks keys.
KEYS = (
    "sk-" + "proj-abcdefghijklmnop1234",
    "AIza" + "SyA1234567890abcdefghijklmnopqrstu",
    "Bearer " + "abcdef0123456789",
    "bearer " + "abcdefghijklmnop",
    "curl -H 'Authorization: Bearer " + "abcdef0123456789'",
    "Basic " + "dXNlcjpwYXNzd29yZA==",
    "gsk_" + "abcdefghijklmnop12345678",
    "ghp_" + "abcdefghijklmnop12345678",
    "xoxb-" + "1234567890-abcdef",
    "AKIA" + "ABCDEFGHIJKLMNOP",
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    "sk_" + "live_abcdefghijklmnop",
    "https://me:" + "pass@collector.example.com/v1",
    "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIE",
)


@pytest.mark.parametrize("key", KEYS)
def test_clear_text_is_found_and_not_repeated(key: str) -> None:
    exporter = {"url": "https://collector.example.com", "headers": {"X-Key": key}}
    [message] = messages("clear-text", gateway(otels=[exporter]))
    assert "otels[0].headers.X-Key" in message
    assert "write a reference, such as `env://" in message
    assert key not in message


@pytest.mark.parametrize("key", KEYS)
def test_clear_text_is_found_in_the_conditions_of_a_route(key: str) -> None:
    condition = element("a", "conditional") | {"properties": {"conditions": {"headers.authorization": {"$eq": key}}}}
    assert messages("clear-text", route([condition]))


@pytest.mark.parametrize(
    "text",
    [
        SECRET,
        UNKNOWN,
        "env://OPENAI_API_KEY",
        "Bearer env://TOKEN",
        "asks for Basic Authentication, or for bearer authentication",
        "curl -H 'Authorization: Bearer $TOKEN' or Bearer <token> or Bearer YOUR_API_KEY",
        "@cf/meta/llama-3.1-8b-instruct",
        "claude-sonnet-5",
        "task-force-risk-assessment-model",
        "https://collector.example.com:4318/v1/traces",
        "-----BEGIN PUBLIC KEY-----",
    ],
)
def test_what_is_no_secret_in_clear_text(text: str) -> None:
    assert messages("clear-text", gateway(otels=[{"url": text, "headers": {"a": text}}], description=text)) == []


def test_what_is_a_secret_by_nature_has_to_be_one() -> None:
    def key(value: str) -> Resource:
        return Resource(PROVIDER_KEY, "support/openai:default", {"alias": "default", "key": value})

    assert messages("clear-text", key(SECRET)) == []
    assert messages("clear-text", key(UNKNOWN)) == []
    assert messages("clear-text", key("anything"))
    assert messages("clear-text", gateway(stripe={"authorization": "anything", "usageEvents": []}))
    assert messages("clear-text", gateway(stripe={"authorization": SECRET, "usageEvents": []})) == []


@pytest.mark.parametrize("policy", [rule.name for rule in RULES if AI_GATEWAY in rule.kinds])
@pytest.mark.parametrize("inputs", [gateway().inputs, {"spendLimits": {"enabled": UNKNOWN, "rules": UNKNOWN}}])
def test_nothing_is_held_against_what_is_not_known_yet(policy: str, inputs: dict[str, Any]) -> None:
    unknown = dict.fromkeys([*gateway().inputs, "otels", "stripe"], UNKNOWN)
    if "spendLimits" not in inputs:
        unknown |= inputs
    assert messages(policy, Resource(AI_GATEWAY, "support", unknown, {"labels": {"data": "personal"}})) == []


def test_a_route_that_is_not_known_yet_passes() -> None:
    assert messages("fallback", route(UNKNOWN)) == []
    assert messages("fallback", route([element("start", "start", next="a"), model("a", "p/m", UNKNOWN)])) == []


def test_masked_leaves_no_secret_and_no_unknown() -> None:
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "value": {"deep": "hidden"}}
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    assert masked({"a": [secret, 1.0, None, True], "b": {"c": unknown, "d": "text"}}) == {
        "a": [SECRET, 1.0, None, True],
        "b": {"c": UNKNOWN, "d": "text"},
    }
