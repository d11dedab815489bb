"""Plans in the gateway's own words."""

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
    Guardrails,
    If,
    Limit,
    Logging,
    OtelExporter,
    ProviderKey,
    RateLimit,
    RawElements,
    Retries,
    Route,
    SpendLimits,
    SpendRule,
    Split,
    Stripe,
)
from cfaig.reconcile.amounts import dollars, milliseconds, seconds
from cfaig.reconcile.change import HIDDEN
from cfaig.reconcile.flow_words import condition
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.words import describe
from cfaig.state.compile import compile_account
from tests.reconcile.accounts import (
    CLAUDE,
    GPT,
    LAB,
    MINI,
    chain,
    chat,
    gateway,
    live,
    route_words,
    words_between,
)

DAILY = SpendRule("daily", Decimal(50), 86_400, metadata={"user": None})
OVER = "over the limit: the request ends"
GPT_LINE = "openai/gpt-4o (timeout 30s)"
PER_USER_LINE = (
    "up to 100 requests per 1h for each metadata.user_id: anthropic/claude-sonnet-4-5; "
    "over the limit: openai/gpt-4o-mini"
)
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


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (chain(GPT), chain(GPT, CLAUDE), ["anthropic/claude-sonnet-4-5 added after openai/gpt-4o"]),
        (chain(GPT), chain(CLAUDE, GPT), ["anthropic/claude-sonnet-4-5 added in the first place"]),
        (chain(GPT, CLAUDE, MINI), chain(GPT), ["anthropic/claude-sonnet-4-5, openai/gpt-4o-mini removed"]),
        (chain(GPT, CLAUDE), chain(GPT, MINI), ["anthropic/claude-sonnet-4-5 replaced by openai/gpt-4o-mini"]),
        (chain(GPT, CLAUDE, MINI), chain(MINI, GPT, CLAUDE), ["openai/gpt-4o-mini moved to the first place"]),
        (
            chain(GPT, CLAUDE),
            chain(CLAUDE, replace(GPT, retries=1)),
            ["anthropic/claude-sonnet-4-5 moved to the first place", "openai/gpt-4o retries 0 → 1"],
        ),
        (
            chain(GPT),
            chain(replace(GPT, timeout_ms=1500, retries=2)),
            ["openai/gpt-4o timeout 30s → 1500ms", "openai/gpt-4o retries 0 → 2"],
        ),
        (chain(CLAUDE), chain(replace(CLAUDE, timeout_ms=20_000)), ["anthropic/claude-sonnet-4-5 timeout none → 20s"]),
        (
            chain(GPT),
            Limit("metadata.user", Decimal("5.5"), "cost", 86_400, chain(GPT)),
            [f"now up to $5.50 per 1d for each metadata.user: as before; {OVER}"],
        ),
        (
            chain(GPT),
            Limit("metadata.user", Decimal("5.5"), "cost", 86_400, chain(MINI)),
            [
                "was openai/gpt-4o (timeout 30s)",
                f"now up to $5.50 per 1d for each metadata.user: openai/gpt-4o-mini; {OVER}",
            ],
        ),
    ],
)
def test_chains(old: Chain, new: Any, words: list[str]) -> None:
    assert route_words(old, new) == words


PAID = {"metadata.plan": {"$eq": "paid"}}
PER_USER = Limit("metadata.user_id", Decimal(100), "count", 3600, chain(CLAUDE), chain(MINI))
TIERED = If(
    PAID,
    PER_USER,
    Split(((Decimal(90), chain(MINI)), (Decimal(10), chain(GPT)))),
)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (
            replace(TIERED, conditions={"metadata.plan": {"$in": ["paid", "team"]}}),
            ["if metadata.plan is paid → if metadata.plan is one of paid, team"],
        ),
        (
            replace(TIERED, then=replace(PER_USER, amount=Decimal(200), key="metadata.team")),
            [
                "then: limit 100 requests per 1h → 200 requests per 1h",
                "then: limit for each metadata.user_id → for each metadata.team",
            ],
        ),
        (
            replace(TIERED, then=replace(PER_USER, then=chain(CLAUDE, GPT), otherwise=None)),
            [
                "then › within the limit: openai/gpt-4o (timeout 30s) added after anthropic/claude-sonnet-4-5",
                "then › over the limit: openai/gpt-4o-mini removed",
            ],
        ),
        (
            If({"a": 1}, chain(GPT), TIERED),
            [
                "if metadata.plan is paid → if a is 1",
                f"then: was {PER_USER_LINE}",
                "then: now openai/gpt-4o (timeout 30s)",
                "else: now if metadata.plan is paid: " + PER_USER_LINE + "; else: as before",
            ],
        ),
        (PER_USER, [f"was if metadata.plan is paid: as now; else: 90%: openai/gpt-4o-mini; 10%: {GPT_LINE}"]),
        (
            replace(TIERED, otherwise=Split(((Decimal(80), chain(MINI)), (Decimal(20), chain(GPT))))),
            [
                "else: 90% → 80%: openai/gpt-4o-mini",
                "else: 10% → 20%: openai/gpt-4o (timeout 30s)",
            ],
        ),
        (
            replace(TIERED, otherwise=Split(((Decimal(90), chain(MINI, GPT)), (Decimal(10), chain(GPT))))),
            ["else › 90%: openai/gpt-4o (timeout 30s) added after openai/gpt-4o-mini"],
        ),
        (
            replace(TIERED, otherwise=Split(((Decimal(70), chain(MINI)), (Decimal(30), chain(CLAUDE))))),
            [
                "else: 90% → 70%: openai/gpt-4o-mini",
                "else: 10% removed: openai/gpt-4o (timeout 30s)",
                "else: 30% added: anthropic/claude-sonnet-4-5",
            ],
        ),
    ],
)
def test_branches_are_told_by_the_way_to_them(new: Any, words: list[str]) -> None:
    assert route_words(TIERED, new) == words


