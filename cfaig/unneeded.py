"""Parts of libraries that load wherever they are installed, and that no process of cfaig's own has a use for."""

from __future__ import annotations

import sys
from typing import Final

# The URI grammar, which jsonschema takes along for a format check, takes 2 s.
PARTS: Final = ("rfc3987_syntax",)


def leave_out() -> None:
    """Let them look as if they were not installed. Only for a process that is cfaig's alone."""
    for name in PARTS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # Python's way to say: not there
