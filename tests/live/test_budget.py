"""The arithmetic of the limit of calls, on a clock of its own."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cfaig.live.budget import PACKED_BYTES, QUOTA, WINDOW, Announced, Budget, Pause, announced
from cfaig.local.limits import Limiter
from cfaig.local.options import RateLimit

START = 1_800_000_000.0
GAPS = st.lists(st.floats(0, 40), min_size=1, max_size=150)


def told_by(headers: tuple[tuple[str, str], ...]) -> Announced:
    values = {name.lower(): value for name, value in headers}
    told = announced(values["ratelimit-policy"], values["ratelimit"])
    assert told is not None
    return told


@given(gaps=GAPS, quota=st.integers(1, 30))
def test_no_window_of_any_position_holds_more_than_the_quota(gaps: list[float], quota: int) -> None:
    budget = Budget(quota=quota)
    made = [moment for moment in accumulate(gaps, initial=START) if isinstance(budget.take(moment), int)]
    for first in made:
        assert sum(first <= moment < first + WINDOW for moment in made) <= quota


@given(gaps=GAPS, quota=st.integers(1, 30))
def test_after_the_pause_that_it_asks_for_a_call_may_go_out(gaps: list[float], quota: int) -> None:
    budget = Budget(quota=quota)
    for moment in accumulate(gaps, initial=START):
        found = budget.take(moment)
        if isinstance(found, Pause):
            assert 0 < found.seconds <= WINDOW + WINDOW / 60
            assert isinstance(Budget.unpacked(budget.packed()).take(moment + found.seconds + 0.001), int)


@given(gaps=st.lists(st.floats(0, 3), min_size=1, max_size=200), others=st.integers(0, 3), data=st.data())
def test_a_server_that_others_use_too_never_refuses(gaps: list[float], others: int, data: st.DataObject) -> None:
    """Others use some calls between ours; nobody tells us but the server's answers to our own calls."""
    moment, budget = START, Budget()
    server = Limiter(RateLimit(40, 20.0), clock=lambda: moment)
    budget.learn(0, told_by(server.call("token").headers), moment)
    for gap in gaps:
        moment += gap
        number = budget.take(moment)
        if isinstance(number, int):
            verdict = server.call("token")
            assert verdict.retry_after is None
            budget.learn(number, told_by(verdict.headers), moment)
            # As many as leave one for us: whoever takes the last makes the server refuse anybody's next.
            for _ in range(min(data.draw(st.integers(0, others)), told_by(verdict.headers).remaining - 1)):
                budget.learn(budget.taken, told_by(server.call("token").headers), moment)


@given(gaps=GAPS, quota=st.integers(1, 30), remaining=st.integers(0, 30), data=st.data())
def test_what_is_left_is_what_may_be_taken(gaps: list[float], quota: int, remaining: int, data: st.DataObject) -> None:
    budget = Budget(quota=quota)
    for moment in accumulate(gaps, initial=START):
        if isinstance(number := budget.take(moment), int) and data.draw(st.booleans()):
            budget.learn(number, Announced(quota, WINDOW, min(remaining, quota), 60), moment)
        again = Budget.unpacked(budget.packed())
        left = budget.left(moment)
        assert [isinstance(again.take(moment), int) for _ in range(left + 1)] == [True] * left + [False]


def test_some_calls_are_kept_for_people() -> None:
    budget = Budget()
    made = sum(isinstance(budget.take(START), int) for _ in range(QUOTA))
    assert made == QUOTA - 20
    pause = budget.take(START + 240)
    assert isinstance(pause, Pause)
    assert pause.reason.startswith("1,180 of 1,200 calls in 5 minutes are used")
    assert 60 <= pause.seconds <= 65


def test_what_the_server_has_counted_goes_before_our_own_count() -> None:
    budget = Budget()
    number = budget.take(START)
    assert isinstance(number, int)
    budget.learn(number, Announced(QUOTA, WINDOW, remaining=21, reset=100), START)
    assert isinstance(budget.take(START), int)
    pause = budget.take(START + 40)
    assert isinstance(pause, Pause)
    assert (pause.seconds, "others use this token" in pause.reason) == (60, True)
    assert isinstance(budget.take(START + 100), int)


def test_an_answer_that_was_overtaken_does_not_give_calls_back() -> None:
    budget = Budget()
    numbers = [budget.take(START) for _ in range(3)]
    for number, remaining in zip(numbers, (500, 30, 499), strict=True):
        assert isinstance(number, int)
        budget.learn(number, Announced(QUOTA, WINDOW, remaining, 100), START)
    assert sum(isinstance(budget.take(START + 1), int) for _ in range(40)) == 30 - 20 - 1


def test_a_refusal_holds_for_all_but_not_for_ever() -> None:
    budget = Budget()
    budget.block(120, START)
    pause = budget.take(START + 20)
    assert isinstance(pause, Pause)
    assert pause.seconds == 100
    budget.block(1e9, START)
    assert isinstance(budget.take(START + 601), int)


@pytest.mark.parametrize("later", [-86_400.0, 86_400.0])
def test_a_clock_that_jumps_does_no_harm(later: float) -> None:
    budget = Budget(quota=10)
    for _ in range(10):
        budget.take(START)
    budget.block(100, START)
    found = budget.take(START + later)
    assert isinstance(found, int) or found.seconds <= 600


@given(quota=st.integers(1, 2000), calls=st.integers(0, 50), blocked=st.booleans())
def test_it_is_the_same_after_it_was_written(quota: int, calls: int, blocked: bool) -> None:
    budget = Budget(quota=quota)
    for _ in range(calls):
        budget.take(START)
    if blocked:
        budget.block(5, START)
    assert len(budget.packed()) == PACKED_BYTES
    assert Budget.unpacked(budget.packed()) == budget


@given(st.binary(max_size=2 * PACKED_BYTES) | st.binary(min_size=PACKED_BYTES - 8, max_size=PACKED_BYTES - 8))
def test_a_damaged_file_is_as_good_as_none(data: bytes) -> None:
    for damaged in (data, Budget().packed()[:8] + data):
        found = Budget.unpacked(damaged).take(START)
        assert isinstance(found, int) or found.seconds < 1e6


@pytest.mark.parametrize(
    ("policy", "state", "found"),
    [
        ('"default";q=1200;w=300', '"default";r=50;t=30', Announced(1200, 300.0, 50, 30.0)),
        ('"burst";q=100;w=60, "daily";q=10;w=1', '"burst";r=5;t=3, "daily";r=0;t=9', Announced(100, 60.0, 5, 3.0)),
        ("", '"default";r=50;t=30', None),
        ("q=0;w=300", "r=1;t=1", None),
        ("nonsense", "nonsense", None),
    ],
)
def test_the_headers_of_an_answer(policy: str, state: str, found: Announced | None) -> None:
    assert announced(policy, state) == found


def test_a_clock_that_is_set_right_forgets_nothing() -> None:
    budget = Budget(quota=10)
    for number in range(10):
        budget.take(START + number)
    assert isinstance(budget.take(START - 5), Pause)
    assert isinstance(budget.take(START + 100), Pause)
