"""One run of `cfaig test`: which scenarios, on which stages, with what result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.environments import known_environments
from cfaig.errors import CfaigError
from cfaig.project import LOCAL_ENVIRONMENT, Project, find_project
from cfaig.scenarios.coverage import Coverage, measure
from cfaig.scenarios.edges import Edges
from cfaig.scenarios.load import WHAT, load_suites, scenario_files
from cfaig.scenarios.model import Suite
from cfaig.scenarios.run import Planned, Result, State, plan_runs, run_planned
from cfaig.scenarios.sense import definition_problems, edge_problems, environment_problem
from cfaig.scenarios.stage import Stage, open_stages


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person asked for: files (all, if empty), a word in the names, an environment, to stop when one fails.

    Without `edge` what goes through an edge is skipped.
    """

    files: tuple[Path, ...] = ()
    word: str | None = None
    environment: str | None = None
    first_only: bool = False
    edge: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """Everything that a run needs, read and without mistakes."""

    wanted: Wanted
    suites: tuple[Suite, ...]
    planned: tuple[Planned, ...]
    stages: Mapping[str, Stage]
    workerd: Path | None = None

    @property
    def width(self) -> int:
        """The length of the longest name of a file with its environment."""
        return max((len(f"{one.suite.file.as_posix()} ({one.environment})") for one in self.planned), default=0)

    def results(self) -> Iterator[Result]:
        """Run, one scenario after the other; workerd is started if one goes through an edge."""
        with self._edges() as edges:
            for result in run_planned(self.planned, self.stages, edges):
                yield result
                if result.state is State.FAILED and self.wanted.first_only:
                    return

    @contextmanager
    def _edges(self) -> Iterator[Edges | None]:
        places = {(one.environment, one.suite.gateway) for one in _through_edges(self.planned)}
        states = {place: self.stages[place[0]].edge(place[1]) for place in sorted(places)}
        wanted = {place: edge for place, edge in states.items() if edge is not None}
        if self.workerd is None or not wanted:
            yield None
            return
        edges = Edges(self.workerd, wanted)
        try:
            yield edges
        finally:
            edges.close()

    def coverage(self, results: Sequence[Result]) -> Coverage:
        """The coverage of all routes; of those that the files are about, where files were named."""
        return measure(results, self.stages, {suite.gateway for suite in self.suites} if self.wanted.files else None)


def _say_nothing(_words: str) -> None:
    """For callers who do not want to know."""


def open_session(wanted: Wanted, say: Callable[[str], None] = _say_nothing) -> Session:
    """Read scenarios and definitions, and get workerd if one goes through an edge and there is none.

    Raises DefinitionError with every mistake in either, and CfaigError where there is nothing to run.
    """
    project = find_project()
    read = load_suites(scenario_files(project, wanted.files), project.root)
    _check_environments(project, read)
    homes = {suite.file: wanted.environment or suite.environment or LOCAL_ENVIRONMENT for suite in read}
    suites = tuple(replace(suite, gateway=resolved(suite.gateway, homes[suite.file])) for suite in read)
    planned = tuple(one for suite in suites for one in _plan(suite, homes[suite.file], wanted))
    if not planned:
        names = ", ".join(sorted({scenario.name for suite in suites for scenario in suite.scenarios}))
        raise CfaigError(f"no scenario has “{wanted.word}” in its name", f"there are: {names}")
    running = {one.suite.file: one.suite for one in planned if one.reason is None}
    stages = open_stages(project, [homes[file] for file in running] or [wanted.environment or LOCAL_ENVIRONMENT])
    problems = [one for file, suite in running.items() for one in _problems(suite, stages[homes[file]])]
    if problems:
        raise DefinitionError(tuple(problems), WHAT)
    return Session(wanted, suites, planned, stages, _workerd(planned, say))


def _plan(suite: Suite, environment: str, wanted: Wanted) -> Iterator[Planned]:
    return plan_runs(suite, environment, wanted.word, edge=wanted.edge)


def _through_edges(planned: Iterable[Planned]) -> list[Planned]:
    return [one for one in planned if one.reason is None and one.scenario.edge]


def _workerd(planned: Iterable[Planned], say: Callable[[str], None]) -> Path | None:
    """What edges run on; None when none is needed.

    Raises CfaigError when it is needed and cannot be had.
    """
    if not _through_edges(planned):
        return None
    from cfaig.workerd.find import ensure_workerd

    try:
        return ensure_workerd(say)
    except CfaigError as error:
        hint = f"{error.hint}; or leave out what goes through an edge: cfaig test --skip-edge"
        raise CfaigError(f"scenarios go through the edge: {error.message}", hint) from error


def resolved(gateway: str, environment: str) -> str:
    """The id of a gateway, its variable filled in."""
    return gateway.replace("${environment}", environment)


def _problems(suite: Suite, stage: Stage) -> Iterator[Diagnostic]:
    routes = stage.ways.get(suite.gateway)
    yield from definition_problems(suite, routes, tuple(stage.ways), stage.custom_providers)
    if routes is not None:
        yield from edge_problems(suite, stage.edge(suite.gateway))


def _check_environments(project: Project, suites: Sequence[Suite]) -> None:
    """Raises DefinitionError for environments that there are not."""
    known = known_environments(project)
    found = [
        environment_problem(suite, path, name, known)
        for suite in suites
        for path, name in suite.environments
        if name not in known
    ]
    if found:
        raise DefinitionError(tuple(found), WHAT)
