"""Secrets stores and their secrets: values go in and never come out.

Source: the SDK's types/secrets_store. An account has one store at most (code 1003, `maximum_stores_exceeded`); names of
the errors as real clients meet them: `store_not_found`, `secret_not_found` (1001), `secret_name_already_exists` (1003).
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    ApiFailure,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_flag,
    read_page,
    success,
    success_page,
)
from cfaig.local.api.lookup import options_of, storage_of
from cfaig.local.clock import new_tag, now
from cfaig.local.edge.edges import edges_at
from cfaig.local.options import Options
from cfaig.local.shapes import Choice, Fields, Items, Text
from cfaig.local.storage import Storage

INVALID: Final = 1001
CONFLICT: Final = 1003
DEFAULT_STORE: Final = "default_secrets_store"

_SCOPES: Final = Items(Choice(("workers", "ai_gateway", "dex", "access", "containers", "websearch")), low=1)
_SECRET: Final = {
    "name": Text(low=1, high=255, pattern=r"\S+"),
    "value": Text(low=1, high=65_536),
    "scopes": _SCOPES,
    "comment": Text(),
}
_STORE: Final = Fields({"name": Text(low=1, high=255)})
_SECRETS: Final = Items(Fields(_SECRET, optional=frozenset({"comment"})), low=1, high=100)
_EDIT: Final = Fields(
    {name: _SECRET[name] for name in ("value", "scopes", "comment")},
    optional=frozenset({"value", "scopes", "comment"}),
)
_BULK: Final = Items(Fields({"id": Text(low=1)}), low=1)

router: Final = APIRouter(prefix="/secrets_store/stores", tags=["secrets"])


def _shown_store(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": row["name"],
        "account_id": row["account"],
        "created": row["created_at"],
        "modified": row["modified_at"],
    }


def is_active(row: sqlite3.Row, delay: float) -> bool:
    """Whether a secret is past its first `delay` seconds, in which it is `pending`."""
    return time.time() >= datetime.fromisoformat(row["created_at"]).timestamp() + delay


def _shown_secret(row: sqlite3.Row, status: str) -> dict[str, Any]:
    return {
        "id": row["id"],
        "store_id": row["store"],
        "name": row["name"],
        "comment": row["comment"],
        "scopes": json.loads(row["scopes"]),
        "status": status,
        "created": row["created_at"],
        "modified": row["modified_at"],
    }


def _seen(request: Request, row: sqlite3.Row) -> dict[str, Any]:
    return _shown_secret(row, "active" if is_active(row, options_of(request).secret_delay) else "pending")


def _store_row(storage: Storage, account: str, store: str) -> sqlite3.Row:
    row = storage.row("SELECT * FROM stores WHERE account = ? AND id = ?", account, store)
    if row is None:
        raise failure(404, INVALID, "store_not_found")
    return row


def _secret_row(storage: Storage, account: str, store: str, secret: str) -> sqlite3.Row:
    _store_row(storage, account, store)
    row = storage.row("SELECT * FROM secrets WHERE store = ? AND id = ?", store, secret)
    if row is None:
        raise failure(404, INVALID, "secret_not_found")
    return row


def add_store(storage: Storage, account: str, name: str) -> str:
    """Make the account's store and tell its id; raises ApiFailure 400/1003 when there is one already."""
    if storage.row("SELECT 1 FROM stores WHERE account = ?", account) is not None:
        raise failure(400, CONFLICT, "maximum_stores_exceeded")
    identity, moment = new_tag(), now()
    with storage.transaction() as db:
        db.execute("INSERT INTO stores VALUES (?, ?, ?, ?, ?)", (account, identity, name, moment, moment))
    return identity


