"""Workers as services: where the official plugin looks first whether a Worker is there.

Source: `Read` in internal/services/workers_script/resource.go of the Terraform provider that the plugin is made from.
"""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from cfaig.local.answers import success
from cfaig.local.api.lookup import storage_of
from cfaig.local.api.workers import script_row, shown_script

router: Final = APIRouter(prefix="/workers/services", tags=["workers"])


@router.get("/{name}")
async def get_service(account: str, name: str, request: Request) -> JSONResponse:
    """A Worker, with what was deployed of it."""
    row = script_row(storage_of(request), account, name)
    moments = {"created_on": row["created_at"], "modified_on": row["modified_at"]}
    environment = {"environment": "production", "script": shown_script(row), **moments}
    return success({"id": name, "default_environment": environment, **moments})
