"""One question to a definition: where a request to a route would go, and what would come back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cfaig.definition.catalog import PROVIDER_SLUGS
from cfaig.definition.durations import milliseconds
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.json_types import Json, JsonObject
from cfaig.runtime.virtual_time import run_in_virtual_time
from cfaig.scenarios.model import Request
from cfaig.scenarios.outcome import NONE, ROUTE_PREFIX, Outcome
from cfaig.scenarios.play import Player
from cfaig.scenarios.stage import Stage
from cfaig.scenarios.ways import Output

FORMAT: Final = 1
DOWN_STATUS: Final = 500
_DOWN_WORDS: Final = ("hang", "refuse")


@dataclass(frozen=True, slots=True)
class Simulation:
    """What became of all requests to a route; `first` is the first of them, `taken` every output that one took."""

    gateway: str
    route: str
    environment: str
    elements: tuple[JsonObject, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def address(self) -> str:
        """`support/chat`."""
        return f"{self.gateway}/{self.route}"

    @property
    def asked(self) -> str:
        """What a client calls."""
        return f"{ROUTE_PREFIX}{self.route}"

    @property
    def first(self) -> Outcome:
        """The first of the outcomes."""
        return self.outcomes[0]

    @property
    def taken(self) -> frozenset[Output]:
        """Every output that was taken."""
        return frozenset(output for outcome in self.outcomes for output in outcome.outputs)


def simulate(stage: Stage, gateway: str, request: Request, upstreams: Iterable[JsonObject], seed: int) -> Simulation:
    """Send the request as often as it says to its route."""
    route = str(request.route)
    rules = list(upstreams)

    async def play() -> tuple[Outcome, ...]:
        player = Player(stage, gateway, rules, seed)
        return tuple([await player.send(request, number) for number in range(1, request.times + 1)])

    return Simulation(gateway, route, stage.environment, stage.elements(gateway, route), run_in_virtual_time(play()))


def find_route(stage: Stage, wanted: str, gateway: str | None) -> tuple[str, str]:
    """The gateway and the route that `wanted` (`chat`, `dynamic/chat` or `support/chat`) means.

    Raises CfaigError when there is none, or more than one.
    """
    name = wanted.removeprefix(ROUTE_PREFIX)
    if gateway is None and "/" in name:
        gateway, _, name = name.partition("/")
    there = [(one, route) for one, routes in stage.ways.items() for route in routes]
    found = [(one, route) for one, route in there if route == name and gateway in (None, one)]
    if len(found) == 1:
        return found[0]
    if found:
        raise CfaigError(
            f"{len(found)} gateways have a route {name}",
            f"name one of them: {', '.join(f'{one}/{route}' for one, route in found)}",
        )
    names = [f"{one}/{route}" for one, route in there]
    guess = did_you_mean(f"{gateway}/{name}" if gateway else name, [*names, *(route for _, route in there)])
    raise CfaigError(
        f"no gateway has a route {name} in {stage.environment}"
        if gateway is None
        else f"{gateway} has no route {name}",
        f"{guess}there are: {', '.join(names) or 'none'}",
    )


def down_rule(told: str, stage: Stage) -> JsonObject:
    """The rule behind `--down`: `openai`, `openai:503`, `openai/gpt-4o:hang`, `openai:refuse`.

    Raises CfaigError for what is none of these.
    """
    target, _, how = told.rpartition(":")
    if not target or not (how.isdecimal() or how in _DOWN_WORDS):
        target, how = told, str(DOWN_STATUS)
    if how in _DOWN_WORDS:
        return {**_fits(target, stage), how: True}
    if not 400 <= int(how) <= 599:
        raise CfaigError(f"--down {told}: {how} is no failure", "a status from 400 to 599, hang or refuse")
    return {**_fits(target, stage), "status": int(how)}


def slow_rule(told: str, stage: Stage) -> JsonObject:
    """The rule behind `--slow`: `openai=40s`.

    Raises CfaigError for what is none.
    """
    target, _, delay = told.partition("=")
    try:
        milliseconds(delay)
    except ValueError:
        raise CfaigError(f"--slow {told} has no duration", "write it as anthropic=40s") from None
    return {**_fits(target, stage), "delay": delay}


def _fits(target: str, stage: Stage) -> dict[str, Json]:
    provider, _, model = target.partition("/")
    known = {*PROVIDER_SLUGS, *stage.custom_providers}
    if provider not in known and "*" not in provider:
        raise CfaigError(
            f"there is no provider {provider}", f"{did_you_mean(provider, known)}there are {', '.join(sorted(known))}"
        )
    return {"provider": provider, "model": model} if model else {"provider": provider}


def metadata_value(text: str) -> Json:
    """A value of `--metadata`: numbers, true and false are what they look like; `"42"` in quotes is a text."""
    try:
        value: Json = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, str | int | float | bool) else text


def distribution(outcomes: Sequence[Outcome]) -> list[tuple[tuple[str, ...], int]]:
    """How many requests ended alike: provider, model, status and error, with their number; most first."""
    counts = Counter(_ending(outcome) for outcome in outcomes)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _ending(outcome: Outcome) -> tuple[str, ...]:
    who = f"{outcome.provider}/{outcome.model}" if outcome.provider != NONE else "no answer"
    cached = " (cache)" if outcome.cache == "HIT" else ""
    error = "" if outcome.error == NONE else str(outcome.error)
    limit = "" if outcome.limit == NONE else str(outcome.limit)
    return f"{who}{cached}", str(outcome.status), error, limit


def document(simulation: Simulation) -> Mapping[str, Any]:
    """A simulation for machines; durations are seconds of virtual time, costs US dollars."""
    outcomes = simulation.outcomes
    return {
        "format": FORMAT,
        "gateway": simulation.gateway,
        "route": simulation.route,
        "environment": simulation.environment,
        "requests": len(outcomes),
        "elapsed": round(sum(outcome.elapsed for outcome in outcomes), 3),
        "cost": sum(outcome.cost for outcome in outcomes),
        "first": _facts(outcomes[0]),
        "distribution": [
            {"ending": who, "status": int(status), "error": error or None, "limit": limit or None, "requests": count}
            for (who, status, error, limit), count in distribution(outcomes)
        ],
        "taken": [{"element": element, "output": output} for element, output in sorted(simulation.taken)],
    }


def _facts(outcome: Outcome) -> dict[str, Any]:
    names = ("status", "error", "provider", "model", "step", "cache", "limit", "tried", "path", "attempts", "cost")
    facts = {name: None if (value := getattr(outcome, name)) == NONE else value for name in names}
    return {**facts, "elapsed": round(outcome.elapsed, 3), "waited": round(outcome.waited, 3)}
