"""Plans in the gateway's own words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cfaig.definition.model import (
    Cache,
    CustomProvider,
    Dlp,
    DlpPolicy,
    Guardrails,
    Logging,
    OtelExporter,
    ProviderKey,
    RateLimit,
    Retries,
    Route,
    SpendLimits,
    SpendRule,
    Stripe,
)
from cfaig.reconcile.amounts import dollars, milliseconds, seconds
from cfaig.reconcile.change import HIDDEN
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.words import describe
from cfaig.state.compile import compile_account
from tests.reconcile.accounts import (
    CLAUDE,
    GPT,
    LAB,
    chain,
    chat,
    gateway,
    live,
    words_between,
)

DAILY = SpendRule("daily", Decimal(50), 86_400, metadata={"user": None})
PII = DlpPolicy("pii", ("cards", "ids"), "block", ("request", "response"))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ({"authentication": True}, {"authentication": False}, ["authentication: on → off"]),
        ({"cache": Cache(3600)}, {"cache": Cache(1800)}, ["cache: ttl 1h → 30m"]),
        ({"cache": Cache(3600)}, {"cache": Cache(0)}, ["cache: ttl 1h → off"]),
        (
            {"rate_limit": RateLimit(100, 60)},
            {"rate_limit": RateLimit(50, 60)},
            ["rate limit: 100 requests per 1m → 50 requests per 1m"],
        ),
        ({"rate_limit": RateLimit(100, 60)}, {}, ["rate limit: 100 requests per 1m → off"]),
        ({}, {"rate_limit": RateLimit(100, 0)}, ["rate limit: off → off (100 requests per 0s)"]),
        (
            {"rate_limit": RateLimit(5, 1, "fixed")},
            {"rate_limit": RateLimit(5, 1, "sliding")},
            ["rate limit: technique fixed → sliding"],
        ),
        (
            {"retries": Retries(3, 500)},
            {"retries": Retries(3, 30_000, "linear")},
            ["retries: delay 500ms → 30s", "retries: backoff none → linear"],
        ),
        (
            {"logging": Logging()},
            {"logging": Logging(False, 20_000, "stop_inserting")},
            [
                "logging: on → off",
                "logging: keep 100,000 logs → 20,000 logs",
                "logging: when full delete_oldest → stop_inserting",
            ],
        ),
        (
            {"logging": Logging(logpush_public_key="A" * 16)},
            {"logging": Logging(logpush_public_key="B" * 16)},
            ["logging: logpush public key changed"],
        ),
        (
            {"guardrails": Guardrails({"hate": "flag"}, {"privacy": "block"})},
            {"guardrails": Guardrails({"hate": "block", "defamation": "flag"})},
            [
                "guardrails: defamation in prompts ignore → flag",
                "guardrails: hate in prompts flag → block",
                "guardrails: privacy in responses block → ignore",
            ],
        ),
        (
            {"spend_limits": SpendLimits(True, (DAILY,))},
            {"spend_limits": SpendLimits(True, (replace(DAILY, cost=Decimal("75.50")),))},
            ["spend limit daily: $50 per 1d → $75.50 per 1d"],
        ),
        (
            {"spend_limits": SpendLimits(True, (DAILY,))},
            {"spend_limits": SpendLimits(True, (replace(DAILY, id="all", models=("gpt-4o", "o3"), enabled=False),))},
            [
                "spend limit all: $50 per 1d, for each metadata.user, for model gpt-4o or o3, switched off (new)",
                "spend limit daily: $50 per 1d, for each metadata.user (removed)",
            ],
        ),
        (
            {"dlp": Dlp(True, "flag", ("cards",))},
            {"dlp": Dlp(True, "block", ("cards",))},
            ["DLP: flag → block"],
        ),
        (
            {},
            {"dlp": Dlp(True, policies=(PII,))},
            ["DLP: off → on", "DLP policy pii: block, cards and ids, in requests and responses (new)"],
        ),
        ({}, {"stripe": Stripe("env://S", ("{}",))}, ["stripe: 1 usage event (new)"]),
        (
            {"otel": (OtelExporter("https://o", {"X-Key": "env://K"}),)},
            {"otel": (OtelExporter("https://o", {"X-Key": "env://K"}, content_type="protobuf"),)},
            ["otel https://o: json → protobuf"],
        ),
        (
            {"otel": (OtelExporter("https://o"),)},
            {"otel": (OtelExporter("https://o", {"X-Key": "env://K"}),)},
            ["otel https://o: json → json, with X-Key"],
        ),
        (
            {"otel": (OtelExporter("https://o", {"X-Key": "env://K"}),)},
            {"otel": (OtelExporter("https://o", {"X-Key": "env://OTHER"}, "env://A"),)},
            [
                "otel https://o: json, with X-Key → json, with X-Key, with authorization",
                f"otel https://o header X-Key changed {HIDDEN}",
            ],
        ),
        (
            {"otel": (OtelExporter("https://a"), OtelExporter("https://b"))},
            {"otel": (OtelExporter("https://b"), OtelExporter("https://a"))},
            ['otel order: ["https://a", "https://b"] → ["https://b", "https://a"]'],
        ),
        (
            {},
            {"zero_data_retention": True, "byok_only": True},
            ["BYOK only: off → on", "zero data retention: off → on"],
        ),
    ],
)
def test_settings(old: dict[str, Any], new: dict[str, Any], words: list[str]) -> None:
    assert words_between(gateway(**old), gateway(**new)) == words


def test_a_new_gateway_is_told_topic_by_topic() -> None:
    new = gateway(
        authentication=False,
        cache=Cache(3600, invalidate_on_update=True),
        rate_limit=RateLimit(100, 60, "sliding"),
        spend_limits=SpendLimits(True, (DAILY,)),
    )
    assert words_between(None, new) == [
        "authentication: off",
        "cache: ttl 1h, invalidate on update on",
        "rate limit: 100 requests per 1m, technique sliding",
        "logging: keep 100,000 logs, when full delete_oldest",
        "spend limits: on",
        "spend limit daily: $50 per 1d, for each metadata.user",
    ]


def test_provider_keys_and_custom_providers() -> None:
    lab = CustomProvider("ollama-lab", "https://lab.example.com", "Lab", headers={"X-Key": "env://LAB"})
    key = ProviderKey("ollama-lab", "env://LAB_KEY", rate_limit=RateLimit(10, 60))
    second = ProviderKey("openai", "env://OTHER", alias="backup", default=False)
    new = gateway(custom_providers=(lab,), provider_keys=(key, second))
    words = words_between(None, new)
    assert "https://lab.example.com" in words
    assert words[-4:] == [
        "key from env://LAB_KEY",
        "limit: 10 requests per 1m",
        "key from env://OTHER",
        "used when asked for by its alias",
    ]
    moved = replace(lab, base_url="https://new.example.com", headers={}, description="Ours")
    after = gateway(custom_providers=(moved,), provider_keys=(replace(key, rate_limit=None, default=False), second))
    assert words_between(new, after) == [
        "base url: https://lab.example.com → https://new.example.com",
        "description Ours (new)",
        f"header X-Key {HIDDEN} (removed)",
        "default: on → off",
        "limit: 10 requests per 1m → off",
    ]


def test_a_key_in_another_store_is_away_for_a_moment() -> None:
    old = gateway(provider_keys=(ProviderKey("openai", "env://K"),))
    assert words_between(old, replace(old, store="vault"))[-2:] == [
        "store: default_secrets_store → vault",
        "store: default_secrets_store → vault; requests that need the key fail until it is there",
    ]


def test_renames_and_ends_say_what_becomes_of_callers() -> None:
    renamed = words_between(gateway(chat()), gateway(Route("talk", chain(GPT, CLAUDE), renamed_from="chat")))
    assert renamed == ["callers use dynamic/talk from then on: dynamic/chat is gone"]
    assert words_between(gateway(chat()), gateway()) == [
        "requests for dynamic/chat fail from then on; its versions are lost"
    ]


def test_an_adoption_that_changes_nothing_says_so() -> None:
    plan = make_plan(compile_account([gateway()]), live(gateway()), Owned())
    assert describe(plan.changes[0]) == ("nothing about it changes",)


def test_custom_providers_go_by_their_own_names() -> None:
    lab = CustomProvider("ollama-lab", "https://lab.example.com", "Lab")
    new = gateway(chat(chain(GPT, LAB)), custom_providers=(lab,))
    assert words_between(gateway(chat(chain(GPT)), custom_providers=(lab,)), new) == [
        "ollama-lab/llama3 added after openai/gpt-4o"
    ]


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (seconds(0), "0s"),
        (seconds(90), "90s"),
        (seconds(5400), "90m"),
        (seconds(7200), "2h"),
        (seconds(30 * 86_400), "30d"),
        (milliseconds(1500), "1500ms"),
        (milliseconds(60_000), "1m"),
        (milliseconds(0.5), "0.5ms"),
        (dollars(5), "$5"),
        (dollars(0.5), "$0.50"),
        (dollars(Decimal("0.002")), "$0.002"),
        (dollars(1234.5), "$1,234.50"),
    ],
)
def test_amounts(told: str, words: str) -> None:
    assert told == words
