"""`.env` files: single variables changed, every other line as it was."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from cfaig.connect.literals import quoted
from cfaig.errors import CfaigError

if TYPE_CHECKING:
    from dotenv.parser import Binding

# Possessive throughout, and no two parts beside each other that could share a character: linear, whatever is in a file.
_BINDING: Final = re.compile(
    r"""(?P<head>\s*+(?:export[^\S\r\n]++)?'?[^=\s']++'?(?:[^\S\r\n]++(?!\#))?+)
    (?:=(?P<space>(?:[^\S\r\n]++(?!\#))?+)
    (?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'|(?:[^\s'"]++|[^\S\r\n]++(?![\#\r\n]|\Z))*+))?
    (?P<comment>[^\S\r\n]++\#[^\r\n]*+)?(?P<end>[^\S\r\n]*+(?:\r\n|\n|\r)?)""",
    re.VERBOSE | re.DOTALL,
)


def load(text: str, name: str) -> dict[str, str]:
    """The variables of the file, as they are written: `${NAME}` stays.

    Raises CfaigError for a line that no reader of such files takes.
    """
    values: dict[str, str] = {}
    for binding in _bindings(text):
        if binding.error:
            given = binding.original.string
            line = binding.original.line + given[: len(given) - len(given.lstrip())].count("\n")
            raise CfaigError(f"{name}:{line}: this is no NAME=value", "mend the line first")
        if binding.key is not None:
            values[binding.key] = binding.value or ""
    return values


def patch(text: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """`text` with the variables of `after`, where these differ from `before`."""
    ends = "\r\n" if "\r\n" in text else "\n"
    parts: list[str] = []
    for binding in _bindings(text):
        given, key = binding.original.string, binding.key
        if key is None or (key in after and before.get(key) == after[key]):
            parts.append(given)
        elif key in after:
            parts.append(_with_value(given, key, after[key], ends))
        else:
            parts.append(given[: len(given) - len(given.lstrip())])
    lines = [f"{key}={quoted(value)}{ends}" for key, value in after.items() if key not in before]
    kept = "".join(parts)
    return kept + (ends if lines and kept and not kept.endswith(("\n", "\r")) else "") + "".join(lines)


def _with_value(given: str, key: str, value: str, ends: str) -> str:
    """A binding with another value: what is before (`export`, empty lines) and behind it (a comment) stays."""
    match = _BINDING.fullmatch(given)
    if match is None:
        return f"{key}={quoted(value)}{ends}"
    return f"{match['head']}={match['space'] or ''}{quoted(value)}{match['comment'] or ''}{match['end']}"


def _bindings(text: str) -> list[Binding]:
    from dotenv.parser import parse_stream

    return list(parse_stream(io.StringIO(text, newline="")))


def masked(text: str, harmless: Callable[[str, str], bool], hidden: str) -> str:
    """`text` for people to look at: only of variables that are harmless, by name and value, the value is shown."""
    parts: list[str] = []
    for binding in _bindings(text):
        given, key = binding.original.string, binding.key
        if key is None or harmless(key, binding.value or ""):
            parts.append(given)
        else:
            head = given[: given.find("=") + 1] or f"{key}="
            parts.append(f"{head}{hidden}\n")
    return "".join(parts)
