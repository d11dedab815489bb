"""Reading a stack's state without starting the engine, where the state is a file."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import yaml

from cfaig.deploy.locks import locks_folder, locks_of
from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.errors import CfaigError
from cfaig.project import Project
from cfaig.whole_files import write_whole

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
    """Make the stack's file readable again after the engine was killed while it wrote; whether that was needed.

    A file that was cut off gives way to its backup. The engine keeps a few attributes beside each file and refuses to
    read it when these were cut off; it does without them. What some run may be writing just now is left alone.
    """
    file = _checkpoint_file(project, environment, backend)
    if file is None or not file.is_file():
        return False
    folder, name = _folder_of(backend), project_name(project)
    cut_off = [beside for beside in _attributes(file, locks_folder(folder, name, environment)) if _is_cut_off(beside)]
    damaged = _parsed(file) is None
    if not (damaged or cut_off) or any(not lock.abandoned for lock in locks_of(folder, name, environment)):
        return False
    for beside in cut_off:
        beside.unlink(missing_ok=True)
    return bool(cut_off) | (damaged and _restored(file))


def _attributes(file: Path, locks: Path) -> Iterator[Path]:
    yield from file.parent.glob(f"{file.name}*.attrs")
    yield from locks.glob("*.attrs")


def _is_cut_off(file: Path) -> bool:
    try:
        json.loads(file.read_bytes())
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


def _restored(file: Path) -> bool:
    """Whether the backup could be put back; a file that came to its end meanwhile stays."""
    if _parsed(file) is not None or _parsed(_backup_of(file)) is None:
        return False
    write_whole(file, _backup_of(file).read_text(encoding="utf-8"))
    return True


def _checkpoint_file(project: Project, environment: str, backend: str | None) -> Path | None:
    address = urlsplit(backend or "")
    if address.scheme != "file" or address.query:
        return None
    file = _folder_of(backend) / ".pulumi" / "stacks" / project_name(project) / f"{environment}.json"
    compressed = any(file.with_name(file.name + ending).is_file() for ending in (".gz", ".zst"))
    return None if compressed else file


def _folder_of(backend: str | None) -> Path:
    return Path(unquote(urlsplit(backend or "").path))


def _backup_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.bak")


def _parsed(file: Path) -> StackState | None:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return parse_deployment(written["checkpoint"].get("latest") or {})
    except (OSError, ValueError, AttributeError, LookupError, TypeError, RecursionError):
        return None


def project_name(project: Project) -> str:
    """The `name` of Pulumi.yaml.

    Raises CfaigError when there is none.
    """
    path = project.root / "Pulumi.yaml"
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CfaigError(f"{path} cannot be read: {error}") from error
    name = document.get("name") if isinstance(document, dict) else None
    if not isinstance(name, str):
        raise CfaigError(f"{path} has no name", "write one: name: cfaig")
    return name
