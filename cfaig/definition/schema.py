"""The JSON Schema of definitions, compiled once, and the facts about a place in it that messages need."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, TypeAlias

import jsonschema_rs

from cfaig.definition.durations import duration_text, milliseconds

SCHEMA_FILE: Final = "gateway.schema.json"
DURATION_KEYWORD: Final = "x-duration"
EXPECTED_KEYWORD: Final = "x-expected"

Part: TypeAlias = Literal["definition", "defaults", "complete"]
"""What a document is held against: a file, `_defaults.yaml`, or the result of merging both with an environment."""


@cache
def schema_text() -> str:
    """The schema as it is published (`schemas/gateway.schema.json` in the repository)."""
    return resources.files("cfaig").joinpath("schemas", SCHEMA_FILE).read_text("utf-8")


@cache
def schema() -> Mapping[str, Any]:
    """The schema, parsed."""
    parsed: Mapping[str, Any] = json.loads(schema_text())
    return parsed


@cache
def _validator(part: Part) -> jsonschema_rs.Draft202012Validator:
    document = dict(schema())
    if part != "definition":
        document = {"$ref": f"#/$defs/{part}", "$defs": document["$defs"]}
    return jsonschema_rs.Draft202012Validator(document, keywords={DURATION_KEYWORD: DurationRange})


def violations(document: object, part: Part) -> list[jsonschema_rs.ValidationError]:
    """Everything in `document` that the schema refuses."""
    return list(_validator(part).iter_errors(document))


def schema_at(path: Sequence[str | int]) -> Any:
    """The part of the schema at `path`, with a reference there followed."""
    found: Any = schema()
    for key in path:
        found = found[key]
    return followed(found)


def followed(part: Any) -> Any:
    """`part`, or what it refers to."""
    while isinstance(part, Mapping) and "$ref" in part:
        part = schema()["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part


class DurationRange:
    """The keyword `x-duration`: bounds of a duration in either spelling.

    `unit` (`s` or `ms`) is what it must be a whole number of; `minimum` and `maximum` are in this unit; `or` is a
    value outside the bounds that is allowed too.
    """

    def __init__(self, parent_schema: object, value: Mapping[str, Any], schema_path: object) -> None:
        del parent_schema, schema_path
        self._rule = value

    def validate(self, instance: object) -> None:
        """Raise ValueError, with the reason for people, when `instance` is out of bounds."""
        problem = duration_problem(instance, self._rule)
        if problem:
            raise ValueError(problem)


def duration_problem(instance: object, rule: Mapping[str, Any]) -> str | None:
    """Why `instance` is no duration that `rule` allows; None when it is one, or when its type or form is wrong."""
    if isinstance(instance, bool) or not isinstance(instance, str | int | float):
        return None
    try:
        length = milliseconds(instance) / (1 if rule["unit"] == "ms" else 1000)
    except ValueError:
        return None
    if "or" in rule and length == rule["or"]:
        return None
    unit: str = rule["unit"]
    if length != length.to_integral_value():
        return f"must be a whole number of {'milliseconds' if unit == 'ms' else 'seconds'}"
    return _bounds_problem(length, rule, unit)


def _bounds_problem(length: Decimal, rule: Mapping[str, Any], unit: str) -> str | None:
    lowest, highest = rule.get("minimum"), rule.get("maximum")
    if (lowest is None or length >= lowest) and (highest is None or length <= highest):
        return None
    least = duration_text(lowest or 0, unit=unit)
    if highest is None:
        return f"must be at least {least}"
    also = f"{rule['or']}, or " if "or" in rule else ""
    return f"must be {also}between {least} and {duration_text(highest, unit=unit)}"
