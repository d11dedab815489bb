"""The outcome of scenarios for machines, as `schemas/test-report.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cfaig.scenarios.coverage import Coverage
from cfaig.scenarios.report_text import story_lines
from cfaig.scenarios.run import Failure, Result, State

FORMAT: Final = 1


def report_json(results: Sequence[Result], coverage: Coverage | None) -> str:
    """The same scenarios and definitions give the same bytes; durations are seconds of virtual time."""
    document = {
        "format": FORMAT,
        "summary": {
            **{state.value: sum(result.state is state for result in results) for state in State},
            "requests": sum(result.requests for result in results),
            "elapsed": round(sum(result.elapsed for result in results), 3),
        },
        "scenarios": [_scenario(result) for result in results],
        "coverage": _coverage(coverage) if coverage is not None else None,
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _scenario(result: Result) -> dict[str, Any]:
    place = result.suite.position(result.scenario.path)
    return {
        "file": result.suite.file.as_posix(),
        "line": place.line,
        "name": result.scenario.name,
        "gateway": result.suite.gateway,
        "environment": result.environment,
        "state": result.state.value,
        "reason": result.reason,
        "requests": result.requests,
        "elapsed": round(result.elapsed, 3),
        "failures": list(_failures(result)),
    }


def _failures(result: Result) -> Iterator[dict[str, Any]]:
    for failure in result.failures:
        place = result.suite.position(failure.path)
        yield {
            "step": (result.step or 0) + 1,
            "line": place.line,
            "column": place.column,
            "path": list(failure.path),
            "expected": failure.expected,
            "happened": failure.happened,
            "requests": failure.count,
            "first_request": _first(failure),
            "story": story_lines(result, failure),
        }


def _first(failure: Failure) -> int | None:
    return failure.outcome.number if failure.outcome is not None else None


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "taken": coverage.taken,
        "branches": coverage.branches,
        "percent": round(coverage.percent, 1),
        "routes": [
            {
                "gateway": route.gateway,
                "route": route.route,
                "environments": list(route.environments),
                "taken": route.taken,
                "branches": len(route.branches),
                "missed": [
                    {
                        "branch": branch.words,
                        "file": branch.place.file.as_posix(),
                        "line": branch.place.line,
                        "column": branch.place.column,
                    }
                    for branch in route.missed
                ],
            }
            for route in coverage.routes
        ],
    }
