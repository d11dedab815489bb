"""Parts of libraries that load wherever they are installed, and that no process of cfaig's own has a use for."""

from __future__ import annotations

import sys
from typing import Final

# httpx's command line takes 0.06 s; the URI grammar, which jsonschema takes along for a format check, 2 s; HTTP/2,
# which httpx speaks only when asked to, 0.01 s.
PARTS: Final = ("httpx._main", "rfc3987_syntax", "h2")


def leave_out() -> None:
    """Let them look as if they were not installed. Only for a process that is cfaig's alone."""
    for name in PARTS:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # Python's way to say: not there
