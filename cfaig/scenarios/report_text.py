"""The outcome of scenarios for people: a line for each file, then what failed and why, then what was not reached."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cfaig.definition.diagnostics import Diagnostic, Position
from cfaig.definition.render import render_text
from cfaig.printable import printable
from cfaig.scenarios.codes import FAILED
from cfaig.scenarios.coverage import Coverage, RouteCoverage
from cfaig.scenarios.expectations import duration_words
from cfaig.scenarios.run import Failure, Result, State
from cfaig.scenarios.story import moments, one_line

_MARKS = {State.PASSED: ".", State.FAILED: "F", State.SKIPPED: "s"}
_WORDS = {State.PASSED: "passed", State.FAILED: "FAILED", State.SKIPPED: "skipped"}
_INDENT = "      "


def file_line(results: Sequence[Result], width: int) -> str:
    """One file in one environment: a mark for each scenario; `width` is that of the longest name."""
    marks = "".join(_MARKS[result.state] for result in results)
    return f"{head_of(results[0]).ljust(width)}  {marks}"


def file_lines(results: Sequence[Result]) -> str:
    """One file in one environment: a line for each scenario."""
    lines = [head_of(results[0])]
    for result in results:
        told = printable(result.scenario.name)
        if result.state is State.SKIPPED:
            told += f" ({result.reason})"
        elif result.requests:
            told += f" ({requests_words(result.requests)}, {duration_words(result.elapsed)})"
        lines.append(f"  {_WORDS[result.state]:7}  {told}")
    return "\n".join(lines)


def head_of(result: Result) -> str:
    """What a file is called: its path, and the environment."""
    return f"{result.suite.file.as_posix()} ({result.environment})"


def failures_text(results: Iterable[Result]) -> str:
    """Everything that failed: where, what was expected, what happened, and how it came to that."""
    return "\n\n".join("\n".join(_failed(result)) for result in results if result.failures)


def diagnostic_of(result: Result, failure: Failure) -> Diagnostic:
    """A failure as editors and CI systems take it."""
    suite = result.suite
    place = suite.position(failure.path)
    where = f"{result.scenario.name}{step_words(result)}"
    message = f"{where}: expected {failure.expected}; happened {failure.happened}{count_words(result, failure)}"
    return Diagnostic(FAILED, message, place, failure.path, source_line=suite.source.line_at(place))


def step_words(result: Result) -> str:
    """Which step it was, where there are several."""
    if result.step is None or len(result.scenario.steps) == 1:
        return ""
    name = result.scenario.steps[result.step].name
    return f" › step {result.step + 1}{f' ({name})' if name else ''}"


def count_words(result: Result, failure: Failure) -> str:
    """In how many requests, where there are many."""
    times = result.scenario.steps[result.step].request.times if result.step is not None else 1
    if times == 1 or failure.outcome is None:
        return ""
    return f" (in {failure.count:,} of {times:,} requests, first in number {failure.outcome.number:,})"


def story_lines(result: Result, failure: Failure) -> list[str]:
    """How it came to a failure, in plain words."""
    if failure.outcome is None or result.step is None:
        return []
    request = result.scenario.steps[result.step].request
    return [
        printable(one_line(failure.outcome, request.target)),
        *(printable(line) for line in moments(failure.outcome)),
    ]


def _failed(result: Result) -> Iterator[str]:
    told: list[int] = []
    for failure in result.failures:
        yield render_text([diagnostic_of(result, failure)])
        if failure.outcome is not None and failure.outcome.number not in told:
            told.append(failure.outcome.number)
            yield from (f"{_INDENT}{line}" for line in story_lines(result, failure))
    left = len(result.scenario.steps) - 1 - (result.step or 0)
    if left and result.step is not None:
        yield f"{_INDENT}{left} {'step was' if left == 1 else 'steps were'} not run"


def summary_text(results: Sequence[Result]) -> str:
    """How many passed, failed and were skipped."""
    counts = {state: sum(result.state is state for result in results) for state in State}
    parts = [f"{count} {_WORDS[state].lower()}" for state, count in counts.items() if count or state is State.PASSED]
    requests = sum(result.requests for result in results)
    elapsed = sum(result.elapsed for result in results)
    return f"{', '.join(parts)}; {requests_words(requests)} in {duration_words(elapsed)} of virtual time"


def requests_words(count: int) -> str:
    """`1 request`, `1,000 requests`."""
    return f"{count:,} request{'' if count == 1 else 's'}"


def coverage_text(coverage: Coverage) -> str:
    """Each route with its branches that no scenario reached, then the total."""
    if not coverage.routes:
        return "coverage: there are no routes"
    names = [_route_name(route) for route in coverage.routes]
    width = max(len(name) for name in names)
    lines = ["coverage of routes: branches that a scenario took"]
    for name, route in zip(names, coverage.routes, strict=True):
        share = f"{100 * route.taken / len(route.branches):.0f} %" if route.branches else "–"
        lines.append(f"  {name.ljust(width)}  {route.taken:>3} of {len(route.branches):<3}  {share:>5}")
        lines += [f"    not reached: {branch.words}  {_place(branch.place)}" for branch in route.missed]
    return "\n".join((*lines, f"  {total_words(coverage)}"))


def total_words(coverage: Coverage) -> str:
    """The total."""
    return f"total: {coverage.taken} of {coverage.branches} branches, {coverage.percent:.1f} %"


def _route_name(route: RouteCoverage) -> str:
    return printable(f"{route.gateway}/{route.route} ({', '.join(route.environments)})")


def _place(place: Position) -> str:

    return f"{place.file.as_posix()}:{place.line}:{place.column}"
