"""What a test or a starter asks of the local Cloudflare itself, under `/__local`: who are you, what was asked, faults.

All but `/__local/status` wants the token that may write. Real accounts have nothing of the kind.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict
from typing import Any, Final, cast

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

import cfaig
from cfaig.local.answers import VALIDATION, body_docs, failure, read_body, success
from cfaig.local.api.lookup import data_plane_of, options_of, storage_of
from cfaig.local.api.secrets_store import ensure_default_stores
from cfaig.local.edge.edges import edges_at
from cfaig.local.journal import Fault, Journal
from cfaig.local.shapes import Anything, Choice, Fields, Number, Text

_FAULT: Final = Fields(
    {
        "path": Text(),
        "method": Choice(("", "GET", "POST", "PUT", "PATCH", "DELETE"), default=""),
        "nth": Number(low=1, default=1),
        "times": Number(low=1, default=1),
        "status": Number(low=400, high=599),
        "drop": Choice(("before", "after")),
        "delay": Number(low=0, high=600, whole=False, default=0.0),
        "retry_after": Number(low=0),
    },
    optional=frozenset({"status", "drop", "retry_after"}),
)
_TOKEN: Final = Fields(
    {
        "owner": Choice(("user", "account"), default="user"),
        "status": Choice(("active", "disabled", "expired"), default="active"),
        "expires_on": Text(),
        "not_before": Text(),
        "policies": Anything(),
    },
    optional=frozenset({"expires_on", "not_before", "policies"}),
)

router: Final = APIRouter(prefix="/__local", tags=["local only"])


def journal_of(request: Request) -> Journal:
    """The journal of the app that answers."""
    return cast(Journal, request.app.state.journal)


@router.get("/status")
async def status(request: Request) -> dict[str, Any]:
    """Which process this is."""
    return {"pid": os.getpid(), "version": cfaig.__version__, "account": options_of(request).account}


@router.get("/requests")
async def requests(request: Request) -> JSONResponse:
    """The requests that the API has answered, oldest first."""
    return success([asdict(entry) for entry in journal_of(request).entries])


@router.delete("/requests")
async def forget_requests(request: Request) -> JSONResponse:
    """Begin the journal anew."""
    journal_of(request).entries.clear()
    return success(None)


@router.post("/faults", openapi_extra=body_docs(_FAULT))
async def add_fault(request: Request) -> JSONResponse:
    """Order a fault: see `cfaig.local.journal.Fault`."""
    body = await read_body(request, _FAULT)
    try:
        re.compile(body["path"])
    except (re.error, OverflowError, RecursionError) as error:
        raise failure(400, VALIDATION, f"Invalid regular expression: {error}", ("body", "path")) from None
    fault = Fault(**body)
    journal_of(request).faults.append(fault)
    return success(fault.told())


@router.get("/faults")
async def faults(request: Request) -> JSONResponse:
    """The faults in force, and how many requests each has seen."""
    return success([fault.told() for fault in journal_of(request).faults])


@router.delete("/faults")
async def forget_faults(request: Request) -> JSONResponse:
    """No more faults."""
    journal_of(request).faults.clear()
    return success(None)


@router.put("/token", openapi_extra=body_docs(_TOKEN))
async def tell_of_tokens(request: Request) -> JSONResponse:
    """What the API says of tokens from now on; they go on working. See `cfaig.local.api.tokens`."""
    journal_of(request).token = await read_body(request, _TOKEN)
    return success(None)


@router.post("/reset")
async def reset(request: Request) -> JSONResponse:
    """Forget every object, request and fault, and what calls of models have left behind."""
    clear_all(request)
    await edges_at(request).settle()
    return success(None)


def clear_all(request: Request) -> None:
    """All accounts as new."""
    storage, options = storage_of(request), options_of(request)
    storage.clear()
    journal_of(request).clear()
    data_plane_of(request).forget()
    ensure_default_stores(storage, options)
