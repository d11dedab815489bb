"""The definitions of one environment, made ready to play scenarios on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cfaig.checks import Known, check_gateways
from cfaig.checks.finding import Subject
from cfaig.checks.placed import placed_routes
from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.definition.diagnostics import DefinitionError, Position, Severity, Source
from cfaig.definition.load import Loaded, load_environments
from cfaig.json_types import JsonObject
from cfaig.project import Project
from cfaig.runtime.providers.prices import Prices
from cfaig.scenarios.configuration import DesiredConfiguration
from cfaig.scenarios.ways import Output, Ways, ways_of
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState, EdgeState


@dataclass(frozen=True, slots=True)
class Stage:
    """What scenarios of one environment run on; `ways` has the ways through each route, by gateway and route."""

    environment: str
    loaded: Loaded = field(repr=False)
    account: AccountState = field(repr=False)
    configuration: DesiredConfiguration = field(repr=False)
    ways: Mapping[str, Mapping[str, Ways]] = field(repr=False)
    prices: Prices = field(repr=False)

    @property
    def custom_providers(self) -> tuple[str, ...]:
        """The account's own providers, as definitions call them."""
        return tuple(custom.slug for custom in self.account.custom_providers)

    def elements(self, gateway: str, route: str) -> tuple[JsonObject, ...]:
        """The graph of a route; empty when there is none."""
        routes = next((one.routes for one in self.account.gateways if one.id == gateway), ())
        return next((one.elements for one in routes if one.name == route), ())

    def edge(self, gateway: str) -> EdgeState | None:
        """The edge in front of a gateway."""
        return next((one.edge for one in self.account.gateways if one.id == gateway), None)

    def rules(self, upstreams: Iterable[JsonObject]) -> list[JsonObject]:
        """Rules for scripted providers, with the slugs that providers have on the wire."""
        return [
            {**rule, "provider": self._wire(str(rule["provider"]))} if "provider" in rule else rule
            for rule in upstreams
        ]

    def prices_with(self, own: JsonObject) -> Prices:
        """The public list prices, and those of a file in their place.

        Raises CfaigError for a provider that there is not.
        """
        if not own:
            return self.prices
        names = {name: name.partition("/") for name in own}
        return self.prices.with_overrides(
            {f"{self._wire(provider)}/{model}": own[name] for name, (provider, _, model) in names.items()}
        )

    def _wire(self, provider: str) -> str:
        own = provider in self.custom_providers and provider not in PROVIDER_SLUGS
        return CUSTOM_PREFIX + provider if own else provider

    def places(self, gateway: str, route: str) -> Mapping[Output, Position]:
        """Where the definition has what comes after each output of a route."""
        found = next(one for one in self.loaded.gateways if one.id == gateway)
        subject = Subject(found, self.loaded.sources.get(gateway, Source(Path("gateways"))))
        placed = next(one for one in placed_routes(subject) if one.name == route)
        return {
            output: subject.source.position(placed.output_path(*output)) for output in self.ways[gateway][route].outputs
        }


def open_stages(project: Project, environments: Iterable[str]) -> dict[str, Stage]:
    """A stage for each environment; secrets are not looked for.

    Raises DefinitionError with every mistake in the definitions, and CfaigError for an unknown environment.
    """
    names = tuple(dict.fromkeys(environments))
    known: Known = {}
    prices = Prices()
    outcomes = zip(names, load_environments(project, names), strict=True)
    return {name: _stage(name, outcome, known, prices) for name, outcome in outcomes}


def _stage(name: str, outcome: Loaded | DefinitionError, known: Known, prices: Prices) -> Stage:
    if isinstance(outcome, DefinitionError):
        raise outcome
    found = check_gateways(outcome, environ=None, environment=name, known=known)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise DefinitionError((*outcome.diagnostics, *found))
    account = compile_account(outcome.gateways)
    return Stage(name, outcome, account, DesiredConfiguration(account), dict(_ways(account)), prices)


def _ways(account: AccountState) -> Iterator[tuple[str, Mapping[str, Ways]]]:
    for gateway in account.gateways:
        yield gateway.id, {route.name: ways_of(route.elements) for route in gateway.routes}
