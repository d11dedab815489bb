"""Whether the condition of a route holds for a request.

The documented operators are `$eq`, `$ne`, `$in`, `$and` and `$or`, on metadata; what else Cloudflare may know is not
known (facts/ai-gateway.md 2.2), so anything else is refused instead of guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

from cfaig.definition.conditions import normalize
from cfaig.json_types import Json
from cfaig.runtime.metadata import metadata_value


class ConditionError(Exception):
    """A condition that cannot be evaluated; the message says why."""


def holds(conditions: Json, metadata: Mapping[str, Json]) -> bool:
    """Whether `conditions` is true of a request with this metadata; all parts must hold.

    What the client has not told is null. Values of different types are never equal: "1" is not 1, true is not 1.
    Raises ConditionError.
    """
    if not isinstance(conditions, Mapping):
        raise ConditionError("a condition is an object")
    # All parts first: what cannot be evaluated is told even where an earlier part is false already.
    parts = [_part(name, wanted, metadata) for name, wanted in normalize(conditions).items()]
    return all(parts)


def _part(name: str, wanted: Json, metadata: Mapping[str, Json]) -> bool:
    if name.startswith("$"):
        return _joined(name, wanted, metadata)
    try:
        value = metadata_value(name, metadata)
    except LookupError as unknown:
        raise ConditionError(str(unknown.args[0])) from None
    if not isinstance(wanted, Mapping) or not wanted:
        raise ConditionError(f"{name} is compared with nothing")
    comparisons = [_compare(operator, operand, value) for operator, operand in wanted.items()]
    return all(comparisons)


def _joined(name: str, wanted: Json, metadata: Mapping[str, Json]) -> bool:
    if name not in ("$and", "$or"):
        raise ConditionError(f"{name} is not among the documented operators $eq, $ne, $in, $and, $or")
    if not isinstance(wanted, list | tuple) or not wanted:
        raise ConditionError(f"{name} takes a list of conditions")
    results = [holds(part, metadata) for part in wanted]
    return all(results) if name == "$and" else any(results)


def _compare(operator: str, operand: Json, value: Json) -> bool:
    if operator == "$eq":
        return _same(value, operand)
    if operator == "$ne":
        return not _same(value, operand)
    if operator == "$in":
        if not isinstance(operand, list | tuple):
            raise ConditionError("$in takes a list of values")
        return any(_same(value, one) for one in operand)
    raise ConditionError(f"{operator} is not among the documented operators $eq, $ne, $in, $and, $or")


def _same(first: Json, second: Json) -> bool:
    return isinstance(first, bool) == isinstance(second, bool) and first == second
