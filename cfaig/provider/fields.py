"""The inputs and outputs of a resource, told once: for checking, for diffs and for the schema."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from cfaig.provider.values import UNKNOWN, Properties, Unknown

FieldType = Literal["string", "integer", "number", "boolean", "array", "object"]

_ANY: Final[Mapping[str, Any]] = {"$ref": "pulumi.json#/Any"}
_NAMES: Final[Mapping[str, str]] = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One property.

    `problem` tells what is wrong with a value of the right type, or None. `default` is filled in by check.
    """

    name: str
    type: FieldType
    description: str
    required: bool = False
    secret: bool = False
    replaces: bool = False
    default: Any = None
    problem: Callable[[Any], str | None] = field(default=lambda _value: None)

    def schema(self) -> dict[str, Any]:
        """The property in Pulumi's package schema."""
        told: dict[str, Any] = {"type": self.type, "description": self.description}
        if self.type == "array":
            told["items"] = _ANY
        if self.type == "object":
            told["additionalProperties"] = _ANY
        if self.secret:
            told["secret"] = True
        if self.replaces:
            told["replaceOnChanges"] = True
        return told


@dataclass(frozen=True, slots=True)
class Failure:
    """A property that cannot be accepted, and why."""

    property: str
    reason: str


def check_fields(fields: Sequence[Field], news: Mapping[str, Any]) -> tuple[Properties, list[Failure]]:
    """Check inputs against their fields: every failure, and the inputs with nulls left out and defaults filled in."""
    given = {name: value for name, value in news.items() if value is not None}
    known = {entry.name: entry for entry in fields}
    failures = [Failure(name, _unknown(name, known)) for name in sorted(given) if name not in known]
    for entry in fields:
        if entry.name in given:
            reason = _reason(entry, given[entry.name])
            if reason:
                failures.append(Failure(entry.name, reason))
        elif entry.default is not None:
            given[entry.name] = entry.default
        elif entry.required:
            failures.append(Failure(entry.name, f"is missing: {entry.description}"))
    return given, failures


def _unknown(name: str, known: Mapping[str, Field]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return "is not a property of this resource" + (f"; did you mean {near[0]}?" if near else "")


def _reason(entry: Field, value: Any) -> str | None:
    if isinstance(value, Unknown):
        return None
    if not _fits(entry.type, value):
        return f"must be {_NAMES[entry.type]}"
    return entry.problem(value)


def _fits(kind: FieldType, value: Any) -> bool:
    types: Mapping[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": (list, tuple),
        "object": Mapping,
    }
    return isinstance(value, types[kind]) and (kind == "boolean" or not isinstance(value, bool))


def unknown_outputs(names: Sequence[str]) -> Properties:
    """Outputs that are known only once the resource has been made."""
    return dict.fromkeys(names, UNKNOWN)
