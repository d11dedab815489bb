"""Which fields hold secrets, and how to keep a value that should not be there out of every message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.nodes import Node, Place, scalars
from cfaig.secrets import is_well_formed

_OPEN_PROVIDER_KEYS: Final = frozenset(
    {"base_url", "name", "description", "link", "enabled", "beta", "position", "rate_limit", "default"}
)
_OPEN_OTEL_KEYS: Final = frozenset({"url", "content_type"})
_OPEN_STRIPE_KEYS: Final = frozenset({"usage_events"})
_OPEN_EDGE_KEYS: Final = frozenset({"hostname", "zone", "worker", "cors", "deny_headers", "explain", "rules"})
_OPEN_AUTH_KEYS: Final = frozenset({"access", "open"})
_OPEN_EDGE_KEY_KEYS: Final = frozenset({"header", "scheme"})
_SECRET_WORD: Final = re.compile(r"(?i)(?:key|auth|token|secret|password|header|credential|stripe)")


def is_secret(path: KeyPath) -> bool:
    """Whether the value at `path` is, or by a misspelling may be, a secret."""
    if len(path) > 2 and path[0] == "environments":
        path = path[2:]
    if len(path) < 2:
        return False
    if path[0] == "providers":
        return len(path) == 2 or path[2] not in _OPEN_PROVIDER_KEYS
    if path[0] == "otel":
        return len(path) == 2 or path[2] not in _OPEN_OTEL_KEYS
    if path[0] == "edge":
        return _is_secret_of_edge(path[1:])
    return path[0] == "stripe" and path[1] not in _OPEN_STRIPE_KEYS


def is_token_hash(path: KeyPath) -> bool:
    """Whether the value at `path` is the hash of a client's token; by mistake it may be the token."""
    return path[-4:-1] == ("edge", "auth", "tokens")


def _is_secret_of_edge(path: KeyPath) -> bool:
    if path[0] == "auth":
        return len(path) > 1 and path[1] not in _OPEN_AUTH_KEYS
    if path[0] == "keys":
        return len(path) < 3 or path[2] not in _OPEN_EDGE_KEY_KEYS
    return path[0] not in _OPEN_EDGE_KEYS


def is_reference(value: object) -> bool:
    """Whether `value` points to a secret instead of being one; a malformed reference may hold the secret itself."""
    return isinstance(value, str) and is_well_formed(value)


def clear_secrets(node: Node) -> list[Node]:
    """The scalars of a definition that stand where a secret may stand, and are no references."""
    return [scalar for path, scalar in scalars(node) if is_secret(path) and not is_reference(scalar.value)]


def hide(lines: Sequence[str], nodes: Iterable[Node]) -> tuple[str, ...]:
    """The lines with every scalar in `nodes` covered by asterisks; columns stay."""
    covered = list(lines)
    for node in nodes:
        for _, scalar in scalars(node):
            _cover(covered, scalar.start, scalar.end)
    return tuple(covered)


def _cover(lines: list[str], start: Place, end: Place) -> None:
    for index in range(start[0], min(end[0] + 1, len(lines))):
        line = lines[index]
        first = start[1] if index == start[0] else 0
        last = end[1] if index == end[0] else len(line)
        lines[index] = line[:first] + "*" * len(line[first:last]) + line[last:]


def hide_suspects(lines: Sequence[str]) -> tuple[str, ...]:
    """The lines of a text that is no YAML, with everything blank that may belong to a secret.

    A line may when it, or a line that it is indented under, has a word in it that secrets go by.
    """
    safe: list[str] = []
    suspect_indent: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if suspect_indent is not None and line.strip() and indent <= suspect_indent:
            suspect_indent = None
        if suspect_indent is None and _SECRET_WORD.search(line):
            suspect_indent = indent
        safe.append(line if suspect_indent is None else "")
    return tuple(safe)