def add_secret(db: sqlite3.Connection, store: str, secret: dict[str, Any]) -> str:
    """Keep a secret and tell its id."""
    identity, moment = new_tag(), now()
    scopes, comment = json.dumps(secret["scopes"]), secret.get("comment")
    values = (store, identity, secret["name"], secret["value"], scopes, comment, moment, moment)
    db.execute("INSERT INTO secrets VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
    return identity


@router.post("", openapi_extra=body_docs(_STORE))
async def create_store(account: str, request: Request) -> JSONResponse:
    """Create the account's store."""
    body, storage = await read_body(request, _STORE), storage_of(request)
    return success(_shown_store(_store_row(storage, account, add_store(storage, account, body["name"]))))


@router.get("", openapi_extra=page_docs())
async def list_stores(account: str, request: Request) -> JSONResponse:
    """List stores."""
    rows = storage_of(request).rows("SELECT * FROM stores WHERE account = ? ORDER BY rowid", account)
    return success_page([_shown_store(row) for row in rows], *read_page(request))


@router.get("/{store}")
async def get_store(account: str, store: str, request: Request) -> JSONResponse:
    """One store."""
    return success(_shown_store(_store_row(storage_of(request), account, store)))


@router.delete("/{store}", openapi_extra=page_docs(others=["force"]))
async def delete_store(account: str, store: str, request: Request) -> JSONResponse:
    """Delete a store; 409 while it holds secrets, unless `force=true`."""
    storage = storage_of(request)
    deleted = _store_row(storage, account, store)
    holds = storage.row("SELECT 1 FROM secrets WHERE store = ?", store) is not None
    if holds and not read_flag(request, "force"):
        raise failure(409, CONFLICT, "store_not_empty")
    with storage.transaction() as db:
        db.execute("DELETE FROM stores WHERE id = ?", (store,))
    return success(_shown_store(deleted))


@router.post("/{store}/secrets", openapi_extra=body_docs(_SECRETS))
async def create_secrets(account: str, store: str, request: Request) -> JSONResponse:
    """Create secrets, all or none; each is `pending` at first."""
    body, storage = await read_body(request, _SECRETS), storage_of(request)
    _store_row(storage, account, store)
    taken = {row["name"] for row in storage.rows("SELECT name FROM secrets WHERE store = ?", store)}
    for secret in body:
        if secret["name"] in taken:
            raise failure(409, CONFLICT, f"secret_name_already_exists: {secret['name']}")
        taken.add(secret["name"])
    with storage.transaction() as db:
        created = [add_secret(db, store, secret) for secret in body]
    rows = [_secret_row(storage, account, store, identity) for identity in created]
    return success([_shown_secret(row, "pending") for row in rows])


@router.get("/{store}/secrets", openapi_extra=page_docs(others=["search"]))
async def list_secrets(account: str, store: str, request: Request) -> JSONResponse:
    """List secrets; `search` finds a part of a name or comment."""
    storage = storage_of(request)
    _store_row(storage, account, store)
    wanted = request.query_params.get("search", "")
    rows = storage.rows("SELECT * FROM secrets WHERE store = ? ORDER BY rowid", store)
    found = [row for row in rows if wanted in row["name"] or wanted in (row["comment"] or "")]
    return success_page([_seen(request, row) for row in found], *read_page(request))


@router.get("/{store}/secrets/{secret}")
async def get_secret(account: str, store: str, secret: str, request: Request) -> JSONResponse:
    """One secret, without its value."""
    return success(_seen(request, _secret_row(storage_of(request), account, store, secret)))


@router.patch("/{store}/secrets/{secret}", openapi_extra=body_docs(_EDIT))
async def edit_secret(account: str, store: str, secret: str, request: Request) -> JSONResponse:
    """Change the value, the scopes or the comment; what the body leaves out stays."""
    body, storage = await read_body(request, _EDIT), storage_of(request)
    row = _secret_row(storage, account, store, secret)
    scopes = json.dumps(body["scopes"]) if "scopes" in body else row["scopes"]
    values = (body.get("value", row["value"]), scopes, body.get("comment", row["comment"]), now(), secret)
    with storage.transaction() as db:
        db.execute("UPDATE secrets SET value = ?, scopes = ?, comment = ?, modified_at = ? WHERE id = ?", values)
    await edges_at(request).settle()
    return success(_seen(request, _secret_row(storage, account, store, secret)))


@router.delete("/{store}/secrets/{secret}")
async def delete_secret(account: str, store: str, secret: str, request: Request) -> JSONResponse:
    """Delete one secret."""
    storage = storage_of(request)
    row = _secret_row(storage, account, store, secret)
    _delete(storage, [row])
    return success(_shown_secret(row, "deleted"))


@router.delete("/{store}/secrets", openapi_extra=body_docs(_BULK))
async def delete_secrets(account: str, store: str, request: Request) -> JSONResponse:
    """Delete several secrets, all or none."""
    body, storage = await read_body(request, _BULK), storage_of(request)
    rows = [_secret_row(storage, account, store, each["id"]) for each in body]
    _delete(storage, rows)
    return success([_shown_secret(row, "deleted") for row in rows])


def _delete(storage: Storage, rows: list[sqlite3.Row]) -> None:
    with storage.transaction() as db:
        db.executemany("DELETE FROM secrets WHERE id = ?", [(row["id"],) for row in rows])


def ensure_default_stores(storage: Storage, options: Options) -> None:
    """Give the accounts the store that real accounts get when it is first used, where that is asked for."""
    for account in options.accounts if options.default_store else ():
        with suppress(ApiFailure):
            add_store(storage, account, DEFAULT_STORE)
