"""A configuration of another system: read with places, and watched so that nothing in it is overlooked."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeAlias

from cfaig.definition.diagnostics import DefinitionError, Diagnostic, KeyPath, Position
from cfaig.definition.files import decode
from cfaig.definition.nodes import Node, child, key_position, scalars
from cfaig.definition.yaml_reader import parse
from cfaig.errors import CfaigError

_SURROGATES: Final = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|[\s\S])")


class Fate(StrEnum):
    """What became of a part of the source that is not simply in the definition.

    `CHANGED` is there, but not the same; `SECRET` is a reference now; `DROPPED` is not there; `UNNEEDED` is not there
    because Cloudflare has no use for it, and nothing is lost.
    """

    CHANGED = "changed"
    DROPPED = "dropped"
    SECRET = "secret"  # noqa: S105 (no password)
    UNNEEDED = "unneeded"


@dataclass(frozen=True, slots=True)
class Note:
    """A word about one part of the source: what it means there, and what to do (or what was done) instead."""

    fate: Fate
    path: KeyPath
    position: Position
    meaning: str
    advice: str


Saying: TypeAlias = tuple[Fate, str, str]
"""What is said of a setting wherever it occurs: its fate, what it means, what to do instead."""


class Source:
    """The whole source. Each value is to be read or told about; what is left in the end, nobody knew."""

    def __init__(self, node: Node) -> None:
        self.root = Part(self, node, ())
        self.notes: list[Note] = []
        self._done: set[KeyPath] = set()

    def done(self, path: KeyPath, node: Node) -> None:
        """Everything in `node` is accounted for."""
        self._done.add(path)
        self._done.update((*path, *inner) for inner, _ in _leaves(node))

    def tell_the_rest(self) -> None:
        """A note for each part that was neither read nor told about, as large as it can be."""
        for part in self._untouched(self.root):
            part.drop("a setting that cfaig does not know", "look up what it does, and whether you still need it")

    def _untouched(self, part: Part) -> Iterator[Part]:
        leaves = [(*part.path, *inner) for inner, _ in _leaves(part.node)]
        left = [leaf for leaf in leaves if leaf not in self._done]
        if not left:
            return
        parts = list(part.parts())
        if len(left) == len(leaves) and (part.path or not parts):
            yield part
            return
        for inner in parts:
            yield from self._untouched(inner)


@dataclass(frozen=True, slots=True)
class Part:
    """One value of the source, and where it is."""

    source: Source
    node: Node
    path: KeyPath

    def __contains__(self, key: str) -> bool:
        return child(self.node, key) is not None

    @property
    def position(self) -> Position:
        """Where a person looks for it."""
        return self.node.position()

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.node.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it has items."""
        return isinstance(self.node.value, list)

    def at(self, *keys: str | int) -> Part | None:
        """The part at the end of `keys`, if it is there."""
        node: Node | None = self.node
        for key in keys:
            node = child(node, key) if node is not None else None
        return Part(self.source, node, (*self.path, *keys)) if node is not None else None

    def parts(self) -> Iterator[Part]:
        """What is directly in it."""
        for key in self.names():
            inner = self.at(key)
            if inner is not None:
                yield inner

    def names(self) -> tuple[str | int, ...]:
        """The keys of a mapping, the places of a list, nothing for a scalar."""
        value = self.node.value
        if isinstance(value, dict):
            return tuple(value)
        return tuple(range(len(value))) if isinstance(value, list) else ()

    def items(self, *keys: str) -> tuple[Part, ...]:
        """The items of the list at the end of `keys`; a single value that is no list counts as one."""
        part = self.at(*keys)
        if part is None:
            return ()
        return tuple(part.parts()) if part.is_list else (part,)

    def scalar(self) -> Any:
        """Its value, which counts as read; None for a mapping or a list."""
        if self.is_mapping or self.is_list:
            return None
        self.read()
        return self.node.value

    def text(self, *keys: str) -> str | None:
        """The text at the end of `keys`, read; numbers are texts, too."""
        part = self.at(*keys)
        value = part.scalar() if part is not None else None
        return None if value is None or isinstance(value, bool) else str(value)

    def flag(self, *keys: str) -> bool | None:
        """The truth value at the end of `keys`, read; other values that mean one count."""
        part = self.at(*keys)
        value = part.scalar() if part is not None else None
        if isinstance(value, str):
            return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(value.lower())
        return bool(value) if isinstance(value, bool | int) else None

    def number(self, *keys: str) -> int | float | None:
        """The number at the end of `keys`, read; what is none is told about."""
        part = self.at(*keys)
        if part is None or part.node.value is None:
            return None
        value = part.node.value
        if isinstance(value, str):
            value = _number(value)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            part.drop("a number is expected here, and there is none", "put it right in the source, or set it by hand")
            return None
        part.read()
        return value

    def read(self) -> None:
        """It is in the definition, or said to be."""
        self.source.done(self.path, self.node)

    def drop(self, meaning: str, advice: str) -> None:
        """It is not carried over, with all that is in it."""
        self._note(Fate.DROPPED, meaning, advice)

    def unneeded(self, meaning: str, advice: str = "nothing to do") -> None:
        """It says nothing that Cloudflare would have to know."""
        self._note(Fate.UNNEEDED, meaning, advice)

    def change(self, meaning: str, advice: str) -> None:
        """It is carried over, but not as it was; what is in it is still to be read."""
        self._tell(Fate.CHANGED, meaning, advice)

    def secret(self, meaning: str, advice: str) -> None:
        """A reference stands for it now."""
        self._note(Fate.SECRET, meaning, advice)

    def tell(
        self, sayings: Mapping[str, Saying], others: Saying | None = None, besides: Container[str] = frozenset()
    ) -> None:
        """A note for each of its keys that `sayings` has something to say about; `others` is for all but `besides`.

        What has a note of its own already needs no general one.
        """
        told = {note.path for note in self.source.notes}
        for inner in self.parts():
            name = str(inner.path[-1])
            saying = sayings.get(name, None if name in besides else others)
            if saying is not None and inner.path not in told:
                inner.tell_whole(saying)

    def tell_whole(self, saying: Saying) -> None:
        """A note for all of it."""
        self._note(*saying)

    def _note(self, fate: Fate, meaning: str, advice: str) -> None:
        self.read()
        self._tell(fate, meaning, advice)

    def _tell(self, fate: Fate, meaning: str, advice: str) -> None:
        self.source.notes.append(Note(fate, self.path, self._place(), meaning, advice))

    def _place(self) -> Position:
        if not self.path:
            return self.position
        return key_position(self.source.root.node, self.path) or self.position


