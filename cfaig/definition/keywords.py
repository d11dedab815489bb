"""Keywords for the library jsonschema that are quick, and tell exactly what they refuse.

The library makes a new validator at each step into the schema; the keywords here make one for each part of the schema
and keep it, which is some ten times as fast. They write no messages: `problems` has better ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from cfaig.definition.schema import DURATION_KEYWORD, Part, Rule, duration_problem, followed, matches, schema


class NamesError(ValidationError):
    """An error that knows the keys that it is about."""

    def __init__(self, *names: str) -> None:
        super().__init__("")
        self.names = names


_Errors: TypeAlias = Iterable[ValidationError]
_Keyword: TypeAlias = Callable[[Any, Any, Any, Any], _Errors]
_NONE: Final[tuple[ValidationError, ...]] = ()


def _properties(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    found: list[ValidationError] = []
    for name, part in instance.items():
        if name in value:
            for error in _within(validator, value[name]).iter_errors(part):
                error.path.appendleft(name)
                error.schema_path.appendleft(name)
                found.append(error)
    return found


def _pattern_properties(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    found: list[ValidationError] = []
    for pattern, rule in value.items():
        for name, part in instance.items():
            if matches(pattern, name):
                for error in _within(validator, rule).iter_errors(part):
                    error.path.appendleft(name)
                    error.schema_path.appendleft(pattern)
                    found.append(error)
    return found


def _additional_properties(validator: Any, value: Any, instance: Any, schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    known = schema.get("properties", {})
    names = [name for name in instance if name not in known]
    if names and "patternProperties" in schema:
        names = [name for name in names if not any(matches(pattern, name) for pattern in schema["patternProperties"])]
    if not names or value is True:
        return _NONE
    if value is False:
        return (NamesError(*names),)
    found: list[ValidationError] = []
    for name in names:
        for error in _within(validator, value).iter_errors(instance[name]):
            error.path.appendleft(name)
            found.append(error)
    return found


def _property_names(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    names = [name for name in instance if not _holds(validator, value, name)]
    return (NamesError(*names),) if names else _NONE


def _items(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, list):
        return _NONE
    found: list[ValidationError] = []
    within = _within(validator, value)
    for index, part in enumerate(instance):
        for error in within.iter_errors(part):
            error.path.appendleft(index)
            found.append(error)
    return found


def _dependent_schemas(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    return [error for name in value if name in instance for error in _step(validator, value, name, instance)]


def _all_of(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    return [error for index in range(len(value)) for error in _step(validator, value, index, instance)]


def _if(validator: Any, value: Any, instance: Any, schema: Any) -> _Errors:
    branch = "then" if _holds(validator, value, instance) else "else"
    return _step(validator, schema, branch, instance) if branch in schema else _NONE


def _required(_validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    return [NamesError(name) for name in value if name not in instance]


def _dependent_required(_validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
    if not isinstance(instance, dict):
        return _NONE
    missing = {needed: None for name in value if name in instance for needed in value[name] if needed not in instance}
    return [NamesError(name) for name in missing]


def _has_type(validator: Any, value: Any, instance: Any) -> bool:
    name = _TYPES.get(type(instance))
    if name is not None:
        return name in value
    wanted = [value] if isinstance(value, str) else value
    return any(validator.is_type(instance, name) for name in wanted)


# Numbers are the library's: an integer is a number, and 3.0 is an integer.
_TYPES: Final[Mapping[type, str]] = {
    dict: "object",
    list: "array",
    str: "string",
    bool: "boolean",
    type(None): "null",
}


def _has_keys(_validator: Any, value: Any, instance: Any) -> bool:
    return not isinstance(instance, dict) or all(name in instance for name in value)


def _has_pattern(_validator: Any, value: Any, instance: Any) -> bool:
    return not isinstance(instance, str) or matches(value, instance)


def _has_length(_validator: Any, value: Any, instance: Any) -> bool:
    return duration_problem(instance, value) is None


def _is_any(validator: Any, value: Any, instance: Any) -> bool:
    return any(_holds(validator, part, instance) for part in value)


def _is_not(validator: Any, value: Any, instance: Any) -> bool:
    return not _holds(validator, value, instance)


_Answer: TypeAlias = Callable[[Any, Any, Any], bool]
_ANSWERS: Final[Mapping[str, _Answer]] = {
    "anyOf": _is_any,
    "not": _is_not,
    "pattern": _has_pattern,
    "required": _has_keys,
    "type": _has_type,
    DURATION_KEYWORD: _has_length,
}


def _refusing(answer: _Answer) -> _Keyword:
    """The keyword that refuses what `answer` says no to."""

    def keyword(validator: Any, value: Any, instance: Any, _schema: Any) -> _Errors:
        return _NONE if answer(validator, value, instance) else (NamesError(),)

    return keyword


def _step(validator: Any, rules: Any, key: str | int, instance: Any) -> _Errors:
    """What the rule under `key` refuses."""
    found = list(_within(validator, rules[key]).iter_errors(instance))
    for error in found:
        error.schema_path.appendleft(key)
    return found


def _holds(validator: Any, part: Any, instance: Any) -> bool:
    # `if` asks mostly for types and keys: that is answered without an error that nobody wants to see.
    for keyword, value in part.items():
        answer = _ANSWERS.get(keyword)
        if answer is None:
            return next(_within(validator, part).iter_errors(instance), None) is None
        if not answer(validator, value, instance):
            return False
    return True


_KEYWORDS: Final[Mapping[str, _Keyword]] = {
    **{keyword: _refusing(answer) for keyword, answer in _ANSWERS.items()},
    "additionalProperties": _additional_properties,
    "allOf": _all_of,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _dependent_schemas,
    "if": _if,
    "items": _items,
    "patternProperties": _pattern_properties,
    "properties": _properties,
    "propertyNames": _property_names,
    "required": _required,
}
_ROOT: Final[Any] = extend(Draft202012Validator, _KEYWORDS)(schema())  # type: ignore[no-untyped-call]
_PARTS: Final[dict[int, Any]] = {}


def validator_of(part: Part | Rule) -> Any:
    """The validator of the library for a part of the schema, or for another schema, with our keywords."""
    if isinstance(part, Mapping):
        return _within(_ROOT, part)
    return _ROOT if part == "definition" else _within(_ROOT, schema()["$defs"][part])


def _within(validator: Any, part: Any) -> Any:
    """The validator of a part of the schema, by identity: the schema is never let go of, nor changed."""
    found = _PARTS.get(id(part))
    if found is None:
        found = _PARTS[id(part)] = validator.evolve(schema=followed(part))
    return found
