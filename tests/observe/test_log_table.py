"""The table of logs: whatever a client sent, it stays a table that fits."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.observe.log_table import body_lines, detail_lines, log_lines
from tests.observe.shelf import log

TEXTS = st.text(max_size=60)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, st.integers(76, 200), st.integers(0, 10**8))
def test_lines_fit_and_hold_no_control_characters(model: str, user: str, width: int, duration: int) -> None:
    logs = [log(1, 5, model=model, metadata={user: user}, duration=duration), log(2, 6)]
    lines = log_lines(logs, width)
    assert len(lines) == 3
    assert all(len(line) <= width and line.isprintable() for line in lines)
    assert all(each["id"] in line for each, line in zip(logs, lines[1:], strict=True))
    assert log_lines(logs, width, headed=False) == lines[1:]
    assert all(line.isprintable() for line in detail_lines(logs[0], "chat"))


def test_lines_that_come_one_by_one_stand_under_each_other() -> None:
    one, two = log(1, 0, cost=0.00001), log(2, 1, model="gpt-4o-mini", status_code=429, cached=True, cost=12.5)
    for width in (80, 110, None):
        together = log_lines([one, two], width)
        apart = [*log_lines([one], width), *log_lines([two], width, headed=False)]
        assert together == apart


def test_bodies_stand_out_in_lines_and_move_no_cursor() -> None:
    assert list(body_lines("request", '{"a": "b\\u001b[2J"}')) == [
        "",
        "request:",
        "  {",
        '    "a": "b\\u001b[2J"',
        "  }",
    ]
    assert list(body_lines("response", "data: x\x1b[2J\n\n")) == ["", "response:", "  data: x\\x1b[2J", "  "]
    assert list(body_lines("response", None)) == ["", "response:", "  (not kept)"]
