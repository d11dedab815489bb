"""Which branches of routes the scenarios took, and which none of them reached."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cfaig.definition.diagnostics import Position
from cfaig.scenarios.run import Result
from cfaig.scenarios.stage import Stage
from cfaig.scenarios.ways import Output


@dataclass(frozen=True, slots=True)
class Branch:
    """One output of an element: in words, and where what comes after it was written."""

    words: str
    place: Position
    taken: bool


@dataclass(frozen=True, slots=True)
class RouteCoverage:
    """One route, in all `environments` in which it has the same graph."""

    gateway: str
    route: str
    environments: tuple[str, ...]
    branches: tuple[Branch, ...]

    @property
    def taken(self) -> int:
        """How many branches were taken."""
        return sum(branch.taken for branch in self.branches)

    @property
    def missed(self) -> tuple[Branch, ...]:
        """The branches that no scenario reached."""
        return tuple(branch for branch in self.branches if not branch.taken)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All routes."""

    routes: tuple[RouteCoverage, ...]

    @property
    def taken(self) -> int:
        """How many branches were taken."""
        return sum(route.taken for route in self.routes)

    @property
    def branches(self) -> int:
        """How many there are."""
        return sum(len(route.branches) for route in self.routes)

    @property
    def percent(self) -> float:
        """The share that was taken; all of nothing is 100."""
        return 100 * self.taken / self.branches if self.branches else 100.0


def measure(
    results: Sequence[Result], stages: Mapping[str, Stage], gateways: Collection[str] | None = None
) -> Coverage:
    """The coverage of the routes of `gateways` (of all gateways, without), in the environments of the results."""
    taken: dict[tuple[str, str, str], set[Output]] = {}
    for result in results:
        for route, outputs in result.taken.items():
            taken.setdefault((result.environment, result.suite.gateway, route), set()).update(outputs)
    names = sorted(
        {
            (gateway, route)
            for stage in stages.values()
            for gateway, routes in stage.ways.items()
            for route in routes
            if gateways is None or gateway in gateways
        }
    )
    return Coverage(tuple(one for gateway, route in names for one in _route(gateway, route, stages, taken)))


def _route(
    gateway: str, route: str, stages: Mapping[str, Stage], taken: Mapping[tuple[str, str, str], set[Output]]
) -> Iterator[RouteCoverage]:
    """One entry for each graph that the route has in some environment."""
    left = [name for name, stage in sorted(stages.items()) if route in stage.ways.get(gateway, {})]
    while left:
        graph = stages[left[0]].elements(gateway, route)
        alike = [name for name in left if stages[name].elements(gateway, route) == graph]
        reached = {output for name in alike for output in taken.get((name, gateway, route), ())}
        yield RouteCoverage(gateway, route, tuple(alike), tuple(_branches(stages[alike[0]], gateway, route, reached)))
        left = [name for name in left if name not in alike]


def _branches(stage: Stage, gateway: str, route: str, reached: Collection[Output]) -> Iterable[Branch]:
    places = stage.places(gateway, route)
    for output, words in stage.ways[gateway][route].outputs.items():
        yield Branch(words, places[output], output in reached)
