"""Tables for terminals: columns under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; numbers stand to the right. `width` holds for tables whose rows are not all known yet."""

    heading: str
    right: bool = False
    width: int = 0

    def cell(self, text: str, width: int) -> str:
        """The text in its place."""
        return text.rjust(width) if self.right else text.ljust(width)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table, the headings first; no spaces at the ends of lines. Cells are printable text."""
    headed = [[column.heading for column in columns], *rows]
    widths = [max(column.width, *(len(row[place]) for row in headed)) for place, column in enumerate(columns)]
    return [
        GAP.join(column.cell(cell, width) for column, cell, width in zip(columns, row, widths, strict=True)).rstrip()
        for row in headed
    ]


def cut(text: str, width: int) -> str:
    """`text` in no more than `width` letters; an ellipsis stands for what is left out."""
    return text if len(text) <= width else f"{text[: max(width - 1, 0)]}…"
