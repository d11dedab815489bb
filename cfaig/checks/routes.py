"""Checks of routes: the proofs about their graphs, at the places of the definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from cfaig.checks.finding import Finding, Subject, warning
from cfaig.definition.diagnostics import KeyPath, Severity, Source
from cfaig.definition.model import RawElements, Route
from cfaig.json_types import JsonObject
from cfaig.state.compile import wire_slugs
from cfaig.state.graph import GraphProblem, graph_problems
from cfaig.state.graph import GraphProblemKind as Kind
from cfaig.state.paths import paths_without_model, same_provider_fallbacks
from cfaig.state.routes import CompiledRoute, FlowPath, compile_flow

DYNAMIC_PREFIX: Final = "dynamic/"

CODES: Final[Mapping[Kind, str]] = {
    Kind.DANGLING: "AIG101",
    Kind.UNREACHABLE: "AIG102",
    Kind.CYCLE: "AIG103",
    Kind.NO_START: "AIG104",
    Kind.SEVERAL_STARTS: "AIG104",
    Kind.START_NOT_FIRST: "AIG104",
    Kind.DUPLICATE_ID: "AIG105",
    Kind.SHARES: "AIG106",
    Kind.TOO_MANY_SHARES: "AIG106",
    Kind.MISSING_OUTPUT: "AIG107",
    Kind.MISSING_FALLBACK: "AIG107",
    Kind.UNKNOWN_OUTPUT: "AIG107",
    Kind.UNKNOWN_TYPE: "AIG108",
    Kind.MISSING_PROPERTY: "AIG108",
    Kind.UNKNOWN_PROPERTY: "AIG108",
    Kind.NO_END: "AIG109",
}
TOLERATED: Final = frozenset({Kind.MISSING_FALLBACK, Kind.UNKNOWN_PROPERTY})


def route_findings(subject: Subject) -> Iterator[Finding]:
    """Everything about the routes of a gateway."""
    yield from _rename_findings(subject)
    for route in subject.gateway.routes:
        placed = PlacedRoute(route, subject)
        problems = graph_problems(placed.elements)
        yield from (_graph_finding(problem, placed) for problem in problems)
        if not any(problem.kind not in TOLERATED for problem in problems):
            yield from _path_findings(placed)


class PlacedRoute:
    """A compiled route whose elements know where they were written."""

    def __init__(self, route: Route, subject: Subject) -> None:
        self.name = route.name
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


def _graph_finding(problem: GraphProblem, placed: PlacedRoute) -> Finding:
    severity = Severity.WARNING if problem.kind in TOLERATED else Severity.ERROR
    message = f"route {placed.name}: {problem.message}"
    return Finding(CODES[problem.kind], message, placed.problem_path(problem), problem.hint, severity)


def _path_findings(placed: PlacedRoute) -> Iterator[Finding]:
    by_id = {str(element.get("id")): element for element in placed.elements}
    for element, output in paths_without_model(placed.elements):
        # A limit whose way beyond it just ends is how one says “refuse the rest”.
        if not (by_id[element].get("type") == "rate" and output == "fallback"):
            message = f"route {placed.name}: a request can end without any model being tried"
            hint = "give this way a model, or write it as a limit without else if it shall refuse"
            yield warning("AIG110", message, placed.path(element), hint)
    for failed, following in same_provider_fallbacks(placed.elements):
        first, second = _model(by_id[failed]), _model(by_id[following])
        message = (
            f"route {placed.name}: {second['model']} is tried after {first['model']}, at the same provider "
            f"{first['provider']}: when the provider is down, both fail"
        )
        hint = "put a model of another provider between or after them"
        yield warning("AIG111", message, placed.path(following), hint)
    for id_, element in by_id.items():
        name = str(_model(element).get("model", ""))
        if name.startswith(DYNAMIC_PREFIX):
            message = f"route {placed.name}: {name} is a route; that routes can call routes is documented nowhere"
            hint = "write the models of that route here"
            yield warning("AIG112", message, placed.path(id_, "model"), hint)


def _model(element: JsonObject) -> JsonObject:
    properties = element.get("properties")
    return properties if isinstance(properties, Mapping) and element.get("type") == "model" else {}


def _rename_findings(subject: Subject) -> Iterator[Finding]:
    routes = subject.gateway.routes
    present = {route.name for route in routes}
    claims = Counter(route.renamed_from for route in routes)
    for route in routes:
        path = ("routes", route.name, "renamed_from")
        old = route.renamed_from
        if old in present:
            hint = f"remove renamed_from, or remove the route {old}"
            yield Finding(
                "AIG113", f"route {route.name} was {old} before, but there is still a route {old}", path, hint
            )
        elif old is not None and claims[old] > 1:
            yield Finding("AIG113", f"more than one route was {old} before", path, "only one route can take its place")
