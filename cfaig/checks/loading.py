"""Loading definitions and checking them whole: for one environment to work with, or for all to validate."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cfaig.checks import Known, check_gateways
from cfaig.checks.secrets import references_of
from cfaig.definition.diagnostics import DefinitionError, Diagnostic, Severity
from cfaig.definition.environments import known_environments
from cfaig.definition.load import (
    Definitions,
    Loaded,
    load_environments,
    load_text,
    no_garbage_collection,
    read_definitions,
)
from cfaig.errors import CfaigError
from cfaig.project import LOCAL_ENVIRONMENT, Project, find_project
from cfaig.secrets import VAULT_SCHEME
from cfaig.secrets.stack_file import written_config


def load_checked(
    project: Project,
    environment: str,
    *,
    account: str | None,
    environ: Mapping[str, str] | None,
    definitions: Definitions | None = None,
) -> Loaded:
    """The definitions for `environment`, without mistakes; `diagnostics` holds all warnings.

    Variables and files of secret references have to be there, unless `environ` is None: a plan can do without. They
    are read, unless `definitions` have been. Raises DefinitionError with every mistake, and CfaigError as
    `load_project` does.
    """
    loaded = (definitions or read_definitions(project)).load(environment, account=account)
    config = written_config(project, environment)
    found = check_gateways(loaded, environ=environ, environment=environment, stack_config=config)
    diagnostics = (*loaded.diagnostics, *found)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics):
        raise DefinitionError(diagnostics)
    return replace(loaded, diagnostics=diagnostics)


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a validation: what was looked at, and everything that was found.

    `unasked` are the references to Vault whose form alone was checked; empty where no secrets were looked for.
    """

    gateways: tuple[str, ...]
    environments: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    unasked: tuple[str, ...] = ()


@no_garbage_collection()
def validate_all(files: Sequence[Path], environment: str | None, environ: Mapping[str, str]) -> Checked:
    """Check `files` (`-` is standard input), or the project's definitions when there are none.

    Without an environment all of them are checked, and secrets are taken to be there: a laptop has no production keys.
    Raises CfaigError for files that cannot be read, and for an unknown environment.
    """
    project = _project(required=not files)
    texts = {path: _read(path) for path in files}
    environments = (environment,) if environment else _environments(project)
    secrets = environ if environment else None
    config = written_config(project, environment) if project and environment else None
    gateways: dict[str, None] = {}
    unasked: set[str] = set()
    found: dict[Diagnostic, None] = {}
    known: Known = {}
    for name, outcome in _outcomes(project, texts, environments):
        found |= dict.fromkeys(outcome.diagnostics)
        if isinstance(outcome, Loaded):
            gateways |= dict.fromkeys(gateway.id for gateway in outcome.gateways)
            found |= dict.fromkeys(
                check_gateways(outcome, environ=secrets, environment=name, known=known, stack_config=config)
            )
            if environment not in {None, LOCAL_ENVIRONMENT}:
                unasked.update(references_of(outcome.gateways, VAULT_SCHEME))
    ordered = sorted(found, key=lambda diagnostic: (diagnostic.position, diagnostic.code, diagnostic.message))
    return Checked(tuple(sorted(gateways)), environments, tuple(ordered), tuple(sorted(unasked)))


def _outcomes(
    project: Project | None, texts: Mapping[Path, bytes], environments: Sequence[str]
) -> Iterator[tuple[str, Loaded | DefinitionError]]:
    if project is not None and not texts:
        yield from zip(environments, load_environments(project, environments), strict=True)
    for name in environments:
        for path, text in texts.items():
            shown = Path("<stdin>") if path == Path("-") else path
            try:
                yield name, load_text(text, name, name=shown, project=project)
            except DefinitionError as error:
                yield name, error


def _project(*, required: bool) -> Project | None:
    try:
        return find_project()
    except CfaigError:
        if required:
            raise
        return None


def _environments(project: Project | None) -> tuple[str, ...]:
    return known_environments(project) if project is not None else (LOCAL_ENVIRONMENT,)


def _read(path: Path) -> bytes:
    if path == Path("-"):
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise CfaigError(f"{path} cannot be read: {error.strerror}") from error
