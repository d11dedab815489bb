"""Noticing that definitions or scenarios have changed, by looking at the times of their files."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from cfaig.project import Project

LOOK_EVERY: Final = 0.3

Seen: TypeAlias = dict[Path, tuple[int, int]]


def changes(project: Project, files: Sequence[Path]) -> Iterator[None]:
    """Once at first, then whenever a YAML file of definitions, scenarios or stacks is new, changed or gone."""
    seen: Seen | None = None
    while True:
        now = _seen(_watched(project, files))
        if now != seen:
            seen = now
            yield
        else:
            time.sleep(LOOK_EVERY)


def _watched(project: Project, files: Sequence[Path]) -> Iterator[Path]:
    yield from project.root.glob("Pulumi*.yaml")
    for place in (project.gateways, *(files or (project.scenarios,))):
        if place.is_dir():
            yield from (file for file in place.rglob("*") if file.suffix in (".yaml", ".yml"))
        else:
            yield place


def _seen(files: Iterable[Path]) -> Seen:
    """When each file was written, and its size; editors may take a file away for a moment."""
    seen: Seen = {}
    for file in files:
        try:
            found = file.stat()
        except OSError:
            continue
        seen[file] = (found.st_mtime_ns, found.st_size)
    return seen
