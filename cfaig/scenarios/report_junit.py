"""The outcome of scenarios as JUnit XML, which CI systems show: a suite for each file, a case for each scenario."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # only written here, never read
from collections.abc import Iterable, Sequence
from itertools import groupby

from cfaig.definition.render import render_text
from cfaig.scenarios.report_text import diagnostic_of, head_of, story_lines
from cfaig.scenarios.run import Result, State


def report_junit(results: Sequence[Result]) -> str:
    """The document; times are those of the machine, in seconds."""
    root = ET.Element("testsuites", {"name": "cfaig test", **_counts(results)})
    for name, group in groupby(results, key=head_of):
        inside = list(group)
        suite = ET.SubElement(root, "testsuite", {"name": _xml(name), **_counts(inside)})
        for result in inside:
            _case(suite, result)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _counts(results: Sequence[Result]) -> dict[str, str]:
    return {
        "tests": str(len(results)),
        "failures": str(sum(result.state is State.FAILED for result in results)),
        "errors": "0",
        "skipped": str(sum(result.state is State.SKIPPED for result in results)),
        "time": f"{sum(result.seconds for result in results):.3f}",
    }


def _case(suite: ET.Element, result: Result) -> None:
    file = result.suite.file.as_posix()
    place = result.suite.position(result.scenario.path)
    attributes = {
        "name": _xml(result.scenario.name),
        "classname": _xml(f"{file.rpartition('.')[0].replace('/', '.')}.{result.environment}"),
        "file": _xml(file),
        "line": str(place.line),
        "time": f"{result.seconds:.3f}",
    }
    case = ET.SubElement(suite, "testcase", attributes)
    if result.state is State.SKIPPED:
        ET.SubElement(case, "skipped", {"message": _xml(result.reason or "")})
    if result.failures:
        first = result.failures[0]
        message = f"expected {first.expected}; happened {first.happened}"
        failed = ET.SubElement(case, "failure", {"message": _xml(message), "type": "expectation"})
        failed.text = _xml("\n".join(_told(result)))


def _told(result: Result) -> Iterable[str]:
    for failure in result.failures:
        yield render_text([diagnostic_of(result, failure)])
    yield from story_lines(result, result.failures[0])


def _xml(text: str) -> str:
    """The text without what XML 1.0 cannot hold."""
    return "".join(char if char in "\n\t" or char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
