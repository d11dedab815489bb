"""Why a build of the engine failed, from what Go wrote."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cfaig.local.engine.model import EngineError

LAST_LINES: Final = 3

# What Go writes -> what that means -> what to do. The first that matches is the reason.
_REASONS: Final[tuple[tuple[str, str, str], ...]] = (
    (
        r"no space left on device|disk quota exceeded",
        "the disk is full",
        "make room, or set CFAIG_CACHE, GOMODCACHE and GOCACHE to folders with more of it",
    ),
    (
        r"requires go >=|toolchain not available|download go1\.|invalid go version",
        "Go is too old, and could not fetch a newer one",
        "install a newer Go",
    ),
    (
        r"checksum mismatch|SECURITY ERROR|missing go\.sum entry",
        "a Go module is not the one that cfaig names in its go.sum",
        "something between here and the Go module proxy changes modules; set GOPROXY to one that does not",
    ),
    (
        r"signal: killed|cannot allocate memory|out of memory",
        "there was too little memory (about 2 GiB are needed)",
        "end other programs, or build with fewer at a time: GOMAXPROCS=1",
    ),
    (
        (
            r"dial tcp|no such host|i/o timeout|connection re(fused|set)|TLS handshake|x509:|unrecognized import path|"
            r"module lookup disabled|\b(403|404|407|410|50[234]) [A-Z]"
        ),
        "its Go modules could not be downloaded",
        "give Go a module proxy that can be reached here: go env -w GOPROXY=…",
    ),
    (r"permission denied|read-only file system", "a folder cannot be written", "see the log for which one"),
)


def explain(log: Path, exit_code: int) -> EngineError:
    """The error for a failed build whose output is in `log`."""
    text = log.read_text(errors="replace")
    for pattern, meaning, remedy in _REASONS:
        if re.search(pattern, text):
            return EngineError(f"Pulumi could not be built: {meaning}; all Go said: {log}", remedy)
    last = "\n".join(f"      {line}" for line in text.strip().splitlines()[-LAST_LINES:])
    return EngineError(f"Pulumi could not be built: Go ended with exit code {exit_code}; all it said: {log}\n{last}")
