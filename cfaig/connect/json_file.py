"""JSON files of other programs: keys stay in their order, and indentation as it was."""

from __future__ import annotations

import json
import re
from typing import Any

from cfaig.errors import CfaigError


def load(text: str, name: str) -> dict[str, Any]:
    """The document.

    Raises CfaigError for what is no object in JSON, or has a key twice or comments, which would get lost.
    """
    if not text.strip():
        return {}
    try:
        document = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, name))
    except json.JSONDecodeError as error:
        raise CfaigError(
            f"{name}:{error.lineno}:{error.colno}: this is no JSON: {error.msg}",
            "mend the file first; comments and commas at the end are not JSON, and would get lost",
        ) from None
    if not isinstance(document, dict):
        raise CfaigError(f"{name} is not a JSON object", "name a settings file")
    return document


def dump(document: object, like: str) -> str:
    """The document as text, indented as the file `like` was."""
    found = re.search(r"^\{\s*\n([ \t]+)", like)
    indent: str | int | None = found[1] if found else 2
    if not found and like.strip() and "\n" not in like.strip():
        indent = None if like.strip() != "{}" else 2
    ascii_only = re.search(r"\\u[0-9a-fA-F]{4}", like) is not None and like.isascii()
    written = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    return written + ("\n" if like.endswith("\n") or not like.strip() else "")


def _object(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise CfaigError(f"{name}: the key {twice} is there twice", "keep one of the two")
    return document
