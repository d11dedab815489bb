"""The chat page at `/chat`: one document, one script, and what can be called.

Nothing is loaded from elsewhere, and the page may connect to this server and its edges only. The tokens in it are
public by design: they open nothing but this server.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from cfaig.local.api.lookup import options_of, storage_of
from cfaig.local.edge.edges import edges_of
from cfaig.local.edge.model import Edge
from cfaig.local.options import READ_TOKEN, RUN_TOKEN
from cfaig.local.storage import Storage

SCRIPT: Final = "/chat/chat.js"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; connect-src"
)

router: Final = APIRouter(include_in_schema=False)


@router.get("/chat")
async def show_chat(request: Request) -> HTMLResponse:
    """The document, made for the gateways and edges that exist now."""
    edges = edges_of(request.app)
    setup = {
        "account": options_of(request).account,
        "token": RUN_TOKEN,
        "read_token": READ_TOKEN,
        "gateways": _gateways(storage_of(request), options_of(request).account),
        "edges": [_told(edge) for edge in edges if edge.gateway],
    }
    return HTMLResponse(_document(setup), headers=_HEADERS | {"Content-Security-Policy": _policy(request, edges)})


@router.get(SCRIPT)
async def show_script() -> Response:
    """The bundle of clients/web/example."""
    script = files("cfaig.local.chat").joinpath("chat.js").read_bytes()
    return Response(script, media_type="text/javascript; charset=utf-8", headers=_HEADERS)


def _gateways(storage: Storage, account: str) -> list[dict[str, Any]]:
    """Each gateway with models to suggest: its routes, and one that needs none."""
    rows = storage.rows("SELECT id FROM gateways WHERE account = ? ORDER BY id", account)
    routes = storage.rows("SELECT gateway, name FROM routes WHERE account = ? ORDER BY name", account)
    return [
        {
            "id": row["id"],
            "models": [
                *(f"dynamic/{route['name']}" for route in routes if route["gateway"] == row["id"]),
                "openai/gpt-4o-mini",
            ],
        }
        for row in rows
    ]


def _told(edge: Edge) -> dict[str, Any]:
    return {
        "worker": edge.worker,
        "gateway": edge.gateway,
        "url": edge.url,
        "open": edge.open,
        "problem": edge.problem,
    }


def _policy(request: Request, edges: Sequence[Edge]) -> str:
    """What browsers let the page do. Older ones do not take `'self'` for WebSockets, so those are named."""
    own = str(request.base_url).rstrip("/")
    urls = [edge.url for edge in edges if edge.gateway and edge.url]
    sockets = [url.replace("http", "ws", 1) for url in (own, *urls)]
    return " ".join([_POLICY, "'self'", *urls, *sockets])


def _document(setup: dict[str, Any]) -> str:
    # In JSON, a `<` can only be in a text, where it may be spelled otherwise: nothing ends the element but its end.
    data = json.dumps(setup).replace("<", "\\u003c")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>Chat – Local Cloudflare</title>'
        '<div id="chat"><noscript>This page needs JavaScript.</noscript></div>'
        f'<script type="application/json" id="setup">{data}</script>'
        f'<script type="module" src="{SCRIPT}"></script></html>'
    )
