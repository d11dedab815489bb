"""Custom providers of the account: facts/ai-gateway.md 4.7, error codes 1002 to 1004."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    VALIDATION,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_flag,
    read_page,
    success,
    success_page,
)
from cfaig.local.api.lookup import storage_of
from cfaig.local.clock import new_id, now
from cfaig.local.shapes import Boolean, Fields, Nullable, Number, Text
from cfaig.local.storage import Storage

NOT_HTTPS: Final = 1002
SLUG_TAKEN: Final = 1003
NOT_FOUND: Final = 1004

_SETTINGS: Final = {
    "name": Text(low=1),
    "base_url": Text(low=1, high=2048),
    "description": Nullable(Text(), default=None),
    "link": Nullable(Text(), default=None),
    "enable": Boolean(default=False),
    "beta": Boolean(default=False),
    "headers": Nullable(Text(high=8192), default=None),
    "curl_example": Nullable(Text(), default=None),
    "js_example": Nullable(Text(), default=None),
    "position": Nullable(Number(), default=None),
}
_CREATE: Final = Fields({"slug": Text(low=1, pattern=r"[a-zA-Z0-9_-]+")} | dict(_SETTINGS))
_CHANGE: Final = Fields(_SETTINGS, optional=frozenset(_SETTINGS))

router: Final = APIRouter(prefix="/ai-gateway/custom-providers", tags=["custom providers"])


def shown(row: sqlite3.Row) -> dict[str, Any]:
    """A custom provider as the API shows it."""
    times = {"created_at": row["created_at"], "modified_at": row["modified_at"]}
    settings: dict[str, Any] = json.loads(row["settings"])
    return {"id": row["id"], "slug": row["slug"]} | settings | {"logo": None} | times


def _row(storage: Storage, account: str, provider: str) -> sqlite3.Row:
    row = storage.row("SELECT * FROM custom_providers WHERE account = ? AND id = ?", account, provider)
    if row is None:
        raise failure(404, NOT_FOUND, "Custom provider not found")
    return row


def _check(settings: dict[str, Any]) -> None:
    if not settings["base_url"].startswith("https://"):
        raise failure(400, NOT_HTTPS, "base_url must start with https://", ("body", "base_url"))
    if settings["headers"] is None:
        return
    try:
        headers = json.loads(settings["headers"])
    except (ValueError, RecursionError):
        headers = None
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        raise failure(400, VALIDATION, "headers must be a JSON object of strings", ("body", "headers"))


@router.post("", openapi_extra=body_docs(_CREATE))
async def create_provider(account: str, request: Request) -> JSONResponse:
    """Make a provider known to the account."""
    settings, storage = await read_body(request, _CREATE), storage_of(request)
    _check(settings)
    slug, identity, moment = settings.pop("slug"), new_id(), now()
    if storage.row("SELECT 1 FROM custom_providers WHERE account = ? AND slug = ?", account, slug) is not None:
        raise failure(409, SLUG_TAKEN, f"A custom provider with the slug '{slug}' already exists", ("body", "slug"))
    with storage.transaction() as db:
        values = (account, identity, slug, json.dumps(settings), moment, moment)
        db.execute("INSERT INTO custom_providers VALUES (?, ?, ?, ?, ?, ?)", values)
    return success(shown(_row(storage, account, identity)))


@router.get("", openapi_extra=page_docs(100, ["search", "enable", "beta"]))
async def list_providers(account: str, request: Request) -> JSONResponse:
    """List custom providers; `search` finds a part of an id, name or slug."""
    wanted = request.query_params.get("search", "")
    flags = {name: read_flag(request, name) for name in ("enable", "beta")}
    rows = storage_of(request).rows("SELECT * FROM custom_providers WHERE account = ? ORDER BY rowid", account)
    providers = [
        provider
        for provider in map(shown, rows)
        if any(wanted in provider[name] for name in ("id", "name", "slug"))
        and all(flag is None or provider[name] == flag for name, flag in flags.items())
    ]
    return success_page(providers, *read_page(request))


@router.get("/{provider}")
async def get_provider(account: str, provider: str, request: Request) -> JSONResponse:
    """One custom provider."""
    return success(shown(_row(storage_of(request), account, provider)))


@router.patch("/{provider}", openapi_extra=body_docs(_CHANGE))
async def change_provider(account: str, provider: str, request: Request) -> JSONResponse:
    """Change what the body names; the slug cannot be changed."""
    changes, storage = await read_body(request, _CHANGE), storage_of(request)
    settings = json.loads(_row(storage, account, provider)["settings"]) | changes
    _check(settings)
    with storage.transaction() as db:
        values = (json.dumps(settings), now(), provider)
        db.execute("UPDATE custom_providers SET settings = ?, modified_at = ? WHERE id = ?", values)
    return success(shown(_row(storage, account, provider)))


@router.delete("/{provider}")
async def delete_provider(account: str, provider: str, request: Request) -> JSONResponse:
    """Delete a custom provider."""
    storage = storage_of(request)
    deleted = shown(_row(storage, account, provider))
    with storage.transaction() as db:
        db.execute("DELETE FROM custom_providers WHERE id = ?", (provider,))
    return success(deleted)
