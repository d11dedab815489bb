"""The report of a conversion, for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cfaig.convert.source import Fate, Note
from cfaig.definition.words import shown_path

_TITLES: Final[Mapping[Fate, str]] = {
    Fate.DROPPED: "not carried over",
    Fate.CHANGED: "changed",
    Fate.SECRET: "a secret, not copied",
    Fate.UNNEEDED: "not needed",
}
_COUNTED: Final[Mapping[Fate, str]] = {
    Fate.DROPPED: "not carried over",
    Fate.CHANGED: "changed",
    Fate.SECRET: "secret and not copied",
    Fate.UNNEEDED: "not needed",
}


def report_lines(notes: Sequence[Note]) -> Iterator[tuple[Fate, str]]:
    """A paragraph for each note; what is not needed is told together, by what it means."""
    for note in notes:
        if note.fate is not Fate.UNNEEDED:
            label = "now:    " if note.fate is Fate.CHANGED else "instead:"
            told = f"      means:   {_clean(note.meaning)}\n      {label} {_clean(note.advice)}"
            yield note.fate, f"{_head(note)}\n{told}"
    groups: dict[str, list[Note]] = {}
    for note in notes:
        if note.fate is Fate.UNNEEDED:
            groups.setdefault(note.meaning, []).append(note)
    for meaning, same in groups.items():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        yield Fate.UNNEEDED, f"{_head(same[0])}{more}\n      means:   {_clean(meaning)}"


def counted(notes: Iterable[Note]) -> str:
    """`3 changed, 1 not carried over`; empty when there is nothing to say."""
    fates = [note.fate for note in notes]
    return ", ".join(f"{fates.count(fate)} {words}" for fate, words in _COUNTED.items() if fate in fates)


def notes_document(notes: Iterable[Note]) -> list[dict[str, Any]]:
    """The notes as JSON; lines and columns count from 1."""
    return [
        {
            "fate": note.fate.value,
            "path": list(note.path),
            "file": note.position.file.as_posix(),
            "line": note.position.line,
            "column": note.position.column,
            "meaning": note.meaning,
            "advice": note.advice,
        }
        for note in notes
    ]


def _head(note: Note) -> str:
    place = note.position
    return _clean(f"{place.file}:{place.line}:{place.column}: {_TITLES[note.fate]}: {shown_path(note.path) or 'all'}")


def _clean(text: str) -> str:
    """`text` without control characters, which a source could steer the terminal with."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
