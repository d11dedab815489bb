"""The database of the local Cloudflare: SQLite, one file, one connection.

What a call has written is with the operating system before its answer goes out, so `kill -9` loses nothing. It is not
forced onto the disk (WAL with synchronous=NORMAL): a power cut may undo the last calls, but never spoils the file, and
a write costs 1 ms instead of 10.
Calls of several threads take turns.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from cfaig.errors import CfaigError

SCHEMA_VERSION: Final = 1

SCHEMA: Final = """
CREATE TABLE gateways (
  account TEXT NOT NULL, id TEXT NOT NULL, settings TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  PRIMARY KEY (account, id));
CREATE TABLE routes (
  account TEXT NOT NULL, gateway TEXT NOT NULL, id TEXT PRIMARY KEY, name TEXT NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  UNIQUE (account, gateway, name),
  FOREIGN KEY (account, gateway) REFERENCES gateways (account, id) ON DELETE CASCADE);
CREATE TABLE versions (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  route TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE, elements TEXT NOT NULL, is_valid INTEGER NOT NULL,
  created_at TEXT NOT NULL);
CREATE INDEX versions_of_route ON versions (route);
CREATE TABLE deployments (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  route TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE, version TEXT NOT NULL, created_at TEXT NOT NULL);
CREATE INDEX deployments_of_route ON deployments (route);
CREATE TABLE provider_configs (
  account TEXT NOT NULL, gateway TEXT NOT NULL, id TEXT PRIMARY KEY, provider TEXT NOT NULL, alias TEXT NOT NULL,
  is_default INTEGER NOT NULL, secret TEXT NOT NULL, rate_limit, rate_limit_period, modified_at TEXT NOT NULL,
  UNIQUE (account, gateway, provider, alias),
  FOREIGN KEY (account, gateway) REFERENCES gateways (account, id) ON DELETE CASCADE);
CREATE TABLE custom_providers (
  account TEXT NOT NULL, id TEXT PRIMARY KEY, slug TEXT NOT NULL, settings TEXT NOT NULL,
  created_at TEXT NOT NULL, modified_at TEXT NOT NULL, UNIQUE (account, slug));
CREATE TABLE custom_domains (
  account TEXT NOT NULL, gateway TEXT NOT NULL, hostname TEXT NOT NULL, created_at TEXT NOT NULL,
  modified_at TEXT NOT NULL,
  PRIMARY KEY (account, hostname),
  FOREIGN KEY (account, gateway) REFERENCES gateways (account, id) ON DELETE CASCADE);
CREATE TABLE stores (
  account TEXT NOT NULL, id TEXT PRIMARY KEY, name TEXT NOT NULL, created_at TEXT NOT NULL, modified_at TEXT NOT NULL);
CREATE TABLE secrets (
  store TEXT NOT NULL REFERENCES stores (id) ON DELETE CASCADE, id TEXT PRIMARY KEY, name TEXT NOT NULL,
  value TEXT NOT NULL, scopes TEXT NOT NULL, comment TEXT, created_at TEXT NOT NULL, modified_at TEXT NOT NULL,
  UNIQUE (store, name));
