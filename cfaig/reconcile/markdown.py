"""Markdown for comments on GitHub and GitLab, whatever is in a name.

What names things stands in code blocks and code spans only, or without markup: a model called `@cf/meta/llama` must not
call anybody, and no name can become a link.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cfaig.printable import printable

# GitHub refuses a longer comment.
LIMIT: Final = 65_535
_TAIL_ROOM: Final = 400
_BACKTICKS: Final = re.compile("`+")
# What GitHub makes links and mentions of, unless something invisible follows.
_LINKED: Final = re.compile(r"@|:(?=//)|www(?=\.)|#", re.IGNORECASE)


@dataclass(slots=True)
class Page:
    """A text of at most `limit` characters: what is written so far, and what was left out, by its name."""

    limit: int
    parts: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    room: int = field(init=False)

    def __post_init__(self) -> None:
        self.room = self.limit - _TAIL_ROOM

    def put(self, part: str) -> None:
        """Write a part, whatever its length."""
        if part:
            self.parts.append(part)
            self.room -= len(part) + 2

    def fits(self, part: str) -> bool:
        """Whether there is room for a part."""
        return len(part) + 2 <= self.room

    def put_each(self, name: str, parts: Iterable[str]) -> None:
        """Write the parts that fit, and count the others as `name`s."""
        for part in parts:
            if self.left_out[name] or not self.fits(part):
                self.left_out[name] += 1
            else:
                self.put(part)

    def put_whole(self, name: str, count: int, part: str) -> None:
        """Write a part that is about `count` things called `name`, or count them where it does not fit."""
        if self.fits(part):
            self.put(part)
        else:
            self.left_out[name] += count

    def text(self) -> str:
        """All of it, with what was left out counted at the end."""
        left = [(count, name) for name, count in self.left_out.items() if count]
        if left:
            told = " and ".join(f"{count:,} more {name}{'' if count == 1 else 's'}" for count, name in left)
            room = f"there is room for {self.limit:,} characters"
            self.parts.append(f"**{told}** not shown: {room}. `--format text` shows all.")
        return "\n\n".join(self.parts) + "\n"


def first(number: int, lines: Sequence[str], prefix: str = "") -> Iterator[str]:
    """The first `number` of `lines`, and how many there are more."""
    yield from lines[:number]
    if len(lines) > number:
        yield f"{prefix}and {len(lines) - number:,} more"


def block(lines: Sequence[str], fence: str | None = None) -> str:
    """A block of code in which a line with + or - in front has a colour."""
    fence = fence or fence_for(lines)
    return "\n".join((f"{fence}diff", *lines, fence))


def fence_for(lines: Iterable[str]) -> str:
    """Longer than any run of backticks in the lines, so that nothing in there can end the block."""
    return "`" * max((3, *(len(run) + 1 for line in lines for run in _BACKTICKS.findall(line))))


def prose(text: str) -> str:
    """Prose in which names may occur: without markup, mentions, or links of its own."""
    return _escaped(printable(text))


def _escaped(text: str) -> str:
    escaped = re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", text)
    return _LINKED.sub("\\g<0>\u200b", escaped)


def code(text: str) -> str:
    """A name as code, whatever is in it."""
    told = printable(text)
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(told)), default=0))
    space = " " if told.startswith("`") or told.endswith("`") else ""
    return f"{fence}{space}{told}{space}{fence}"
