"""What is wrong with a definition, where, and how to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from cfaig.errors import CfaigError

KeyPath: TypeAlias = tuple[str | int, ...]


class Severity(StrEnum):
    """An error stops everything; a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; lines and columns count from 1."""

    file: Path
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem.

    `code` is stable (`AIG012`; `cfaig explain AIG012` tells about it), `path` the way to the value in the file, `hint`
    how to fix it, `source_line` the text of the line.
    """

    code: str
    message: str
    position: Position
    path: KeyPath = ()
    hint: str | None = None
    severity: Severity = Severity.ERROR
    source_line: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the parts of one definition were written.

    `positions` maps a path of keys and list indexes to its place. A value may come from the definition itself, from
    `_defaults.yaml` or from an overlay: the place is where the value in force was written.
    """

    file: Path
    positions: Mapping[KeyPath, Position] = field(default_factory=dict)
    lines: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)

    def position(self, path: KeyPath) -> Position:
        """The place of `path`, or of the nearest part around it that has one."""
        for length in range(len(path), -1, -1):
            if place := self.positions.get(path[:length]):
                return place
        return Position(self.file)

    def line_at(self, position: Position) -> str | None:
        """The text of the line at `position`."""
        lines = self.lines.get(position.file, ())
        return lines[position.line - 1] if 0 < position.line <= len(lines) else None


class DefinitionError(CfaigError):
    """Definitions, or scenarios, with mistakes; carries all of them."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...], what: str = "definitions") -> None:
        errors = sum(1 for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR)
        super().__init__(f"{errors} mistake{'s' if errors != 1 else ''} in the {what}")
        self.diagnostics = diagnostics
