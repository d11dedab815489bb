"""YAML text to nodes: with places, YAML 1.2 scalars, and a clear word for everything that goes wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, cast

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]

from cfaig.definition.diagnostics import Diagnostic, Position
from cfaig.definition.files import split_lines
from cfaig.definition.nodes import Node, Place
from cfaig.definition.yaml_scalars import BOOLEAN, FLOAT, INTEGER, MERGE, NULL, STRING, scalar_value, tag_of

MAX_DEPTH: Final = 64
MAX_NODES: Final = 100_000

_MAPPING: Final = "tag:yaml.org,2002:map"
_SEQUENCE: Final = "tag:yaml.org,2002:seq"
_KNOWN_TAGS: Final = frozenset({STRING, NULL, BOOLEAN, INTEGER, FLOAT, MERGE, _MAPPING, _SEQUENCE})
_SYNTAX_HINTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mapping values are not allowed": "a text with “: ” in it needs quotes; or the line is indented too far",
        "could not find expected ':'": "write “key: value”; a key and its value are one line apart at most",
        "did not find expected key": "check the indentation: keys of one mapping begin in the same column",
        "did not find expected '-' indicator": "check the indentation: items of one list begin in the same column",
        "did not find expected ',' or": "a “{…}” or “[…]” is not closed, or a comma is missing",
        "while scanning a quoted scalar": "a quote is not closed",
        "found unexpected end of stream": "a quote or a bracket is not closed",
        "cannot start any token": "a value that begins with @, `, % or a tab needs quotes",
        "undefined alias": "the anchor (&name) must come before its alias (*name)",
    }
)


@dataclass(slots=True)
class Parsed:
    """What came of a text: the tree, unless it is no YAML at all, and what is wrong with it.

    `dropped` are values that did not get into the tree; nobody has looked whether they hold secrets.
    """

    node: Node | None = None
    problems: list[Diagnostic] = field(default_factory=list)
    dropped: list[Node] = field(default_factory=list)


class _TooDeepError(yaml.MarkedYAMLError):
    """Nesting beyond MAX_DEPTH."""


class _Composer(CParser):
    """The C parser, with our reading of scalars and a limit on nesting (it recurses on the C stack)."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def resolve(self, kind: type[Any], value: str, implicit: Any) -> str:
        """The tag of a node without an explicit one."""
        if kind is yaml.ScalarNode:
            return tag_of(value) if implicit[0] else STRING
        return _MAPPING if kind is yaml.MappingNode else _SEQUENCE

    def descend_resolver(self, parent: Any, index: Any) -> None:  # noqa: ARG002 (called by the C parser)
        """Count a level in."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooDeepError(problem_mark=parent.start_mark)

    def ascend_resolver(self) -> None:
        """Count a level out."""
        self._depth -= 1


def parse(text: str, file: Path, *, number_keys: bool = False) -> Parsed:
    """Read one document; `file` is what positions name. With `number_keys` a key may be a number, read as a text."""
    parsed = Parsed()
    root = _compose(text, file, parsed)
    if parsed.problems:
        return parsed
    if root is None:
        parsed.problems.append(
            Diagnostic("AIG004", "the file is empty", Position(file), hint="a definition begins with “gateway: <id>”")
        )
        return parsed
    builder = _Builder(file, parsed, has_aliases="&" in text, number_keys=number_keys)
    node = builder.node(root)
    # Beyond the limit the tree must not be walked: an alias bomb is small only as long as it is shared.
    parsed.node = node if builder.walkable else None
    return parsed


def _compose(text: str, file: Path, parsed: Parsed) -> yaml.Node | None:
    composer = _Composer(text)
    try:
        root: yaml.Node | None = composer.get_single_node()
    except _TooDeepError as error:
        place = _position(file, error.problem_mark)
        message = f"nested more than {MAX_DEPTH} levels deep"
        parsed.problems.append(Diagnostic("AIG011", message, place, hint="no definition needs this; flatten it"))
    except yaml.MarkedYAMLError as error:
        parsed.problems.append(_syntax_problem(error, text, file))
    except yaml.reader.ReaderError as error:
        parsed.problems.append(_character_problem(error, text, file))
    else:
        return root
    finally:
        composer.dispose()
    return None


def _syntax_problem(error: yaml.MarkedYAMLError, text: str, file: Path) -> Diagnostic:
    place = _position(file, error.problem_mark or error.context_mark)
    problem = str(error.problem or error.context or "not YAML")
    if "expected a single document" in f"{error.context} {problem}":
        hint = "one file holds one gateway; move it to a file of its own"
        return Diagnostic("AIG007", "a second document begins here", place, hint=hint)
    lines = split_lines(text)
    if place.line > len(lines):  # libyaml counts the end of a text without a last newline as a line of its own
        place = Position(file, len(lines), len(lines[-1]) + 1)
    line = lines[place.line - 1]
    if "\t" in line[: len(line) - len(line.lstrip())] or line[place.column - 1 : place.column] == "\t":
        column = line.index("\t") + 1
        message = "a tab character, where YAML wants spaces"
        return Diagnostic("AIG006", message, Position(file, place.line, column), hint="indent with spaces")
    told = f"{error.context or ''} {problem}"
    advice = next((advice for part, advice in _SYNTAX_HINTS.items() if part in told), None)
    return Diagnostic("AIG005", f"not valid YAML: {problem}", place, hint=advice)


def _character_problem(error: yaml.reader.ReaderError, text: str, file: Path) -> Diagnostic:
    index = next((at for at, char in enumerate(text) if yaml.reader.Reader.NON_PRINTABLE.match(char)), 0)
    before = text[:index]
    line, column = before.count("\n") + 1, index - before.rfind("\n")
    message = f"a control character (U+{ord(text[index]):04X})" if text else str(error.reason)
    hint = "a definition is plain UTF-8 text; delete it"
    return Diagnostic("AIG003", message, Position(file, line, column), hint=hint)


def _position(file: Path, mark: Any) -> Position:
    return Position(file, mark.line + 1, mark.column + 1) if mark is not None else Position(file)


class _Builder:
    """Turns composed YAML nodes into ours; what has an alias is built once, its size counted at every use."""

    def __init__(self, file: Path, parsed: Parsed, *, has_aliases: bool, number_keys: bool) -> None:
        self._file = file
        self._key_tags = (STRING, INTEGER) if number_keys else (STRING,)
        # Without aliases the text itself bounds size and depth, and counting would take a third of the time.
        self._has_aliases = has_aliases
        self._problems = parsed.problems
        self._dropped = parsed.dropped
        self._built: dict[int, Node | None] = {}
        self._sizes: dict[int, int] = {}
        self._depths: dict[int, int] = {}
        self.walkable = True

    def node(self, source: yaml.Node) -> Node:
        """Build `source` and everything in it."""
        if not self._has_aliases:
            return self._build(source)
        key = id(source)
        if key in self._built:
            ready = self._built[key]
            if ready is not None:
                return ready
            self._refuse(source, "AIG010", "an alias that contains itself", "write the value out")
            return Node(None, self._file, *_span(source))
        if not isinstance(source, yaml.ScalarNode):
            self._built[key] = None
        built = self._build(source)
        self._built[key] = built
        return built

    def _build(self, source: yaml.Node) -> Node:
        if source.tag not in _KNOWN_TAGS:
            tag = source.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse(source, "AIG013", f"the tag {tag} is not known here", "leave the tag out")
        if isinstance(source, yaml.ScalarNode):
            return self._scalar(source)
        if isinstance(source, yaml.SequenceNode):
            items = [self.node(item) for item in source.value]
            self._count(source, source.value)
            return Node(items, self._file, *_span(source))
        return self._mapping(cast(yaml.MappingNode, source))

    def _scalar(self, source: yaml.ScalarNode) -> Node:
        tag, text = source.tag, source.value
        if tag in (STRING, MERGE) or tag not in _KNOWN_TAGS:
            return Node(text, self._file, *_span(source))
        try:
            return Node(scalar_value(tag, text), self._file, *_span(source))
        except ValueError:
            name = tag.removeprefix("tag:yaml.org,2002:")
            self._refuse(source, "AIG013", f"the value does not fit its tag !!{name}", "leave the tag out")
            return Node(text, self._file, *_span(source))

    def _mapping(self, source: yaml.MappingNode) -> Node:
        children: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        merged: list[Node] = []
        for key_node, value_node in source.value:
            mark = key_node.start_mark
            place = (mark.line, mark.column)
            if key_node.tag == MERGE and key_node.value == "<<":
                merged.extend(self._merge_sources(value_node))
                continue
            name = self._key(key_node)
            value = self.node(value_node)
            if name is None or name in children:
                self._dropped.append(value)
                if name is not None:
                    self._duplicate(name, place, keys[name])
                continue
            children[name], keys[name] = value, place
        for other in merged:
            self._add_merged(other, children, keys)
        self._count(source, [value for _, value in source.value])
        return Node(children, self._file, *_span(source), keys)

    def _key(self, key: yaml.Node) -> str | None:
        if isinstance(key, yaml.ScalarNode) and key.tag in self._key_tags:
            return str(key.value)
        if isinstance(key, yaml.ScalarNode) and key.tag in _KNOWN_TAGS and key.value:
            message = f"the key {key.value} is not a text"
            self._refuse(key, "AIG009", message, f'put it in quotes: "{key.value}"')
        else:
            self._refuse(key, "AIG009", "this key is not a text", "a key is a word, or a text in quotes")
        return None

    def _merge_sources(self, source: yaml.Node) -> list[Node]:
        parts = source.value if isinstance(source, yaml.SequenceNode) else [source]
        nodes = [self.node(part) for part in parts]
        if isinstance(source, yaml.SequenceNode):
            self._count(source, parts)
        good = [node for node in nodes if isinstance(node.value, dict)]
        if len(good) != len(nodes):
            self._refuse(source, "AIG010", "only a mapping can be merged with <<", "write <<: *name of a mapping")
        return good

    def _add_merged(self, other: Node, children: dict[str, Node], keys: dict[str, Place]) -> None:
        for name, value in other.value.items():
            if name in children:
                self._dropped.append(value)
            else:
                children[name], keys[name] = value, (other.keys or {})[name]

    def _duplicate(self, name: str, place: Place, first: Place) -> None:
        message = f"the key {name} is here twice; it is also in line {first[0] + 1}"
        hint = "keep one of them"
        if name.endswith("%"):
            hint += "; two equal shares of a split need two spellings, such as 50% and 50.0%"
        position = Position(self._file, place[0] + 1, place[1] + 1)
        self._problems.append(Diagnostic("AIG008", message, position, hint=hint))

    def _count(self, source: yaml.Node, parts: list[yaml.Node]) -> None:
        if not self._has_aliases:
            return
        size = self._sizes[id(source)] = 1 + sum(self._sizes.get(id(part), 1) for part in parts)
        depth = self._depths[id(source)] = 1 + max((self._depths.get(id(part), 0) for part in parts), default=0)
        if not self.walkable:
            return
        if depth > MAX_DEPTH:
            self.walkable = False
            message = f"with its aliases written out this is nested more than {MAX_DEPTH} levels deep"
            self._refuse(source, "AIG011", message, "no definition needs this; flatten it")
        elif size > MAX_NODES:
            self.walkable = False
            message = f"with its aliases written out this holds more than {MAX_NODES:,} values"
            self._refuse(source, "AIG010", message, "use fewer aliases")

    def _refuse(self, node: yaml.Node, code: str, message: str, hint: str) -> None:
        self._problems.append(Diagnostic(code, message, _position(self._file, node.start_mark), hint=hint))


def _span(source: yaml.Node) -> tuple[Place, Place]:
    start, end = source.start_mark, source.end_mark
    return (start.line, start.column), (end.line, end.column)
