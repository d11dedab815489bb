"""Provider configs (BYOK): which secret is a gateway's key for a provider. facts/ai-gateway.md 4.6."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.local.answers import (
    GATEWAY_NOT_FOUND,
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
from cfaig.local.api.lookup import gateway_row, options_of, storage_of
from cfaig.local.api.secrets_store import add_secret, is_active
from cfaig.local.clock import new_id, now
from cfaig.local.shapes import Boolean, Fields, Number, Text
from cfaig.local.storage import Storage

_SCOPE: Final = "ai_gateway"
_BODY: Final = Fields(
    {
        "provider_slug": Text(low=1),
        "alias": Text(low=1, pattern=r"[a-zA-Z0-9_-]+"),
        "default_config": Boolean(),
        "secret_id": Text(low=1),
        "secret": Text(low=1, high=65_536),
        "rate_limit": Number(low=0, high=2**53, whole=False),
        "rate_limit_period": Number(low=0, high=2**53, whole=False),
    },
    optional=frozenset({"secret_id", "secret", "rate_limit", "rate_limit_period"}),
)

router: Final = APIRouter(prefix="/ai-gateway/gateways/{gateway}/provider_configs", tags=["provider configs"])


def _preview(value: str) -> str:
    return f"…{value[-4:]}" if len(value) >= 12 else "…"


def _shown(storage: Storage, row: sqlite3.Row) -> dict[str, Any]:
    secret = storage.row("SELECT value FROM secrets WHERE id = ?", row["secret"])
    told = {
        "id": row["id"],
        "gateway_id": row["gateway"],
        "provider_slug": row["provider"],
        "alias": row["alias"],
        # 0 or 1, as live answers have it (facts 4.6).
        "default_config": row["is_default"],
        "secret_id": row["secret"],
        "secret_preview": _preview(secret["value"]) if secret else "",
        "modified_at": row["modified_at"],
    }
    limits = {name: row[name] for name in ("rate_limit", "rate_limit_period") if row[name] is not None}
    return told | limits


def _config_row(storage: Storage, account: str, gateway: str, config: str) -> sqlite3.Row:
    gateway_row(storage, account, gateway)
    sql = "SELECT * FROM provider_configs WHERE account = ? AND gateway = ? AND id = ?"
    row = storage.row(sql, account, gateway, config)
    if row is None:
        raise failure(404, GATEWAY_NOT_FOUND, "Provider config not found")
    return row


def _check_provider(storage: Storage, account: str, provider: str) -> None:
    if provider in PROVIDER_SLUGS:
        return
    slug = provider.removeprefix(CUSTOM_PREFIX)
    sql = "SELECT 1 FROM custom_providers WHERE account = ? AND slug = ?"
    if not provider.startswith(CUSTOM_PREFIX) or storage.row(sql, account, slug) is None:
        raise failure(400, VALIDATION, f"Unknown provider '{provider}'", ("body", "provider_slug"))


def _store_of(gateway: sqlite3.Row) -> str:
    store = json.loads(gateway["settings"])["store_id"]
    if not store:
        raise failure(400, VALIDATION, "The gateway has no secrets store (store_id)")
    return str(store)


def _existing_secret(request: Request, store: str, identity: str, name: str) -> str:
    row = storage_of(request).row("SELECT * FROM secrets WHERE store = ? AND id = ?", store, identity)
    where = ("body", "secret_id")
    if row is None or not is_active(row, options_of(request).secret_delay):
        raise failure(400, VALIDATION, "The secret was not found", where)
    if row["name"] != name:
        raise failure(400, VALIDATION, f"The secret must be named '{name}'", where)
    if _SCOPE not in json.loads(row["scopes"]):
        raise failure(400, VALIDATION, f"The secret must have the scope '{_SCOPE}'", where)
    return identity


def _kept_secret(db: sqlite3.Connection, store: str, name: str, value: str) -> str:
    row = db.execute("SELECT id FROM secrets WHERE store = ? AND name = ?", (store, name)).fetchone()
    if row is None:
        return add_secret(db, store, {"name": name, "value": value, "scopes": [_SCOPE]})
    db.execute("UPDATE secrets SET value = ?, modified_at = ? WHERE id = ?", (value, now(), row["id"]))
    return str(row["id"])


def _resolve_secret(request: Request, gateway: sqlite3.Row, body: dict[str, Any]) -> str:
    """The id of the secret that the body names or brings along."""
    if ("secret" in body) == ("secret_id" in body):
        raise failure(400, VALIDATION, "Give either secret or secret_id", ("body", "secret_id"))
    store = _store_of(gateway)
    name = f"{gateway['id']}_{body['provider_slug']}_{body['alias']}"
    if "secret_id" in body:
        return _existing_secret(request, store, body["secret_id"], name)
    with storage_of(request).transaction() as db:
        return _kept_secret(db, store, name, body["secret"])


def _refuse_taken(storage: Storage, gateway: sqlite3.Row, body: dict[str, Any], own: str = "") -> None:
    sql = "SELECT id FROM provider_configs WHERE account = ? AND gateway = ? AND provider = ? AND alias = ?"
    row = storage.row(sql, gateway["account"], gateway["id"], body["provider_slug"], body["alias"])
    if row is not None and row["id"] != own:
        raise already_exists(f"A config for '{body['provider_slug']}' with the alias '{body['alias']}'")


def _values(body: dict[str, Any], secret: str) -> tuple[Any, ...]:
    limits = (body.get("rate_limit"), body.get("rate_limit_period"))
    return (body["provider_slug"], body["alias"], int(body["default_config"]), secret, *limits, now())


@router.post("", openapi_extra=body_docs(_BODY))
async def create_config(account: str, gateway: str, request: Request) -> JSONResponse:
    """Give the gateway a key; one per provider and alias."""
    body, storage = await read_body(request, _BODY), storage_of(request)
    row = gateway_row(storage, account, gateway)
    _check_provider(storage, account, body["provider_slug"])
    _refuse_taken(storage, row, body)
    secret, identity = _resolve_secret(request, row, body), new_id()
    with storage.transaction() as db:
        values = (account, gateway, identity, *_values(body, secret))
        db.execute("INSERT INTO provider_configs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return success(_shown(storage, _config_row(storage, account, gateway, identity)))


@router.get("", openapi_extra=page_docs())
async def list_configs(account: str, gateway: str, request: Request) -> JSONResponse:
    """List the gateway's keys, without the keys."""
    storage = storage_of(request)
    gateway_row(storage, account, gateway)
    sql = "SELECT * FROM provider_configs WHERE account = ? AND gateway = ? ORDER BY rowid"
    return success_page([_shown(storage, row) for row in storage.rows(sql, account, gateway)], *read_page(request))


