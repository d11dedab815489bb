"""What a starter or a page asks about Workers, under `/__local`: where they answer; start those that do not run."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import success
from cfaig.local.edge.edges import edges_at

router: Final = APIRouter(prefix="/__local", tags=["local only"])


@router.get("/edges")
async def edges(request: Request) -> JSONResponse:
    """All Workers, and where they answer or why they do not."""
    return success([asdict(edge) for edge in edges_at(request).listed()])


@router.post("/edges")
async def start_edges(request: Request) -> JSONResponse:
    """Start the Workers that do not run, such as those that were there before workerd was."""
    await edges_at(request).settle()
    return success([asdict(edge) for edge in edges_at(request).listed()])
