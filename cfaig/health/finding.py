"""What a look at one thing has found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeVar

from cfaig.errors import EXIT_CHANGES, EXIT_ERROR, EXIT_OK
from cfaig.health.at_once import Failed, Pending

T = TypeVar("T")


class Level(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: the area that it belongs to, what was seen, and what to do about it."""

    area: str
    subject: str
    level: Level
    told: str
    fix: str | None = None

    def document(self) -> dict[str, object]:
        """The finding for machines."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Area:
    """Makes the findings of one area."""

    name: str

    def ok(self, subject: str, told: str) -> Finding:
        """All is well."""
        return Finding(self.name, subject, Level.OK, told)

    def warning(self, subject: str, told: str, fix: str | None = None) -> Finding:
        """It works, but somebody should look at it."""
        return Finding(self.name, subject, Level.WARNING, told, fix)

    def problem(self, subject: str, told: str, fix: str | None = None) -> Finding:
        """It does not work."""
        return Finding(self.name, subject, Level.PROBLEM, told, fix)


def exit_code(findings: Iterable[Finding]) -> int:
    """1 when something does not work, 2 when something should be looked at, else 0."""
    levels = {finding.level for finding in findings}
    if Level.PROBLEM in levels:
        return EXIT_ERROR
    return EXIT_CHANGES if Level.WARNING in levels else EXIT_OK


def checked(
    area: Area, subject: str, pending: Pending[T], check: Callable[[T], Iterable[Finding]]
) -> Iterator[Finding]:
    """The findings about what was looked at; one that says why it could not be, where that is so."""
    found = pending.outcome()
    if isinstance(found, Failed):
        yield area.problem(subject, found.why, found.hint)
    else:
        yield from check(found)
