"""What a test or a developer asks of the data plane itself, under `/__local`: the script, real upstreams, the clock."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.errors import CfaigError
from cfaig.local.answers import VALIDATION, body_docs, failure, read_body, success
from cfaig.local.api.lookup import data_plane_of
from cfaig.local.gateway.addresses import read_addresses
from cfaig.local.shapes import Anything, Fields, Number, Table, Text

_ADVANCE: Final = Fields({"advance": Number(low=0, high=10 * 366 * 86_400, whole=False)})
_REAL: Final = Table(Text(low=1))
_SCRIPT: Final = Anything()

router: Final = APIRouter(prefix="/__local", tags=["local only"])


@router.get("/upstreams")
async def get_script(request: Request) -> JSONResponse:
    """What the scripted providers do."""
    return success(data_plane_of(request).rules)


@router.put("/upstreams", openapi_extra=body_docs(_SCRIPT))
async def set_script(request: Request) -> JSONResponse:
    """Give the scripted providers another script; its counts start anew."""
    rules = await read_body(request, _SCRIPT)
    try:
        data_plane_of(request).follow(rules)
    except CfaigError as error:
        raise failure(400, VALIDATION, error.message, ("body",)) from None
    return success(rules)


@router.delete("/upstreams")
async def clear_script(request: Request) -> JSONResponse:
    """Back to providers that always answer."""
    data_plane_of(request).follow([])
    return success(None)


@router.get("/upstreams/real")
async def get_real(request: Request) -> JSONResponse:
    """Which providers are real: addresses by slug."""
    return success(dict(data_plane_of(request).upstream.addresses))


@router.put("/upstreams/real", openapi_extra=body_docs(_REAL))
async def set_real(request: Request) -> JSONResponse:
    """Choose which providers are real; the ones that are left out are scripted."""
    body: dict[str, Any] = await read_body(request, _REAL)
    try:
        addresses = read_addresses(address if slug == "*" else f"{slug}={address}" for slug, address in body.items())
    except CfaigError as error:
        raise failure(400, VALIDATION, error.message, ("body",)) from None
    data_plane_of(request).upstream.choose(addresses)
    return success(addresses)


@router.get("/clock")
async def get_clock(request: Request) -> JSONResponse:
    """The time of the data plane, in Unix seconds."""
    return success({"now": data_plane_of(request).clock.now()})


@router.post("/clock", openapi_extra=body_docs(_ADVANCE))
async def advance_clock(request: Request) -> JSONResponse:
    """Put the data plane's clock forward, as if the time had passed: caches and limits expire, waits end."""
    clock = data_plane_of(request).clock
    clock.advance((await read_body(request, _ADVANCE))["advance"])
    return success({"now": clock.now()})
