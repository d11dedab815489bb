"""What differs between two sets of properties, by property path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from cfaig.provider.values import Unknown

_PLAIN_NAME: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")
_MISSING: Final = object()


class Change(Enum):
    """How one property changes; the values are the names in Pulumi's protocol."""

    ADD = "ADD"
    DELETE = "DELETE"
    UPDATE = "UPDATE"


@dataclass(frozen=True, slots=True)
class Difference:
    """The changed property paths, and which top-level properties force a replacement."""

    changes: Mapping[str, Change] = field(default_factory=dict)
    replaces: frozenset[str] = frozenset()
    delete_before_replace: bool = False

    def __bool__(self) -> bool:
        return bool(self.changes)

    def top_level(self) -> frozenset[str]:
        """The names of the properties that changed somewhere."""
        return frozenset(root_of(path) for path in self.changes)

    def forces_replacement(self, path: str) -> bool:
        """Whether the change at this path is one that cannot be made in place."""
        return root_of(path) in self.replaces


def compare(
    old: Mapping[str, Any], new: Mapping[str, Any], *, replaces: Iterable[str] = (), delete_before_replace: bool = False
) -> Difference:
    """Compare properties; null and absent are the same, and an unknown new value counts as a change.

    A change of a property named in `replaces` forces a replacement.
    """
    changes = dict(_walk_objects("", old, new))
    roots = {root_of(path) for path in changes}
    return Difference(changes, frozenset(replaces) & roots, delete_before_replace)


def root_of(path: str) -> str:
    """The top-level property of a path: `elements` of `elements[2].id`."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def _walk(path: str, old: Any, new: Any) -> Iterator[tuple[str, Change]]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _walk_objects(path, old, new)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else _MISSING
            after = new[index] if index < len(new) else _MISSING
            yield from _step(f"{path}[{index}]", before, after)
    elif isinstance(new, Unknown) or not _equal(old, new):
        yield path, Change.UPDATE


def _walk_objects(path: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, Change]]:
    for name in sorted({*old, *new}):
        before = _MISSING if old.get(name) is None else old[name]
        after = _MISSING if new.get(name) is None else new[name]
        yield from _step(_join(path, name), before, after)


def _step(path: str, old: Any, new: Any) -> Iterator[tuple[str, Change]]:
    if old is _MISSING and new is _MISSING:
        return
    if old is _MISSING:
        yield path, Change.ADD
    elif new is _MISSING:
        yield path, Change.DELETE
    else:
        yield from _walk(path, old, new)


def _equal(old: Any, new: Any) -> bool:
    return isinstance(old, bool) == isinstance(new, bool) and bool(old == new)


def _join(path: str, name: str) -> str:
    if _PLAIN_NAME.fullmatch(name):
        return f"{path}.{name}" if path else name
    escaped = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'{path}["{escaped}"]'
