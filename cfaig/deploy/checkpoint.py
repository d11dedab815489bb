"""Reading a stack's state without starting the engine, where the state is a file."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import yaml

from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.errors import CfaigError
from cfaig.project import Project

# The engine may be writing the file just now.
READS: Final = 4
PAUSE: Final = 0.1


def read_checkpoint(project: Project, environment: str, backend: str | None) -> StackState | None:
    """The stack as last written to the file backend `backend`, or None where the backend is of another kind.

    The engine keeps it in `.pulumi/stacks/<project>/<stack>.json`; asking the engine itself takes 0.3 s longer.
    Raises CfaigError when neither the file nor its backup can be read.
    """
    file = _checkpoint_file(project, environment, backend)
    if file is None:
        return None
    if not file.is_file():
        return StackState(exists=False)
    for _ in range(READS):
        if (state := _parsed(file)) is not None:
            return state
        time.sleep(PAUSE)
    if (state := _parsed(_backup_of(file))) is not None:
        return state
    raise CfaigError(f"the state of stack {environment} cannot be read: {file}", "look into the folder: is it damaged?")


def mend_checkpoint(project: Project, environment: str, backend: str | None) -> bool:
    """Put the backup back when the engine was killed while it wrote the stack's file; whether that was needed."""
    file = _checkpoint_file(project, environment, backend)
    if file is None or not file.is_file() or _parsed(file) is not None or _parsed(_backup_of(file)) is None:
        return False
    mended = file.with_suffix(".mended")
    shutil.copyfile(_backup_of(file), mended)
    mended.replace(file)
    return True


def _checkpoint_file(project: Project, environment: str, backend: str | None) -> Path | None:
    address = urlsplit(backend or "")
    if address.scheme != "file" or address.query:
        return None
    file = Path(unquote(address.path)) / ".pulumi" / "stacks" / project_name(project) / f"{environment}.json"
    compressed = any(file.with_name(file.name + ending).is_file() for ending in (".gz", ".zst"))
    return None if compressed else file


def _backup_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.bak")


def _parsed(file: Path) -> StackState | None:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return parse_deployment(written["checkpoint"].get("latest") or {})
    except (OSError, ValueError, KeyError):
        return None


def project_name(project: Project) -> str:
    """The `name` of Pulumi.yaml.

    Raises CfaigError when there is none.
    """
    path = project.root / "Pulumi.yaml"
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CfaigError(f"{path} cannot be read: {error}") from error
    name = document.get("name") if isinstance(document, dict) else None
    if not isinstance(name, str):
        raise CfaigError(f"{path} has no name", "write one: name: cfaig")
    return name
