"""Diagnostics as text for people and as JSON for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from cfaig.definition.diagnostics import Diagnostic, Severity

_WORD: Final = re.compile(r"\"[^\"]*\"|'[^']*'|[^\s:,\[\]{}]+")
_COLOURS: Final = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m"}
_BOLD: Final = "\x1b[1m"
_DIM: Final = "\x1b[2m"
_RESET: Final = "\x1b[0m"
_MAX_LINE: Final = 160


def render_text(diagnostics: Iterable[Diagnostic], *, colour: bool = False, relative_to: Path | None = None) -> str:
    """One paragraph for each diagnostic: place, code and message; the line with a mark; how to put it right.

    `relative_to` shortens the paths of files under it.
    """
    return "\n".join(_render(diagnostic, colour, relative_to) for diagnostic in diagnostics)


def render_json(diagnostics: Iterable[Diagnostic], *, relative_to: Path | None = None) -> str:
    """A JSON list with one object for each diagnostic; lines and columns count from 1."""
    return json.dumps(
        [
            {
                "file": _file(diagnostic, relative_to),
                "line": diagnostic.position.line,
                "column": diagnostic.position.column,
                "severity": diagnostic.severity.value,
                "code": diagnostic.code,
                "message": diagnostic.message,
                "path": list(diagnostic.path),
                "hint": diagnostic.hint,
            }
            for diagnostic in diagnostics
        ],
        ensure_ascii=False,
        indent=2,
    )


def _file(diagnostic: Diagnostic, relative_to: Path | None) -> str:
    file = diagnostic.position.file
    if relative_to is not None and file.is_relative_to(relative_to):
        file = file.relative_to(relative_to)
    return file.as_posix()


def _render(diagnostic: Diagnostic, colour: bool, relative_to: Path | None) -> str:
    place = f"{_file(diagnostic, relative_to)}:{diagnostic.position.line}:{diagnostic.position.column}"
    label = f"{diagnostic.severity.value} {diagnostic.code}"
    if colour:
        place, label = f"{_BOLD}{place}{_RESET}", f"{_COLOURS[diagnostic.severity]}{label}{_RESET}"
    parts = [f"{place}: {label}: {_printable(diagnostic.message)}"]
    if diagnostic.source_line is not None and diagnostic.source_line.strip():
        parts.extend(_excerpt(diagnostic.source_line, diagnostic.position.line, diagnostic.position.column, colour))
    if diagnostic.hint:
        parts.append(f"      fix: {_printable(diagnostic.hint)}")
    return "\n".join(parts)


def _excerpt(line: str, number: int, column: int, colour: bool) -> list[str]:
    text = _printable(line.replace("\t", " "))
    if column > len(text) + 1 or column > _MAX_LINE:
        return [_margin(number, text[:_MAX_LINE], colour)]
    word = _WORD.match(text, column - 1)
    length = min(max(1, len(word[0]) if word else 1), _MAX_LINE)
    return [_margin(number, text[:_MAX_LINE], colour), _margin(None, " " * (column - 1) + "^" * length, colour)]


def _margin(number: int | None, text: str, colour: bool) -> str:
    margin = f"{number if number is not None else '':>5} | "
    return f"{_DIM}{margin}{_RESET}{text}".rstrip() if colour else f"{margin}{text}".rstrip()


def _printable(text: str) -> str:
    """`text` without control characters, which a file could steer the terminal with."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
