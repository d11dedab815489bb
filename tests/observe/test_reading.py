"""Reading logs in order: each once, none left out, whatever comes and goes meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.errors import CfaigError
from cfaig.observe.follow import LATE_EVERY, Tail
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.ranges import read_status
from cfaig.observe.read_logs import Cursor, logs_after, newest_logs
from tests.observe.shelf import BEGIN, Shelf, log

TIMES = st.lists(st.integers(0, 90), max_size=260)


def ids(logs: Any) -> list[str]:
    return [str(each["id"]) for each in logs]


@settings(max_examples=60, deadline=None)
@given(TIMES)
def test_every_log_is_read_once_in_order_of_time(times: list[int]) -> None:
    shelf = Shelf([log(number, at) for number, at in enumerate(times)])
    batches = list(logs_after(shelf.reader(), LogFilter(), Cursor(BEGIN)))
    found = [each for batch in batches for each in batch.logs]
    assert sorted(ids(found)) == ids(shelf.logs)
    assert [each["created_at"] for each in found] == sorted(each["created_at"] for each in found)
    assert batches[-1].left == 0


@settings(max_examples=60, deadline=None)
@given(TIMES, st.lists(st.integers(0, 5), max_size=8))
def test_deleted_and_new_logs_make_no_holes(times: list[int], deleted: list[int]) -> None:
    """The oldest go and new ones come after each page: what was there all the time is read, and nothing twice."""
    numbers, later = count(len(times)), iter(deleted)

    def change(shelf: Shelf) -> None:
        oldest = sorted(shelf.logs, key=lambda each: str(each["created_at"]))[: next(later, 0) * 10]
        shelf.logs = [each for each in shelf.logs if each not in oldest] + [log(next(numbers), 200 + shelf.calls)]

    shelf = Shelf([log(number, at) for number, at in enumerate(times)], change)
    wanted = LogFilter(until=BEGIN + timedelta(milliseconds=150))
    found = ids(each for batch in logs_after(shelf.reader(), wanted, Cursor(BEGIN)) for each in batch.wanted)
    assert len(found) == len(set(found))
    assert {each["id"] for each in shelf.logs if int(str(each["id"])[4:]) < len(times)} <= set(found)


@settings(max_examples=40, deadline=None)
@given(TIMES, st.integers(1, 120), st.integers(0, 90))
def test_the_newest_are_the_newest_oldest_first(times: list[int], most: int, since: int) -> None:
    shelf = Shelf([log(number, at) for number, at in enumerate(times)])
    wanted = LogFilter(since=BEGIN + timedelta(milliseconds=since + 1))
    found = newest_logs(shelf.reader(), wanted, most)
    meant = sorted((each["created_at"] for each in shelf.logs if wanted.matches(each)), reverse=True)
    assert [each["created_at"] for each in found.logs] == meant[:most][::-1]
    assert found.complete == (len(meant) < most) or len(meant) == most


def test_looking_for_what_cannot_be_filtered_ends() -> None:
    shelf = Shelf([log(number, number, status_code=200 if number else 429) for number in range(2200)])
    wanted = LogFilter(statuses=(read_status("429"),))
    found = newest_logs(shelf.reader(), wanted, 50)
    assert (found.logs, found.looked_at, found.complete, found.given_up) == ((), 2000, False, True)
    further = newest_logs(shelf.reader(), replace(wanted, since=BEGIN), 50)
    assert (ids(further.logs), further.complete, further.given_up) == (["log-0000"], True, False)
    assert len(newest_logs(shelf.reader(), LogFilter(), 2150).logs) == 2150


def test_new_logs_while_paging_are_no_duplicates() -> None:
    numbers = count(1000)
    shelf = Shelf(
        [log(number, number) for number in range(170)],
        lambda own: own.logs.append(log(next(numbers), 1000 + own.calls)),
    )
    found = ids(newest_logs(shelf.reader(), LogFilter(), 160).logs)
    assert len(found) == len(set(found)) == 160


class StoppedError(Exception):
    pass


def test_a_tail_shows_late_logs_too_and_everything_once() -> None:
    """A long call ends after a short one that began later: its log appears in the past."""
    shelf = Shelf([log(0, 0), log(1, 100_000)])
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            shelf.logs += [log(2, 130_000), log(3, 100_000)]
        if len(waited) == 4:
            shelf.logs.append(log(4, 60_000))
        if sum(waited) > 3 * LATE_EVERY:
            raise StoppedError

    tail = Tail(shelf.reader(), LogFilter(), wait)
    tail.was_told(tuple(shelf.logs))
    shown: list[str] = []
    with pytest.raises(StoppedError):
        shown.extend(identity for news in tail.news() for identity in ids(news.logs))
    assert shown == ["log-0003", "log-0002", "log-0004"]
    assert shelf.calls * 300 / sum(waited) < 600, "more than half of the calls that a token has"


def test_a_tail_that_cannot_keep_up_says_how_much_is_left() -> None:
    shelf = Shelf([log(0, 0)])
    left: list[int] = []

    def wait(_: float) -> None:
        if left and left[-1] == 0:
            if len(left) > 1:
                raise StoppedError
            shelf.logs += [log(number, number) for number in range(1, 171)]

    tail = Tail(shelf.reader(), LogFilter(), wait)
    with pytest.raises(StoppedError):
        left.extend(news.left for news in tail.news())
    assert left == [0, 121, 72, 23, 0]


def test_a_log_without_a_time_is_an_error_with_its_id() -> None:
    shelf = Shelf([log(7, 0, created_at="2026-11-22T00:00:00Z")])
    shelf.logs[0]["created_at"] = "2026-11-22"
    assert newest_logs(shelf.reader(), LogFilter(), 5).logs
    broken = Shelf([log(7, 0)])
    reader = broken.reader()
    broken.logs[0]["created_at"] = "2026-11-22T00:00:00Z"
    page = reader.page(LogFilter(), 1, "desc").logs[0]
    with pytest.raises(CfaigError, match="log-0007"):
        LogFilter(since=BEGIN).matches({**page, "created_at": "soon"})
