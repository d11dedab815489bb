"""Running scenarios: each on a runtime of its own, step by step, until an expectation is not met."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cfaig.definition.diagnostics import KeyPath
from cfaig.runtime.virtual_time import run_in_virtual_time
from cfaig.scenarios.edges import EdgeDoor, Edges
from cfaig.scenarios.expectations import Mismatch, Tally, mismatches
from cfaig.scenarios.model import Scenario, Step, Suite
from cfaig.scenarios.outcome import Outcome
from cfaig.scenarios.play import Player
from cfaig.scenarios.stage import Stage
from cfaig.scenarios.ways import Output


class State(StrEnum):
    """How a scenario ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that is not met; `path` is its place in the file.

    `count` of the step's requests did not meet it, and `outcome` is the first of them (None for what counts them all).
    """

    path: KeyPath
    expected: str
    happened: str
    count: int = 1
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How one scenario went.

    `step` is the index of the one that failed. `elapsed` is virtual, `seconds` real time. `taken` are the outputs of
    routes that were taken, by route. `reason` is why it was skipped.
    """

    suite: Suite
    scenario: Scenario
    environment: str
    state: State
    failures: tuple[Failure, ...] = ()
    step: int | None = None
    requests: int = 0
    elapsed: float = 0.0
    seconds: float = 0.0
    taken: Mapping[str, frozenset[Output]] = field(default_factory=dict)
    reason: str | None = None


def run_scenario(stage: Stage, suite: Suite, scenario: Scenario, door: EdgeDoor | None = None) -> Result:
    """Play one scenario, and say what did not go as expected; `door` leads through the edge."""
    began = time.perf_counter()
    play = _Play(stage, suite, scenario, door)
    failures = run_in_virtual_time(play.steps())
    return Result(
        suite,
        scenario,
        stage.environment,
        State.FAILED if failures else State.PASSED,
        failures,
        play.index if failures else None,
        play.requests,
        play.elapsed,
        time.perf_counter() - began,
        {route: frozenset(outputs) for route, outputs in play.taken.items()},
    )


class _Play:
    """A scenario while it runs."""

    def __init__(self, stage: Stage, suite: Suite, scenario: Scenario, door: EdgeDoor | None) -> None:
        self._stage, self._suite, self._scenario, self._door = stage, suite, scenario, door
        self.index = 0
        self.requests = 0
        self.elapsed = 0.0
        self.taken: dict[str, set[Output]] = {}

    async def steps(self) -> tuple[Failure, ...]:
        suite, scenario = self._suite, self._scenario
        prices = self._stage.prices_with(suite.prices)
        upstreams = (*scenario.upstreams, *suite.upstreams)
        player = Player(self._stage, suite.gateway, upstreams, scenario.seed, prices, self._door)
        for self.index, step in enumerate(scenario.steps):
            if step.upstreams is not None:
                player.change((*step.upstreams, *suite.upstreams))
            await player.wait_until(step.at if step.at is not None else player.now + step.after)
            failures = await self._step(player, step)
            self.elapsed = player.now
            if failures:
                return failures
        return ()

    async def _step(self, player: Player, step: Step) -> tuple[Failure, ...]:
        tally = Tally(step.expect)
        failing = _Failing(step)
        begin = player.now
        for number in range(1, step.request.times + 1):
            await player.wait_until(begin + (number - 1) * step.request.every)
            outcome = await player.send(step.request, number)
            self.requests += 1
            if outcome.route is not None:
                self.taken.setdefault(outcome.route, set()).update(outcome.outputs)
            tally.add(outcome)
            failing.add(mismatches(step.expect, outcome), outcome)
        failing.add(tally.mismatches(), None)
        return failing.failures


class _Failing:
    """Collects mismatches: one for each place, with the number of requests that have it."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._found: dict[KeyPath, tuple[Mismatch, int, Outcome | None]] = {}

    def add(self, found: Iterable[Mismatch], outcome: Outcome | None) -> None:
        for mismatch in found:
            first, count, where = self._found.get(mismatch.path, (mismatch, 0, outcome))
            self._found[mismatch.path] = first, count + 1, where

    @property
    def failures(self) -> tuple[Failure, ...]:
        return tuple(
            Failure((*self._step.path, "expect", *path), first.expected, first.happened, count, outcome)
            for path, (first, count, outcome) in self._found.items()
        )


@dataclass(frozen=True, slots=True)
class Planned:
    """A scenario to run on its stage, or to skip for a reason."""

    suite: Suite
    scenario: Scenario
    environment: str
    reason: str | None = None


def plan_runs(suite: Suite, environment: str, word: str | None, *, edge: bool = True) -> Iterator[Planned]:
    """What of a suite to run in `environment`, and what to skip there; `word` must be in the names.

    Without `edge` what goes through one is skipped.
    """
    for scenario in suite.scenarios:
        if word is None or word.lower() in f"{suite.file.as_posix()} {scenario.name}".lower():
            yield Planned(suite, scenario, environment, _reason(suite, scenario, environment, edge=edge))


def _reason(suite: Suite, scenario: Scenario, environment: str, *, edge: bool) -> str | None:
    if suite.environment is not None and suite.environment != environment:
        return f"the file is for {suite.environment}"
    if scenario.only and environment not in scenario.only:
        return f"only in {', '.join(scenario.only)}"
    if scenario.edge and not edge:
        return "it goes through the edge"
    return None


def run_planned(
    planned: Iterable[Planned], stages: Mapping[str, Stage], edges: Edges | None = None
) -> Iterator[Result]:
    """Run, one after the other; results come as they are there. `edges` are for those that go through one."""
    for one in planned:
        if one.reason is None:
            door = edges.door(one.environment, one.suite.gateway) if edges and one.scenario.edge else None
            yield run_scenario(stages[one.environment], one.suite, one.scenario, door)
        else:
            yield Result(one.suite, one.scenario, one.environment, State.SKIPPED, reason=one.reason)
