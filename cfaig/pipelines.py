"""The CI files of a project: the templates, filled in with its environments and with the secrets that it refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Final, Literal, TypeAlias

from cfaig import __version__
from cfaig.definition.files import definition_files, read_text
from cfaig.definition.nodes import scalars
from cfaig.definition.yaml_reader import parse
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.secrets import ENV_SCHEME, VAULT_SCHEME

Ci: TypeAlias = Literal["github", "gitlab"]

FILES: Final[dict[Ci, dict[str, str]]] = {
    "github": {
        ".github/workflows/cfaig-plan.yml": "github-plan.yml",
        ".github/workflows/cfaig-apply.yml": "github-apply.yml",
        ".github/workflows/cfaig-drift.yml": "github-drift.yml",
        ".github/actions/cfaig/action.yml": "github-setup.yml",
        ".github/actions/cfaig/problems.json": "github-problems.json",
        "requirements.txt": "requirements.txt",
    },
    "gitlab": {
        ".gitlab/cfaig.yml": "gitlab.yml",
        ".gitlab-ci.yml": "gitlab-ci.yml",
        "requirements.txt": "requirements.txt",
    },
}
# What Vault's AppRole login reads; the one with a value that is no secret is a variable.
VAULT: Final = {"VAULT_ADDR": "vars", "VAULT_ROLE_ID": "secrets", "VAULT_SECRET_ID": "secrets"}

_SECRETS_MARK: Final = re.compile(r"^( *)# cfaig: secrets\n", re.MULTILINE)
_ENVIRONMENTS_MARK: Final = re.compile(r"\[.*\] # cfaig: environments$", re.MULTILINE)
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def ci_files(ci: Ci, project: Project) -> dict[str, str]:
    """The text of each CI file by its path in the project.

    GitHub gives a job only the secrets that the workflow names, so those of the definitions are written there.
    """
    environments = remote_environments(project)
    references = secret_references(project)
    return {
        path: _filled(_template(name), environments, list(_variables(references, environments)))
        for path, name in FILES[ci].items()
    }


def remote_environments(project: Project) -> tuple[str, ...]:
    """The environments with a stack file, without `local`: those that CI looks after."""
    return tuple(name for name in project.stacks() if name != LOCAL_ENVIRONMENT)


def secret_references(project: Project) -> frozenset[str]:
    """The `env://` and `vault://` references of the definitions, as they are written; none where no file is."""
    if not project.gateways.is_dir():
        return frozenset()
    return frozenset(
        text
        for file in definition_files(project.gateways)
        for text in _texts(file)
        if text.startswith((ENV_SCHEME, VAULT_SCHEME))
    )


def _texts(file: Path) -> Iterator[str]:
    text, _ = read_text(file, file)
    node = None if text is None else parse(text, file).node
    if node is not None:
        yield from (scalar.value for _, scalar in scalars(node) if isinstance(scalar.value, str))


def _variables(references: Iterable[str], environments: Iterable[str]) -> Iterator[str]:
    """The variables that resolve the references, as lines of a mapping in a GitHub workflow."""
    names = {
        reference.removeprefix(ENV_SCHEME).replace("${environment}", environment)
        for reference in references
        for environment in environments
        if reference.startswith(ENV_SCHEME)
    }
    sources = {name: "secrets" for name in sorted(names) if _VARIABLE.fullmatch(name)}
    if any(reference.startswith(VAULT_SCHEME) for reference in references):
        sources |= VAULT
    for name, context in sources.items():
        yield f"{name}: ${{{{ {context}.{name} }}}}\n"


def _filled(text: str, environments: Iterable[str], variables: list[str]) -> str:
    def lines(mark: re.Match[str]) -> str:
        return "".join(f"{mark[1]}{line}" for line in variables)

    text = _SECRETS_MARK.sub(lines, text.replace("==VERSION", f"=={__version__}"))
    return _ENVIRONMENTS_MARK.sub(f"[{', '.join(environments)}]", text)


def _template(name: str) -> str:
    return resources.files("cfaig").joinpath("templates", "ci", name).read_text("utf-8")
