"""Workers of the account: what is needed to deploy an edge. Values of secrets go in and never come out.

Source: the SDK's types/workers, facts/official-plugin.md ("Worker and secrets resources").
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import asdict
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from cfaig.local.answers import failure, success
from cfaig.local.api.lookup import storage_of
from cfaig.local.api.worker_upload import INVALID_UPLOAD, Upload, read_upload
from cfaig.local.clock import now
from cfaig.local.edge.edges import edges_at
from cfaig.local.edge.stored import StoredWorker, hostnames_of
from cfaig.local.shapes import Problems, Text
from cfaig.local.storage import Storage
from cfaig.workerd.process import WorkerdError

NOT_FOUND: Final = 10007
_SECRET: Final = "text"  # noqa: S105 (the name of a field)
_NAME: Final = Text(low=1, high=63, pattern=r"[a-z0-9_][a-z0-9_-]*")
_FORM: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {"type": "object", "required": ["metadata"], "properties": {"metadata": {"type": "string"}}}
            }
        },
    }
}

router: Final = APIRouter(prefix="/workers/scripts", tags=["workers"])


def script_row(storage: Storage, account: str, name: str) -> sqlite3.Row:
    """The Worker; raises ApiFailure 404/10007."""
    row = storage.row("SELECT * FROM workers WHERE account = ? AND name = ?", account, name)
    if row is None:
        raise failure(404, NOT_FOUND, "This Worker does not exist on your account.")
    return row


def shown_script(row: sqlite3.Row) -> dict[str, Any]:
    """A Worker without its code and bindings."""
    etag = hashlib.sha256(row["code"].encode()).hexdigest()
    return {
        "id": row["name"],
        "etag": etag,
        "handlers": ["fetch"],
        "has_assets": False,
        "has_modules": True,
        "compatibility_date": row["compatibility_date"],
        "compatibility_flags": json.loads(row["compatibility_flags"]),
        "logpush": False,
        "usage_model": "standard",
        "created_on": row["created_at"],
        "modified_on": row["modified_at"],
    }


@router.put("/{name}", openapi_extra=_FORM)
async def put_script(account: str, name: str, request: Request) -> JSONResponse:
    """Make a Worker, or another one of it: code and all bindings."""
    problems = Problems()
    _NAME.clean(name, ("name",), problems)
    if problems.found:
        raise failure(400, INVALID_UPLOAD, f"name: {problems.found[0][1]}")
    storage = storage_of(request)
    upload = read_upload(request.headers.get("content-type", ""), await request.body())
    for binding in upload.bindings:
        if binding["type"] == "secrets_store_secret":
            _require_secret(storage, account, binding)
    await _run(request, account, name, upload)
    moment, flags = now(), json.dumps(upload.compatibility_flags)
    values = (upload.main_module, upload.code, upload.compatibility_date, flags, json.dumps(upload.bindings), moment)
    with storage.transaction() as db:
        db.execute(
            "INSERT INTO workers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, name) DO UPDATE SET"
            " main_module = ?, code = ?, compatibility_date = ?, compatibility_flags = ?, bindings = ?,"
            " modified_at = ?",
            (account, name, *values, moment, *values),
        )
    return success(shown_script(script_row(storage, account, name)) | {"startup_time_ms": 1})


async def _run(request: Request, account: str, name: str, upload: Upload) -> None:
    """Let it serve; raises ApiFailure 400/10021 with what is wrong with its code."""
    hostnames = hostnames_of(storage_of(request), account, name)
    worker = StoredWorker(account, name, **asdict(upload), hostnames=hostnames)
    try:
        await edges_at(request).serve(worker)
    except WorkerdError as error:
        raise failure(400, INVALID_UPLOAD, error.message) from error


def _require_secret(storage: Storage, account: str, binding: dict[str, Any]) -> None:
    sql = "SELECT 1 FROM secrets JOIN stores ON stores.id = store WHERE account = ? AND store = ? AND secrets.name = ?"
    if storage.row(sql, account, binding["store_id"], binding["secret_name"]) is None:
        raise failure(400, INVALID_UPLOAD, f"the secret of the binding {binding['name']} is not in the store")


@router.get("")
async def list_scripts(account: str, request: Request) -> JSONResponse:
    """All Workers of the account."""
    rows = storage_of(request).rows("SELECT * FROM workers WHERE account = ? ORDER BY name", account)
    return success([shown_script(row) for row in rows])


@router.get("/{name}/content/v2")
@router.get("/{name}")
async def get_script(account: str, name: str, request: Request) -> Response:
    """The code of a Worker."""
    row = script_row(storage_of(request), account, name)
    return Response(row["code"], media_type="application/javascript+module")


@router.get("/{name}/settings")
async def get_settings(account: str, name: str, request: Request) -> JSONResponse:
    """What a Worker is run with; of secrets only their names."""
    row = script_row(storage_of(request), account, name)
    bindings = [
        {key: value for key, value in binding.items() if (binding["type"], key) != ("secret_text", _SECRET)}
        for binding in json.loads(row["bindings"])
    ]
    return success(
        {
            "bindings": bindings,
            "compatibility_date": row["compatibility_date"],
            "compatibility_flags": json.loads(row["compatibility_flags"]),
            "logpush": False,
            "tail_consumers": None,
            "usage_model": "standard",
        }
    )


@router.delete("/{name}")
async def delete_script(account: str, name: str, request: Request) -> JSONResponse:
    """Take a Worker away, with its host names."""
    storage = storage_of(request)
    script_row(storage, account, name)
    with storage.transaction() as db:
        db.execute("DELETE FROM workers WHERE account = ? AND name = ?", (account, name))
    await edges_at(request).settle()
    return success({"id": name})
