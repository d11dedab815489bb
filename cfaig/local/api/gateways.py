"""Gateways: facts/ai-gateway.md 1."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    VALIDATION,
    already_exists,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_page,
    success,
    success_page,
)
from cfaig.local.api import audit_logs
from cfaig.local.api.gateway_body import CREATE, REPLACE, settle
from cfaig.local.api.lookup import gateway_row, logs_of, options_of, storage_of
from cfaig.local.clock import now
from cfaig.local.storage import Storage

router: Final = APIRouter(prefix="/ai-gateway/gateways", tags=["gateways"])


def shown(row: sqlite3.Row) -> dict[str, Any]:
    """A gateway as the API shows it, with the extras that live ones have."""
    extras = {"is_default": row["id"] == "default", "internal": False, "wholesale": True}
    times = {"created_at": row["created_at"], "modified_at": row["modified_at"]}
    settings: dict[str, Any] = json.loads(row["settings"])
    return {"id": row["id"]} | settings | extras | times


def _check_store(storage: Storage, account: str, store: str | None) -> None:
    if store and storage.row("SELECT 1 FROM stores WHERE account = ? AND id = ?", account, store) is None:
        raise failure(400, VALIDATION, "Secrets store not found", ("body", "store_id"))


@router.post("", openapi_extra=body_docs(CREATE))
async def create_gateway(account: str, request: Request) -> JSONResponse:
    """Create a gateway; 409/7001 when its id is taken."""
    settings = settle(await read_body(request, CREATE))
    identity, moment, storage = settings.pop("id"), now(), storage_of(request)
    _check_store(storage, account, settings["store_id"])
    existing = {row["id"] for row in storage.rows("SELECT id FROM gateways WHERE account = ?", account)}
    if identity in existing:
        raise already_exists(f"A gateway with the id '{identity}'")
    if len(existing) >= (most := options_of(request).gateway_limit):
        raise failure(400, VALIDATION, f"The account has reached its limit of {most} gateways")
    with storage.transaction() as db:
        values = (account, identity, json.dumps(settings), moment, moment)
        db.execute("INSERT INTO gateways VALUES (?, ?, ?, ?, ?)", values)
    audit_logs.record(request, audit_logs.GATEWAY, identity)
    return success(shown(gateway_row(storage, account, identity)))


@router.get("", openapi_extra=page_docs(100, ["search"]))
async def list_gateways(account: str, request: Request) -> JSONResponse:
    """List gateways; `search` finds a part of an id."""
    page, per_page = read_page(request)
    wanted = request.query_params.get("search", "")
    rows = storage_of(request).rows("SELECT * FROM gateways WHERE account = ? ORDER BY rowid", account)
    return success_page([shown(row) for row in rows if wanted in row["id"]], page, per_page)


@router.get("/{gateway}")
async def get_gateway(account: str, gateway: str, request: Request) -> JSONResponse:
    """One gateway."""
    return success(shown(gateway_row(storage_of(request), account, gateway)))


@router.put("/{gateway}", openapi_extra=body_docs(REPLACE))
async def replace_gateway(account: str, gateway: str, request: Request) -> JSONResponse:
    """Replace every setting: what the body leaves out goes back to the server's default."""
    settings, storage = settle(await read_body(request, REPLACE)), storage_of(request)
    gateway_row(storage, account, gateway)
    _check_store(storage, account, settings["store_id"])
    with storage.transaction() as db:
        values = (json.dumps(settings), now(), account, gateway)
        db.execute("UPDATE gateways SET settings = ?, modified_at = ? WHERE account = ? AND id = ?", values)
    audit_logs.record(request, audit_logs.GATEWAY, gateway)
    return success(shown(gateway_row(storage, account, gateway)))


@router.delete("/{gateway}")
async def delete_gateway(account: str, gateway: str, request: Request) -> JSONResponse:
    """Delete a gateway with its routes, provider configs, domains and logs; its secrets stay in their store."""
    storage = storage_of(request)
    deleted = gateway_row(storage, account, gateway)
    logs_of(request).flush()
    with storage.transaction() as db:
        db.execute("DELETE FROM gateways WHERE account = ? AND id = ?", (account, gateway))
    audit_logs.record(request, audit_logs.GATEWAY, gateway)
    return success(shown(deleted))


@router.get("/{gateway}/url/{provider}")
async def gateway_url(account: str, gateway: str, provider: str, request: Request) -> JSONResponse:
    """Where to send requests for a provider; `universal` stands for the gateway itself."""
    gateway_row(storage_of(request), account, gateway)
    base = f"{request.base_url}v1/{account}/{gateway}"
    return success(base if provider == "universal" else f"{base}/{provider}")