def read_source(data: bytes, shown: Path) -> Source:
    """The source that `data` holds, as YAML or JSON; `shown` is what places name.

    Raises DefinitionError with the place of what cannot be read, and CfaigError for what is no mapping.
    """
    text, problems = decode(data, shown)
    if text is None:
        raise SourceError(problems)
    if not text.strip():
        raise CfaigError(f"{shown} is empty", "give a configuration of another gateway, as YAML or JSON")
    parsed = parse(_without_surrogates(text), shown, number_keys=True)
    if parsed.problems or parsed.node is None:
        raise SourceError(tuple(parsed.problems))
    if not isinstance(parsed.node.value, dict):
        raise CfaigError(f"{shown} is no mapping", "a configuration of another gateway begins with a mapping of keys")
    return Source(parsed.node)


class SourceError(DefinitionError):
    """A source that cannot be read."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.message = "the source cannot be read"


def _without_surrogates(text: str) -> str:
    """JSON writes characters beyond U+FFFF as two escapes, which YAML does not know; here they are themselves."""
    return _SURROGATES.sub(lambda match: _character(match[0]), text) if "\\u" in text else text


def _character(escape: str) -> str:
    return str(json.loads(f'"{escape}"')) if len(escape) > 2 else escape


def _leaves(node: Node) -> Iterator[tuple[KeyPath, Node]]:
    """All scalars, and what is empty."""
    yield from scalars(node)
    yield from _empty(node, ())


def _empty(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Node]]:
    value = node.value
    if not isinstance(value, dict | list):
        return
    if not value:
        yield path, node
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _empty(inner, (*path, key))


def _number(text: str) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number
