"""Logs of real traffic on their way into the database, in batches, so that no call waits for a write."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from cfaig.local.storage import Storage
from cfaig.runtime.model import LogEntry

WAIT: Final = 0.2
FULL_BYTES: Final = 8_000_000
MOST_BYTES: Final = 10_000_000

Place: TypeAlias = tuple[str, str]

_COLUMNS: Final = (
    "id",
    "account",
    "gateway",
    "created_at",
    "provider",
    "model",
    "path",
    "status_code",
    "success",
    "duration",
    "cached",
    "step",
    "tokens_in",
    "tokens_out",
    "cache_read",
    "reasoning",
    "cost",
    "custom_cost",
    "metadata",
    "event_id",
    "route",
    "error_code",
    "request_type",
    "request_content_type",
    "response_content_type",
    "user_agent",
    "authentication",
    "byok",
    "request_body",
    "response_body",
)
_INSERT: Final = f"INSERT OR IGNORE INTO logs ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608


class LogStore:
    """Takes logs in at once and writes them a moment later, in a thread; `flush` writes what is still waiting.

    A full gateway drops new logs or its oldest ones (`log_management`), and a log of more than 10 MB is not kept
    (facts/ai-gateway.md 1.9 and 4.11). A killed server loses the logs of its last moment.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._writing = threading.Lock()
        self._taking = threading.Lock()
        self._waiting: list[LogEntry] = []
        self._bytes = 0
        self._timer: asyncio.TimerHandle | None = None
        self._counted: dict[Place, int] = {}
        self._counted_at = -1

    def add(self, entry: LogEntry) -> None:
        """Keep one log; belongs to the thread of the event loop."""
        size = len(entry.request_body or b"") + len(entry.response_body or b"")
        if size > MOST_BYTES:
            return
        with self._taking:
            self._waiting.append(entry)
            self._bytes += size
        loop = asyncio.get_running_loop()
        if self._timer is None or self._bytes > FULL_BYTES:
            self._cancel()
            self._timer = loop.call_later(0 if self._bytes > FULL_BYTES else WAIT, self._write_aside, loop)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _write_aside(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        loop.run_in_executor(None, self.flush)

    def flush(self) -> None:
        """Write what is waiting; comes back when all logs that were added before are in the database."""
        with self._writing:
            if not (entries := self._take()):
                return
            by_gateway: defaultdict[Place, list[LogEntry]] = defaultdict(list)
            for entry in entries:
                by_gateway[entry.account, entry.gateway].append(entry)
            with self._storage.transaction(configures=False) as db:
                for place, added in by_gateway.items():
                    self._write(db, place, added)

    def _take(self) -> list[LogEntry]:
        with self._taking:
            entries, self._waiting, self._bytes = self._waiting, [], 0
        return entries

    def forget(self) -> None:
        """Drop what is waiting: everything was deleted."""
        with self._writing:
            self._take()
            self._counted.clear()

    def recount(self) -> None:
        """Logs were deleted: what is known about how full a gateway is no longer holds."""
        with self._writing:
            self._counted.clear()

    def _write(self, db: sqlite3.Connection, place: Place, entries: Sequence[LogEntry]) -> None:
        found = db.execute("SELECT settings FROM gateways WHERE account = ? AND id = ?", place).fetchone()
        if found is None:
            return
        settings = json.loads(found["settings"])
        most, stored = int(settings["log_management"]), self._stored(db, place)
        if settings["log_management_strategy"] == "STOP_INSERTING":
            entries = entries[: max(most - stored, 0)]
        db.executemany(_INSERT, _rows(entries))
        self._counted[place] = stored + len(entries)
        if self._counted[place] > most:
            db.execute(
                "DELETE FROM logs WHERE id IN (SELECT id FROM logs WHERE account = ? AND gateway = ?"
                " ORDER BY created_at, id LIMIT ?)",
                (*place, self._counted[place] - most),
            )
            self._counted[place] = most

    def _stored(self, db: sqlite3.Connection, place: Place) -> int:
        # Logs go with a deleted gateway, which raises the revision.
        if self._counted_at != self._storage.revision:
            self._counted.clear()
            self._counted_at = self._storage.revision
        if place not in self._counted:
            sql = "SELECT count(*) FROM logs WHERE account = ? AND gateway = ?"
            self._counted[place] = int(db.execute(sql, place).fetchone()[0])
        return self._counted[place]


def _rows(entries: Iterable[LogEntry]) -> Iterable[tuple[object, ...]]:
    for entry in entries:
        usage = entry.usage
        told = {
            "metadata": json.dumps(dict(entry.metadata)),
            "tokens_in": usage.tokens_in,
            "tokens_out": usage.tokens_out,
            "cache_read": usage.cache_read,
            "reasoning": usage.reasoning,
        }
        yield tuple(_storable(told[name] if name in told else getattr(entry, name)) for name in _COLUMNS)


def _storable(value: object) -> object:
    """The value; a text without halves of characters, which JSON can hold and the database cannot."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
