"""From a Worker in the database to what workerd runs for it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from cfaig.json_types import Json
from cfaig.local.options import HOST, RUN_TOKEN
from cfaig.local.storage import Storage
from cfaig.secrets.reference import STAND_IN_PREFIX
from cfaig.state.edge_bindings import GATEWAY_TOKEN, joined_rules
from cfaig.workerd.config import Service, Setup

SOCKET: Final = "http"
# What Cloudflare takes for a Worker that names no day.
OLDEST_DATE: Final = "2021-11-02"

_DOOR: Final = "door"
_WORKER: Final = "worker"
_CLOUDFLARE: Final = "cloudflare"


@dataclass(frozen=True, slots=True)
class StoredWorker:
    """A Worker as it was uploaded, with the host names that lead to it."""

    account: str
    name: str
    main_module: str
    code: str = field(repr=False)
    compatibility_date: str
    compatibility_flags: Sequence[str]
    bindings: Sequence[Mapping[str, Any]] = field(repr=False)
    hostnames: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[Mapping[str, Json], str] | None:
        """The rules that it follows and the address of its gateway; None when it is no edge of ours."""
        return joined_rules({one["name"]: one["json"] for one in self.bindings if one["type"] == "json"})

    @property
    def gateway(self) -> str:
        """The id of the gateway behind it; empty for one that is no edge."""
        return "" if self.rules is None else urlsplit(self.rules[1]).path.rstrip("/").rpartition("/")[2]

    @property
    def is_open(self) -> bool:
        """Whether clients need no token of the Worker's."""
        auth = self.rules[0].get("auth") if self.rules else None
        return not isinstance(auth, Mapping) or not (auth.get("bearer") or auth.get("access"))

    @property
    def _origins(self) -> list[Json]:
        cors = self.rules[0].get("cors") if self.rules else None
        origins = cors.get("origins") if isinstance(cors, Mapping) else None
        return list(origins) if isinstance(origins, list | tuple) else []

    def setup(self, storage: Storage, port: int) -> Setup:
        """What workerd runs: the Worker behind its door; all that it sends goes to `port`, whatever the address."""
        service = Service(
            _WORKER,
            {self.main_module: self.code},
            _CLOUDFLARE,
            self.compatibility_date or OLDEST_DATE,
            tuple(self.compatibility_flags),
            {one["name"]: json.dumps(one["json"], ensure_ascii=False) for one in self._of("json")},
            {one["name"]: _usable(one["name"], one["text"]) for one in self._of("plain_text", "secret_text")},
            {one["name"]: _secret(storage, self.account, one) for one in self._of("secrets_store_secret")},
        )
        pages = [f"http://{name}:{port}" for name in (HOST, "localhost")]
        told = {"hostnames": self.hostnames, "origins": self._origins, "pages": pages}
        door = Service(
            _DOOR,
            {"door.js": _door()},
            _CLOUDFLARE,
            self.compatibility_date or OLDEST_DATE,
            json={"DOOR": json.dumps(told)},
            services={"WORKER": _WORKER},
        )
        return Setup((door, service), {_CLOUDFLARE: f"{HOST}:{port}"}, {SOCKET: _DOOR})

    def _of(self, *types: str) -> Iterable[Mapping[str, Any]]:
        return (one for one in self.bindings if one["type"] in types)


def stored_workers(storage: Storage) -> tuple[StoredWorker, ...]:
    """All Workers, in the order of their names."""
    rows = storage.rows("SELECT * FROM workers ORDER BY account, name")
    return tuple(_read(storage, row) for row in rows)


def hostnames_of(storage: Storage, account: str, worker: str) -> tuple[str, ...]:
    """The host names that lead to a Worker."""
    sql = "SELECT hostname FROM worker_domains WHERE account = ? AND service = ? ORDER BY hostname"
    return tuple(row["hostname"] for row in storage.rows(sql, account, worker))


def _read(storage: Storage, row: sqlite3.Row) -> StoredWorker:
    return StoredWorker(
        row["account"],
        row["name"],
        row["main_module"],
        row["code"],
        row["compatibility_date"],
        json.loads(row["compatibility_flags"]),
        json.loads(row["bindings"]),
        hostnames_of(storage, row["account"], row["name"]),
    )


def _usable(name: str, text: str) -> str:
    """The value of a variable: what stands in for the gateway's token in `local` opens the gateways here."""
    return RUN_TOKEN if name == GATEWAY_TOKEN and text.startswith(STAND_IN_PREFIX) else text


def _secret(storage: Storage, account: str, binding: Mapping[str, Any]) -> str:
    """The value in the Secrets Store; empty when it is gone."""
    sql = (
        "SELECT value FROM secrets JOIN stores ON stores.id = store"
        " WHERE account = ? AND store = ? AND secrets.name = ?"
    )
    row = storage.row(sql, account, binding["store_id"], binding["secret_name"])
    return "" if row is None else str(row["value"])


@cache
def _door() -> str:
    return files("cfaig.local.edge").joinpath("door.js").read_text("utf-8")
