"""Who holds a stack: the engine's locks, in its messages and in the folder of a file backend."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# As the engine writes them: "…: created by ann@laptop (pid 4711) at 2026-11-22T10:00:00Z".
LOCK_HOLDER: Final = re.compile(r"created by (?P<user>[^@\s]+)@(?P<host>\S+) \(pid (?P<pid>\d+)\) at (?P<since>\S+)")


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds the stack."""

    user: str
    host: str
    pid: int
    since: str

    @property
    def abandoned(self) -> bool:
        """Whether the holder was on this machine and is gone; what happens elsewhere cannot be told."""
        return self.host == socket.gethostname() and not _alive(self.pid)


def locks_in(text: str) -> tuple[Lock, ...]:
    """The locks that an error message of the engine names."""
    return tuple(
        Lock(found["user"], found["host"], int(found["pid"]), found["since"]) for found in LOCK_HOLDER.finditer(text)
    )


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def locks_of(backend: Path, project: str, stack: str) -> Iterator[Lock]:
    """The locks on a stack of a file backend: files that the engine keeps there while it works."""
    for file in locks_folder(backend, project, stack).glob("*.json"):
        try:
            told = json.loads(file.read_text(encoding="utf-8"))
            yield Lock(str(told["username"]), str(told["hostname"]), int(told["pid"]), str(told.get("timestamp")))
        except (OSError, ValueError, KeyError, TypeError):
            continue  # it went away, or was never written to its end


def locks_folder(backend: Path, project: str, stack: str) -> Path:
    """Where a file backend has the locks on a stack."""
    return backend / ".pulumi" / "locks" / "organization" / project / stack
