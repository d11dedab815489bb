"""What environments of a project that are worked on at the same time have in common."""

from __future__ import annotations

import threading

from cfaig.definition.load import Definitions, read_definitions
from cfaig.live.api import TIMEOUT
from cfaig.live.connections import Connections
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine, Progress
from cfaig.project import Project


class Shared:
    """The files, read once; connections to the API; the engine of this machine. For several threads.

    Each is made when it is needed first, and kept: what has changed since is not seen.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._definitions: Definitions | None = None
        self._connections: dict[str, Connections] = {}
        self._engine: Engine | None = None

    def definitions(self, project: Project) -> Definitions:
        """All definitions of the project; raises CfaigError where the folder is missing."""
        with self._lock:
            if self._definitions is None:
                self._definitions = read_definitions(project)
            return self._definitions

    def connections(self, base_url: str) -> Connections:
        """Connections to the API at this address, for everybody."""
        with self._lock:
            if base_url not in self._connections:
                self._connections[base_url] = Connections(base_url, TIMEOUT)
            return self._connections[base_url]

    def engine(self, progress: Progress) -> Engine:
        """The engine of this machine; raises as `ensure_engine` does."""
        with self._lock:
            if self._engine is None:
                self._engine = ensure_engine(progress)
            return self._engine
