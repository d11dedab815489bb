"""YAML as it was written: values with the comments and blank lines around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from cfaig.definition.yaml_scalars import STRING, scalar_value, tag_of

BLANK = ""
"""A line of `Entry.before` and `foot` that is empty; all others are comments."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file, without its anchor and tag (`prefix`).

    `style` is the quote, `|`, `>`, or None for a plain one; `value` is what YAML makes of the text.
    """

    text: str
    value: str
    style: str | None = None
    prefix: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The text line by line; all but the first without their indentation, which says nothing."""
        first, *others = self.text.split("\n")
        if self.style == '"':
            # A backslash before the spaces at the end of a line keeps one of them.
            return (first, *(line.lstrip(" \t") for line in others))
        return (first.rstrip(" \t"), *(line.strip(" \t") for line in others))


@dataclass(frozen=True, slots=True)
class Alias:
    """`*name`."""

    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with its value, or an item of a list, which has no key.

    `before` are the comments and blank lines above it, `head` is the comment behind the key of something that goes
    over several lines, `after` the one at the end of its last line.
    """

    key: Scalar | Alias | None
    value: Node
    before: tuple[str, ...] = ()
    head: str | None = None
    after: str | None = None

    @property
    def has_comment(self) -> bool:
        """Whether there is a comment at the entry itself."""
        return bool(self.head or self.after or any(self.before))

    @property
    def name(self) -> str:
        """The key as a text; empty for an item of a list."""
        return self.key.value if isinstance(self.key, Scalar) else ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A mapping or a list; `flow` is `{…}` or `[…]`, `foot` the comments behind its last entry."""

    entries: tuple[Entry, ...]
    is_mapping: bool
    flow: bool = False
    prefix: str = ""
    foot: tuple[str, ...] = ()


Node: TypeAlias = Scalar | Alias | Collection


@dataclass(frozen=True, slots=True)
class Text:
    """A whole file; `aliases` tells whether something in it is named and used again."""

    root: Node
    header: tuple[str, ...] = ()
    aliases: bool = False


def comments_of(node: Node) -> Iterator[str]:
    """All comments in `node`."""
    if not isinstance(node, Collection):
        return
    for entry in node.entries:
        yield from (line for line in (*entry.before, entry.head, entry.after) if line)
        yield from comments_of(entry.value)
    yield from filter(None, node.foot)


def data_of(node: Node) -> Any:
    """The value that a node without aliases stands for; keys are texts."""
    if isinstance(node, Alias):
        return None
    if isinstance(node, Collection):
        if node.is_mapping:
            return {entry.name: data_of(entry.value) for entry in node.entries}
        return [data_of(entry.value) for entry in node.entries]
    if node.style is not None or node.prefix:
        return node.value
    tag = tag_of(node.value)
    return node.value if tag == STRING else scalar_value(tag, node.value)
