"""The Worker of the edge: its bundled module `worker.js`, made from edge/ by `npm run build`."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

COMPATIBILITY_DATE: Final = "2026-07-01"
"""The day whose behaviour of the runtime the Worker was tested with."""
MODULE_NAME: Final = "worker.js"

_DIGITS: Final = 12


@cache
def worker_module() -> str:
    """The code of the Worker."""
    return files(__name__).joinpath(MODULE_NAME).read_text(encoding="utf-8")


@cache
def module_digest() -> str:
    """Tells one Worker's code from another's: the first hex digits of its SHA-256."""
    return hashlib.sha256(worker_module().encode()).hexdigest()[:_DIGITS]
