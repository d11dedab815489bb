"""Checking of request bodies and queries, in the words of the real API.

Cloudflare checks with zod, and clients meet zod's habits: unknown keys are dropped without a word, defaults are filled
in, every problem is told with a path, and the texts are zod's (`Required`, `Expected number, received string`; facts
1.7). A shape cleans a value and collects its problems; `schema` is the same as JSON Schema, for the OpenAPI document.
"""

# The shapes' methods do what Shape says of them.
# ruff: noqa: D102

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]

MISSING: Final = object()


@dataclass(slots=True)
class Problems:
    """What is wrong with one request."""

    found: list[tuple[Path, str]] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Note one problem."""
        self.found.append((path, message))


class Shape:
    """What a value must look like; `default` is taken for one that is absent."""

    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        """The value as the server keeps it; notes problems instead of raising."""
        raise NotImplementedError

    def absent(self, path: Path, problems: Problems) -> Any:
        """What stands in for a value that is not there; MISSING when nothing does."""
        if self.default is MISSING:
            problems.add(path, "Required")
        return self.default() if callable(self.default) else self.default

    def schema(self) -> dict[str, Any]:
        """The shape as JSON Schema."""
        raise NotImplementedError


def type_name(value: Any) -> str:
    """The name that zod gives to the value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    names = {str: "string", int: "number", float: "number", list: "array", dict: "object"}
    return names.get(type(value), "unknown")


@dataclass(frozen=True, slots=True)
class Boolean(Shape):
    """True or false."""

    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, bool):
            problems.add(path, f"Expected boolean, received {type_name(value)}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Number(Shape):
    """A number within bounds; `whole` wants an integer, `coerced` tells that absence is not a number either."""

    low: float | None = None
    high: float | None = None
    whole: bool = True
    coerced: bool = False
    default: Any = MISSING

    def absent(self, path: Path, problems: Problems) -> Any:
        if self.coerced:
            problems.add(path, "Expected number, received nan")
            return MISSING
        return Shape.absent(self, path, problems)

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            problems.add(path, f"Expected number, received {type_name(value)}")
            return value
        if self.whole and isinstance(value, float):
            if not value.is_integer():
                problems.add(path, "Expected integer, received float")
                return value
            value = int(value)
        if self.low is not None and value < self.low:
            problems.add(path, f"Number must be greater than or equal to {self.low:g}")
        if self.high is not None and value > self.high:
            problems.add(path, f"Number must be less than or equal to {self.high:.0f}")
        return value

    def schema(self) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        kind = "integer" if self.whole else "number"
        return {"type": kind} | {name: bound for name, bound in bounds.items() if bound is not None}


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """A string of `low` to `high` characters that matches `pattern` as a whole."""

    low: int = 0
    high: int | None = None
    pattern: str | None = None
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, str):
            problems.add(path, f"Expected string, received {type_name(value)}")
        elif len(value) < self.low:
            problems.add(path, f"String must contain at least {self.low} character(s)")
        elif self.high is not None and len(value) > self.high:
            problems.add(path, f"String must contain at most {self.high} character(s)")
        elif self.pattern is not None and not re.fullmatch(self.pattern, value):
            problems.add(path, "Invalid")
        return value

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "string", "minLength": self.low}
        if self.high is not None:
            schema["maxLength"] = self.high
        if self.pattern is not None:
            schema["pattern"] = f"^(?:{self.pattern})$"
        return schema


@dataclass(frozen=True, slots=True)
class Choice(Shape):
    """One of a few strings."""

    values: tuple[str, ...]
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if value not in self.values:
            expected = " | ".join(f"'{each}'" for each in self.values)
            received = f"'{value}'" if isinstance(value, str) else type_name(value)
            problems.add(path, f"Invalid enum value. Expected {expected}, received {received}")
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Anything(Shape):
    """Any JSON value."""

    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:  # noqa: ARG002 (nothing can be wrong)
        return value

    def schema(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True, slots=True)
class Nullable(Shape):
    """Null counts as `when_null`; otherwise the inner shape rules."""

    inner: Shape
    when_null: Any = None
    default: Any = MISSING

    def absent(self, path: Path, problems: Problems) -> Any:
        if self.default is MISSING:
            return self.inner.absent(path, problems)
        return Shape.absent(self, path, problems)

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if value is None:
            return self.when_null() if callable(self.when_null) else self.when_null
        return self.inner.clean(value, path, problems)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [self.inner.schema(), {"type": "null"}]}


@dataclass(frozen=True, slots=True)
class Items(Shape):
    """A list of `low` to `high` values."""

    inner: Shape
    low: int = 0
    high: int | None = None
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, list):
            problems.add(path, f"Expected array, received {type_name(value)}")
            return value
        if len(value) < self.low:
            problems.add(path, f"Array must contain at least {self.low} element(s)")
        if self.high is not None and len(value) > self.high:
            problems.add(path, f"Array must contain at most {self.high} element(s)")
        return [self.inner.clean(each, (*path, index), problems) for index, each in enumerate(value)]

    def schema(self) -> dict[str, Any]:
        schema = {"type": "array", "items": self.inner.schema(), "minItems": self.low}
        return schema if self.high is None else schema | {"maxItems": self.high}


@dataclass(frozen=True, slots=True)
class Table(Shape):
    """An object with free keys."""

    inner: Shape
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.add(path, f"Expected object, received {type_name(value)}")
            return value
        return {key: self.inner.clean(each, (*path, key), problems) for key, each in value.items()}

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self.inner.schema()}


@dataclass(frozen=True, slots=True)
class Fields(Shape):
    """An object with fixed keys; other keys are dropped. A key that is absent and has the default MISSING stays out."""

    fields: Mapping[str, Shape]
    optional: frozenset[str] = frozenset()
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.add(path, f"Expected object, received {type_name(value)}")
            return value
        cleaned: dict[str, Any] = {}
        for name, shape in self.fields.items():
            if name in value:
                kept = shape.clean(value[name], (*path, name), problems)
            elif name in self.optional:
                continue
            else:
                kept = shape.absent((*path, name), problems)
            if kept is not MISSING:
                cleaned[name] = kept
        return cleaned

    def schema(self) -> dict[str, Any]:
        needed = [n for n, s in self.fields.items() if n not in self.optional and not _has_default(s)]
        properties = {name: shape.schema() for name, shape in self.fields.items()}
        return {"type": "object", "properties": properties, "required": needed}


def _has_default(shape: Shape) -> bool:
    return shape.default is not MISSING


@dataclass(frozen=True, slots=True)
class OneOf(Shape):
    """One of several shapes, chosen by looking at the object."""

    choose: Callable[[Mapping[str, Any]], Shape | str]
    shapes: Sequence[Shape]
    default: Any = MISSING

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.add(path, f"Expected object, received {type_name(value)}")
            return value
        chosen = self.choose(value)
        if isinstance(chosen, str):
            problems.add(path, chosen)
            return value
        return chosen.clean(value, path, problems)

    def schema(self) -> dict[str, Any]:
        return {"anyOf": [shape.schema() for shape in self.shapes]}