@router.put("/{config}", openapi_extra=body_docs(_BODY))
async def replace_config(account: str, gateway: str, config: str, request: Request) -> JSONResponse:
    """Replace a config; known from the older specification only (facts 4.6)."""
    body, storage = await read_body(request, _BODY), storage_of(request)
    _config_row(storage, account, gateway, config)
    row = gateway_row(storage, account, gateway)
    _check_provider(storage, account, body["provider_slug"])
    _refuse_taken(storage, row, body, own=config)
    values = (*_values(body, _resolve_secret(request, row, body)), config)
    with storage.transaction() as db:
        db.execute(
            "UPDATE provider_configs SET provider = ?, alias = ?, is_default = ?, secret = ?, rate_limit = ?,"
            " rate_limit_period = ?, modified_at = ? WHERE id = ?",
            values,
        )
    return success(_shown(storage, _config_row(storage, account, gateway, config)))


@router.delete("/{config}")
async def delete_config(account: str, gateway: str, config: str, request: Request) -> JSONResponse:
    """Take a key away; the secret stays in its store."""
    storage = storage_of(request)
    deleted = _shown(storage, _config_row(storage, account, gateway, config))
    with storage.transaction() as db:
        db.execute("DELETE FROM provider_configs WHERE id = ?", (config,))
    return success(deleted)
