"""Custom domains of a gateway: facts/ai-gateway.md 4.5. The DNS record is for its owner to make."""

from __future__ import annotations

import sqlite3
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    GATEWAY_NOT_FOUND,
    already_exists,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_page,
    success,
    success_page,
)
from cfaig.local.api.lookup import gateway_row, storage_of
from cfaig.local.clock import milliseconds, now
from cfaig.local.shapes import Fields, Text
from cfaig.local.storage import Storage

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_BODY: Final = Fields({"hostname": Text(low=1, high=253, pattern=rf"(?:{_LABEL}\.)+[a-z]{{2,63}}")})
CNAME_TARGET: Final = "custom-domains.gateway.ai.cloudflare.com"

router: Final = APIRouter(prefix="/ai-gateway/gateways/{gateway}/custom-domains", tags=["custom domains"])


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "hostname": row["hostname"],
        "gateway_id": row["gateway"],
        "status": "pending_dcv",
        "cname_target": CNAME_TARGET,
        "created_at": milliseconds(row["created_at"]),
        "modified_at": milliseconds(row["modified_at"]),
    }


def _row(storage: Storage, account: str, gateway: str, hostname: str) -> sqlite3.Row:
    gateway_row(storage, account, gateway)
    sql = "SELECT * FROM custom_domains WHERE account = ? AND gateway = ? AND hostname = ?"
    row = storage.row(sql, account, gateway, hostname)
    if row is None:
        raise failure(404, GATEWAY_NOT_FOUND, "Custom domain not found")
    return row


@router.post("", openapi_extra=body_docs(_BODY))
async def create_domain(account: str, gateway: str, request: Request) -> JSONResponse:
    """Put a gateway on a hostname, which can serve one gateway only."""
    body, storage = await read_body(request, _BODY), storage_of(request)
    hostname, moment = body["hostname"], now()
    gateway_row(storage, account, gateway)
    if storage.row("SELECT 1 FROM custom_domains WHERE account = ? AND hostname = ?", account, hostname) is not None:
        raise already_exists(f"The custom domain '{hostname}'")
    with storage.transaction() as db:
        db.execute("INSERT INTO custom_domains VALUES (?, ?, ?, ?, ?)", (account, gateway, hostname, moment, moment))
    return success(_shown(_row(storage, account, gateway, hostname)))


@router.get("", openapi_extra=page_docs())
async def list_domains(account: str, gateway: str, request: Request) -> JSONResponse:
    """List the gateway's hostnames."""
    storage = storage_of(request)
    gateway_row(storage, account, gateway)
    sql = "SELECT * FROM custom_domains WHERE account = ? AND gateway = ? ORDER BY rowid"
    return success_page([_shown(row) for row in storage.rows(sql, account, gateway)], *read_page(request))


@router.get("/{hostname}")
async def get_domain(account: str, gateway: str, hostname: str, request: Request) -> JSONResponse:
    """One hostname."""
    return success(_shown(_row(storage_of(request), account, gateway, hostname)))


@router.delete("/{hostname}")
async def delete_domain(account: str, gateway: str, hostname: str, request: Request) -> JSONResponse:
    """Take a hostname away."""
    storage = storage_of(request)
    deleted = _shown(_row(storage, account, gateway, hostname))
    with storage.transaction() as db:
        db.execute("DELETE FROM custom_domains WHERE account = ? AND hostname = ?", (account, hostname))
    return success(deleted)
