"""What environments of a project that are worked on at the same time have in common."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cfaig.definition.load import Definitions, read_definitions
from cfaig.live.api import Credentials, client_for
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine, Progress
from cfaig.project import Project

if TYPE_CHECKING:
    import httpx


class Shared:
    """The files, read once; connections to the API; the engine of this machine. For several threads.

    Each is made when it is needed first, and kept: what has changed since is not seen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._definitions: Definitions | None = None
        self._free: dict[Credentials, list[httpx.Client]] = {}
        self._engine: Engine | None = None

    def definitions(self, project: Project) -> Definitions:
        """All definitions of the project; raises CfaigError where the folder is missing."""
        with self._lock:
            if self._definitions is None:
                self._definitions = read_definitions(project)
            return self._definitions

    @contextmanager
    def client(self, credentials: Credentials) -> Iterator[httpx.Client]:
        """Connections with these credentials, kept for whoever wants them next.

        Those who work at the same time have their own: httpx takes longer for each call the more connections it has.
        """
        with self._lock:
            free = self._free.setdefault(credentials, [])
            client = free.pop() if free else client_for(credentials)
        try:
            yield client
        finally:
            with self._lock:
                free.append(client)

    def engine(self, progress: Progress) -> Engine:
        """The engine of this machine; raises as `ensure_engine` does."""
        with self._lock:
            if self._engine is None:
                self._engine = ensure_engine(progress)
            return self._engine
