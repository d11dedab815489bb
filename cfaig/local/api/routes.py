"""Dynamic routes, their versions and deployments: facts/ai-gateway.md 2.1, with its oddities.

A draft version may hold a graph that nobody can walk (`is_valid: false`); it cannot be deployed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    ROUTE_NOT_FOUND,
    VALIDATION,
    already_exists,
    bare_page,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_page,
    success,
)
from cfaig.local.api import audit_logs
from cfaig.local.api.lookup import gateway_row, route_row, storage_of
from cfaig.local.api.route_body import CREATE, DEPLOYMENT, RENAME, VERSION, wrong_graph
from cfaig.local.clock import new_id, now
from cfaig.local.storage import Storage

MOST_PER_PAGE: Final = 50

router: Final = APIRouter(prefix="/ai-gateway/gateways/{gateway}/routes", tags=["routes"])


def _base(route: sqlite3.Row) -> dict[str, Any]:
    return {name: route[name] for name in ("id", "name", "created_at", "modified_at")} | {
        "gateway_id": route["gateway"]
    }


def _deployment(row: sqlite3.Row) -> dict[str, Any]:
    return {"deployment_id": row["id"], "version_id": row["version"], "created_at": row["created_at"]}


def _version(row: sqlite3.Row, deployed: str, *, graph: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"version_id": row["id"], "active": row["id"] == deployed, "created_at": row["created_at"]}
    told["is_valid"] = bool(row["is_valid"])
    return told | {"data": json.loads(row["elements"])} if graph else told


def deployed_of(storage: Storage, route: str) -> tuple[sqlite3.Row, sqlite3.Row]:
    """The newest deployment of a route and the version that it deployed."""
    deployment = storage.row("SELECT * FROM deployments WHERE route = ? ORDER BY number DESC LIMIT 1", route)
    if deployment is None:
        raise AssertionError("a route is created with a deployment")
    version = storage.row("SELECT * FROM versions WHERE id = ?", deployment["version"])
    if version is None:
        raise AssertionError("versions cannot be deleted")
    return deployment, version


def _shown(storage: Storage, route: sqlite3.Row, *, graph: bool = True) -> dict[str, Any]:
    deployment, version = deployed_of(storage, route["id"])
    parts = {"version": _version(version, version["id"], graph=graph), "deployment": _deployment(deployment)}
    return _base(route) | parts


def _refuse_taken_name(storage: Storage, account: str, gateway: str, name: str, own: str = "") -> None:
    row = storage.row("SELECT id FROM routes WHERE account = ? AND gateway = ? AND name = ?", account, gateway, name)
    if row is not None and row["id"] != own:
        raise already_exists(f"A route with the name '{name}'")


def _add_version(db: sqlite3.Connection, route: str, elements: Sequence[Any], *, valid: bool) -> str:
    identity = new_id()
    db.execute(
        "INSERT INTO versions (id, route, elements, is_valid, created_at) VALUES (?, ?, ?, ?, ?)",
        (identity, route, json.dumps(elements), valid, now()),
    )
    return identity


def _deploy(db: sqlite3.Connection, route: str, version: str) -> None:
    db.execute(
        "INSERT INTO deployments (id, route, version, created_at) VALUES (?, ?, ?, ?)",
        (new_id(), route, version, now()),
    )


@router.post("", openapi_extra=body_docs(CREATE))
async def create_route(account: str, gateway: str, request: Request) -> JSONResponse:
    """Create a route; its first version is deployed at once."""
    body, storage = await read_body(request, CREATE), storage_of(request)
    gateway_row(storage, account, gateway)
    if wrong := wrong_graph(body["elements"]):
        raise failure(400, VALIDATION, wrong, ("body", "elements"))
    _refuse_taken_name(storage, account, gateway, body["name"])
    identity, moment = new_id(), now()
    with storage.transaction() as db:
        db.execute(
            "INSERT INTO routes VALUES (?, ?, ?, ?, ?, ?)", (account, gateway, identity, body["name"], moment, moment)
        )
        _deploy(db, identity, _add_version(db, identity, body["elements"], valid=True))
    route = route_row(storage, account, gateway, identity)
    audit_logs.record(request, audit_logs.ROUTE, route["id"])
    return success(_shown(storage, route) | {"elements": body["elements"]})


@router.get("", openapi_extra=page_docs(MOST_PER_PAGE))
async def list_routes(account: str, gateway: str, request: Request) -> JSONResponse:
    """List routes, without their graphs."""
    storage = storage_of(request)
    gateway_row(storage, account, gateway)
    page, per_page = read_page(request, MOST_PER_PAGE)
    sql = "SELECT * FROM routes WHERE account = ? AND gateway = ? ORDER BY rowid DESC"
    routes = [_shown(storage, r, graph=False) | {"account_tag": account} for r in storage.rows(sql, account, gateway)]
    return bare_page("routes", routes, page, per_page, "created_at")


@router.get("/{route}")
async def get_route(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """One route: the deployed version holds the graph; there are no `elements` at the top."""
    storage = storage_of(request)
    return success(_shown(storage, route_row(storage, account, gateway, route)))


@router.patch("/{route}", openapi_extra=body_docs(RENAME))
async def rename_route(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """Rename a route; the answer says `route` where others say `result`."""
    name, storage = (await read_body(request, RENAME))["name"], storage_of(request)
    route_row(storage, account, gateway, route)
    _refuse_taken_name(storage, account, gateway, name, own=route)
    with storage.transaction() as db:
        db.execute("UPDATE routes SET name = ?, modified_at = ? WHERE id = ?", (name, now(), route))
    told = _shown(storage, route_row(storage, account, gateway, route)) | {"account_tag": account}
    audit_logs.record(request, audit_logs.ROUTE, route)
    return JSONResponse({"success": True, "route": told})


@router.delete("/{route}")
async def delete_route(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """Delete a route with its versions and deployments."""
    storage = storage_of(request)
    row = route_row(storage, account, gateway, route)
    _, version = deployed_of(storage, route)
    with storage.transaction() as db:
        db.execute("DELETE FROM routes WHERE id = ?", (route,))
    audit_logs.record(request, audit_logs.ROUTE, route)
    return success(_base(row) | {"elements": json.loads(version["elements"])})


@router.post("/{route}/versions", openapi_extra=body_docs(VERSION))
async def create_version(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """Add a version; it is not deployed."""
    elements, storage = (await read_body(request, VERSION))["elements"], storage_of(request)
    row = route_row(storage, account, gateway, route)
    with storage.transaction() as db:
        identity = _add_version(db, route, elements, valid=wrong_graph(elements) is None)
        db.execute("UPDATE routes SET modified_at = ? WHERE id = ?", (now(), route))
    audit_logs.record(request, audit_logs.ROUTE, route)
    return success(_base(row) | {"elements": elements, "version_id": identity})


@router.get("/{route}/versions", openapi_extra=page_docs(MOST_PER_PAGE))
async def list_versions(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """List versions, newest first, with their graphs."""
    storage = storage_of(request)
    route_row(storage, account, gateway, route)
    page, per_page = read_page(request, MOST_PER_PAGE)
    deployed = deployed_of(storage, route)[1]["id"]
    rows = storage.rows("SELECT * FROM versions WHERE route = ? ORDER BY number DESC", route)
    versions = [_version(row, deployed, graph=True) for row in rows]
    return bare_page("versions", versions, page, per_page, "created_at")


def _version_row(storage: Storage, route: str, version: str) -> sqlite3.Row:
    row = storage.row("SELECT * FROM versions WHERE route = ? AND id = ?", route, version)
    if row is None:
        raise failure(404, ROUTE_NOT_FOUND, "Version not found")
    return row


@router.get("/{route}/versions/{version}")
async def get_version(account: str, gateway: str, route: str, version: str, request: Request) -> JSONResponse:
    """One version with its graph."""
    storage = storage_of(request)
    row = route_row(storage, account, gateway, route)
    told = _version(_version_row(storage, route, version), deployed_of(storage, route)[1]["id"], graph=True)
    return success(_base(row) | told | {"elements": told["data"]})


@router.post("/{route}/deployments", openapi_extra=body_docs(DEPLOYMENT))
async def create_deployment(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """Deploy a version, new or old."""
    wanted, storage = (await read_body(request, DEPLOYMENT))["version_id"], storage_of(request)
    row = route_row(storage, account, gateway, route)
    version = _version_row(storage, route, wanted)
    if not version["is_valid"]:
        raise failure(400, VALIDATION, "The version is not valid", ("body", "version_id"))
    with storage.transaction() as db:
        _deploy(db, route, version["id"])
        db.execute("UPDATE routes SET modified_at = ? WHERE id = ?", (now(), route))
    audit_logs.record(request, audit_logs.ROUTE, route)
    return success(_base(row) | {"elements": json.loads(version["elements"])})


@router.get("/{route}/deployments", openapi_extra=page_docs(MOST_PER_PAGE))
async def list_deployments(account: str, gateway: str, route: str, request: Request) -> JSONResponse:
    """List deployments, newest first."""
    storage = storage_of(request)
    route_row(storage, account, gateway, route)
    page, per_page = read_page(request, MOST_PER_PAGE)
    rows = storage.rows("SELECT * FROM deployments WHERE route = ? ORDER BY number DESC", route)
    return bare_page("deployments", [_deployment(row) for row in rows], page, per_page, "created_at")
