"""What the doctor has found, for people and for machines."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Final

from cfaig.health.finding import Finding, Level, exit_code
from cfaig.printable import printable

FORMAT: Final = 1
NARROWEST: Final = 40
_SIGNS: Final[Mapping[Level, str]] = {Level.OK: "✔", Level.WARNING: "!", Level.PROBLEM: "✖"}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours by level as the codes that switch them on; empty for plain text."""

    levels: Mapping[Level, str]
    bold: str = ""
    faint: str = ""
    reset: str = ""

    def of(self, text: str, code: str) -> str:
        """`text` in the colour `code`."""
        return f"{code}{text}{self.reset}" if code else text

    def sign(self, level: Level) -> str:
        """The sign of a level, in its colour."""
        return self.of(_SIGNS[level], self.levels.get(level, ""))


PLAIN: Final = Paint({})
ANSI: Final = Paint(
    {Level.OK: "\x1b[32m", Level.WARNING: "\x1b[33m", Level.PROBLEM: "\x1b[31m"}, "\x1b[1m", "\x1b[2m", "\x1b[0m"
)


def render_text(findings: Sequence[Finding], *, paint: Paint = PLAIN, width: int = 100) -> str:
    """All findings by area, each problem with its fix, and how many there are; ends with a newline."""
    blocks = ["\n".join(_block(area, group, paint, width)) for area, group in groupby(findings, attrgetter("area"))]
    return "\n".join([*blocks, "", paint.of(summary(findings), paint.bold)]) + "\n"


def _block(area: str, findings: Iterable[Finding], paint: Paint, width: int) -> Iterator[str]:
    yield paint.of(area, paint.bold)
    for finding in findings:
        yield from _lines(finding, paint, width)


def findings_text(findings: Iterable[Finding], paint: Paint, width: int) -> str:
    """Findings without their areas, each with its fix."""
    return "\n".join(line for finding in findings for line in _lines(finding, paint, width))


def _lines(finding: Finding, paint: Paint, width: int) -> Iterator[str]:
    first, *rest = _wrapped(f"{printable(finding.subject)}: {printable(finding.told)}", width, "    ")
    yield f"  {paint.sign(finding.level)} {first.strip()}"
    yield from rest
    for line in _fix(finding.fix, width) if finding.fix else ():
        yield paint.of(line, paint.faint)


def _fix(text: str, width: int) -> Iterator[str]:
    for number, part in enumerate(text.splitlines()):
        lead = "      fix: " if number == 0 else "           "
        lines = textwrap.wrap(
            printable(part),
            max(width, NARROWEST),
            initial_indent=lead,
            subsequent_indent=" " * 11,
            break_on_hyphens=False,
        )
        yield from lines or [lead]


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    lines = textwrap.wrap(
        text,
        max(width, NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
    return lines or [indent]


def summary(findings: Iterable[Finding]) -> str:
    """How many things are wrong, in one line."""
    levels = [finding.level for finding in findings]
    problems, warnings = levels.count(Level.PROBLEM), levels.count(Level.WARNING)
    if not problems and not warnings:
        return "All is well."
    told = [_count(problems, "problem")] if problems else []
    return f"{' and '.join(told + ([_count(warnings, 'warning')] if warnings else []))}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def render_json(findings: Sequence[Finding], environment: str) -> str:
    """The findings as a JSON text."""
    document = {
        "format": FORMAT,
        "environment": environment,
        "exit_code": exit_code(findings),
        "findings": [finding.document() for finding in findings],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
