"""API tokens, as far as one can ask about the one that asks: is it valid, until when, and what may it do.

Source: the SDK's types/user and types/shared/token.py. There is one story about all tokens, which tests tell
(`PUT /__local/token`): who owns them, when they end, which policies they have.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import AUTHENTICATION, failure, success
from cfaig.local.journal import Journal

IDENTITY: Final = "10ca110ca110ca110ca110ca110ca110"
INVALID: Final = 1000
_VALID: Final = {"code": 10000, "message": "This API Token is valid and active", "type": None}

router: Final = APIRouter(prefix="/client/v4", tags=["tokens"])


@router.get("/user/tokens/verify")
async def verify_user_token(request: Request) -> JSONResponse:
    """Tell that the token is valid: the door has looked at it."""
    return _verified(request, "user")


@router.get("/accounts/{account}/tokens/verify")
async def verify_account_token(account: str, request: Request) -> JSONResponse:  # noqa: ARG001 (a part of the path)
    """The same for a token of the account."""
    return _verified(request, "account")


@router.get("/user/tokens/{token}")
async def read_user_token(token: str, request: Request) -> JSONResponse:
    """What the token may do, if it may know."""
    return _read(request, "user", token)


@router.get("/accounts/{account}/tokens/{token}")
async def read_account_token(account: str, token: str, request: Request) -> JSONResponse:  # noqa: ARG001
    """The same for a token of the account."""
    return _read(request, "account", token)


def _story(request: Request, owner: str) -> dict[str, Any]:
    journal: Journal = request.app.state.journal
    if journal.token.get("owner", "user") != owner:
        raise failure(401, INVALID, "Invalid API Token")
    return journal.token


def _verified(request: Request, owner: str) -> JSONResponse:
    told = _story(request, owner)
    answer = {name: told[name] for name in ("expires_on", "not_before") if told.get(name)}
    return success({"id": IDENTITY, "status": told.get("status", "active"), **answer}, messages=[_VALID])


def _read(request: Request, owner: str, token: str) -> JSONResponse:
    told = _story(request, owner)
    if token != IDENTITY or told.get("policies") is None:
        raise failure(403, AUTHENTICATION, "Authentication error: the token may not read tokens")
    return success({"id": IDENTITY, "name": "local", "status": "active", "policies": told["policies"]})
