"""The files that a new project begins with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Final, Literal, TypeAlias

from cfaig.definition.schema import SCHEMA_FILE, schema_text
from cfaig.errors import CfaigError
from cfaig.pipelines import Ci, ci_files
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.scenarios.schema import SCHEMA_FILE as SCENARIO_SCHEMA_FILE
from cfaig.scenarios.schema import schema_text as scenario_schema_text

State: TypeAlias = Literal["wrote", "kept"]

GATEWAY_ID: Final = re.compile(r"[a-z0-9_]+(?:-[a-z0-9_]+)*")
_LEVELS: Final = "policies/levels.yaml"
_SECTION: Final = re.compile(r"^  ([\w.-]+):\n(?:    .*\n)+", re.MULTILINE)
STACKS: Final = ("local", "dev", "staging", "prod")


def write_project(
    folder: Path, gateway: str, ci: Ci | None = None, *, policies: bool = False
) -> tuple[tuple[str, State], ...]:
    """Write what is missing in `folder`; files that exist are kept as they are.

    `ci` adds the files for that CI system, `policies` the policy pack, which a new project has anyway; a project that
    is there already gets only these.
    Raises CfaigError for an id that Cloudflare would not take, and where the folder cannot be written.
    """
    if len(gateway) > 64 or not GATEWAY_ID.fullmatch(gateway):
        raise CfaigError(
            f"{gateway!r} is no gateway id", "use up to 64 of a-z, 0-9, _ and single - between them, such as my-gateway"
        )
    project, begun = Project(folder), (folder / "Pulumi.yaml").is_file()
    written = () if begun and (ci or policies) else _write_missing(folder, _files(gateway))
    if policies or not begun:
        written += _write_missing(folder, _policy_pack(project))
    return written + (_write_missing(folder, ci_files(ci, project)) if ci else ())


def _write_missing(folder: Path, files: Mapping[str, str]) -> tuple[tuple[str, State], ...]:
    written: list[tuple[str, State]] = []
    for name, text in files.items():
        path = folder / name
        try:
            if path.exists():
                written.append((name, "kept"))
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            # "x": a link that a stranger's folder has in this place is not followed.
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise CfaigError(f"{path} cannot be written: {error.strerror}") from error
        written.append((name, "wrote"))
    return tuple(written)


def _files(gateway: str) -> dict[str, str]:
    stacks = {f"Pulumi.{stack}.yaml": _template(f"Pulumi.{stack}.yaml") for stack in STACKS}
    return {
        "Pulumi.yaml": _template("Pulumi.yaml"),
        **stacks,
        "__main__.py": _template("main.txt"),
        f"gateways/{gateway}.yaml": _template("gateway.yaml").replace("my-gateway", gateway),
        f"scenarios/{gateway}.yaml": _template("scenario.yaml").replace("my-gateway", gateway),
        ".gitignore": _template("gitignore.txt"),
        f"schemas/{SCHEMA_FILE}": schema_text(),
        f"schemas/{SCENARIO_SCHEMA_FILE}": scenario_schema_text(),
    }


def _policy_pack(project: Project) -> dict[str, str]:
    """The files of the pack; its levels are for the environments of the project."""
    pack = resources.files("cfaig").joinpath("templates", "policies")
    files = {f"policies/{file.name}": file.read_text("utf-8") for file in pack.iterdir() if file.is_file()}
    known = {LOCAL_ENVIRONMENT, *project.stacks()}
    head, mark, sections = files[_LEVELS].partition("environments:\n")
    kept = (section[0] for section in _SECTION.finditer(sections) if section[1] in known)
    return dict(sorted({**files, _LEVELS: "".join((head, mark, *kept))}.items()))


def _template(name: str) -> str:
    return resources.files("cfaig").joinpath("templates", name).read_text("utf-8")
