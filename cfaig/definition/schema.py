"""The JSON Schema of definitions, and the facts about a place in it that messages need."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any, Final, Literal, TypeAlias

from cfaig.definition.durations import duration_text, milliseconds
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError

_SUFFIX: Final = ".schema.json"
SCHEMA_FILE: Final = f"gateway{_SUFFIX}"
DURATION_KEYWORD: Final = "x-duration"
EXPECTED_KEYWORD: Final = "x-expected"

Part: TypeAlias = Literal["definition", "defaults", "complete"]
"""What a document is held against: a file, `_defaults.yaml`, or the result of merging both with an environment."""
Rule: TypeAlias = Mapping[str, Any]
"""A schema of its own, for documents that are no definitions; it has no references, and is kept for ever."""


def published_schemas() -> tuple[str, ...]:
    """The names of all schemas, without `.schema.json`."""
    files = (entry.name for entry in resources.files("cfaig").joinpath("schemas").iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))


def published_schema(name: str) -> str:
    """The text of a schema.

    Raises CfaigError for a name that there is not.
    """
    known = published_schemas()
    if name not in known:
        raise CfaigError(f"there is no schema {name}", f"{did_you_mean(name, known)}there are {', '.join(known)}")
    return resources.files("cfaig").joinpath("schemas", name + _SUFFIX).read_text("utf-8")


@cache
def schema_text() -> str:
    """The schema as it is published (`schemas/gateway.schema.json` in the repository)."""
    return resources.files("cfaig").joinpath("schemas", SCHEMA_FILE).read_text("utf-8")


@cache
def schema() -> Mapping[str, Any]:
    """The schema, parsed."""
    parsed: Mapping[str, Any] = json.loads(schema_text())
    return parsed


def followed(part: Any) -> Any:
    """`part`, or what it refers to."""
    while isinstance(part, Mapping) and "$ref" in part:
        part = schema()["$defs"][part["$ref"].rsplit("/", 1)[1]]
    return part


@cache
def _matcher(pattern: str) -> Callable[[str], object]:
    # In ECMAScript `$` is the end of the text; in Python it also stands before a line break there.
    is_anchored = pattern.endswith("$") and not pattern.endswith("\\$")
    return re.compile(pattern[:-1] + r"\Z" if is_anchored else pattern).search


def matches(pattern: str, text: str) -> bool:
    """Whether `text` has what `pattern` of the schema describes."""
    return _matcher(pattern)(text) is not None


def duration_problem(instance: object, rule: Mapping[str, Any]) -> str | None:
    """Why `instance` is no duration that `rule` allows; None when it is one, or when its type or form is wrong.

    `rule` is the value of the keyword `x-duration`: `unit` (`s` or `ms`) is what a duration must be a whole number of;
    `minimum` and `maximum` are in this unit; `or` is a value outside these bounds that is allowed too.
    """
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
