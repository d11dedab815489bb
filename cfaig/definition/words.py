"""The words of diagnostics: what a value is, what it should be, how to write it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.schema import DURATION_KEYWORD, EXPECTED_KEYWORD
from cfaig.definition.secret_fields import is_secret, is_token_hash
from cfaig.definition.spelling import BOOLEAN_WORDS, nearest
from cfaig.secrets import FORMS

DURATION_EXAMPLES: Final = "30s, 500ms, 5m, 1h or 30d"
_MAX_SHOWN: Final = 40
_TYPES: Final[Mapping[str, str]] = {
    "object": "a mapping",
    "array": "a list",
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
}
_NUMBER_LIKE: Final = re.compile(r"[-+]?0*([0-9][0-9_]*(?:\.[0-9]+)?)", re.ASCII)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{1,15})://")


def shown_path(path: KeyPath) -> str:
    """`routes.chat.chain[0]`; nothing for the whole document."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else (f".{key}" if text else key)
    return f"`{text}`" if text else ""


def shown(path: KeyPath, value: object) -> str:
    """`value` for a message: short, and not at all when it may be a secret."""
    if is_secret(path) or isinstance(value, Mapping | list):
        return kind_of(value)
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return f"`{text}`" if len(text) <= _MAX_SHOWN else f"`{text[:_MAX_SHOWN]}…`"


def kind_of(value: object) -> str:
    """What a value is, in a word."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a mapping" if isinstance(value, Mapping) else "a list"


def allowed_words(words: Sequence[str], *, last: str) -> str:
    """`a`, `b` or `c`."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"


def type_problem(path: KeyPath, value: Any, rule: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Code, message and hint for a value of the wrong type."""
    where = shown_path(path) or "the file"
    types = [rule["type"]] if isinstance(rule["type"], str) else list(rule["type"])
    names = [name for name in types if name != "null"]
    if names == ["boolean"] and isinstance(value, str) and value.lower() in BOOLEAN_WORDS:
        message = f"{where} must be true or false; `{value}` is a text"
        return "AIG029", message, f"write {BOOLEAN_WORDS[value.lower()]}"
    if EXPECTED_KEYWORD in rule:
        expected = str(rule[EXPECTED_KEYWORD])
    elif DURATION_KEYWORD in rule:
        expected = "a duration"
    else:
        expected = " or ".join(_TYPES[name] for name in names)
    message = f"{where} must be {expected}, not {kind_of(value)}"
    return "AIG020", message, _type_hint(path, value, names)


def _type_hint(path: KeyPath, value: Any, names: Sequence[str]) -> str | None:
    if value is None:
        return "the value is missing; write one, or remove the key"
    if is_secret(path):
        return None
    wants_number = "number" in names or "integer" in names
    if wants_number and isinstance(value, str):
        match = _NUMBER_LIKE.fullmatch(value)
        return f"write {match[1].replace('_', '')}, without quotes or leading zeros" if match else None
    if names == ["string"] and isinstance(value, bool | int | float):
        return f'put it in quotes: "{json.dumps(value)}"'
    if names == ["array"] and isinstance(value, str):
        return f"write [{value}]"
    return None


def enum_problem(path: KeyPath, value: Any, allowed: Sequence[Any]) -> tuple[str, str]:
    """Message and hint for a value that is none of `allowed`."""
    words = [word if isinstance(word, str) else json.dumps(word) for word in allowed]
    listed = allowed_words(words, last="or")
    guess = nearest(value, words) if isinstance(value, str) and len(words) > 1 else None
    hint = f"did you mean `{guess}`?" if guess else f"write {listed}"
    return f"{shown_path(path)} must be {listed}, not {shown(path, value)}", hint


def secret_problem(path: KeyPath, value: str) -> tuple[str, str, str]:
    """Code, message and hint for a text that is no reference to a secret; the text is not told."""
    where = shown_path(path)
    if is_token_hash(path):
        hint = 'write what this prints: printf %s "$TOKEN" | sha256sum; if it is the token itself, take another one'
        return "AIG024", f"{where} is not the SHA-256 of a token", hint
    scheme = _SCHEME.match(value)
    if scheme and scheme[1] not in {"http", "https"}:
        message = f"{where} is not a reference that can be read ({scheme[1]}://…)"
        return "AIG031", message, f"write {FORMS}"
    return "AIG030", f"{where} holds a secret in clear text", f"write {FORMS}, and change the secret"


def duration_hint(value: Any) -> str:
    """How to write a duration."""
    if isinstance(value, int | float) and not isinstance(value, bool) and value >= 1:
        return f"a plain number is seconds; milliseconds are {json.dumps(value)}ms"
    if isinstance(value, str) and (parts := re.findall(r"\d+[a-z]+", value)) and len(parts) > 1:
        return "one number and one unit: 90m instead of 1h30m"
    return f"write {DURATION_EXAMPLES}, or a number of seconds"


def example_hint(rule: Mapping[str, Any]) -> str:
    """What the schema says about a value, and an example of it."""
    sentence = str(rule["description"]).split(". ")[0].rstrip(".")
    examples = rule.get("examples")
    return sentence + (f"; for example {examples[0]}" if examples else "")


def bound_problem(path: KeyPath, keyword: str, value: Any, rule: Mapping[str, Any]) -> str:
    """Message for a value that is too small, too large, too short or too long."""
    where, limit = shown_path(path), rule[keyword]
    if keyword in {"minimum", "maximum"}:
        low, high = rule.get("minimum"), rule.get("maximum")
        allowed = f"between {low} and {high}" if low is not None and high is not None else f"at least {low}"
        return f"{where} must be {allowed}, not {shown(path, value)}"
    if keyword in {"minLength", "maxLength"}:
        low, high = rule.get("minLength"), rule.get("maxLength")
        if keyword == "minLength" and low == 1:
            return f"{where} must not be empty"
        allowed = f"{low} to {high}" if low is not None and high is not None else f"at most {high}"
        return f"{where} must have {allowed} characters, not {len(value)}"
    if limit == 1:
        return f"{where} must not be empty"
    bound = "at least" if keyword.startswith("min") else "at most"
    return f"{where} must have {bound} {limit} entries, not {len(value)}"
