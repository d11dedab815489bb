"""Analytics: `POST /client/v4/graphql`, for the nodes of AI Gateway. facts/ai-gateway.md 7."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.analytics import AnalyticsError
from cfaig.local.api.lookup import logs_of, options_of, storage_of

router: Final = APIRouter(tags=["analytics"], include_in_schema=False)


@router.post("/client/v4/graphql")
async def query(request: Request) -> JSONResponse:
    """Answer one query."""
    # graphql-core takes a tenth of a second to load, and most servers are never asked.
    from cfaig.local.graphql_query import answer

    try:
        body = json.loads(await request.body())
        text, variables = body["query"], body.get("variables") or {}
        if not isinstance(text, str) or not isinstance(variables, dict):
            raise TypeError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _failed("bad request: expected JSON with a query, and variables as an object")
    logs_of(request).flush()
    try:
        data = answer(storage_of(request), options_of(request).accounts, text, variables)
    except AnalyticsError as error:
        return _failed(str(error))
    return JSONResponse({"data": data, "errors": None})


def _failed(message: str) -> JSONResponse:
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    error = {"message": message, "path": None, "extensions": {"timestamp": moment}}
    return JSONResponse({"data": None, "errors": [error]})
