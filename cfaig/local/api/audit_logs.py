"""The account's audit log, version 2: who changed a gateway or a route, and when.

Source: the official SDK's types (`accounts/logs/audit`) and facts/ai-gateway.md 1.10. Changes of provider configs,
custom providers and domains are not documented to be recorded, so they are not.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import VALIDATION, failure, success
from cfaig.local.api.lookup import storage_of
from cfaig.local.clock import new_id, now

MOST_PER_PAGE: Final = 1000
USUAL_PER_PAGE: Final = 100
GATEWAY: Final = "ai_gateway.gateway"
ROUTE: Final = "ai_gateway.route"
_ACTIONS: Final = {"POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
_PARAMETERS: Final = ("since", "before", "limit", "direction", "cursor")

router: Final = APIRouter(prefix="/logs/audit", tags=["audit log"])


def record(request: Request, resource_type: str, resource_id: str) -> None:
    """Write down that the caller has just changed this."""
    email = request.headers.get("x-auth-email")
    credential = request.headers.get("x-auth-key" if email else "authorization", "").removeprefix("Bearer ")
    context = "api_key" if email else "api_token"
    tag = hashlib.sha256(credential.encode()).hexdigest()[:32]
    agent, path = request.headers.get("user-agent", ""), request.url.path
    account = str(request.path_params["account"])
    values = (new_id(), account, now(), context, email, tag, request.method, path, agent, resource_type, resource_id)
    with storage_of(request).transaction() as db:
        db.execute(f"INSERT INTO audit_entries VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608


@router.get(
    "",
    openapi_extra={
        "parameters": [
            {"name": name, "in": "query", "required": name in {"since", "before"}, "schema": {"type": "string"}}
            for name in _PARAMETERS
        ]
    },
)
async def list_entries(account: str, request: Request) -> JSONResponse:
    """The entries between `since` and `before`, newest first; `cursor` goes on where the last answer ended."""
    since, before = _moment(request, "since"), _moment(request, "before")
    limit = _number(request.query_params.get("limit"))
    descending = request.query_params.get("direction", "desc") != "asc"
    offset = _offset(request.query_params.get("cursor"))
    rows = storage_of(request).rows("SELECT * FROM audit_entries WHERE account = ? ORDER BY rowid", account)
    wanted = [row for row in rows if since <= datetime.fromisoformat(row["time"]) <= before]
    wanted = wanted[::-1] if descending else wanted
    shown = wanted[offset : offset + limit]
    after = _cursor(offset + limit) if offset + limit < len(wanted) else None
    info = {"count": len(shown), "cursor": after, "cursors": {"after": after}}
    return success([_shown(row) for row in shown], result_info=info)


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    kind = "route" if row["resource_type"] == ROUTE else "gateway"
    action = _ACTIONS[row["method"]]
    token = {"token_id": row["tag"], "token_name": "local"} if row["context"] == "api_token" else {}
    return {
        "id": row["id"],
        "account": {"id": row["account"], "name": "local"},
        "action": {"description": f"{action} {kind}", "result": "success", "time": row["time"], "type": action},
        "actor": {
            "id": row["tag"],
            "context": row["context"],
            "email": row["email"],
            "ip_address": "127.0.0.1",
            "type": "user" if row["email"] else "account",
            **token,
        },
        "raw": {
            "cf_ray_id": row["id"].replace("-", "")[:16],
            "method": row["method"],
            "status_code": 200,
            "uri": row["path"],
            "user_agent": row["agent"],
        },
        "resource": {
            "id": row["resource_id"],
            "product": "ai_gateway",
            "scope": "accounts",
            "type": row["resource_type"],
        },
    }


def _moment(request: Request, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(request.query_params.get(name, "").replace(" ", "+"))
    except ValueError:
        raise failure(400, VALIDATION, f"{name}: expected a date or an RFC 3339 time", ("query", name)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(text: str | None) -> int:
    if text is None:
        return USUAL_PER_PAGE
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST_PER_PAGE):
        raise failure(400, VALIDATION, f"limit: expected 1 to {MOST_PER_PAGE}", ("query", "limit"))
    return int(text)


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(str(offset).encode()).decode()


def _offset(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        offset = int(base64.urlsafe_b64decode(cursor.encode()).decode())
    except ValueError:
        raise failure(400, VALIDATION, "cursor: not one of ours", ("query", "cursor")) from None
    return max(offset, 0)
