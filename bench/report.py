"""Tables for people: printed, and written into docs/benchmarks.md between two markers."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of text; the first column is left-aligned, the others right-aligned."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        """The table, its columns padded so that it reads well in a terminal too."""
        widths = [max(len(row[index]) for row in (self.columns, *self.rows)) for index in range(len(self.columns))]
        rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
        lines = [_line(self.columns, widths), _line(rule, widths), *(_line(row, widths) for row in self.rows)]
        return f"**{self.title}**\n\n" + "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Report:
    """What a benchmark found, where, and remarks on it."""

    machine: str
    tables: Sequence[Table]
    notes: Sequence[str] = ()

    def markdown(self) -> str:
        """All of it."""
        notes = "\n".join(f"- {note}" for note in self.notes)
        return "\n\n".join(filter(None, (self.machine, *(table.markdown() for table in self.tables), notes)))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"


def machine(engine: str | None = None) -> str:
    """The machine in one line; call it before anything is measured, for it tells the load."""
    load = " ".join(f"{number:.2f}" for number in os.getloadavg())
    parts = [
        f"{os.cpu_count()} cores ({_processor()})",
        f"Python {platform.python_version()}",
        f"{platform.system()} {platform.machine()}",
        *([f"Pulumi {engine}"] if engine else []),
        f"load before {load}",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
    ]
    return "Measured on " + ", ".join(parts) + "."


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def megabytes(size: int | None) -> str:
    """Bytes as MB; a dash where nothing is known."""
    return "–" if size is None else f"{size / 1e6:.0f} MB"


def write_into_page(name: str, text: str) -> None:
    """Replace what docs/benchmarks.md has between the markers of this benchmark.

    Raises ValueError when the page has no such markers.
    """
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = PAGE.read_text("utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise ValueError(f"{PAGE.name} has no {begin} … {end}")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", "utf-8")
