"""Routes in the words of a plan: chains, branches, conditions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from cfaig.definition.model import (
    Chain,
    If,
    Limit,
    RawElements,
    Split,
)
from cfaig.reconcile.flow_words import condition
from tests.reconcile.accounts import (
    CLAUDE,
    GPT,
    MINI,
    chain,
    route_words,
)

OVER = "over the limit: the request ends"
GPT_LINE = "openai/gpt-4o (timeout 30s)"
PER_USER_LINE = (
    "up to 100 requests per 1h for each metadata.user_id: anthropic/claude-sonnet-5; over the limit: openai/gpt-4o-mini"
)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (chain(GPT), chain(GPT, CLAUDE), ["anthropic/claude-sonnet-5 added after openai/gpt-4o"]),
        (chain(GPT), chain(CLAUDE, GPT), ["anthropic/claude-sonnet-5 added in the first place"]),
        (chain(GPT, CLAUDE, MINI), chain(GPT), ["anthropic/claude-sonnet-5, openai/gpt-4o-mini removed"]),
        (chain(GPT, CLAUDE), chain(GPT, MINI), ["anthropic/claude-sonnet-5 replaced by openai/gpt-4o-mini"]),
        (chain(GPT, CLAUDE, MINI), chain(MINI, GPT, CLAUDE), ["openai/gpt-4o-mini moved to the first place"]),
        (
            chain(GPT, CLAUDE),
            chain(CLAUDE, replace(GPT, retries=1)),
            ["anthropic/claude-sonnet-5 moved to the first place", "openai/gpt-4o retries 0 → 1"],
        ),
        (
            chain(GPT),
            chain(replace(GPT, timeout_ms=1500, retries=2)),
            ["openai/gpt-4o timeout 30s → 1500ms", "openai/gpt-4o retries 0 → 2"],
        ),
        (chain(CLAUDE), chain(replace(CLAUDE, timeout_ms=20_000)), ["anthropic/claude-sonnet-5 timeout none → 20s"]),
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
                "then › within the limit: openai/gpt-4o (timeout 30s) added after anthropic/claude-sonnet-5",
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
                "else: 30% added: anthropic/claude-sonnet-5",
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
        "    anthropic/claude-sonnet-5",
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
