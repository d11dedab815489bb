"""Logs of a gateway: none yet, because nothing sends requests through the local Cloudflare. facts/ai-gateway.md 7."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import page_docs, read_page, success_page
from cfaig.local.api.lookup import gateway_row, storage_of

MOST_PER_PAGE: Final = 50

router: Final = APIRouter(prefix="/ai-gateway/gateways/{gateway}/logs", tags=["logs"])


@router.get("", openapi_extra=page_docs(MOST_PER_PAGE))
async def list_logs(account: str, gateway: str, request: Request) -> JSONResponse:
    """List logs."""
    page, per_page = read_page(request, MOST_PER_PAGE)
    gateway_row(storage_of(request), account, gateway)
    return success_page([], page, per_page)
