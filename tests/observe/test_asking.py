"""What people write in options, and what it means; mistakes are told with the option and a right example."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.errors import CfaigError
from cfaig.observe.asking import Asked
from cfaig.observe.ranges import Range, read_amount, read_milliseconds, read_range, read_status
from cfaig.observe.window import read_moment

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.one_of(NUMBERS, st.just(float("-inf"))), NUMBERS, st.booleans(), st.booleans(), NUMBERS, st.booleans())
def test_strict_comparisons_mean_the_same_numbers(
    low: float, high: float, low_open: bool, high_open: bool, number: float, at_end: bool
) -> None:
    span, tried = Range(low, high, low_open, high_open), high if at_end else number
    strict = all(tried > bound if operator == "gt" else tried < bound for operator, bound in span.strict())
    assert strict == span.contains(tried)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        (">0.01", [0.02], [0.01]),
        (">= 0.01", [0.01], [0.009]),
        ("<$2", [1.99], [2]),
        ("<=2", [2], [2.1]),
        ("0.5", [0.5], [0.51]),
        ("1..2", [1, 2], [0.9, 2.1]),
        ("..2", [-1, 2], [3]),
    ],
)
def test_ranges(text: str, inside: list[float], outside: list[float]) -> None:
    found = read_range(text, read_amount, "--cost", "")
    assert all(found.contains(number) for number in inside)
    assert not any(found.contains(number) for number in outside)


def test_durations_and_status_codes() -> None:
    assert read_range(">5s", read_milliseconds, "--duration", "") == Range(low=5000, low_open=True)
    assert read_range("200ms..2", read_milliseconds, "--duration", "") == Range(200, 2000)
    assert [read_status("5xx").contains(code) for code in (499, 500, 599, 600)] == [False, True, True, False]
    assert read_status("429") == Range(429, 429)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2h", NOW - timedelta(hours=2)),
        ("7d", NOW - timedelta(days=7)),
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-22T10:30", datetime(2026, 11, 22, 10, 30, tzinfo=UTC)),
        ("2026-11-22T10:30+02:00", datetime(2026, 11, 22, 8, 30, tzinfo=UTC)),
    ],
)
def test_moments(text: str, meant: datetime) -> None:
    assert read_moment(text, NOW, "--since") == meant


@pytest.mark.parametrize(
    ("given_options", "said"),
    [
        ({"since": "yesterday"}, "--since: “yesterday”"),
        ({"since": "99999999999d"}, "--since"),
        ({"since": "1h", "until": "2h"}, "--since 1h is not before --until 2h"),
        ({"cost": "cheap"}, "--cost: “cheap”"),
        ({"cost": "2..1"}, "--cost"),
        ({"duration": ">5 parsecs"}, "--duration"),
        ({"tokens": ">nan"}, "--tokens"),
        ({"statuses": ("teapot",)}, "--status"),
        ({"metadata": ("=x",)}, "--metadata"),
        ({"routes": ("search/chat",)}, "--route: search/chat is no route of support"),
    ],
)
def test_mistakes_name_the_option(given_options: dict[str, Any], said: str) -> None:
    with pytest.raises(CfaigError) as told:
        Asked(**given_options).wanted("support", NOW)
    assert said in told.value.message


def test_routes_by_any_of_their_names() -> None:
    asked = Asked(routes=("chat", "dynamic/chat", "support/chat"))
    assert asked.wanted("support", NOW).routes == ("chat", "chat", "chat")


def test_options_are_said_again() -> None:
    asked = Asked(models=("a", "b"), success=False, cached=True, since="2h")
    assert asked.in_words() == "--model a --model b --since 2h --cached --failed"
    assert asked.describe() == {"model": ["a", "b"], "since": "2h", "cached": True, "success": False}
