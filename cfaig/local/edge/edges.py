"""Every Worker of the local Cloudflare in a workerd of its own, on a port of its own.

The port is listened on here, and workerd is handed the socket: while a Worker is replaced by a newer one, the newer one
takes what comes, and the older one ends what it is at.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from fastapi import FastAPI, Request

from cfaig.local.edge.model import Edge
from cfaig.local.edge.stored import SOCKET, StoredWorker, stored_workers
from cfaig.local.listen import bind_first_free
from cfaig.local.options import HOST
from cfaig.local.storage import Storage
from cfaig.workerd.config import Setup
from cfaig.workerd.find import HOW_TO_GET, find_workerd
from cfaig.workerd.process import Workerd, WorkerdError, start_workerd

PORTS: Final = 20
# How long an upload waits for the older one to be gone, and how long streams of that one may take.
HANDOVER_SECONDS: Final = 2.0
DRAIN_SECONDS: Final = 120.0
MOST_ENDS: Final = 3
ENDS_WITHIN: Final = 60.0

_Key: TypeAlias = tuple[str, str]
"""The account and the name of a Worker."""

_log = logging.getLogger("cfaig.local.edge")


@dataclass(slots=True)
class _Served:
    """A Worker that has a port. `ends` are the moments at which its workerd ended unasked."""

    listening: socket.socket
    setup: Setup | None = field(default=None, repr=False)
    running: Workerd | None = None
    ends: list[float] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])


class Edges:
    """The Workers that run. `port` is that of the local Cloudflare; without one nothing is run."""

    def __init__(self, storage: Storage, port: int | None) -> None:
        self._storage = storage
        self._port = port
        self._served: dict[_Key, _Served] = {}
        self._problems: dict[_Key, str] = {}
        self._draining: set[Workerd] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._closed = False

    def listed(self) -> Sequence[Edge]:
        """All Workers."""
        return tuple(self._edge(worker) for worker in stored_workers(self._storage))

    def _edge(self, worker: StoredWorker) -> Edge:
        key = (worker.account, worker.name)
        served = self._served.get(key)
        url = f"http://{HOST}:{served.port}" if served is not None and served.running is not None else ""
        problem = self._problems.get(key, "")
        if not url and not problem:
            problem = f"workerd is missing: {HOW_TO_GET}" if find_workerd() is None else "it is not started"
        return Edge(worker.name, worker.gateway, url, worker.hostnames, worker.is_open, problem)

    async def serve(self, worker: StoredWorker) -> None:
        """Run a Worker, in place of what runs under its name.

        Raises WorkerdError when it cannot be run; then all is as before.
        """
        async with self._turn:
            await self._serve(worker)

    async def settle(self) -> None:
        """Run what is in the database, and nothing else; a Worker that cannot be run keeps its problem."""
        async with self._turn:
            stored = {(worker.account, worker.name): worker for worker in stored_workers(self._storage)}
            for key in self._served.keys() - stored.keys():
                await self._end(key)
            self._problems = {key: told for key, told in self._problems.items() if key in stored}
            for worker in stored.values():
                try:
                    await self._serve(worker)
                except WorkerdError as error:
                    self._problems[worker.account, worker.name] = error.message
                    _log.warning("the Worker %s does not run: %s", worker.name, error.message)

    async def close(self) -> None:
        """End them all."""
        async with self._turn:
            self._closed = True
            older = [asyncio.to_thread(workerd.end) for workerd in self._draining]
            await asyncio.gather(*older, *(self._end(key) for key in list(self._served)))

    async def _serve(self, worker: StoredWorker) -> None:
        workerd = find_workerd()
        if self._port is None or self._closed or workerd is None:
            return
        key = (worker.account, worker.name)
        setup = worker.setup(self._storage, self._port)
        served = self._served.get(key)
        if served is not None and served.running is not None and served.setup == setup:
            return
        if served is None:
            served = _Served(self._listen(*key, self._port))
        try:
            started = await self._start(workerd, key, setup, served.listening)
        except WorkerdError:
            if served.running is None:
                self._forget(key, served)
            raise
        self._served[key] = served
        self._problems.pop(key, None)
        older, served.running, served.setup = served.running, started, setup
        if older is not None:
            await asyncio.wait({self._in_background(self._drain(older))}, timeout=HANDOVER_SECONDS)

    async def _drain(self, older: Workerd) -> None:
        """Let one that was replaced end what it is at: it takes nothing new within a moment."""
        self._draining.add(older)
        await asyncio.to_thread(older.drain, DRAIN_SECONDS)
        self._draining.discard(older)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _start(self, workerd: Path, key: _Key, setup: Setup, listening: socket.socket) -> Workerd:
        loop = asyncio.get_running_loop()

        def ended() -> None:
            with suppress(RuntimeError):  # the loop has ended, too
                loop.call_soon_threadsafe(self._has_ended, key, setup)

        return await asyncio.to_thread(start_workerd, workerd, setup, {SOCKET: listening}, ended)

    def _forget(self, key: _Key, served: _Served) -> None:
        served.listening.close()
        self._served.pop(key, None)

    def _listen(self, account: str, worker: str, after: int) -> socket.socket:
        """A socket on the port that the Worker had before, or else on the next free one; remembers it."""
        rows = self._storage.rows("SELECT * FROM edge_ports")
        others = {row["port"] for row in rows if (row["account"], row["worker"]) != (account, worker)}
        own = [row["port"] for row in rows if (row["account"], row["worker"]) == (account, worker)]
        free = [port for port in range(after + 1, min(after + 1 + PORTS, 65_536)) if port not in others]
        listening = bind_first_free([*own, *free])
        with self._storage.transaction(configures=False) as db:
            values = (account, worker, listening.getsockname()[1])
            db.execute("INSERT OR REPLACE INTO edge_ports VALUES (?, ?, ?)", values)
        return listening

    async def _end(self, key: _Key) -> None:
        served = self._served[key]
        self._forget(key, served)
        if served.running is not None:
            await asyncio.to_thread(served.running.end)

    def _has_ended(self, key: _Key, setup: Setup) -> None:
        """A workerd has ended, and nobody asked for it: start another, but not for ever."""
        served = self._served.get(key)
        if served is None or served.setup is not setup or served.running is None or self._closed:
            return
        _log.warning("the workerd of %s has ended: %s", key[1], served.running.said)
        served.running = None
        moment = time.monotonic()
        served.ends = [*(end for end in served.ends if moment - end < ENDS_WITHIN), moment]
        if len(served.ends) > MOST_ENDS:
            self._forget(key, served)
            self._problems[key] = "its workerd ends again and again: see server.log"
            return
        self._in_background(self.settle())


def edges_of(app: FastAPI) -> Sequence[Edge]:
    """All Workers of the local Cloudflare, and where they answer."""
    return edges_at(app).listed()


def edges_at(where: FastAPI | Request) -> Edges:
    """What runs the Workers of an app, or of the one that answers a request."""
    app = where.app if isinstance(where, Request) else where
    return cast(Edges, app.state.edges)
