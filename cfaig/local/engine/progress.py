"""Telling a person how far getting an engine has come, on a terminal or in a log."""

from __future__ import annotations

import sys
import time
from typing import IO, Final

from cfaig.local.engine.model import Progress, Step

LOG_SECONDS: Final = 15.0
TERMINAL_SECONDS: Final = 0.2
CURSOR_UP_AND_CLEAR: Final = "\x1b[1A\x1b[K"


def told_on(stream: IO[str] | None = None) -> Progress:
    """Progress as text: one line that is rewritten on a terminal; elsewhere a line now and then."""
    stream = stream if stream is not None else sys.stderr
    terminal = stream.isatty()
    pause = TERMINAL_SECONDS if terminal else LOG_SECONDS
    began = time.monotonic()
    last_text, last_told = "", 0.0

    def tell(step: Step) -> None:
        nonlocal last_text, last_told
        now = time.monotonic()
        same = step.text == last_text
        if same and now - last_told < pause:
            return
        last_text, last_told = step.text, now
        above = CURSOR_UP_AND_CLEAR if terminal and same else ""
        stream.write(f"{above}{describe(step)} ({now - began:.0f} s)\n")
        stream.flush()

    return tell


def describe(step: Step) -> str:
    """One step in words."""
    if step.done is None:
        return step.text
    return f"{step.text}: {step.done}" + (f" of {step.total}" if step.total is not None else "")
