"""Checks of routes: the proofs about their graphs, at the places of the definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cfaig.checks.finding import Finding, Subject, warning
from cfaig.checks.placed import PlacedRoute
from cfaig.definition.diagnostics import Severity
from cfaig.definition.durations import duration_text
from cfaig.definition.model import WorstCase
from cfaig.json_types import JsonObject
from cfaig.state.graph import GraphProblem, graph_problems
from cfaig.state.graph import GraphProblemKind as Kind
from cfaig.state.paths import (
    busiest_path,
    longest_path,
    paths_without_model,
    same_provider_fallbacks,
    way_told,
)

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


def route_findings(subject: Subject, routes: Sequence[PlacedRoute]) -> Iterator[Finding]:
    """Everything about the routes of a gateway."""
    yield from _rename_findings(subject)
    for placed in routes:
        problems = graph_problems(placed.elements)
        yield from (_graph_finding(problem, placed) for problem in problems)
        if not any(problem.kind not in TOLERATED for problem in problems):
            yield from _path_findings(placed)
            yield from _cost_findings(placed, _allowed(placed.worst_case, subject.gateway.worst_case))


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
            yield warning("AIG110", message, placed.output_path(element, output), hint)
    for failed, following in same_provider_fallbacks(placed.elements):
        first, second = _model(by_id[failed]), _model(by_id[following])
        message = (
            f"route {placed.name}: {second['model']} is tried after {first['model']}, at the same provider "
            f"{first['provider']}: when the provider is down, both fail"
        )
        hint = "put a model of another provider between or after them"
        yield warning("AIG111", message, placed.path(following), hint)
    for id_ in by_id:
        name = str(_model(by_id[id_]).get("model", ""))
        if name.startswith(DYNAMIC_PREFIX):
            message = f"route {placed.name}: {name} is a route; that routes can call routes is documented nowhere"
            hint = "write the models of that route here"
            yield warning("AIG112", message, placed.path(id_, "model"), hint)


def _cost_findings(placed: PlacedRoute, allowed: WorstCase) -> Iterator[Finding]:
    """What is beyond the worst case that the route, or else its gateway, allows."""
    if allowed.latency_ms is None and allowed.attempts is None:
        return
    longest, busiest = longest_path(placed.elements), busiest_path(placed.elements)
    if longest is None or busiest is None:
        return
    latency, attempts = longest.latency_ms, allowed.attempts
    if allowed.latency_ms is not None and (latency is None or latency > allowed.latency_ms):
        most = duration_text(allowed.latency_ms, unit="ms")
        if latency is None:
            message = f"nothing bounds how long a request can wait; worst_case allows {most}"
        else:
            message = f"a request can wait {duration_text(latency, unit='ms')} for nothing; worst_case allows {most}"
        hint = f"give each model a timeout, a shorter one, or fewer retries: {way_told(placed.elements, longest)}"
        yield Finding("AIG114", f"route {placed.name}: {message}", placed.base, hint)
    if attempts is not None and busiest.attempts > attempts:
        message = f"a request can lead to {busiest.attempts} calls; worst_case allows {attempts}"
        hint = f"take out retries or models: {way_told(placed.elements, busiest)}"
        yield Finding("AIG115", f"route {placed.name}: {message}", placed.base, hint)


def _allowed(own: WorstCase, gateway: WorstCase) -> WorstCase:
    return WorstCase(
        gateway.latency_ms if own.latency_ms is None else own.latency_ms,
        gateway.attempts if own.attempts is None else own.attempts,
    )


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
