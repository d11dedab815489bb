"""Looking again and again: how often the budget of calls allows it, and drawing over what was drawn before."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import Final, TextIO

from cfaig.live.budget import QUOTA, WINDOW

# Of the calls that Cloudflare allows, what watching may take at the most; plans and applies need the rest.
SHARE: Final = 0.25


def pause_after(calls: int, interval: float) -> float:
    """Seconds until the next look: the interval that is wanted, longer where so many calls each time are too many."""
    return max(interval, calls * WINDOW / (QUOTA * SHARE))


@dataclass
class Screen:
    """A part of a terminal that is drawn over and over."""

    stream: TextIO
    _lines: int = 0
    _size: tuple[int, int] = (0, 0)

    def draw(self, text: str) -> None:
        """Draw in place of what was drawn before; what is more than the terminal has lines for is left out."""
        size = shutil.get_terminal_size()
        lines = text.splitlines()
        room = max(size.lines - 1, 1)
        if len(lines) > room:
            lines = [*lines[: room - 1], f"… {len(lines) - room + 1} more lines: make the window larger"]
        # After a change of size nobody knows where the old lines are.
        start = f"\x1b[{self._lines}F\x1b[J" if self._lines and self._size == size else "\x1b[H\x1b[2J"
        self.stream.write(start + "\n".join(lines) + "\n")
        self.stream.flush()
        self._lines, self._size = len(lines), (size.columns, size.lines)
