"""Compiled routes whose elements know where they were written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cfaig.checks.finding import Subject
from cfaig.definition.diagnostics import KeyPath, Source
from cfaig.definition.model import RawElements, Route
from cfaig.json_types import JsonObject
from cfaig.state.compile import wire_slugs
from cfaig.state.graph import GraphProblem
from cfaig.state.routes import CompiledRoute, FlowPath, compile_flow

_BRANCHES: Final[Mapping[str, str]] = {"true": "then", "false": "else", "success": "then", "fallback": "else"}


def placed_routes(subject: Subject) -> tuple[PlacedRoute, ...]:
    """The routes of a gateway."""
    return tuple(PlacedRoute(route, subject) for route in subject.gateway.routes)


class PlacedRoute:
    """The graph of a route, with the way from its elements to the places of the definition."""

    def __init__(self, route: Route, subject: Subject) -> None:
        self.name = route.name
        self.worst_case = route.worst_case
        self.base: KeyPath = ("routes", route.name)
        self._compiled: CompiledRoute = compile_flow(route.flow, wire_slugs(subject.gateway.custom_providers))
        self._raw = isinstance(route.flow, RawElements)
        self._source = subject.source

    @property
    def elements(self) -> tuple[JsonObject, ...]:
        """The elements, in wire form."""
        return self._compiled.elements

    def path(self, element: str, *inside: str) -> KeyPath:
        """Where the element with this id was written; `inside` goes on to a property of a model."""
        if self._raw:
            index = next(index for index, one in enumerate(self.elements) if str(one.get("id")) == element)
            return self.raw_path(index, *(("properties", *inside) if inside else ()))
        if element not in self._compiled.origins:
            return self.base
        return (*_written_path(self._source, self.base, self._compiled.origins[element]), *inside)

    def output_path(self, element: str, output: str) -> KeyPath:
        """Where it was written what comes after an output of the element."""
        if self._raw or element not in self._compiled.origins:
            return self.path(element)
        branch = _BRANCHES.get(output)
        return (*self.path(element), *((branch,) if branch else ("split", output)))

    def problem_path(self, problem: GraphProblem) -> KeyPath:
        """Where a problem of the graph is."""
        if problem.index is None or problem.element is None:
            return self.base
        return self.raw_path(problem.index) if self._raw else self.path(problem.element)

    def raw_path(self, index: int, *inside: str) -> KeyPath:
        """Where the raw element at `index` was written."""
        return (*self.base, "elements", index, *inside)


def _written_path(source: Source, base: KeyPath, flow: FlowPath) -> KeyPath:
    """A list of models may stand by itself or under `chain`: look which of the two was written."""
    path = base
    for step in flow:
        if step != "chain" or (*path, step) in source.positions:
            path = (*path, step)
    return path