def test_a_new_route_is_told_branch_by_branch() -> None:
    assert route_words(None, TIERED) == [
        "if metadata.plan is paid:",
        "  up to 100 requests per 1h for each metadata.user_id:",
        "    anthropic/claude-sonnet-4-5",
        "  over the limit:",
        "    openai/gpt-4o-mini",
        "else:",
        "  90%:",
        "    openai/gpt-4o-mini",
        "  10%:",
        "    openai/gpt-4o (timeout 30s)",
    ]


def test_what_comes_after_a_chain() -> None:
    then = Limit("metadata.user", Decimal(3), "count", 60, chain(MINI))
    assert route_words(None, chain(GPT, then=then))[1:3] == [
        "when all fail:",
        "  up to 3 requests per 1m for each metadata.user:",
    ]
    assert route_words(chain(GPT), chain(GPT, then=then)) == [
        f"when all fail: up to 3 requests per 1m for each metadata.user: openai/gpt-4o-mini; {OVER} (new)"
    ]
    assert route_words(chain(GPT, then=then), chain(GPT))[0].endswith("(removed)")


def raw(timeout: int) -> RawElements:
    """A graph with a shared model, which no short form can say."""
    model: dict[str, Any] = {"provider": "openai", "model": "gpt-4o", "timeout": timeout, "retries": 0}
    ways: dict[str, Any] = {"true": {"elementId": "m"}, "false": {"elementId": "n"}}
    ends: dict[str, Any] = {"success": {"elementId": "end"}, "fallback": {"elementId": "end"}}
    return RawElements(
        (
            {"id": "start", "type": "start", "outputs": {"next": {"elementId": "if"}}},
            {"id": "if", "type": "conditional", "properties": {"conditions": PAID}, "outputs": ways},
            {"id": "n", "type": "model", "properties": model, "outputs": ends | {"fallback": {"elementId": "m"}}},
            {"id": "m", "type": "model", "properties": {**model, "model": "o3"}, "outputs": ends},
            {"id": "end", "type": "end", "outputs": {}},
        )
    )


def test_raw_elements_are_told_one_by_one() -> None:
    assert route_words(None, raw(0))[2] == (
        "n: model; model gpt-4o, provider openai, retries 0, timeout 0; success → end, fallback → m"
    )
    assert route_words(raw(0), raw(5000)) == ["element m: timeout 0 → 5000", "element n: timeout 0 → 5000"]
    words = route_words(raw(0), chain(GPT))
    assert words[0] == (
        'element if: conditional; conditions {"metadata.plan": {"$eq": "paid"}}; true → m, false → n (removed)'
    )
    assert words[-1] == "element start: outputs next if → openai-gpt-4o"


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ({}, "always"),
        ({"metadata.plan": "paid"}, "metadata.plan is paid"),
        ({"metadata.n": {"$gt": 3, "$lte": 9}}, "metadata.n > 3 and metadata.n ≤ 9"),
        ({"$or": [{"a": 1}, {"b": {"$ne": True}}]}, "(a is 1 or b is not true)"),
        ({"$not": {"a": {"$exists": True}}}, "not (a is given)"),
        ({"a": {"$exists": False}}, "a is missing"),
        ({"a": {"$regex": "^x"}}, "a $regex ^x"),
        ("whatever", "whatever"),
    ],
)
def test_conditions(conditions: Any, words: str) -> None:
    assert condition(conditions) == words


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
