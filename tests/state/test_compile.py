"""Definitions become what the API expects, field by field."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cfaig.definition.model import (
    Cache,
    Chain,
    CustomProvider,
    Dlp,
    DlpPolicy,
    Gateway,
    Guardrails,
    Logging,
    Model,
    OtelExporter,
    ProviderKey,
    RateLimit,
    Retries,
    Route,
    SpendLimits,
    SpendRule,
    Stripe,
)
from cfaig.errors import CfaigError
from cfaig.state.compile import compile_account, compile_gateway
from cfaig.state.model import CustomProviderState, Management, ProviderKeyState
from cfaig.state.settings import canonical_settings

LAB = CustomProvider("ollama-lab", "https://ollama.example.com", "Lab", headers={"x-key": "env://LAB"})


def settings(gateway: Gateway) -> Any:
    return compile_gateway(gateway).settings


def test_defaults() -> None:
    assert settings(Gateway("g")) == {
        "authentication": True,
        "byok_only": False,
        "cache_invalidate_on_update": False,
        "cache_ttl": 0,
        "collect_logs": True,
        "dlp": {"enabled": False, "policies": []},
        "guardrails": None,
        "log_classification": False,
        "log_management": 100_000,
        "log_management_strategy": "DELETE_OLDEST",
        "logpush": False,
        "logpush_public_key": None,
        "otel": [],
        "rate_limiting_interval": 0,
        "rate_limiting_limit": 0,
        "rate_limiting_technique": "fixed",
        "retry_backoff": None,
        "retry_delay": None,
        "retry_max_attempts": None,
        "spend_limits": {"enabled": False, "rules": []},
        "store_id": None,
        "stripe": None,
        "workers_ai_billing_mode": "postpaid",
        "zdr": False,
    }


def test_plain_fields() -> None:
    gateway = Gateway(
        "g",
        cache=Cache(3600, invalidate_on_update=True),
        rate_limit=RateLimit(100, 60, "sliding"),
        retries=Retries(3, 500, "exponential"),
        logging=Logging(False, 10_000, "stop_inserting", logpush=True, logpush_public_key="k" * 20),
        zero_data_retention=True,
        byok_only=True,
        workers_ai_billing="unified",
    )
    compiled = settings(gateway)
    expected = {
        "cache_ttl": 3600,
        "cache_invalidate_on_update": True,
        "rate_limiting_limit": 100,
        "rate_limiting_interval": 60,
        "rate_limiting_technique": "sliding",
        "retry_max_attempts": 3,
        "retry_delay": 500,
        "retry_backoff": "exponential",
        "collect_logs": False,
        "log_management": 10_000,
        "log_management_strategy": "STOP_INSERTING",
        "logpush": True,
        "logpush_public_key": "k" * 20,
        "zdr": True,
        "byok_only": True,
        "workers_ai_billing_mode": "unified",
    }
    assert {name: compiled[name] for name in expected} == expected


def test_guardrails_have_codes() -> None:
    gateway = Gateway("g", guardrails=Guardrails({"hate": "block", "prompt_injection": "flag"}, {}))
    assert settings(gateway)["guardrails"] == {"prompt": {"P1": "FLAG", "S10": "BLOCK"}, "response": {}}


def test_dlp_in_both_shapes() -> None:
    policy = DlpPolicy("cards", ("p1",), "block", ("request", "response"))
    assert settings(Gateway("g", dlp=Dlp(True, policies=(policy,))))["dlp"] == {
        "enabled": True,
        "policies": [
            {"id": "cards", "action": "BLOCK", "check": ["REQUEST", "RESPONSE"], "enabled": True, "profiles": ["p1"]}
        ],
    }
    assert settings(Gateway("g", dlp=Dlp(False, "flag", ("p1",))))["dlp"] == {
        "action": "FLAG",
        "enabled": False,
        "profiles": ["p1"],
    }


def test_otel_and_stripe() -> None:
    exporter = OtelExporter("https://o.example.com", {"x": "env://X"}, "env://A", "protobuf")
    compiled = settings(Gateway("g", otel=(exporter,), stripe=Stripe("env://S", ("{}",))))
    assert compiled["otel"] == [
        {
            "url": "https://o.example.com",
            "headers": {"x": "env://X"},
            "authorization": "env://A",
            "content_type": "protobuf",
        }
    ]
    assert compiled["stripe"] == {"authorization": "env://S", "usage_events": [{"payload": "{}"}]}


def test_spend_rules() -> None:
    rule = SpendRule(
        "daily",
        Decimal("5.00"),
        86_400,
        models=("gpt-4o",),
        providers=("openai", "ollama-lab"),
        metadata={"user": None, "plan": ("free",)},
    )
    other = replace(SpendRule("a", Decimal("0.10"), 60, "fixed"), enabled=False)
    gateway = Gateway("g", spend_limits=SpendLimits(True, (rule, other)), custom_providers=(LAB,))
    assert settings(gateway)["spend_limits"] == {
        "enabled": True,
        "rules": [
            {"id": "a", "enabled": False, "limit": 0.1, "limitType": "cost", "window": 60, "technique": "fixed"},
            {
                "id": "daily",
                "enabled": True,
                "limit": 5,
                "limitType": "cost",
                "window": 86_400,
                "technique": "sliding",
                "metadata": {"user": {"mode": "partition"}, "plan": {"mode": "filter", "values": ["free"]}},
                "model": {"mode": "filter", "values": ["gpt-4o"]},
                "provider": {"mode": "filter", "values": ["openai", "custom-ollama-lab"]},
            },
        ],
    }


def test_everything_is_in_order_and_by_wire_slug() -> None:
    keys = (
        ProviderKey("openai", "env://O"),
        ProviderKey("ollama-lab", "env://L", "batch", default=False, rate_limit=RateLimit(5, 60)),
        ProviderKey("ollama-lab", "env://M", "a", default=False),
    )
    routes = (Route("b", Chain(()), renamed_from="c"), Route("a", Chain((Model("ollama-lab", "llama3"),))))
    gateway = Gateway(
        "g",
        "about",
        {"a": "b"},
        True,
        ("x",),
        provider_keys=keys,
        routes=routes,
        custom_providers=(LAB,),
        domains=("z.example.com", "a.example.com"),
    )
    state = compile_gateway(gateway)
    assert state.provider_keys == (
        ProviderKeyState("custom-ollama-lab", "a", False),
        ProviderKeyState("custom-ollama-lab", "batch", False, 5, 60),
        ProviderKeyState("openai", "default", True),
    )
    assert [key.key for key in state.provider_keys] == ["env://M", "env://L", "env://O"]
    assert [(route.name, route.renamed_from) for route in state.routes] == [("a", None), ("b", "c")]
    assert [element["id"] for element in state.routes[0].elements] == ["start", "custom-ollama-lab-llama3", "end"]
    assert state.domains == ("a.example.com", "z.example.com")
    assert state.management == Management("about", {"a": "b"}, True, ("x",))


@pytest.mark.parametrize(
    ("store", "has_key", "store_id", "name"),
    [
        (None, False, None, None),
        (None, True, None, "default_secrets_store"),
        ("mine", True, None, "mine"),
        ("0123456789abcdef" * 2, True, "0123456789abcdef" * 2, None),
    ],
)
def test_the_store(store: str | None, has_key: bool, store_id: str | None, name: str | None) -> None:
    keys = (ProviderKey("openai", "env://O"),) if has_key else ()
    state = compile_gateway(Gateway("g", store=store, provider_keys=keys))
    assert (state.settings["store_id"], state.store) == (store_id, name)


def test_a_custom_provider_never_takes_the_place_of_cloudflares() -> None:
    proxy = replace(LAB, slug="openai")
    state = compile_gateway(Gateway("g", provider_keys=(ProviderKey("openai", "env://O"),), custom_providers=(proxy,)))
    assert state.provider_keys[0].provider == "openai"


def test_equal_custom_providers_become_one() -> None:
    account = compile_account([Gateway("b", custom_providers=(LAB,)), Gateway("a", custom_providers=(LAB,))])
    assert [gateway.id for gateway in account.gateways] == ["a", "b"]
    expected = {
        "name": "Lab",
        "base_url": "https://ollama.example.com",
        "description": None,
        "link": None,
        "enable": True,
        "beta": False,
        "headers": {"x-key": "env://LAB"},
        "curl_example": None,
        "js_example": None,
        "position": None,
    }
    assert account.custom_providers == (CustomProviderState("ollama-lab", expected),)


def test_conflicts_name_both_gateways() -> None:
    with pytest.raises(CfaigError, match="gateways a and b describe the custom provider ollama-lab differently"):
        compile_account(
            [Gateway("b", custom_providers=(LAB,)), Gateway("a", custom_providers=(replace(LAB, beta=True),))]
        )
    with pytest.raises(CfaigError, match="two definitions of the gateway a"):
        compile_account([Gateway("a"), Gateway("a")])


def test_off_is_spelled_in_one_way() -> None:
    """The API reports “off” as 0, as null or not at all."""
    nothing = canonical_settings({})
    zeros: dict[str, Any] = {"cache_ttl": 0, "rate_limiting_interval": 0, "rate_limiting_limit": 0, "store_id": ""}
    nulls = dict.fromkeys([*zeros, "otel", "guardrails", "spend_limits", "stripe", "rate_limiting_technique"])
    empty: dict[str, Any] = {
        "guardrails": {"prompt": {}, "response": {"S1": None}},
        "dlp": {"enabled": False, "profiles": []},
        "created_at": "2026-01-01",
    }
    assert nothing == canonical_settings(zeros) == canonical_settings(nulls) == canonical_settings(empty)
