"""What the GraphQL API counts, as SQL over the logs. facts/ai-gateway.md 7.

Cloudflare counts requests apart from logs and a few minutes late. Here both are the same rows, so a call that was not
logged, or whose log was deleted, does not count; and there is no delay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

MOST_ROWS: Final = 10_000


class AnalyticsError(Exception):
    """A query that makes no sense; the message is for its author."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column to group and filter by: its expression, and whether it is a number."""

    sql: str
    number: bool = False


def _moment(pattern: str) -> Dimension:
    return Dimension(f"strftime('{pattern}', created_at, 'unixepoch')")


_MINUTES: Final = "strftime('%Y-%m-%dT%H:%M:00Z', created_at - created_at % {0}, 'unixepoch')"
DIMENSIONS: Final[Mapping[str, Dimension]] = MappingProxyType(
    {
        "gateway": Dimension("gateway"),
        "model": Dimension("model"),
        "provider": Dimension("provider"),
        "statusCode": Dimension("status_code", number=True),
        "cached": Dimension("cached", number=True),
        "error": Dimension("(NOT success)", number=True),
        "rateLimited": Dimension("(status_code = 429)", number=True),
        "wholesale": Dimension("0", number=True),
        "userAgent": Dimension("user_agent"),
        "metadataRaw": Dimension("metadata"),
        "date": _moment("%Y-%m-%d"),
        "datetime": _moment("%Y-%m-%dT%H:%M:%SZ"),
        "datetimeMinute": _moment("%Y-%m-%dT%H:%M:00Z"),
        "datetimeFiveMinutes": Dimension(_MINUTES.format(300)),
        "datetimeFifteenMinutes": Dimension(_MINUTES.format(900)),
        "datetimeHour": _moment("%Y-%m-%dT%H:00:00Z"),
    }
)


def _sum(value: str, where: str) -> str:
    return f"coalesce(sum(CASE WHEN {where} THEN {value} ELSE 0 END), 0)"


SUMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cachedRequests": _sum("1", "cached"),
        "erroredRequests": _sum("1", "NOT success"),
        "cachedTokensIn": _sum("tokens_in", "cached"),
        "cachedTokensOut": _sum("tokens_out", "cached"),
        "uncachedTokensIn": _sum("tokens_in", "NOT cached"),
        "uncachedTokensOut": _sum("tokens_out", "NOT cached"),
        "cost": "coalesce(sum(cost), 0)",
    }
)


@dataclass(frozen=True, slots=True)
class Dataset:
    """A node of the API: the rows that it counts, and which parts it has."""

    where: str = "1"
    sums: Mapping[str, str] = field(default_factory=dict)
    maxima: Mapping[str, str] = field(default_factory=dict)


DATASETS: Final[Mapping[str, Dataset]] = MappingProxyType(
    {
        "aiGatewayRequestsAdaptiveGroups": Dataset(sums=SUMS),
        "aiGatewayErrorsAdaptiveGroups": Dataset("NOT success"),
        "aiGatewayCacheAdaptiveGroups": Dataset("cached"),
        "aiGatewaySizeAdaptiveGroups": Dataset(maxima=MappingProxyType({"rows": "count(*)"})),
    }
)

_COMPARISONS: Final = {"": "=", "neq": "!=", "gt": ">", "lt": "<", "geq": ">=", "leq": "<="}


@dataclass(frozen=True, slots=True)
class Selection:
    """One node as it was asked for."""

    dataset: Dataset
    dimensions: Sequence[str]
    limit: int
    filters: Mapping[str, Any]
    order: Sequence[str]


def to_sql(selection: Selection, account: str) -> tuple[str, list[object]]:
    """The query and its values; its columns are named as `column_name` names them.

    Raises AnalyticsError for filters and orders that do not exist.
    """
    parts = [f"count(*) AS {column_name('count')}"]
    parts += [f"{sql} AS {column_name('sum', name)}" for name, sql in selection.dataset.sums.items()]
    parts += [f"{sql} AS {column_name('max', name)}" for name, sql in selection.dataset.maxima.items()]
    ordering = [_ordering(word, selection.dataset) for word in selection.order]
    grouped = list(dict.fromkeys(selection.dimensions))
    parts += [f"{DIMENSIONS[name].sql} AS {column_name('dimensions', name)}" for name in grouped]
    values: list[object] = [account]
    where = [selection.dataset.where, *_conditions(selection.filters, values)]
    sql = f"SELECT {', '.join(parts)} FROM logs WHERE account = ? AND {' AND '.join(where)}"  # noqa: S608 (our names)
    if grouped:
        sql += f" GROUP BY {', '.join(column_name('dimensions', name) for name in grouped)}"
    else:
        sql += " HAVING count(*) > 0"
    order = [*ordering, *(column_name("dimensions", name) for name in grouped)]
    if order:
        sql += f" ORDER BY {', '.join(order)}"
    return f"{sql} LIMIT ?", [*values, selection.limit]


def column_name(*path: str) -> str:
    """The column of a field of a group."""
    return "_".join(path)


def _ordering(word: str, dataset: Dataset) -> str:
    name, _, direction = word.rpartition("_")
    known = {"count": "count(*)", **{key: each.sql for key, each in DIMENSIONS.items()}}
    known |= {f"sum_{key}": sql for key, sql in dataset.sums.items()}
    if direction not in {"ASC", "DESC"} or name not in known:
        raise AnalyticsError(f"unknown order {word!r}")
    return f"{known[name]} {direction}"


def _conditions(filters: Mapping[str, Any], values: list[object]) -> Iterator[str]:
    for key, value in filters.items():
        if key in {"AND", "OR"}:
            groups = [" AND ".join(_conditions(each, values)) or "1" for each in _objects(key, value)]
            yield f"({f' {key} '.join(groups) or '1'})"
            continue
        name, _, operator = key.partition("_")
        if (dimension := DIMENSIONS.get(name)) is None:
            raise AnalyticsError(f"unknown filter {key!r}")
        yield _comparison(dimension, operator, key, value, values)


def _objects(key: str, value: Any) -> Sequence[Mapping[str, Any]]:
    found = value if isinstance(value, list) else [value]
    if not all(isinstance(each, dict) for each in found):
        raise AnalyticsError(f"{key} has to be a list of filters")
    return found


def _comparison(dimension: Dimension, operator: str, key: str, value: Any, values: list[object]) -> str:
    if operator in {"in", "notin"}:
        wanted = value if isinstance(value, list) else [value]
        values += [_value(dimension, key, each) for each in wanted]
        negation = "NOT " if operator == "notin" else ""
        return f"{dimension.sql} {negation}IN ({', '.join('?' * len(wanted))})"
    if operator in {"like", "notlike"}:
        values.append(_value(dimension, key, value))
        return f"{dimension.sql} {'NOT ' if operator == 'notlike' else ''}LIKE ?"
    if operator not in _COMPARISONS:
        raise AnalyticsError(f"unknown filter {key!r}")
    values.append(_value(dimension, key, value))
    return f"{dimension.sql} {_COMPARISONS[operator]} ?"


def _value(dimension: Dimension, key: str, value: Any) -> object:
    if dimension.number:
        if not isinstance(value, (int, float)):
            raise AnalyticsError(f"{key} has to be a number")
        return float(value)
    if not isinstance(value, str):
        raise AnalyticsError(f"{key} has to be a text")
    return value.encode("utf-8", "replace").decode()
