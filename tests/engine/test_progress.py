"""How progress is told, on a terminal and in a log."""

from __future__ import annotations

import io

import pytest

from cfaig.local.engine import progress
from cfaig.local.engine.model import Step


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


STEPS = [Step("asking"), *(Step("compiling", done, 3) for done in range(4))]


def test_log_gets_a_line_for_each_new_thing_and_now_and_then_one_more() -> None:
    log = io.StringIO()
    tell = progress.told_on(log)
    for step in STEPS:
        tell(step)
    assert log.getvalue() == "asking (0 s)\ncompiling: 0 of 3 (0 s)\n"


def test_terminal_gets_one_line_for_each_thing_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "TERMINAL_SECONDS", 0.0)
    terminal = Terminal()
    tell = progress.told_on(terminal)
    for step in STEPS:
        tell(step)
    up = progress.CURSOR_UP_AND_CLEAR
    lines = ["asking (0 s)", *(f"{up if done else ''}compiling: {done} of 3 (0 s)" for done in range(4))]
    assert terminal.getvalue().splitlines() == lines