"""

# Came after the first release: made in databases of version 1 that lack it. Logs are written after their call, when
# the gateway may be gone already, so they do not refer to it; `created_at` and `duration` are Unix seconds and
# milliseconds.
LATER: Final = """
CREATE TABLE IF NOT EXISTS audit_entries (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, time TEXT NOT NULL, context TEXT NOT NULL, email TEXT, tag TEXT NOT NULL,
  method TEXT NOT NULL, path TEXT NOT NULL, agent TEXT NOT NULL, resource_type TEXT NOT NULL,
  resource_id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS logs (
  id TEXT PRIMARY KEY, account TEXT NOT NULL, gateway TEXT NOT NULL, created_at REAL NOT NULL, provider TEXT NOT NULL,
  model TEXT NOT NULL, path TEXT NOT NULL, status_code INTEGER NOT NULL, success INTEGER NOT NULL,
  duration INTEGER NOT NULL, cached INTEGER NOT NULL, step INTEGER NOT NULL, tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL, cache_read INTEGER NOT NULL, reasoning INTEGER NOT NULL, cost REAL NOT NULL,
  custom_cost INTEGER NOT NULL, metadata TEXT NOT NULL, event_id TEXT, route TEXT, error_code INTEGER,
  request_type TEXT NOT NULL, request_content_type TEXT NOT NULL, response_content_type TEXT NOT NULL,
  user_agent TEXT NOT NULL, authentication INTEGER NOT NULL, byok INTEGER NOT NULL, request_body BLOB,
  response_body BLOB, feedback INTEGER, score REAL);
CREATE INDEX IF NOT EXISTS logs_of_gateway ON logs (account, gateway, created_at);
CREATE TRIGGER IF NOT EXISTS logs_go_with_their_gateway AFTER DELETE ON gateways BEGIN
  DELETE FROM logs WHERE account = OLD.account AND gateway = OLD.id; END;
CREATE TABLE IF NOT EXISTS workers (
  account TEXT NOT NULL, name TEXT NOT NULL, main_module TEXT NOT NULL, code TEXT NOT NULL,
  compatibility_date TEXT NOT NULL, compatibility_flags TEXT NOT NULL, bindings TEXT NOT NULL,
  modified_at TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (account, name));
CREATE TABLE IF NOT EXISTS worker_domains (
  account TEXT NOT NULL, id TEXT PRIMARY KEY, hostname TEXT NOT NULL, service TEXT NOT NULL, zone_id TEXT NOT NULL,
  zone_name TEXT NOT NULL, UNIQUE (account, hostname),
  FOREIGN KEY (account, service) REFERENCES workers (account, name) ON DELETE CASCADE);
CREATE TABLE IF NOT EXISTS edge_ports (
  account TEXT NOT NULL, worker TEXT NOT NULL, port INTEGER NOT NULL, PRIMARY KEY (account, worker));
CREATE TABLE IF NOT EXISTS real_upstreams (slug TEXT PRIMARY KEY, address TEXT NOT NULL);
"""


class Storage:
    """One open database. `path` may be `:memory:`."""

    def __init__(self, path: Path | str) -> None:
        """Open the database, and make its tables if it is new.

        Raises CfaigError when the file is no database, or one of another version.
        """
        self._lock = threading.RLock()
        self._revision = 0
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
            self._db.row_factory = sqlite3.Row
            self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;")
            found = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise CfaigError(f"{path} cannot be opened: {error}", "start afresh: cfaig local reset") from error
        if found not in {0, SCHEMA_VERSION}:
            raise CfaigError(f"{path} was written by another version of cfaig", "start afresh: cfaig local reset")
        if found == 0:
            self._db.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version={SCHEMA_VERSION}; COMMIT;")
        self._db.executescript(LATER)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._db.close()

    def rows(self, sql: str, *values: Any) -> Sequence[sqlite3.Row]:
        """All rows of a query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """The first row of a query."""
        rows = self.rows(sql, *values)
        return rows[0] if rows else None

    @property
    def revision(self) -> int:
        """Goes up with every change to what is configured: what was read at the same revision still holds."""
        return self._revision

    @contextmanager
    def transaction(self, *, configures: bool = True) -> Iterator[sqlite3.Connection]:
        """All or nothing; `configures` is false for logs. Transactions do not nest."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
            self._revision += configures

    def clear(self) -> None:
        """Forget everything but where real upstreams are, which is a choice of whoever runs the server.

        The ports of Workers stay, too: one that comes again answers where it did before.
        """
        with self.transaction() as db:
            for table in ("gateways", "custom_providers", "stores", "audit_entries", "logs", "workers"):
                db.execute(f"DELETE FROM {table}")  # noqa: S608 (fixed names)
