"""A YAML document as a tree that knows where each of its parts was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from cfaig.definition.diagnostics import KeyPath, Position

Place: TypeAlias = tuple[int, int]
"""Line and column, counted from 0."""


@dataclass(slots=True, eq=False)
class Node:
    """A mapping (`value` is a dict of nodes), a list (of nodes) or a scalar, and its place in `file`.

    `keys` has the places of a mapping's keys. Nodes may be shared (YAML aliases) and are never changed.
    """

    value: Any = field(repr=False)
    file: Path
    start: Place
    end: Place
    keys: dict[str, Place] | None = None

    def position(self) -> Position:
        """Where the value begins."""
        return Position(self.file, self.start[0] + 1, self.start[1] + 1)


def plain(node: Node) -> Any:
    """The data without the places."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def child(node: Node, key: str | int) -> Node | None:
    """The part of `node` under `key`."""
    value = node.value
    if isinstance(value, dict):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        found: Node = value[key]
        return found
    return None


def find(node: Node, path: KeyPath) -> Node | None:
    """The part of `node` at `path`."""
    found: Node | None = node
    for key in path:
        if found is None:
            return None
        found = child(found, key)
    return found


def key_position(node: Node, path: KeyPath) -> Position | None:
    """Where the key at the end of `path` was written; None when it is no key of a mapping."""
    parent = find(node, path[:-1]) if path else None
    if parent is None or parent.keys is None or path[-1] not in parent.keys:
        return None
    line, column = parent.keys[str(path[-1])]
    # A merged mapping has keys of several files; its values know theirs.
    here: Node = parent.value[path[-1]]
    return Position(here.file, line + 1, column + 1)


def place_of(node: Node, path: KeyPath) -> Position | None:
    """Where a person looks for `path`: at a scalar itself, at the key of a mapping or list."""
    found = find(node, path)
    if found is None:
        return None
    if isinstance(found.value, dict | list):
        return key_position(node, path) or found.position()
    return found.position()


def scalars(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Node]]:
    """All scalars with their paths."""
    value = node.value
    if isinstance(value, dict):
        for key, part in value.items():
            yield from scalars(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from scalars(part, (*path, index))
    else:
        yield path, node
