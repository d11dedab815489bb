"""The files of one local Cloudflare, and the locks on them.

Whoever holds the lock on `server.lock` is the server; the lock goes with the process, however that ends. So a
`server.json` that a killed server left behind is recognised without looking at process ids, which may be used again.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cfaig.errors import CfaigError
from cfaig.whole_files import write_whole

_OWNER_ONLY: Final = 0o700


@dataclass(frozen=True, slots=True)
class Files:
    """The files in one data folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """Everything that the account holds."""
        return self.folder / "cloudflare.db"

    @property
    def log(self) -> Path:
        """What the server has answered, and why it ended."""
        return self.folder / "server.log"

    @property
    def record(self) -> Path:
        """Where the running server is: pid, port, url, account, started."""
        return self.folder / "server.json"

    @property
    def port(self) -> Path:
        """The port of the last server, which the next one takes if it is free."""
        return self.folder / "port"

    @property
    def server_lock(self) -> Path:
        """Held by the server as long as it lives."""
        return self.folder / "server.lock"

    @property
    def start_lock(self) -> Path:
        """Held by whoever is starting, stopping or clearing the server."""
        return self.folder / "start.lock"

    def make_folder(self) -> None:
        """Make the folder, for its owner only.

        Raises CfaigError when that is not possible.
        """
        try:
            self.folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
            self.folder.chmod(_OWNER_ONLY)  # it may have been there before, with other permissions
        except OSError as error:
            raise CfaigError(
                f"the folder {self.folder} cannot be made: {error.strerror}", "check who may write there"
            ) from error

    def read_record(self) -> dict[str, Any] | None:
        """What the server wrote about itself, or `None` when there is nothing (readable)."""
        try:
            record = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return None
        return record if isinstance(record, dict) else None

    def write_record(self, record: dict[str, Any]) -> None:
        """Replace the record in one step, and remember the port."""
        write_whole(self.record, json.dumps(record, indent=2) + "\n", 0o600)
        write_whole(self.port, f"{record['port']}\n", 0o600)

    def remembered_port(self) -> int | None:
        """The port of the last server."""
        try:
            text = self.port.read_text().strip()
        except OSError:
            return None
        return int(text) if text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65_536 else None


def take_lock(path: Path) -> int | None:
    """Lock a file until its descriptor is closed or the process ends; `None` when somebody else has it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def is_locked(path: Path) -> bool:
    """Whether some process holds the lock."""
    if not path.exists():
        return False
    descriptor = take_lock(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold a lock, waiting for it if need be.

    Raises CfaigError when somebody else still has it after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while (descriptor := take_lock(path)) is None:
        if time.monotonic() > deadline:
            raise CfaigError(
                "another cfaig is starting or stopping the local Cloudflare", f"wait for it, or look who holds {path}"
            )
        time.sleep(0.02)
    try:
        yield
    finally:
        os.close(descriptor)
