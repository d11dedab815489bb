"""The files of definitions: which there are, and their text, read with care."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cfaig.definition.diagnostics import Diagnostic, Position
from cfaig.errors import CfaigError

MAX_BYTES: Final = 1_000_000
DEFAULTS_STEM: Final = "_defaults"
_SUFFIXES: Final = (".yaml", ".yml")
_LINE_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def definition_files(folder: Path) -> tuple[Path, ...]:
    """The YAML files of `folder` (not of its subfolders), `_defaults.yaml` among them, in order of their names.

    Raises CfaigError when there is no such folder.
    """
    try:
        paths = [path for path in folder.iterdir() if path.suffix in _SUFFIXES and not path.name.startswith(".")]
    except OSError as error:
        reason = error.strerror or "not readable"
        raise CfaigError(
            f"cannot read the definitions in {folder}: {reason}", "write a first definition with: cfaig init"
        ) from None
    return tuple(sorted(paths))


def read_text(path: Path, shown: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file, or what is wrong with it; `shown` is what positions name."""
    try:
        if not path.is_file():
            return None, (_unreadable(shown, "this is not a file" if path.exists() else "there is no such file"),)
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            size = path.stat().st_size
    except OSError as error:
        return None, (_unreadable(shown, f"the file cannot be read: {error.strerror}"),)
    if len(data) > MAX_BYTES:
        return None, (too_large(shown, size),)
    return decode(data, shown)


def split_lines(text: str) -> list[str]:
    """The lines of a text, as the YAML parser counts them."""
    return _LINE_BREAK.split(text)


def decode(data: bytes, shown: Path) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """UTF-8 bytes as text, or what is wrong with them."""
    if len(data) > MAX_BYTES:
        return None, (too_large(shown, len(data)),)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        position = Position(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        kind = "this is a binary file, not a text" if b"\0" in data else f"byte 0x{data[error.start]:02X} is not UTF-8"
        return None, (Diagnostic("AIG003", kind, position, hint="save the file as UTF-8 text"),)


def too_large(shown: Path, size: int) -> Diagnostic:
    """The diagnostic for a file of `size` bytes."""
    message = f"the file has {size:,} bytes; a definition has at most {MAX_BYTES:,}"
    return Diagnostic("AIG002", message, Position(shown), hint="is this a definition? Move other files elsewhere")


def _unreadable(shown: Path, message: str) -> Diagnostic:
    return Diagnostic("AIG001", message, Position(shown), hint="make it a readable file, or move it elsewhere")
