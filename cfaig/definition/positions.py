"""Positions and lines, looked up only when a diagnostic needs them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from cfaig.definition.diagnostics import KeyPath, Position
from cfaig.definition.document import Document
from cfaig.definition.nodes import Node, place_of


class Positions(Mapping[KeyPath, Position]):
    """The place of every part of a merged definition, by its path."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree

    def __getitem__(self, path: KeyPath) -> Position:
        place = place_of(self._tree, path)
        if place is None:
            raise KeyError(path)
        return place

    def __iter__(self) -> Iterator[KeyPath]:
        return _paths(self._tree, ())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Lines(Mapping[Path, tuple[str, ...]]):
    """The lines of files, with secrets in clear text covered."""

    def __init__(self, documents: Mapping[Path, Document]) -> None:
        self._documents = documents

    def __getitem__(self, file: Path) -> tuple[str, ...]:
        return self._documents[file].lines

    def __iter__(self) -> Iterator[Path]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)


def _paths(node: Node, path: KeyPath) -> Iterator[KeyPath]:
    yield path
    value = node.value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _paths(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _paths(part, (*path, index))
