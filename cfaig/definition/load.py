"""Definitions from files or text to gateways, resolved for one environment; or every mistake in them."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
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


@dataclass(frozen=True)
class Definitions:
    """Definitions that have been read, each checked by itself, to be resolved for any number of environments.

    `paths` are the files among them; `project` is None for text that belongs to none. Threads may share it.
    """

    project: Project | None
    documents: Sequence[Document]
    paths: Sequence[Path] = ()
    # What is the same in every environment that does not change it, by file and by the account where that matters.
    _unchanged: dict[tuple[Path, str | None], Result] = field(default_factory=dict, repr=False)

    def load(self, environment: str, *, account: str | None = None) -> Loaded:
        """Resolve them for `environment`.

        `account` is the value of `${account}`; without one it stays as it is written. Raises DefinitionError with
        every mistake in every file, and CfaigError for an unknown environment.
        """
        with no_garbage_collection():
            return self._load(environment, account)

    def _load(self, environment: str, account: str | None) -> Loaded:
        # A document that is no YAML may be the one that names the environment; then its mistakes are told.
        if self._known is not None:
            check_environment(environment, self._known)
        defaults = self._defaults
        values = {"environment": environment} | ({"account": account} if account else {})
        results = [self._result(document, values) for document in self._holding_in(environment)]
        found = [*self._own_findings, *(diagnostic for result in results for diagnostic in result.diagnostics)]
        found += _duplicates(results)
        diagnostics = _finish(found, self._lines)
        if any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
            raise DefinitionError(diagnostics)
        loaded = _loaded(results, diagnostics, self._lines, self.paths)
        if not defaults:
            return loaded
        return replace(loaded, limits=_limits(defaults), safety=resolve_safety(defaults[0], values))

    def _result(self, document: Document, values: Mapping[str, str]) -> Result:
        defaults = self._defaults[0] if self._defaults else None
        if is_changed_in(values["environment"], document, defaults):
            return build(document, defaults, values)
        named = any("${" in part.text for part in (document, defaults) if part is not None)
        key = document.shown, values.get("account") if named else None
        if key not in self._unchanged:
            self._unchanged[key] = build(document, defaults, values)
        return self._unchanged[key]

    @cached_property
    def _defaults(self) -> Sequence[Document]:
        return [document for document in self.documents if document.shown.stem == DEFAULTS_STEM]

    def _holding_in(self, environment: str) -> list[Document]:
        """The definitions for an environment, in their order: with a stack for each of many accounts, few of all."""
        places = sorted((*self._places.get(None, ()), *self._places.get(environment, ())))
        return [self.documents[place] for place in places]

    @cached_property
    def _places(self) -> Mapping[str | None, Sequence[int]]:
        """Where the definitions are among the documents that hold in one environment only, or (None) everywhere."""
        found: dict[str | None, list[int]] = {}
        for place, document in enumerate(self.documents):
            if document.shown.stem != DEFAULTS_STEM:
                for name in (None,) if document.only is None else document.only:
                    found.setdefault(name, []).append(place)
        return found

    @cached_property
    def _lines(self) -> Lines:
        return Lines({document.shown: document for document in self.documents})

    @cached_property
    def _known(self) -> tuple[str, ...] | None:
        """The environments that there are; None where that cannot be told."""
        if self.project is None or any(document.node is None for document in self.documents):
            return None
        return known_environments(self.project, (document.data for document in self.documents))

    @cached_property
    def _own_findings(self) -> Sequence[Diagnostic]:
        """What is wrong with the files whatever the environment."""
        found = [diagnostic for document in self.documents for diagnostic in document.diagnostics]
        found += _two_defaults(self._defaults)
        if self.project is not None and (stacks := self.project.stacks()):
            found += [
                warning for document in self.documents for warning in unknown_environment_warnings(document, stacks)
            ]
        return found


def read_definitions(project: Project) -> Definitions:
    """Read all definitions of a project; mistakes in them are told when they are loaded.

    Raises CfaigError for a missing folder.
    """
    with no_garbage_collection():
        paths = definition_files(project.gateways)
        documents = [
            read_document(path, _shown(path, project), "defaults" if path.stem == DEFAULTS_STEM else "definition")
            for path in paths
        ]
    return Definitions(project, documents, paths)


def load_project(project: Project, environment: str, *, account: str | None = None) -> Loaded:
    """Load all definitions of a project for `environment`; raises as `read_definitions` and `Definitions.load` do."""
    with no_garbage_collection():
        return read_definitions(project).load(environment, account=account)


def load_environments(project: Project, environments: Iterable[str]) -> Iterator[Loaded | DefinitionError]:
    """What `load_project` gives or raises for each environment in turn; the files are read once.

    Raises CfaigError for an unknown environment or a missing folder.
    """
    definitions = read_definitions(project)
    for environment in environments:
        try:
            outcome: Loaded | DefinitionError = definitions.load(environment)
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
    return Definitions(project, documents, paths).load(environment, account=account)


def _loaded(
    results: Sequence[Result], diagnostics: tuple[Diagnostic, ...], lines: Lines, paths: Sequence[Path]
) -> Loaded:
    present = sorted(
        ((result.gateway, result) for result in results if result.gateway is not None), key=lambda pair: pair[0].id
    )
    sources = {
        gateway.id: Source(result.document.shown, Positions(result.tree), lines)
        for gateway, result in present
        if result.tree is not None
    }
    return Loaded(tuple(gateway for gateway, _ in present), diagnostics, tuple(paths), sources)


def _limits(defaults: Sequence[Document]) -> AccountLimits:
    for document in defaults:
        if "gateways" in document.data.get("limits", {}):
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


def _finish(found: Sequence[Diagnostic], lines: Lines) -> tuple[Diagnostic, ...]:
    """Each diagnostic once, in the order of the files and lines, with the text of its line."""
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
    """Put garbage collection off: a thousand files make 10^5 nodes that all stay, and looking at them takes long.

    Afterwards they count as old, which a collection seldom looks at.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()  # which puts them among the oldest
            gc.enable()
