"""What would change in a file, without the secrets that are in it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from cfaig.connect import dotenv_file
from cfaig.connect.merging import OURS
from cfaig.connect.model import ConfigFile, FileKind, Tree
from cfaig.connect.programs import plain
from cfaig.json_types import Json

HIDDEN: Final = "(hidden)"
_SHORTEST: Final = 4
_ADDRESS: Final = "_BASE_URL"
_SECRET_NAME: Final = re.compile(r"key|token|secret|passw|auth|credential|header|cookie", re.IGNORECASE)
# Keys of well-known forms, wherever they are; and whatever a comment gives a secret's name to.
_SECRET_TEXT: Final = re.compile(r"\b(?:sk|pk|rk|gsk|ghp|xox[a-z])[-_][\w-]{8,}")
_IN_COMMENT: Final = re.compile(rf"(#.*(?:{_SECRET_NAME.pattern})\w*[\"']?\s*[:=]\s*).+", re.IGNORECASE)


def shown_diff(name: str, file: ConfigFile, tree: Mapping[str, Tree], texts: tuple[str, str], before: Any) -> str:
    """The unified diff of `texts`; of what the file said `before`, only harmless values are shown."""
    ours = frozenset(_texts(plain(tree, file.render)))
    if file.kind is FileKind.DOTENV:
        old, new = (
            dotenv_file.masked(text, lambda key, value: key.endswith(_ADDRESS) or _harmless(value, ours), HIDDEN)
            for text in texts
        )
    else:
        secrets = sorted({one for one in _secrets(before) if not _harmless(one, ours)}, key=len, reverse=True)
        old, new = (_without(text, secrets) for text in texts)
    old, new = (_IN_COMMENT.sub(rf"\1{HIDDEN}", _SECRET_TEXT.sub(HIDDEN, text)) for text in (old, new))
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), name, name, n=2)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _harmless(value: str, ours: frozenset[str]) -> bool:
    return value in ours or OURS.search(value) is not None or value.startswith(("${", "os.environ/")) or not value


def _without(text: str, secrets: list[str]) -> str:
    for secret in secrets:
        for line in secret.split("\n"):
            if len(line) >= _SHORTEST:
                text = text.replace(line, HIDDEN)
    return text


def _secrets(document: Any, *, inside: bool = False) -> Iterator[str]:
    """Every text below a name that sounds like a secret's."""
    if isinstance(document, Mapping):
        for name, value in document.items():
            yield from _secrets(value, inside=inside or _SECRET_NAME.search(str(name)) is not None)
    elif isinstance(document, list):
        for value in document:
            yield from _secrets(value, inside=inside)
    elif inside and isinstance(document, str):
        yield document


def _texts(document: Json) -> Iterator[str]:
    if isinstance(document, Mapping):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)
    elif isinstance(document, str):
        yield document
