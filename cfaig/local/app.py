"""The local Cloudflare as one ASGI application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

import cfaig
from cfaig.local import control, page
from cfaig.local.answers import NO_ROUTE, ApiFailure, failure
from cfaig.local.api import (
    analytics,
    audit_logs,
    custom_domains,
    custom_providers,
    gateways,
    logs,
    provider_configs,
    routes,
    secrets_store,
    tokens,
    worker_domains,
    worker_services,
    workers,
)
from cfaig.local.chat import page as chat_page
from cfaig.local.door import Door
from cfaig.local.edge import control as edge_control
from cfaig.local.edge.edges import Edges, edges_at
from cfaig.local.gateway import control as gateway_control
from cfaig.local.gateway.data_plane import DataPlane
from cfaig.local.journal import Journal
from cfaig.local.log_store import LogStore
from cfaig.local.options import Options
from cfaig.local.storage import Storage

PREFIX: Final = "/client/v4"
_PARTS: Final = (
    gateways,
    routes,
    provider_configs,
    custom_domains,
    logs,
    custom_providers,
    secrets_store,
    audit_logs,
    workers,
    worker_domains,
    worker_services,
)


def create_app(options: Options, storage: Storage, port: int | None = None) -> FastAPI:
    """Put the endpoints, the page, the data plane and the door together.

    `port` is where the app is served: Workers are run where it is known, because they call back there.
    """
    app = FastAPI(title="Local Cloudflare", version=cfaig.__version__, docs_url=None, redoc_url=None, lifespan=_life)
    app.state.options, app.state.storage, app.state.journal = options, storage, Journal()
    app.state.logs = LogStore(storage)
    app.state.data_plane = DataPlane(storage, options, app.state.logs)
    app.state.edges = Edges(storage, port)
    account = APIRouter(prefix=f"{PREFIX}/accounts/{{account}}")
    for module in _PARTS:
        account.include_router(module.router)
    app.include_router(account)
    app.include_router(analytics.router)
    app.include_router(control.router)
    app.include_router(gateway_control.router)
    app.include_router(edge_control.router)
    app.include_router(page.router)
    app.include_router(chat_page.router)
    app.include_router(tokens.router)
    app.add_exception_handler(ApiFailure, _answer_failure)
    app.add_exception_handler(HTTPException, _answer_unknown)
    app.add_exception_handler(ClientDisconnect, _answer_nobody)
    app.add_middleware(Door, data_plane=app.state.data_plane, options=options, journal=app.state.journal)
    secrets_store.ensure_default_stores(storage, options)
    return app


@asynccontextmanager
async def _life(app: FastAPI) -> AsyncIterator[None]:
    edges = edges_at(app)
    # In the background: the server answers while they start.
    starting = asyncio.create_task(edges.settle())
    yield
    await starting
    await edges.close()
    await cast(DataPlane, app.state.data_plane).close()


async def _answer_failure(request: Request, error: Exception) -> JSONResponse:  # noqa: ARG001 (FastAPI's signature)
    return cast(ApiFailure, error).response()


async def _answer_nobody(request: Request, error: Exception) -> Response:  # noqa: ARG001 (FastAPI's signature)
    """For the journal, and in nginx's number: the client has left before its request was whole."""
    return Response(status_code=499)


async def _answer_unknown(request: Request, error: Exception) -> JSONResponse:
    status = cast(HTTPException, error).status_code
    if status == 405:
        return failure(405, 10405, "Method not allowed").response()
    return failure(
        status, NO_ROUTE, f"Could not route to {request.url.path}, perhaps your object identifier is invalid?"
    ).response()
