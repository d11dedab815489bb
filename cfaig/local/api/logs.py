"""Logs of a gateway: what its real traffic left behind. facts/ai-gateway.md 7."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from cfaig.local.answers import (
    GATEWAY_NOT_FOUND,
    VALIDATION,
    body_docs,
    failure,
    page_docs,
    read_body,
    read_page,
    success,
)
from cfaig.local.api.lookup import gateway_row, logs_of, storage_of
from cfaig.local.log_filters import PARAMETERS, conditions
from cfaig.local.shapes import Anything, Fields, Nullable, Number, Path, Problems, Table, type_name

MOST_PER_PAGE: Final = 50
HEAD_BYTES: Final = 4096

_ORDERS: Final = ("created_at", "provider", "model", "model_type", "success", "cached")
_DELETE_ORDERS: Final = (*_ORDERS, "cost", "tokens_in", "tokens_out", "duration", "feedback")
_OF_GATEWAY: Final = "FROM logs WHERE account = ? AND gateway = ?"
# All but the bodies, which may be large.
_COLUMNS: Final = (
    "id, provider, model, path, created_at, duration, status_code, success, cached, step, tokens_in, tokens_out,"
    " cache_read, reasoning, cost, custom_cost, metadata, event_id, request_type, request_content_type,"
    " response_content_type, user_agent, authentication, byok, feedback, score"
)
_FLAGS: Final = ("success", "cached", "custom_cost", "authentication", "byok")


class _Feedback(Anything):
    """Thumbs up or down, or neither."""

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        """Only the numbers 1 and -1 say something."""
        if isinstance(value, bool) or value not in (1, -1):
            problems.add(path, "Invalid input. Expected 1 | -1 | null")
        return value

    def schema(self) -> dict[str, Any]:
        """Two numbers."""
        return {"enum": [1, -1]}


class _Entry(Anything):
    """A value of the metadata."""

    def clean(self, value: Any, path: Path, problems: Problems) -> Any:
        """Texts, numbers and booleans only."""
        if not isinstance(value, (str, int, float, bool)):
            problems.add(path, f"Expected string, received {type_name(value)}")
        return value

    def schema(self) -> dict[str, Any]:
        """Anything simple."""
        return {"type": ["string", "number", "boolean"]}


_PATCH: Final = Fields(
    {"feedback": Nullable(_Feedback()), "score": Nullable(Number(whole=False)), "metadata": Nullable(Table(_Entry()))},
    optional=frozenset({"feedback", "score", "metadata"}),
)

router: Final = APIRouter(prefix="/ai-gateway/gateways/{gateway}/logs", tags=["logs"])


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    told: dict[str, Any] = {name: row[name] for name in row.keys() if name not in {"cache_read", "reasoning"}}  # noqa: SIM118
    told |= {name: bool(row[name]) for name in _FLAGS}
    moment = datetime.fromtimestamp(row["created_at"], UTC).isoformat(timespec="milliseconds")
    usage = {
        "input_tokens": row["tokens_in"],
        "output_tokens": row["tokens_out"],
        "total_tokens": row["tokens_in"] + row["tokens_out"],
        "output_reasoning_tokens": row["reasoning"],
        "input_cached_tokens": row["cache_read"],
    }
    return told | {
        "model_type": None,
        "created_at": moment.replace("+00:00", "Z"),
        "metadata": json.loads(row["metadata"]),
        "usage_metadata": usage,
        "timings": {"total": row["duration"]},
        "wholesale": False,
        "dlp_action": None,
    }


def _order(request: Request, known: Sequence[str]) -> str:
    order = request.query_params.get("order_by", "created_at")
    direction = request.query_params.get("order_by_direction", request.query_params.get("direction", "desc"))
    for name, value, allowed in (("order_by", order, known), ("order_by_direction", direction, ("asc", "desc"))):
        if value not in allowed:
            expected = " | ".join(f"'{each}'" for each in allowed)
            raise failure(
                400, VALIDATION, f"Invalid enum value. Expected {expected}, received '{value}'", ("query", name)
            )
    column = "''" if order == "model_type" else order
    return f"ORDER BY {column} {direction}, id {direction}"


@router.get("", openapi_extra=page_docs(MOST_PER_PAGE, PARAMETERS))
async def list_logs(account: str, gateway: str, request: Request) -> JSONResponse:
    """List logs, newest first if nothing else is asked for."""
    page, per_page = read_page(request, MOST_PER_PAGE)
    meant, order, storage = conditions(request.query_params), _order(request, _ORDERS), storage_of(request)
    gateway_row(storage, account, gateway)
    logs_of(request).flush()
    where, values = f"{_OF_GATEWAY}{meant.sql}", (account, gateway, *meant.values)
    total = storage.rows(f"SELECT count(*) {where}", *values)[0][0]
    sql = f"SELECT {_COLUMNS} {where} {order} LIMIT ? OFFSET ?"
    rows = storage.rows(sql, *values, per_page, (page - 1) * per_page)
    info = {"count": len(rows), "page": page, "per_page": per_page, "total_count": total}
    return success([_shown(row) for row in rows], result_info=info)


@router.delete("", openapi_extra=page_docs(MOST_PER_PAGE, (*PARAMETERS, "limit")))
async def delete_logs(account: str, gateway: str, request: Request) -> JSONResponse:
    """Delete the logs that `filters` mean, at most `limit` of them in the order asked for; without any of it all."""
    meant, order, storage = conditions(request.query_params), _order(request, _DELETE_ORDERS), storage_of(request)
    limit = _limit(request)
    gateway_row(storage, account, gateway)
    logs_of(request).flush()
    with storage.transaction(configures=False) as db:
        db.execute(
            f"DELETE FROM logs WHERE id IN (SELECT id {_OF_GATEWAY}{meant.sql} {order} LIMIT ?)",  # noqa: S608 (ours)
            (account, gateway, *meant.values, limit),
        )
    logs_of(request).recount()
    return success({})


def _limit(request: Request) -> int:
    text = request.query_params.get("limit")
    if text is None:
        return -1
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text)):
        raise failure(400, VALIDATION, "Number must be greater than or equal to 1", ("query", "limit"))
    return int(text)


def _log_row(request: Request, account: str, gateway: str, log: str, columns: str) -> sqlite3.Row:
    storage = storage_of(request)
    gateway_row(storage, account, gateway)
    logs_of(request).flush()
    row = storage.row(f"SELECT {columns} {_OF_GATEWAY} AND id = ?", account, gateway, log)
    if row is None:
        raise failure(404, GATEWAY_NOT_FOUND, "Log not found")
    return row


@router.get("/{log}")
async def get_log(account: str, gateway: str, log: str, request: Request) -> JSONResponse:
    """One log, with the beginnings of its bodies."""
    bodies = _log_row(request, account, gateway, log, "request_body, response_body")
    told = _shown(_log_row(request, account, gateway, log, _COLUMNS))
    for name in ("request", "response"):
        body: bytes = bodies[f"{name}_body"] or b""
        told[f"{name}_head"] = body[:HEAD_BYTES].decode("utf-8", "replace")
        told[f"{name}_head_complete"] = len(body) <= HEAD_BYTES
        told[f"{name}_size"] = len(body)
    return success(told)


@router.patch("/{log}", openapi_extra=body_docs(_PATCH))
async def change_log(account: str, gateway: str, log: str, request: Request) -> JSONResponse:
    """Say what you think of an answer: `feedback`, `score`, and other `metadata`."""
    changes = await read_body(request, _PATCH)
    _log_row(request, account, gateway, log, "id")
    if "metadata" in changes:
        changes["metadata"] = json.dumps(changes["metadata"] or {})
    with storage_of(request).transaction(configures=False) as db:
        for name, value in changes.items():
            db.execute(f"UPDATE logs SET {name} = ? WHERE id = ?", (value, log))  # noqa: S608 (names of the shape)
    return success({})


@router.get("/{log}/request")
async def get_request_body(account: str, gateway: str, log: str, request: Request) -> Response:
    """What the client sent, as it was."""
    return _body(request, account, gateway, log, "request")


@router.get("/{log}/response")
async def get_response_body(account: str, gateway: str, log: str, request: Request) -> Response:
    """What the client got, as it was."""
    return _body(request, account, gateway, log, "response")


def _body(request: Request, account: str, gateway: str, log: str, which: str) -> Response:
    row = _log_row(request, account, gateway, log, f"{which}_body AS body, {which}_content_type AS kind")
    if row["body"] is None:
        raise failure(404, GATEWAY_NOT_FOUND, f"The log has no {which} body")
    # Whatever a provider sent, no browser may run it in the name of this server.
    kind = row["kind"] if row["kind"].startswith(("application/json", "text/event-stream")) else "text/plain"
    return Response(row["body"], headers={"content-type": kind, "x-content-type-options": "nosniff"})
