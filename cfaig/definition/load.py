"""Definitions from files or text to gateways, resolved for one environment; or every mistake in them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Position, Severity, Source
from cfaig.definition.document import Document, bytes_document, read_document
from cfaig.definition.environments import check_environment, known_environments
from cfaig.definition.files import DEFAULTS_STEM, definition_files
from cfaig.definition.model import AccountLimits, Gateway, Safety
from cfaig.definition.nodes import Node, find
from cfaig.definition.overlays import (
    Result,
    build,
    is_changed_in,
    resolve_safety,
    unknown_environment_warnings,
)
from cfaig.definition.positions import Lines, Positions
from cfaig.project import Project

STDIN: Final = Path("<stdin>")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What definitions ask for in one environment.

    `diagnostics` are warnings only; `files` are all files read; `sources` tells by gateway id where things are written;
    `limits` are those of the account, `safety` what the project says of dangerous changes.
    """

    gateways: tuple[Gateway, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    files: tuple[Path, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    limits: AccountLimits = field(default_factory=AccountLimits)
    safety: Safety = field(default_factory=Safety)


def load_project(project: Project, environment: str, *, account: str | None = None) -> Loaded:
    """Load all definitions of a project for `environment`.

    `account` is the value of `${account}`; without one it stays as it is written. Raises DefinitionError with every
    mistake in every file, and CfaigError for an unknown environment or a missing folder.
    """
    with no_garbage_collection():
        outcome = next(load_environments(project, (environment,), account=account))
    if isinstance(outcome, DefinitionError):
        raise outcome
    return outcome


def load_environments(
    project: Project, environments: Iterable[str], *, account: str | None = None
) -> Iterator[Loaded | DefinitionError]:
    """What `load_project` gives or raises for each environment in turn; the files are read once.

    Raises CfaigError for an unknown environment or a missing folder.
    """
    with no_garbage_collection():
        paths = definition_files(project.gateways)
        documents = [
            read_document(path, _shown(path, project), "defaults" if path.stem == DEFAULTS_STEM else "definition")
            for path in paths
        ]
    unchanged: dict[Path, Result] = {}
    for environment in environments:
        with no_garbage_collection():
            try:
                outcome: Loaded | DefinitionError = _load(documents, environment, account, project, paths, unchanged)
            except DefinitionError as error:
                outcome = error
        yield outcome


def require_environment(project: Project, environment: str) -> None:
    """Raise CfaigError unless the project has the environment; quick for one that has a stack file."""
    if environment in project.stacks():
        return
    paths = definition_files(project.gateways) if project.gateways.is_dir() else ()
    documents = (read_document(path, _shown(path, project), "definition") for path in paths)
    check_environment(environment, known_environments(project, (document.data for document in documents)))


def load_text(
    text: str | bytes,
    environment: str,
    *,
    name: Path = STDIN,
    account: str | None = None,
    project: Project | None = None,
) -> Loaded:
    """Load one definition from `text`, as `load_project` would a file; `name` is what diagnostics call it.

    With a project its `_defaults.yaml` is merged under the definition and its environments are known.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    documents = [bytes_document(data, name, "definition")]
    paths: list[Path] = []
    if project is not None and project.gateways.is_dir():
        paths = [path for path in definition_files(project.gateways) if path.stem == DEFAULTS_STEM]
        documents[:0] = [read_document(path, _shown(path, project), "defaults") for path in paths]
    return _load(documents, environment, account, project, paths, {})


def _load(
    documents: Sequence[Document],
    environment: str,
    account: str | None,
    project: Project | None,
    paths: Sequence[Path],
    unchanged: dict[Path, Result],
) -> Loaded:
    # A document that is no YAML may be the one that names the environment; then its mistakes are told.
    if project is not None and all(document.node is not None for document in documents):
        check_environment(environment, known_environments(project, (document.data for document in documents)))
    defaults = [document for document in documents if document.shown.stem == DEFAULTS_STEM]
    definitions = [document for document in documents if document.shown.stem != DEFAULTS_STEM]
    values = {"environment": environment} | ({"account": account} if account else {})
    results = [_result(document, defaults[0] if defaults else None, values, unchanged) for document in definitions]
    found = [diagnostic for document in documents for diagnostic in document.diagnostics]
    found += [diagnostic for result in results for diagnostic in result.diagnostics]
    found += _two_defaults(defaults) + _duplicates(results)
    if project is not None and (stacks := project.stacks()):
        found += [warning for document in documents for warning in unknown_environment_warnings(document, stacks)]
    diagnostics = _finish(found, documents)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
        raise DefinitionError(diagnostics)
    loaded = _loaded(results, diagnostics, documents, paths)
    return replace(loaded, safety=resolve_safety(defaults[0], values)) if defaults else loaded


def _result(
    document: Document, defaults: Document | None, values: Mapping[str, str], unchanged: dict[Path, Result]
) -> Result:
    """What comes of `document`; `unchanged` keeps the results that are the same in every environment of a call."""
    if is_changed_in(values["environment"], document, defaults):
        return build(document, defaults, values)
    if document.shown not in unchanged:
        unchanged[document.shown] = build(document, defaults, values)
    return unchanged[document.shown]


def _loaded(
    results: Sequence[Result], diagnostics: tuple[Diagnostic, ...], documents: Sequence[Document], paths: Sequence[Path]
) -> Loaded:
    lines = Lines({document.shown: document for document in documents})
    present = sorted(
        ((result.gateway, result) for result in results if result.gateway is not None), key=lambda pair: pair[0].id
    )
    sources = {
        gateway.id: Source(result.document.shown, Positions(result.tree), lines)
        for gateway, result in present
        if result.tree is not None
    }
    return Loaded(tuple(gateway for gateway, _ in present), diagnostics, tuple(paths), sources, _limits(documents))


def _limits(documents: Sequence[Document]) -> AccountLimits:
    for document in documents:
        if document.shown.stem == DEFAULTS_STEM and "gateways" in document.data.get("limits", {}):
            return AccountLimits(int(document.data["limits"]["gateways"]))
    return AccountLimits()


def _shown(path: Path, project: Project) -> Path:
    return path.relative_to(project.root) if path.is_relative_to(project.root) else path


def _two_defaults(defaults: Sequence[Document]) -> list[Diagnostic]:
    return [
        Diagnostic(
            "AIG014",
            f"there is a {defaults[0].shown.name} already",
            Position(document.shown),
            hint="keep one of the two files",
        )
        for document in defaults[1:]
    ]


def _duplicates(results: Sequence[Result]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    first: dict[str, Position] = {}
    for result in results:
        named = None if result.tree is None else find(result.tree, ("gateway",))
        if result.tree is None or named is None or not isinstance(named.value, str):
            continue
        place = _own_place(named, result.document)
        earlier = first.setdefault(named.value, place)
        if earlier != place:
            message = f"the gateway {named.value} is defined twice; also in {earlier.file}:{earlier.line}"
            hint = "give one of them another id, or let `only:` keep them to different environments"
            found.append(Diagnostic("AIG041", message, place, ("gateway",), hint))
    return found


def _own_place(named: Node, document: Document) -> Position:
    place = named.position()
    return place if place.file == document.shown else Position(document.shown)


def _finish(found: Sequence[Diagnostic], documents: Sequence[Document]) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, in the order of the files and lines, with the text of its line."""
    lines = Lines({document.shown: document for document in documents})
    finished: dict[tuple[Position, str, str], Diagnostic] = {}
    for diagnostic in found:
        place = diagnostic.position
        text = lines.get(place.file, ())
        line = text[place.line - 1] if place.line <= len(text) else ""
        key = (place, diagnostic.code, diagnostic.message)
        finished.setdefault(key, replace(diagnostic, source_line=line or None))
    return tuple(finished[key] for key in sorted(finished))


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Put garbage collection off: a thousand files make 10^5 nodes that all stay, and looking at them takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
