"""From text to a tree that has every comment and every blank line that people chose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import yaml
from yaml import CSafeLoader

from cfaig.formatting.tree import BLANK, Alias, Collection, Entry, Node, Scalar, Text

_COMMENT: Final = re.compile(r"(?:(?<=[ \t\n])|\A)#[^\n]*")
_PREFIX: Final = re.compile(r"(?:[&!][^\s,\[\]{}]*(?:\s+|\Z))+")
_HEADER_COMMENT: Final = re.compile(r"[|>][0-9+-]*[ \t]+(#.*)")
_NOTHING: Final = re.compile(r"[ \t\n]+|#[^\n]*")
_DASH: Final = re.compile(r"#[^\n]*|-(?=\s)")
_SHORT_TAG: Final = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    column: int
    index: int
    text: str
    alone: bool


def read(text: str) -> Text:
    """The tree of a text that `cfaig.definition.yaml_reader.parse` has found to be one document."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _Reader(text).document()


class _Reader:
    """Walks through the parser's events, and takes along the comments that lie between them."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._events: list[Any] = list(yaml.parse(text, Loader=CSafeLoader))
        self._at = 0
        self._comments = list(_comments(text, self._events))
        self._next_comment = 0
        self._line = -1
        self._end = 0
        self._aliases = False

    def document(self) -> Text:
        self._at = 2  # behind the beginning of stream and document
        start = self._events[self._at].start_mark
        before = self._before(start.index, start.line)
        root = self._node(limit=len(self._text), outdent=-1)
        rest = self._foot(limit=len(self._text) + 1, outdent=-2)
        header, own = _split_header(before)
        if isinstance(root, Collection):
            entries = root.entries
            if entries:
                first = entries[0]
                entries = (_with_before(first, (*own, *first.before)), *entries[1:])
            else:
                header = (*header, *own)
            root = Collection(entries, root.is_mapping, root.flow, root.prefix, (*root.foot, *rest))
        else:
            header = (*header, *own, *rest)
        return Text(root, header, self._aliases)

    def _node(self, limit: int, outdent: int) -> Node:
        """The node at the current event; comments beyond `limit`, or not right of column `outdent`, are not its own."""
        event = self._events[self._at]
        self._at += 1
        if isinstance(event, yaml.AliasEvent):
            self._leave(event)
            return Alias(event.anchor or "")
        self._aliases = self._aliases or event.anchor is not None
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        return self._collection(event, limit, outdent)

    def _scalar(self, event: Any) -> Scalar:
        raw = self._text[event.start_mark.index : event.end_mark.index]
        match = _PREFIX.match(raw) if event.anchor is not None or event.tag is not None else None
        prefix = " ".join(match[0].split()) if match else ""
        body = raw[match.end() :] if match else raw
        self._leave(event)
        if event.style in ("|", ">"):
            self._line = event.start_mark.line + raw.rstrip().count("\n")
            if "+" in body.split("\n", 1)[0].split("#", 1)[0]:  # the blank lines behind it are its own
                self._line = max(self._line, event.end_mark.line - 1)
        return Scalar(body, event.value, event.style or None, prefix)

    def _leave(self, event: Any) -> None:
        self._line, self._end = event.end_mark.line, event.end_mark.index

    def _collection(self, start: Any, limit: int, outdent: int) -> Collection:
        is_mapping = isinstance(start, yaml.MappingStartEvent)
        end_kind = yaml.MappingEndEvent if is_mapping else yaml.SequenceEndEvent
        inner_limit = self._end_of_collection() if start.flow_style else limit
        column = self._column(start, is_mapping)
        entries: list[Entry] = []
        while not isinstance(self._events[self._at], end_kind):
            entries.append(self._entry(is_mapping, start.flow_style, inner_limit, column, first=not entries))
        end = self._events[self._at]
        self._at += 1
        if start.flow_style:
            foot = self._foot(end.end_mark.index, -2)
            self._leave(end)
        else:
            foot = self._foot(min(limit, self._next_content()), outdent)
        return Collection(tuple(entries), is_mapping, start.flow_style, _properties(start), foot)

    def _entry(self, is_mapping: bool, flow: bool, limit: int, column: int, *, first: bool) -> Entry:
        start = self._events[self._at].start_mark
        index, line = (start.index, start.line) if is_mapping or flow else self._dash(start)
        before = self._before(index, line)
        if first and before[:1] == [BLANK]:
            del before[0]
        self._line = line
        key: Any = self._node(limit, column) if is_mapping else None
        head = self._head()
        if is_mapping and self._is_leaf():
            value_start = self._events[self._at].start_mark
            before += self._before(value_start.index, self._line)
        value = self._node(limit, column)
        block = isinstance(value, Scalar) and _HEADER_COMMENT.match(value.text)
        after = block[1].rstrip() if block else self._trailing(limit)
        return Entry(key, value, tuple(before), head, after)

    def _dash(self, item: Any) -> tuple[int, int]:
        """Where the dash of an item is: the last one in front of it that is in no comment."""
        matches = _DASH.finditer(self._text, self._end, item.index)
        at = max((match.start() for match in matches if match[0] == "-"), default=item.index)
        return at, item.line - self._text.count("\n", at, item.index)

    def _is_leaf(self) -> bool:
        return isinstance(self._events[self._at], yaml.ScalarEvent | yaml.AliasEvent)

    def _head(self) -> str | None:
        """The comment behind a key or a dash, if what belongs to them begins on a later line."""
        event = self._events[self._at]
        within = event if self._is_leaf() else self._events[self._at + 1]
        comment = self._peek()
        if comment is None or comment.line != self._line or comment.index >= within.start_mark.index:
            return None
        self._take(comment)
        return comment.text

    def _trailing(self, limit: int) -> str | None:
        comment = self._peek()
        if comment is None or comment.alone or comment.line != self._line or comment.index >= limit:
            return None
        self._take(comment)
        return comment.text

    def _before(self, index: int, line: int) -> list[str]:
        """The comments up to a place, and a blank line for each gap."""
        lines: list[str] = []
        while (comment := self._peek()) is not None and comment.index < index:
            lines += self._gap(comment.line)
            lines.append(comment.text)
            self._take(comment)
        return lines + self._gap(line)

    def _foot(self, limit: int, outdent: int) -> tuple[str, ...]:
        lines: list[str] = []
        while (comment := self._peek()) is not None and comment.index < limit and comment.column > outdent:
            lines += self._gap(comment.line)
            lines.append(comment.text)
            self._take(comment)
        return tuple(lines)

    def _gap(self, line: int) -> list[str]:
        return [BLANK] if line - self._line > 1 and self._line >= 0 else []

    def _peek(self) -> _Comment | None:
        return self._comments[self._next_comment] if self._next_comment < len(self._comments) else None

    def _take(self, comment: _Comment) -> None:
        self._next_comment += 1
        self._line = comment.line

    def _column(self, start: Any, is_mapping: bool) -> int:
        """Where the entries of a collection begin; for a list that is where its dashes are."""
        first = self._events[self._at].start_mark
        if is_mapping or start.flow_style:
            return int(first.column)
        begin = first.index - first.column
        dash = self._text.rfind("- ", begin, first.index) - begin
        return dash if dash >= 0 and start.anchor is not None else int(start.start_mark.column)

    def _end_of_collection(self) -> int:
        """Where the collection that has just begun ends."""
        depth = 1
        at = self._at
        while depth:
            kind = self._events[at]
            depth += isinstance(kind, yaml.CollectionStartEvent) - isinstance(kind, yaml.CollectionEndEvent)
            at += 1
        return int(self._events[at - 1].end_mark.index)

    def _next_content(self) -> int:
        """Where the text goes on behind what has been read, other than with comments; a dash counts, too."""
        at = self._end
        while (match := _NOTHING.match(self._text, at)) is not None:
            at = match.end()
        return at


def _comments(text: str, events: Iterable[Any]) -> Iterable[_Comment]:
    """All comments outside of scalars."""
    spans = [(event.start_mark.index, event.end_mark.index) for event in events if _is_scalar(event)]
    bounds = [0, *(place for span in spans for place in span), len(text)]
    line, counted = 0, 0
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        for match in _COMMENT.finditer(text, start, end):
            begin = text.rfind("\n", 0, match.start()) + 1
            alone = not text[begin : match.start()].strip()
            line, counted = line + text.count("\n", counted, begin), begin
            yield _Comment(line, match.start() - begin, match.start(), match[0].rstrip(), alone)


def _is_scalar(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent)


def _properties(start: Any) -> str:
    """The anchor and the tag of a collection."""
    parts = [f"&{start.anchor}"] if start.anchor else []
    if start.tag:
        parts.append("!!" + start.tag.removeprefix(_SHORT_TAG) if start.tag.startswith(_SHORT_TAG) else start.tag)
    return " ".join(parts)


def _with_before(entry: Entry, before: tuple[str, ...]) -> Entry:
    return Entry(entry.key, entry.value, before, entry.head, entry.after)


def _split_header(before: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands at the top of a file is about the file: all of it up to a blank line, or with an editor's line."""
    if BLANK in before:
        cut = len(before) - before[::-1].index(BLANK)
    else:
        cut = len(before) if any("yaml-language-server" in line for line in before) else 0
    return tuple(before[:cut]), tuple(before[cut:])
