"""Scenario files to suites, or every mistake in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Severity, Source
from cfaig.definition.files import read_text, split_lines
from cfaig.definition.load import no_garbage_collection
from cfaig.definition.nodes import Node, plain
from cfaig.definition.positions import Positions
from cfaig.definition.problems import Findings, find_problems
from cfaig.definition.yaml_reader import parse
from cfaig.errors import CfaigError
from cfaig.project import Project
from cfaig.scenarios.model import Suite
from cfaig.scenarios.read import read_suite
from cfaig.scenarios.schema import linked_schema
from cfaig.scenarios.sense import suite_problems

WHAT = "scenarios"
_SUFFIXES = (".yaml", ".yml")


def scenario_files(project: Project, wanted: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The files of `wanted` (files, or folders with their subfolders), or of the project's `scenarios/`, in order.

    Raises CfaigError when there are none.
    """
    found: dict[Path, None] = {}
    for path in wanted or (project.scenarios,):
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES and file.is_file())
            found |= dict.fromkeys(file for file in inside if not file.name.startswith("."))
        elif wanted:
            found[path] = None
    if not found:
        where = ", ".join(str(path) for path in wanted) or "scenarios/"
        raise CfaigError(f"there are no scenarios in {where}", "docs/scenarios.md tells how to write a first one")
    return tuple(found)


@no_garbage_collection()
def load_suites(files: Iterable[Path], root: Path) -> tuple[Suite, ...]:
    """Read all files; paths under `root` are told relative to it.

    Raises DefinitionError with every mistake in every file.
    """
    suites: list[Suite] = []
    found: list[Diagnostic] = []
    for file in files:
        absolute = file.absolute()
        shown = absolute.relative_to(root) if absolute.is_relative_to(root) else file
        outcome = _load(file, shown)
        if isinstance(outcome, Suite):
            suites.append(outcome)
        else:
            found += outcome
    if found:
        raise DefinitionError(tuple(found), WHAT)
    return tuple(suites)


def _load(file: Path, shown: Path) -> Suite | list[Diagnostic]:
    text, unreadable = read_text(file, shown)
    if text is None:
        return list(unreadable)
    return load_suite(text, shown)


def load_suite(text: str, shown: Path) -> Suite | list[Diagnostic]:
    """The suite that a text describes, or everything that is wrong with it; `shown` is what diagnostics call it."""
    parsed = parse(text, shown, number_keys=True)
    lines = tuple(split_lines(text))
    if parsed.node is None or parsed.problems:
        return _placed(parsed.problems, Source(shown, lines={shown: lines}))
    findings = Findings()
    data = plain(parsed.node)
    find_problems(data, parsed.node, linked_schema(), findings)
    source = _source(parsed.node, shown, lines)
    if findings.diagnostics:
        return _placed(findings.diagnostics, source)
    suite = read_suite(data, shown, source)
    return list(suite_problems(suite)) or suite


def _source(node: Node, shown: Path, lines: tuple[str, ...]) -> Source:
    return Source(shown, Positions(node), {shown: lines})


def _placed(diagnostics: Iterable[Diagnostic], source: Source) -> list[Diagnostic]:
    """The diagnostics in the order of their places, with the text of their lines."""
    return sorted(_with_lines(diagnostics, source), key=lambda one: (one.position, one.code, one.message))


def _with_lines(diagnostics: Iterable[Diagnostic], source: Source) -> Iterator[Diagnostic]:
    for diagnostic in diagnostics:
        yield replace(diagnostic, source_line=source.line_at(diagnostic.position), severity=Severity.ERROR)
