"""Graphs back to flows: the short form where it says exactly the same, raw elements where it cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from cfaig.definition.model import Chain, Flow, If, Limit, Model, RawElements, Route, Split
from cfaig.json_types import JsonObject
from cfaig.state.graph import same_graph, targets
from cfaig.state.model import RouteState
from cfaig.state.routes import compile_flow, parse_share


class _NoShortForm(Exception):  # noqa: N818 (control flow inside this module, no error)
    """The graph says something that the short forms cannot."""


def decompile_route(state: RouteState, to_name: Callable[[str], str], to_wire: Callable[[str], str]) -> Route:
    """The route in short form.

    Raw elements stay where branches share an element, an element carries what cfaig does not know, or the graph is
    hundreds of elements deep. `to_name` gives
    the name of a provider by its wire slug, `to_wire` the wire slug by the name.
    """
    try:
        flow: Flow | RawElements = _Reader(state.elements, to_name).read()
    except (_NoShortForm, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        flow = RawElements(state.elements)
    if not same_graph(compile_flow(flow, to_wire).elements, state.elements):
        flow = RawElements(state.elements)
    return Route(state.name, flow, state.renamed_from)


def to_decimal(value: float) -> Decimal:
    """The exact decimal of a JSON number, as it is written."""
    return Decimal(str(value))


def whole_number(value: object) -> int:
    """A number that is written without a point or a unit.

    Raises TypeError for anything else.
    """
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


class _Reader:
    """Reads a tree of elements; only ends may be shared, because they are all the same."""

    def __init__(self, elements: tuple[JsonObject, ...], to_name: Callable[[str], str]) -> None:
        self._by_id: dict[str, Any] = {str(element["id"]): element for element in elements}
        self._start = next((id_ for id_, element in self._by_id.items() if element["type"] == "start"), None)
        self._uses = Counter(target for element in elements for _, target in targets(element))
        self._to_name = to_name

    def read(self) -> Flow:
        if self._start is None:
            raise _NoShortForm
        return self._needed(dict(targets(self._by_id[self._start]))["next"])

    def _needed(self, id_: str) -> Flow:
        return self._flow(id_) or Chain(())

    def _flow(self, id_: str) -> Flow | None:
        """The flow that begins at `id_`; None at an end."""
        element = self._by_id[id_]
        if element["type"] == "end":
            return None
        if self._uses[id_] != 1:
            raise _NoShortForm
        forms: dict[str, Callable[[Any], Flow]] = {
            "model": self._chain,
            "conditional": self._if,
            "rate": self._limit,
            "percentage": self._split,
        }
        return forms[element["type"]](element)

    def _chain(self, element: Any) -> Flow:
        after = self._flow(element["outputs"]["fallback"]["elementId"])
        properties = element["properties"]
        timeout, retries = whole_number(properties["timeout"]), whole_number(properties["retries"])
        model = Model(self._to_name(properties["provider"]), properties["model"], timeout, retries)
        if isinstance(after, Chain):
            return Chain((model, *after.models), after.then)
        return Chain((model,), after)

    def _if(self, element: Any) -> Flow:
        outputs, conditions = element["outputs"], element["properties"]["conditions"]
        if not isinstance(conditions, Mapping):
            raise _NoShortForm
        then, otherwise = (self._needed(outputs[name]["elementId"]) for name in ("true", "false"))
        return If(conditions, then, otherwise)

    def _limit(self, element: Any) -> Flow:
        properties, outputs = element["properties"], element["outputs"]
        if properties["limitType"] not in ("count", "cost"):
            raise _NoShortForm
        return Limit(
            key=properties["key"],
            amount=to_decimal(properties["limit"]),
            kind=properties["limitType"],
            per=whole_number(properties["window"]),
            then=self._needed(outputs["success"]["elementId"]),
            otherwise=self._flow(outputs["fallback"]["elementId"]),
        )

    def _split(self, element: Any) -> Flow:
        shares: list[tuple[Decimal, Flow]] = []
        for key, target in element["outputs"].items():
            share = parse_share(key)
            if share is None:
                raise _NoShortForm
            shares.append((share, self._needed(target["elementId"])))
        return Split(tuple(shares))
