"""One file of definitions, as far as it can be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cfaig.definition.diagnostics import Diagnostic, KeyPath
from cfaig.definition.files import decode, read_text, split_lines
from cfaig.definition.nodes import Node, plain
from cfaig.definition.problems import Findings, find_problems
from cfaig.definition.schema import Part
from cfaig.definition.secret_fields import clear_secrets, hide, hide_suspects
from cfaig.definition.variables import unknown_variables
from cfaig.definition.yaml_reader import parse


@dataclass(eq=False)
class Document:
    """A file: its text, its tree (None when it has none), and what is wrong with it by itself.

    `shown` is the path that people see.
    """

    shown: Path
    text: str = field(default="", repr=False)
    node: Node | None = field(default=None, repr=False)
    findings: Findings = field(default_factory=Findings)
    dropped: Sequence[Node] = field(default=(), repr=False)

    @cached_property
    def data(self) -> Any:
        """The content without places."""
        return None if self.node is None else plain(self.node)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, with secrets in clear text covered."""
        lines = split_lines(self.text)
        if self.node is None:
            return hide_suspects(lines)
        return hide(lines, [*clear_secrets(self.node), *self.dropped, *self.findings.suspects])

    @cached_property
    def only(self) -> frozenset[str] | None:
        """The only environments that it holds for; None for all."""
        only = self.data.get("only") if isinstance(self.data, Mapping) else None
        return frozenset(name for name in only if isinstance(name, str)) if isinstance(only, list) else None

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, in the order found."""
        return tuple(self.findings.diagnostics)


def read_document(path: Path, shown: Path, part: Part) -> Document:
    """Read and check the file at `path`; never raises for what is in it."""
    text, problems = read_text(path, shown)
    if text is None:
        return Document(shown, findings=Findings(list(problems)))
    return text_document(text, shown, part)


def bytes_document(data: bytes, shown: Path, part: Part) -> Document:
    """Check what came from elsewhere than a file."""
    text, problems = decode(data, shown)
    if text is None:
        return Document(shown, findings=Findings(list(problems)))
    return text_document(text, shown, part)


def text_document(text: str, shown: Path, part: Part) -> Document:
    """Check a text: its YAML, its variables, and everything that the schema says of a single file."""
    parsed = parse(text, shown)
    document = Document(shown, text, parsed.node, Findings(parsed.problems), parsed.dropped)
    if parsed.node is None:
        return document
    find_problems(document.data, parsed.node, part, document.findings)
    if "${" in text:
        document.findings.diagnostics.extend(unknown_variables(parsed.node))
    return document


def strip_environment(path: KeyPath, environment: str) -> KeyPath:
    """Where `path` of a file ends up once `environment` is merged."""
    return path[2:] if path[:2] == ("environments", environment) else path
