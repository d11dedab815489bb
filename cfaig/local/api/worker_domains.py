"""Host names of Workers. There are no zones here: a host name's zone is its last two labels.

Source: the SDK's types/workers, facts/official-plugin.md ("Worker and secrets resources").
"""

from __future__ import annotations

import hashlib
import sqlite3
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import body_docs, failure, read_body, success
from cfaig.local.api.lookup import storage_of
from cfaig.local.api.workers import script_row
from cfaig.local.clock import new_tag
from cfaig.local.edge.edges import edges_at
from cfaig.local.shapes import Boolean, Fields, Text
from cfaig.local.storage import Storage

NOT_FOUND: Final = 100114
TAKEN: Final = 100116
_TAKEN: Final = (
    "Hostname '{}' already in use by other custom domain. Either delete it, try a different hostname, or use the "
    "option 'override_existing_origin' to override."
)
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_BODY: Final = Fields(
    {
        "hostname": Text(low=1, high=253, pattern=rf"(?:{_LABEL}\.)+[a-z]{{2,63}}"),
        "service": Text(low=1, high=63),
        "zone_id": Text(pattern="[0-9a-f]{32}"),
        "zone_name": Text(low=1, high=253),
        "environment": Text(low=1, high=63),
        "override_existing_origin": Boolean(),
    },
    optional=frozenset({"zone_id", "zone_name", "environment", "override_existing_origin"}),
)
_FILTERS: Final = ("hostname", "service", "zone_id")

router: Final = APIRouter(prefix="/workers/domains", tags=["workers"])


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "hostname": row["hostname"],
        "service": row["service"],
        "environment": "production",
        "zone_id": row["zone_id"],
        "zone_name": row["zone_name"],
        "cert_id": row["id"],
    }


def _row(storage: Storage, account: str, identity: str) -> sqlite3.Row:
    row = storage.row("SELECT * FROM worker_domains WHERE account = ? AND id = ?", account, identity)
    if row is None:
        raise failure(404, NOT_FOUND, "Domain not found")
    return row


@router.put("", openapi_extra=body_docs(_BODY))
async def put_domain(account: str, request: Request) -> JSONResponse:
    """Let a host name lead to a Worker; one that leads elsewhere only if that is asked for."""
    body, storage = await read_body(request, _BODY), storage_of(request)
    script_row(storage, account, body["service"])
    hostname = body["hostname"]
    zone = body.get("zone_name") or ".".join(hostname.split(".")[-2:])
    zone_id = body.get("zone_id") or hashlib.sha256(zone.encode()).hexdigest()[:32]
    known = storage.row("SELECT id, service FROM worker_domains WHERE account = ? AND hostname = ?", account, hostname)
    if known and known["service"] != body["service"] and not body.get("override_existing_origin"):
        raise failure(409, TAKEN, _TAKEN.format(hostname))
    identity = known["id"] if known else new_tag()
    with storage.transaction() as db:
        values = (account, identity, hostname, body["service"], zone_id, zone)
        db.execute("INSERT OR REPLACE INTO worker_domains VALUES (?, ?, ?, ?, ?, ?)", values)
    await edges_at(request).settle()
    return success(_shown(_row(storage, account, identity)))


@router.get("")
async def list_domains(account: str, request: Request) -> JSONResponse:
    """The host names of all Workers, or those with the wanted `hostname`, `service` or `zone_id`."""
    wanted = {name: request.query_params[name] for name in _FILTERS if name in request.query_params}
    rows = storage_of(request).rows("SELECT * FROM worker_domains WHERE account = ? ORDER BY hostname", account)
    return success([_shown(row) for row in rows if all(row[name] == value for name, value in wanted.items())])


@router.get("/{identity}")
async def get_domain(account: str, identity: str, request: Request) -> JSONResponse:
    """One host name."""
    return success(_shown(_row(storage_of(request), account, identity)))


@router.delete("/{identity}")
async def delete_domain(account: str, identity: str, request: Request) -> JSONResponse:
    """Take a host name away."""
    storage = storage_of(request)
    _row(storage, account, identity)
    with storage.transaction() as db:
        db.execute("DELETE FROM worker_domains WHERE account = ? AND id = ?", (account, identity))
    await edges_at(request).settle()
    return success(None)
