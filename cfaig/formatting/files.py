"""Formatting files: which ones, and writing them so that nobody ever sees half of one."""

from __future__ import annotations

import difflib
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.files import DEFAULTS_STEM, definition_files, read_text
from cfaig.definition.nodes import plain
from cfaig.definition.yaml_reader import parse
from cfaig.errors import CfaigError
from cfaig.formatting.canonical import FilePart, route_names
from cfaig.formatting.formatting import format_text
from cfaig.whole_files import write_whole

_LAYOUT_ONLY = "scenarios"


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file, as it is and as it should be."""

    path: Path
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether it is to be written anew."""
        return self.before != self.after

    @property
    def diff(self) -> str:
        """What changes, as a unified diff."""
        name = self.path.as_posix()
        lines = difflib.unified_diff(
            self.before.splitlines(keepends=True), self.after.splitlines(keepends=True), name, name
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files that `paths` name, with those of folders; raises CfaigError for a folder that cannot be read."""
    found: dict[Path, None] = {}
    here = Path.cwd()
    for path in paths:
        for file in definition_files(path) if path.is_dir() else (path,):
            found[file.relative_to(here) if file.is_absolute() and file.is_relative_to(here) else file] = None
    return tuple(found)


def format_files(paths: Sequence[Path]) -> tuple[tuple[Formatted, ...], tuple[Diagnostic, ...]]:
    """All files, formatted; and what is wrong with those that cannot be, which are left out."""
    done: list[Formatted] = []
    problems: list[Diagnostic] = []
    for path in paths:
        text, found = read_text(path, path)
        if text is None:
            problems += found
            continue
        try:
            done.append(Formatted(path, text, format_text(text, path, part_of(path), routes_merged_with(path.parent))))
        except DefinitionError as error:
            problems += error.diagnostics
    return tuple(done), tuple(problems)


def part_of(path: Path) -> FilePart | None:
    """What a file is, by its name; None for a scenario, of which only the layout is formatted."""
    if path.absolute().parent.name == _LAYOUT_ONLY:
        return None
    return "defaults" if path.stem == DEFAULTS_STEM else "definition"


def routes_merged_with(folder: Path) -> frozenset[str]:
    """The routes that the `_defaults.yaml` of a folder says something of."""
    for path in definition_files(folder) if folder.is_dir() else ():
        if path.stem == DEFAULTS_STEM:
            text, _ = read_text(path, path)
            node = parse(text, path).node if text is not None else None
            return route_names(plain(node)) if node is not None else frozenset()
    return frozenset()


def write(file: Formatted) -> None:
    """Put the formatted text in the place of the old one, at once; raises CfaigError where that cannot be."""
    path = file.path.resolve()
    try:
        write_whole(path, file.after, stat.S_IMODE(path.stat().st_mode))
    except OSError as error:
        raise CfaigError(f"{file.path} cannot be written: {error.strerror}") from error
