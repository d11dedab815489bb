"""The formats of pictures, and the one that a file's name asks for."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError


class PictureFormat(StrEnum):
    """How a picture is written."""

    SVG = "svg"
    MERMAID = "mermaid"
    DOT = "dot"
    TEXT = "text"


_BY_SUFFIX: Final[Mapping[str, PictureFormat]] = {
    ".svg": PictureFormat.SVG,
    ".mmd": PictureFormat.MERMAID,
    ".mermaid": PictureFormat.MERMAID,
    ".dot": PictureFormat.DOT,
    ".gv": PictureFormat.DOT,
    ".txt": PictureFormat.TEXT,
}


def format_of(path: Path) -> PictureFormat:
    """The format that the file's name asks for.

    Raises CfaigError when its end says nothing.
    """
    found = _BY_SUFFIX.get(path.suffix.lower())
    if found is None:
        endings = ", ".join(_BY_SUFFIX)
        raise CfaigError(f"the name {path.name} says no format", f"add --format, or let it end with one of {endings}")
    return found
