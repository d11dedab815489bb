"""Editing a file of a client's: what would change, and the change itself."""

from __future__ import annotations

import copy
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cfaig.connect import dotenv_file, json_file, yaml_file
from cfaig.connect.merging import bring
from cfaig.connect.model import ConfigFile, FileKind, Tree
from cfaig.connect.showing import shown_diff
from cfaig.errors import CfaigError
from cfaig.project import Project
from cfaig.secrets.dotenv import FILE as OWN_DOTENV
from cfaig.whole_files import write_whole

MAX_BYTES: Final = 5_000_000
_NEW_FILE_MODE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Edit:
    """A file as it is (None: there is none) and as it shall be; `diff` shows no secret that was there."""

    path: Path
    before: str | None
    after: str
    diff: str

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before != self.after


def plan_edit(path: Path, file: ConfigFile, tree: Mapping[str, Tree], project: Project) -> Edit:
    """What is to be done so that the file says what `tree` does; everything else in it stays.

    Raises CfaigError for a file that cannot be read, or is none of that kind, or is the project's own `.env`.
    """
    path = path.expanduser()
    if path.resolve() == (project.root / OWN_DOTENV).resolve():
        # `env://OPENAI_API_KEY` would find the client's token there, and apply would store it as the provider's key.
        raise CfaigError(
            f"{path} is where cfaig itself looks for the keys that it stores", "name the .env of the program that calls"
        )
    text = _read(path)
    old = text or ""
    fills = file.kind is FileKind.JSON
    name = str(path)
    load = {FileKind.DOTENV: dotenv_file.load, FileKind.JSON: json_file.load, FileKind.YAML: yaml_file.load}[file.kind]
    before: Any = load(old, name)
    document = copy.deepcopy(before)
    bring(document, tree, file.render, fills=fills)
    if text is not None and document == before:
        after = old
    elif file.kind is FileKind.DOTENV:
        after = dotenv_file.patch(old, before, document)
    else:
        after = (json_file if file.kind is FileKind.JSON else yaml_file).dump(document, old)
    return Edit(path, text, after, shown_diff(name, file, tree, (old, after), before))


def carry_out(edit: Edit) -> None:
    """Put the new text in the place of the old one, at once; the file's permissions stay, a new file is its owner's.

    Raises CfaigError where that cannot be, or the file has changed since it was looked at.
    """
    if _read(edit.path) != edit.before:
        raise CfaigError(f"{edit.path} has changed in between", "run the command again")
    try:
        path = edit.path.resolve()  # a link stays a link
        mode = stat.S_IMODE(path.stat().st_mode) if edit.before is not None else _NEW_FILE_MODE
        write_whole(path, edit.after, mode)
    except OSError as error:
        raise CfaigError(f"{edit.path} cannot be written: {error.strerror}") from error


def _read(path: Path) -> str | None:
    try:
        if not path.exists():
            if not path.parent.is_dir():
                raise CfaigError(f"there is no folder {path.parent}", f"make it first: mkdir -p {path.parent}")
            return None
        if not path.is_file():
            raise CfaigError(f"{path} is not a file", "name the file itself")
        if path.stat().st_size > MAX_BYTES:
            raise CfaigError(f"{path} is larger than {MAX_BYTES:,} bytes", "is it the right file?")
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        raise CfaigError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise CfaigError(f"{path} is not UTF-8 text", "is it the right file?") from None
