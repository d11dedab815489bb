"""What the official plugin refuses before it sends anything, in its words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cfaig.local.standin.attributes import INPUTS, Attribute
from cfaig.provider.values import Unknown

_PULUMI_TYPES = {"integer": "number", "array": "array", "map": "object"}


def problems(inputs: Mapping[str, Any], resource: str) -> list[str]:
    """Every reason to refuse the inputs; `resource` is the resource's name."""
    return list(_object_problems(inputs, INPUTS, resource))


def _object_problems(values: Mapping[str, Any], attributes: Sequence[Attribute], place: str) -> Iterator[str]:
    for attribute in attributes:
        where = f"{place}.{attribute.name}"
        value = values.get(attribute.name)
        if value is None:
            if attribute.required:
                yield (
                    "Missing required argument. "
                    f'The argument "{attribute.wire}" is required, but no definition was found. '
                    f"Examine values at '{where}'."
                )
        elif not isinstance(value, Unknown):
            yield from _value_problems(value, attribute, where)


def _value_problems(value: Any, attribute: Attribute, where: str) -> Iterator[str]:
    if not _fits(value, attribute):
        kind = _PULUMI_TYPES.get(attribute.type, attribute.type)
        yield f"Invalid Attribute Type. Attribute {attribute.wire} must be a {kind}. Examine values at '{where}'."
    elif attribute.inner:
        yield from _inner_problems(value, attribute, where)
    elif attribute.allowed and value not in attribute.allowed:
        choices = " ".join(f'"{choice}"' for choice in attribute.allowed)
        yield (
            f"Invalid Attribute Value Match. Attribute {attribute.wire} value must be one of: [{choices}], "
            f"got: \"{value}\". Examine values at '{where}'."
        )
    elif bounds := _broken_bounds(value, attribute):
        yield (
            f"Invalid Attribute Value. Attribute {attribute.wire} value must be {bounds}, got: {value}. "
            f"Examine values at '{where}'."
        )


def _fits(value: Any, attribute: Attribute) -> bool:
    match attribute.type:
        case "string":
            return isinstance(value, str)
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "array":
            return isinstance(value, list | tuple)
        case _:
            return isinstance(value, Mapping)


def _inner_problems(value: Any, attribute: Attribute, where: str) -> Iterator[str]:
    match attribute.type:
        case "object":
            yield from _object_problems(value, attribute.inner, where)
        case "array":
            for index, item in enumerate(value):
                yield from _object_problems(item, attribute.inner, f"{where}[{index}]")
        case _:
            for key, item in value.items():
                yield from _object_problems(item, attribute.inner, f"{where}.{key}")


def _broken_bounds(value: Any, attribute: Attribute) -> str | None:
    low, high = attribute.minimum, attribute.maximum
    if (low is None or value >= low) and (high is None or value <= high):
        return None
    return f"at least {low}" if high is None else f"between {low} and {high}"
