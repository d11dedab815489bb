"""Rules of a script from plain data, with errors that name the place."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from typing import Any, Final, TypeVar

from cfaig.definition.durations import milliseconds
from cfaig.definition.spelling import nearest
from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.runtime.scripted.rules import Finish, Malformed, Rule, Tokens, ToolCall

Enum = TypeVar("Enum", bound=StrEnum)
Reader = Callable[[Any, str], Any]

# Ways to end that exclude each other.
_ENDINGS: Final = ("hang", "refuse", "malformed", "text", "tool", "body")


def read_rules(data: Json, where: str) -> tuple[Rule, ...]:
    """The rules in a list. Raises CfaigError that names the first wrong place."""
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise CfaigError(f"{where} is no list", f"write the rules as a list; a rule has {', '.join(_RULE)}")
    return tuple(_rule(entry, f"{where}[{index}]") for index, entry in enumerate(data))


def _rule(data: Json, where: str) -> Rule:
    rule = Rule(**_members(data, where, _RULE))
    said = [name for name in _ENDINGS if isinstance(data, Mapping) and data.get(name) not in (None, False)]
    if len(said) > 1 and set(said) != {"text", "tool"}:
        raise CfaigError(f"{where} says both {said[0]} and {said[1]}", "a rule has one of them")
    if rule.status >= 400 and (rule.text is not None or rule.tool is not None):
        raise CfaigError(f"{where} fails with {rule.status} and answers", "a failure has a message, not a text or tool")
    if rule.status < 400 and (rule.message is not None):
        raise CfaigError(f"{where}.message needs a status of 400 or more", "an answer has a text")
    return rule


def _members(data: Json, where: str, readers: Mapping[str, tuple[str, Reader]]) -> dict[str, Any]:
    """The members of an object by the names of the fields that they fill."""
    if not isinstance(data, Mapping):
        raise CfaigError(f"{where} is no object", f"it may have {', '.join(readers)}")
    read = {}
    for name, value in data.items():
        if name not in readers:
            guess = nearest(str(name), readers)
            hint = f"did you mean {guess}? " if guess else ""
            raise CfaigError(f"{where} has no {name}", f"{hint}It may have {', '.join(readers)}")
        target, reader = readers[name]
        read[target] = reader(value, f"{where}.{name}")
    return read


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise CfaigError(f"{where} is no text", "put it in quotes")
    return value


def _pattern(value: Any, where: str) -> str:
    if not _text(value, where):
        raise CfaigError(f"{where} is empty", "leave it out to fit everything; * stands for anything")
    return str(value)


def _flag(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise CfaigError(f"{where} is neither true nor false", "write true, or leave it out")
    return value


def _whole(least: int, most: float = math.inf) -> Reader:
    def read(value: Any, where: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            limit = f"from {least}" + (f" to {int(most)}" if most < math.inf else "")
            raise CfaigError(f"{where} is no whole number {limit}", "write a number without quotes")
        return value

    return read


def _seconds(value: Any, where: str) -> float:
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float) or not _finite(value):
            raise ValueError(value)
        length = float(milliseconds(value)) / 1000
    except (ValueError, ArithmeticError):
        length = -1.0
    if length < 0:
        raise CfaigError(f"{where} is no duration", "write 500ms, 2s, 1h, or a number of seconds")
    return length


def _finite(value: str | float) -> bool:
    return isinstance(value, str) or math.isfinite(value)


def _one_of(kind: type[Enum]) -> Reader:
    def read(value: Any, where: str) -> Enum:
        try:
            return kind(value)
        except ValueError:
            raise CfaigError(f"{where} is none of {', '.join(kind)}", f"write {next(iter(kind))}") from None

    return read


def _object(value: Any, where: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise CfaigError(f"{where} is no object", "write names and values")
    return value


def _headers(value: Any, where: str) -> Mapping[str, str]:
    return {name.lower(): _text(each, f"{where}.{name}") for name, each in _object(value, where).items()}


def _tool(value: Any, where: str) -> ToolCall:
    members = _members(value, where, {"name": ("name", _pattern), "arguments": ("arguments", _object)})
    if "name" not in members:
        raise CfaigError(f"{where} has no name", "a tool call is {name: …, arguments: {…}}")
    return ToolCall(**members)


def _tokens(value: Any, where: str) -> Tokens:
    tokens = Tokens(**_members(value, where, _TOKENS))
    if tokens.tokens_in is not None and tokens.cache_read + tokens.cache_write > tokens.tokens_in:
        raise CfaigError(f"{where}.in is less than its cached tokens", "in counts cache_read and cache_write too")
    return tokens


def _anything(value: Any, _where: str) -> Json:
    return value  # type: ignore[no-any-return]


_TOKENS: Final[Mapping[str, tuple[str, Reader]]] = {
    "in": ("tokens_in", _whole(0)),
    "out": ("tokens_out", _whole(0)),
    "cache_read": ("cache_read", _whole(0)),
    "cache_write": ("cache_write", _whole(0)),
    "reasoning": ("reasoning", _whole(0)),
}
_READERS: Final[Mapping[str, Reader]] = {
    "provider": _pattern,
    "model": _pattern,
    "path": _pattern,
    "after": _whole(0),
    "every": _whole(1),
    "times": _whole(1),
    "delay": _seconds,
    "chunk_delay": _seconds,
    "hang": _flag,
    "refuse": _flag,
    "cut_after": _whole(0),
    "stall_after": _whole(0),
    "malformed": _one_of(Malformed),
    "status": _whole(200, 599),
    "message": _text,
    "retry_after": _seconds,
    "text": _text,
    "tool": _tool,
    "finish": _one_of(Finish),
    "tokens": _tokens,
    "headers": _headers,
    "body": _anything,
}
_RULE: Final[Mapping[str, tuple[str, Reader]]] = {each.name: (each.name, _READERS[each.name]) for each in fields(Rule)}
