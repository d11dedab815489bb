"""Finding what a path names; answers 404 in the product's own codes when it is not there."""

from __future__ import annotations

import sqlite3
from typing import cast

from fastapi import Request

from cfaig.local.answers import GATEWAY_NOT_FOUND, ROUTE_NOT_FOUND, failure
from cfaig.local.gateway.data_plane import DataPlane
from cfaig.local.log_store import LogStore
from cfaig.local.options import Options
from cfaig.local.storage import Storage


def storage_of(request: Request) -> Storage:
    """The database of the app that answers."""
    return cast(Storage, request.app.state.storage)


def options_of(request: Request) -> Options:
    """The options of the app that answers."""
    return cast(Options, request.app.state.options)


def gateway_row(storage: Storage, account: str, gateway: str) -> sqlite3.Row:
    """The gateway; raises ApiFailure 404/7002."""
    row = storage.row("SELECT * FROM gateways WHERE account = ? AND id = ?", account, gateway)
    if row is None:
        raise failure(404, GATEWAY_NOT_FOUND, "Gateway not found")
    return row


def route_row(storage: Storage, account: str, gateway: str, route: str) -> sqlite3.Row:
    """The route; raises ApiFailure 404/7002 without the gateway, 404/7005 without the route."""
    gateway_row(storage, account, gateway)
    row = storage.row("SELECT * FROM routes WHERE account = ? AND gateway = ? AND id = ?", account, gateway, route)
    if row is None:
        raise failure(404, ROUTE_NOT_FOUND, "Route not found")
    return row


def logs_of(request: Request) -> LogStore:
    """The logs of the app that answers."""
    return cast(LogStore, request.app.state.logs)


def data_plane_of(request: Request) -> DataPlane:
    """The data plane of the app that answers."""
    return cast(DataPlane, request.app.state.data_plane)
