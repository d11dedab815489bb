"""Graphs of dynamic routes: when two are the same, and a form in which that can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Final

from cfaig.definition.conditions import normalize
from cfaig.json_types import Json, JsonObject
from cfaig.state.proofs import GraphProblem, GraphProblemKind, graph_problems
from cfaig.state.routes import IdAllocator, parse_share, share_keys

__all__ = [
    "GraphProblem",
    "GraphProblemKind",
    "canonical_graph",
    "graph_problems",
    "same_graph",
]

OUTPUT_ORDER: Final = ("next", "true", "false", "success", "fallback")


def same_graph(first: Iterable[JsonObject], second: Iterable[JsonObject]) -> bool:
    """Whether both graphs treat every request alike."""
    one, other = tuple(first), tuple(second)
    return one == other or canonical_graph(one) == canonical_graph(other)


def canonical_graph(elements: Iterable[JsonObject]) -> tuple[JsonObject, ...]:
    """The graph with ids that come from what the elements are, in the order of walking from its start.

    All ends become one; elements that no request can reach are left out; a dangling output leads to `?<id>`; conditions
    are spelled out (`paid` becomes `{$eq: paid}`). Elements
    that only look alike stay apart, because each `rate` element counts for itself. A list without a start is only
    put in the order of its ids.
    """
    given = [element for element in elements if isinstance(element, Mapping)]
    by_id = {str(element.get("id")): element for element in reversed(given)}
    start = next((str(element.get("id")) for element in given if element.get("type") == "start"), None)
    if start is None:
        return tuple(by_id[id_] for id_ in sorted(by_id))
    order = list(_walk(start, by_id))
    ids = _name(order, by_id)
    seen: set[str] = set()
    canonical: list[JsonObject] = []
    for id_ in order:
        if ids[id_] not in seen:
            seen.add(ids[id_])
            canonical.append(_relabel(by_id[id_], ids))
    return tuple(canonical)


def targets(element: JsonObject) -> Iterator[tuple[str, str]]:
    """The outputs of an element in canonical order: name and the id of the element it leads to.

    An output that leads nowhere (no `elementId`) is left out.
    """
    outputs = element.get("outputs")
    if isinstance(outputs, Mapping):
        for name in sorted(outputs, key=_output_order):
            target = outputs[name]
            if isinstance(target, Mapping) and isinstance(target.get("elementId"), str):
                yield name, str(target["elementId"])


@lru_cache(maxsize=1024)  # a handful of names, asked for again and again
def _output_order(name: str) -> tuple[int, Decimal, str]:
    share = parse_share(name)
    if share is not None:
        return len(OUTPUT_ORDER), -share, name
    place = OUTPUT_ORDER.index(name) if name in OUTPUT_ORDER else len(OUTPUT_ORDER) + 1
    return place, Decimal(0), name


def _walk(start: str, by_id: Mapping[str, JsonObject]) -> Iterator[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen and id_ in by_id:
            seen.add(id_)
            yield id_
            waiting.extend(reversed([target for _, target in targets(by_id[id_])]))


def _name(order: Iterable[str], by_id: Mapping[str, JsonObject]) -> dict[str, str]:
    allocator = IdAllocator(("start", "end"))
    ids: dict[str, str] = {}
    for id_ in order:
        element = by_id[id_]
        kind = str(element.get("type"))
        properties = element.get("properties")
        if kind == "end" or (kind == "start" and not ids):
            ids[id_] = kind
        elif kind == "model" and isinstance(properties, Mapping):
            ids[id_] = allocator.take(str(properties.get("provider")), str(properties.get("model")))
        else:
            ids[id_] = allocator.take(kind)
    return ids


def _relabel(element: JsonObject, ids: Mapping[str, str]) -> JsonObject:
    outputs = list(targets(element))
    named: dict[str, Json] = {
        name: {"elementId": ids.get(target, f"?{target}")}
        for name, (_, target) in zip(_output_names([name for name, _ in outputs]), outputs, strict=True)
    }
    body: dict[str, Json] = {"id": ids[str(element.get("id"))], "type": element.get("type")}
    if element.get("properties"):
        body["properties"] = _properties(element["properties"])
    return body | {"outputs": named}


def _properties(properties: Json) -> Json:
    if not isinstance(properties, Mapping):
        return properties
    conditions = properties.get("conditions")
    return {**properties, "conditions": normalize(conditions)} if isinstance(conditions, Mapping) else properties


def _output_names(names: list[str]) -> list[str]:
    """The names with percentages in one spelling (`10.0%` becomes `10%`)."""
    sizes = [parse_share(name) for name in names]
    keys = iter(share_keys(tuple(size for size in sizes if size is not None)))
    return [name if size is None else next(keys) for name, size in zip(names, sizes, strict=True)]
