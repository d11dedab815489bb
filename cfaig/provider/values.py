"""Property values as Python sees them, and as the engine sends them.

Plain JSON values, plus `UNKNOWN` (known only after an earlier resource has been made) and `Secret`. The sentinels are
those of the Pulumi SDK (`pulumi.runtime.rpc`), which is not imported because it takes 0.2 s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from google.protobuf import struct_pb2

SPECIAL_KEY: Final = "4dabf18193072939515e22adb298388d"
SECRET_MARK: Final = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 (the mark of a secret, no secret)
SHORTEST_SECRET: Final = 4
UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
_UNKNOWN_TEXTS: Final = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # of a bool
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # of a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # of a list
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # of an object
    }
)

# A property: JSON, UNKNOWN or Secret at any depth. `Any`, because checks narrow it at the place of use.
Properties = dict[str, Any]


class Unknown:
    """The type of `UNKNOWN`."""

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __deepcopy__(self, memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must not be shown; its repr does not show it."""

    value: Any = field(repr=False)


def from_struct(struct: struct_pb2.Struct) -> Properties:
    """Read properties; whole numbers become int (the wire only has floats)."""
    return {name: _from_value(value) for name, value in struct.fields.items()}


def _from_value(value: struct_pb2.Value) -> Any:
    match value.WhichOneof("kind"):
        case "string_value":
            return UNKNOWN if value.string_value in _UNKNOWN_TEXTS else value.string_value
        case "number_value":
            number = value.number_value
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [_from_value(item) for item in value.list_value.values]
        case "struct_value":
            fields = value.struct_value.fields
            if SPECIAL_KEY in fields and fields[SPECIAL_KEY].string_value == SECRET_MARK:
                return Secret(_from_value(fields["value"]))
            return {name: _from_value(item) for name, item in fields.items()}
        case _:
            return None


def to_struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    """Write properties."""
    struct = struct_pb2.Struct()
    for name, value in properties.items():
        _fill(struct.fields[name], value)
    return struct


def _fill(target: struct_pb2.Value, value: Any) -> None:
    if value is None:
        target.null_value = struct_pb2.NULL_VALUE
    elif isinstance(value, Unknown):
        target.string_value = UNKNOWN_TEXT
    elif isinstance(value, Secret):
        target.struct_value.fields[SPECIAL_KEY].string_value = SECRET_MARK
        _fill(target.struct_value.fields["value"], value.value)
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, int | float):
        target.number_value = value
    elif isinstance(value, str):
        target.string_value = value
    elif isinstance(value, Mapping):
        target.struct_value.SetInParent()
        for name, item in value.items():
            _fill(target.struct_value.fields[name], item)
    else:
        target.list_value.SetInParent()
        for item in value:
            _fill(target.list_value.values.add(), item)


def reveal(value: Any) -> Any:
    """The value without its secret wrappings, at every depth."""
    if isinstance(value, Secret):
        return reveal(value.value)
    if isinstance(value, Mapping):
        return {name: reveal(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [reveal(item) for item in value]
    return value


def secret_names(properties: Mapping[str, Any]) -> frozenset[str]:
    """The top-level properties that hold a secret somewhere."""
    return frozenset(name for name, value in properties.items() if _holds(value, Secret))


def has_unknown(value: Any) -> bool:
    """Whether any part of it is known only later."""
    return _holds(value, Unknown)


def _holds(value: Any, kind: type) -> bool:
    if isinstance(value, kind):
        return True
    if isinstance(value, Secret):
        return _holds(value.value, kind)
    if isinstance(value, Mapping):
        return any(_holds(item, kind) for item in value.values())
    return isinstance(value, list | tuple) and any(_holds(item, kind) for item in value)


def secret_texts(value: Any, *, inside: bool = False) -> frozenset[str]:
    """The texts that are secret; `inside` tells that a secret is around the value."""
    if isinstance(value, Secret):
        return secret_texts(value.value, inside=True)
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return frozenset().union(*(secret_texts(item, inside=inside) for item in value))
    return frozenset({value}) if inside and isinstance(value, str) and value else frozenset()


def texts_in_json(text: str) -> frozenset[str]:
    """The texts inside a text that is a JSON object or list, such as headers; too short ones hide nothing."""
    try:
        value = json.loads(text) if text.startswith(("{", "[")) else None
    except ValueError:
        return frozenset()
    return frozenset(part for part in secret_texts(value, inside=True) if len(part) >= SHORTEST_SECRET)


def json_spellings(text: str) -> frozenset[str]:
    """A text as it is, and as it stands inside JSON, with and without letters outside ASCII."""
    return frozenset({text, *(json.dumps(text, ensure_ascii=plain)[1:-1] for plain in (True, False))})


def conceal(properties: Mapping[str, Any], names: Iterable[str]) -> Properties:
    """Wrap the named properties as secrets."""
    hidden = frozenset(names)
    return {
        name: Secret(value) if name in hidden and not isinstance(value, Secret) else value
        for name, value in properties.items()
    }
