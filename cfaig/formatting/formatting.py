"""Formatting a text of definitions: what `cfaig fmt` and everything that writes definitions does."""

from __future__ import annotations

from pathlib import Path

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.files import decode
from cfaig.definition.nodes import Node, plain
from cfaig.definition.yaml_reader import parse
from cfaig.errors import CfaigError
from cfaig.formatting.canonical import FilePart, canonical
from cfaig.formatting.emit import emit
from cfaig.formatting.read import read
from cfaig.formatting.tree import Text, comments_of


def format_text(text: str, shown: Path, part: FilePart | None, merged_routes: frozenset[str] = frozenset()) -> str:
    """`text` in canonical form; formatting the result changes nothing more.

    Without a `part` of the schema only the layout is changed. `merged_routes` are the routes that `_defaults.yaml`
    names (`canonical.route_names`). Raises DefinitionError for what is no YAML that a definition may be; `shown` is
    what its places name. Raises CfaigError rather than give a text that says something else.
    """
    node = _node(text, shown)
    tree = read(text)
    laid_out = _laid_out(tree, node, shown)
    return laid_out if part is None else emit(canonical(tree, part, merged_routes))


def format_bytes(data: bytes, shown: Path, part: FilePart | None, merged_routes: frozenset[str] = frozenset()) -> str:
    """As `format_text`; raises DefinitionError for bytes that are no text, too."""
    text, problems = decode(data, shown)
    if text is None:
        raise DefinitionError(problems)
    return format_text(text, shown, part, merged_routes)


def _node(text: str, shown: Path) -> Node:
    parsed = parse(text, shown, number_keys=True)
    if parsed.problems or parsed.node is None:
        raise DefinitionError(tuple(parsed.problems))
    return parsed.node


def _laid_out(tree: Text, node: Node, shown: Path) -> str:
    """The tree as text; whether it says what was read is worth a look before a file is overwritten."""
    text = emit(tree)
    again = parse(text, shown, number_keys=True)
    if again.node is None or plain(again.node) != plain(node) or _comments(read(text)) != _comments(tree):
        raise CfaigError(f"{shown} cannot be formatted without changing what it says; it is left as it is")
    return text


def _comments(text: Text) -> list[str]:
    return sorted([*filter(None, text.header), *comments_of(text.root)])
