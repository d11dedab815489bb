"""Which logs are meant: the filters of the logs API as conditions for the database. facts/ai-gateway.md 7.

What the API offers is odd in places, and that is imitated: filters on `metadata.key` and `metadata.value` are not about
the same entry, and a query parameter `event_id` does nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from cfaig.local.answers import VALIDATION, failure
from cfaig.local.shapes import type_name

_TOTAL: Final = "(tokens_in + tokens_out)"
_TEXTS: Final = {
    "id": "id",
    "request_content_type": "request_content_type",
    "response_content_type": "response_content_type",
    "request_type": "request_type",
    "provider": "provider",
    "model": "model",
    "model_type": "''",
    "event_id": "event_id",
    "dlp_action": "NULL",
    "user_agent": "user_agent",
}
_NUMBERS: Final = {
    "cost": "cost",
    "tokens": _TOTAL,
    "tokens_in": "tokens_in",
    "tokens_out": "tokens_out",
    "duration": "duration",
    "feedback": "feedback",
}
_FLAGS: Final = {
    "success": "success",
    "cached": "cached",
    "authentication": "authentication",
    "wholesale": "0",
    "compatibilityMode": "(request_type = 'compat')",
}
_MOMENT: Final = "created_at"
_METADATA: Final = {"metadata.key": "key", "metadata.value": "value"}
KEYS: Final = (*_TEXTS, _MOMENT, *_NUMBERS, *_FLAGS, *_METADATA)
_OPERATORS: Final = {"eq": "=", "neq": "!=", "contains": "contains", "lt": "<", "gt": ">"}

# Deprecated, and still answered (facts 7): parameter → filter key, operator. `min_` and `max_` include the bound.
_FLAT: Final = {
    "provider": ("provider", "eq"),
    "model": ("model", "eq"),
    "model_type": ("model_type", "eq"),
    "request_content_type": ("request_content_type", "eq"),
    "response_content_type": ("response_content_type", "eq"),
    "cached": ("cached", "eq"),
    "success": ("success", "eq"),
    "feedback": ("feedback", "eq"),
    "start_date": ("created_at", ">="),
    "end_date": ("created_at", "<="),
    **{
        f"{side}_{name}": (name.replace("total_tokens", "tokens"), operator)
        for side, operator in (("min", ">="), ("max", "<="))
        for name in ("cost", "duration", "tokens_in", "tokens_out", "total_tokens")
    },
}
PARAMETERS: Final = ("search", "filters", "order_by", "order_by_direction", "direction", "meta_info", *_FLAT)


@dataclass(frozen=True, slots=True)
class Condition:
    """A part of WHERE and its values."""

    sql: str
    values: tuple[object, ...] = ()


def conditions(query: Mapping[str, str]) -> Condition:
    """All that the query parameters of a list ask for.

    Raises ApiFailure 400/7001 for what cannot be understood.
    """
    parts = [*_filters(query.get("filters", "")), *_flat(query)]
    if wanted := query.get("search"):
        text = f"%{_escaped(wanted)}%"
        columns = ("id", "provider", "model", "path", "metadata", "event_id")
        found = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in columns)
        parts.append(Condition(f"({found})", (text,) * len(columns)))
    return Condition(
        "".join(f" AND {part.sql}" for part in parts), tuple(value for part in parts for value in part.values)
    )


def _flat(query: Mapping[str, str]) -> Iterator[Condition]:
    for name, (key, operator) in _FLAT.items():
        if (text := query.get(name)) is not None:
            value: object = {"true": True, "false": False}.get(text, text)
            if key in _NUMBERS:
                value = _number_of(text, name)
            yield _condition(key, operator, [value], name)


def _number_of(text: str, name: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise failure(400, VALIDATION, "Expected number, received nan", ("query", name))
    return number


def _filters(text: str) -> Iterator[Condition]:
    if not text:
        return
    try:
        filters = json.loads(text)
    except (ValueError, RecursionError):
        raise failure(400, VALIDATION, "Expected a JSON array", ("query", "filters")) from None
    if not isinstance(filters, list):
        raise failure(400, VALIDATION, f"Expected array, received {type_name(filters)}", ("query", "filters"))
    for index, each in enumerate(filters):
        where = f"filters.{index}"
        if not isinstance(each, dict):
            raise failure(400, VALIDATION, f"Expected object, received {type_name(each)}", ("query", where))
        key, operator, value = each.get("key"), each.get("operator"), each.get("value")
        _one_of(key, KEYS, f"{where}.key")
        _one_of(operator, tuple(_OPERATORS), f"{where}.operator")
        if not isinstance(value, list) or not value:
            raise failure(400, VALIDATION, "Expected a list of at least one value", ("query", f"{where}.value"))
        yield _condition(str(key), _OPERATORS[str(operator)], value, where)


def _one_of(value: object, known: Sequence[str], where: str) -> None:
    if not isinstance(value, str) or value not in known:
        expected = " | ".join(f"'{each}'" for each in known)
        received = f"'{value}'" if isinstance(value, str) else type_name(value)
        message = f"Invalid enum value. Expected {expected}, received {received}"
        raise failure(400, VALIDATION, message, ("query", where))


def _condition(key: str, operator: str, values: Sequence[Any], where: str) -> Condition:
    """One filter; several values are alternatives, and with `!=` none of them may be."""
    operator = _OPERATORS.get(operator, operator)
    if key in _METADATA:
        parts = [_compared(f"CAST({_METADATA[key]} AS TEXT)", operator, _text(each)) for each in values]
        joined = _joined(parts, operator)
        entry = f"SELECT 1 FROM json_each(metadata) WHERE {joined.sql}"  # noqa: S608 (our names)
        return Condition(f"EXISTS ({entry})", joined.values)
    column = {**_TEXTS, **_NUMBERS, **_FLAGS, _MOMENT: _MOMENT}[key]
    return _joined([_compared(column, operator, _typed(key, each, where)) for each in values], operator)


def _joined(parts: Sequence[Condition], operator: str) -> Condition:
    word = " AND " if operator == "!=" else " OR "
    values = tuple(value for part in parts for value in part.values)
    return Condition(f"({word.join(part.sql for part in parts)})", values)


def _compared(column: str, operator: str, value: object) -> Condition:
    if operator == "contains":
        return Condition(f"{column} LIKE ? ESCAPE '\\'", (f"%{_escaped(str(value))}%",))
    # IS and IS NOT, so that a comparison with what is not there has an answer too.
    word = {"=": "IS", "!=": "IS NOT"}.get(operator, operator)
    return Condition(f"{column} {word} ?", (value,))


def _typed(key: str, value: Any, where: str) -> object:
    if value is None:
        return None
    if key == _MOMENT:
        return moment(value, where)
    if key in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise failure(400, VALIDATION, f"Expected number, received {type_name(value)}", ("query", where))
        return float(value)
    if key in _FLAGS:
        if not isinstance(value, (bool, int)):
            raise failure(400, VALIDATION, f"Expected boolean, received {type_name(value)}", ("query", where))
        return int(bool(value))
    return _text(value)


def _text(value: Any) -> str:
    text = {True: "1", False: "0"}[value] if isinstance(value, bool) else str(value)
    return text.encode("utf-8", "replace").decode()


def moment(value: object, where: str) -> float:
    """A date or an RFC 3339 time in Unix seconds; raises ApiFailure 400/7001."""
    try:
        read = datetime.fromisoformat(str(value).replace(" ", "+"))
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise failure(400, VALIDATION, "Invalid datetime", ("query", where)) from None


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
