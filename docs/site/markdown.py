"""Text as Markdown that shows just this text."""

from __future__ import annotations

import html
import re
from typing import Final

_PARTS: Final = re.compile(r"`([^`]*)`|[^`]+")


def plain(text: str) -> str:
    """Text with spans of code in backticks; everything else in it is no markup."""
    return "".join(
        found[0] if found[1] is not None else found[0].replace("<", "&lt;").replace("*", "\\*")
        for found in _PARTS.finditer(text)
    )


def cell(text: str) -> str:
    """One cell of a table: `plain`, on one line; a bar in code needs HTML, or it would end the cell."""
    line = " ".join(text.split())
    return "".join(
        plain(found[0]).replace("|", "\\|")
        if found[1] is None or "|" not in found[1]
        else f"<code>{html.escape(found[1]).replace('|', '&#124;')}</code>"
        for found in _PARTS.finditer(line)
    )


def table(*head: str, rows: list[list[str]]) -> str:
    """A table of cells that are Markdown already; nothing when it has no rows."""
    if not rows:
        return ""
    return "\n".join(f"| {' | '.join(row)} |" for row in [list(head), ["---"] * len(head), *rows])
