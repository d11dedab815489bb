"""Looking at many things at once."""

from __future__ import annotations

import threading
import time

import pytest

from cfaig.errors import CfaigError
from cfaig.health.at_once import AtOnce, Failed
from cfaig.health.watching import Screen, pause_after


def test_what_hangs_is_given_up_and_holds_nothing_up() -> None:
    forever = threading.Event()
    at_once = AtOnce(0.2)
    hanging, quick = at_once.start(forever.wait), at_once.start(lambda: "here")
    assert isinstance(hanging.outcome(), Failed)
    assert quick.outcome() == "here"
    forever.set()


def test_errors_that_people_can_mend_are_outcomes_and_others_are_raised() -> None:
    def refuse() -> str:
        raise CfaigError("no", "do that")

    def break_down() -> str:
        raise KeyError("x")

    at_once = AtOnce(60)
    assert at_once.start(refuse).outcome() == Failed("no", "do that")
    with pytest.raises(KeyError):
        at_once.start(break_down).outcome()


def test_all_looks_share_one_deadline() -> None:
    forever = threading.Event()
    at_once = AtOnce(0.3)
    began = time.monotonic()
    for each in [at_once.start(forever.wait) for _ in range(20)]:
        each.outcome()
    assert time.monotonic() - began < 20 * 0.3
    forever.set()


def test_watching_leaves_most_of_the_budget_to_others() -> None:
    assert pause_after(4, 30) == 30
    assert pause_after(1000, 30) == 1000  # a quarter of 1,200 calls in 5 minutes is one in a second


class Terminal:
    """A stream that interprets what `Screen` writes, as a terminal does."""

    def __init__(self) -> None:
        self.lines: list[str] = ["before"]

    def write(self, text: str) -> int:
        if text.startswith("\x1b[H\x1b[2J"):
            self.lines, text = [], text.removeprefix("\x1b[H\x1b[2J")
        elif text.startswith("\x1b["):
            up, _, rest = text.removeprefix("\x1b[").partition("F\x1b[J")
            self.lines, text = self.lines[: -int(up)], rest
        self.lines += text.removesuffix("\n").split("\n")
        return len(text)

    def flush(self) -> None:
        pass


def test_a_screen_is_drawn_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "10")
    terminal = Terminal()
    screen = Screen(terminal)  # type: ignore[arg-type]
    for text in ("one\ntwo", "three\nfour\nfive", "six"):
        screen.draw(text)
        assert terminal.lines == text.split("\n")
    screen.draw("\n".join(f"line {number}" for number in range(50)))
    assert terminal.lines[-1] == "… 42 more lines: make the window larger"
    assert len(terminal.lines) == 9
    monkeypatch.setenv("COLUMNS", "40")
    screen.draw("narrow")
    assert terminal.lines == ["narrow"]
