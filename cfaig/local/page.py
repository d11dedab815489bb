"""The page at `/`: what exists in the local Cloudflare, what was called lately, and how to call it.

Plain HTML without scripts. Every value is escaped; no secret and no preview of one is shown.
"""

from __future__ import annotations

import html
import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cfaig.local.api.custom_providers import shown as shown_provider
from cfaig.local.api.lookup import logs_of, options_of, storage_of
from cfaig.local.api.routes import deployed_of
from cfaig.local.edge.edges import edges_of
from cfaig.local.edge.model import Edge
from cfaig.local.options import RUN_TOKEN, TOKEN
from cfaig.local.page_calls import recent_calls
from cfaig.local.page_style import STYLE
from cfaig.local.storage import Storage
from cfaig.local.words import route_in_words, settings_in_words

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

router: Final = APIRouter(include_in_schema=False)


@router.get("/")
async def show_page(request: Request) -> HTMLResponse:
    """What exists."""
    logs_of(request).flush()
    base, account, storage = str(request.base_url), options_of(request).account, storage_of(request)
    return HTMLResponse(render(storage, account, base, edges_of(request.app)), headers=HEADERS)


def render(storage: Storage, account: str, base: str, edges: Sequence[Edge]) -> str:
    """The whole page; `base` is the address of the server, with a slash at its end."""
    gateways = storage.rows("SELECT * FROM gateways WHERE account = ? ORDER BY id", account)
    count = _count(gateways, "gateway")
    empty = '<p class="none">No gateways yet. Make them with <code>cfaig apply -e local</code>.</p>'
    parts = [
        _header(f"{count} in account <code>{_e(account)}</code>"),
        recent_calls(storage, account),
        *(_gateway(storage, row, edges) for row in gateways),
        "" if gateways else empty,
        _providers(storage, account),
        _stores(storage, account),
        _calling(account, base, gateways[0]["id"] if gateways else "default"),
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Local Cloudflare</title><style>{STYLE}</style><main>{''.join(parts)}</main></html>"
    )


def _header(told: str) -> str:
    return f'<header><h1>Local Cloudflare</h1><p>{told} · <a href="/chat">Chat</a></p></header>'


def _e(value: Any) -> str:
    return html.escape(str(value))


def _count(things: Sequence[Any], name: str) -> str:
    return f"{len(things) or 'No'} {name}{'' if len(things) == 1 else 's'}"


def _pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of terms; the second of each pair is HTML already."""
    return f"<dl>{''.join(f'<dt>{_e(name)}</dt><dd>{value}</dd>' for name, value in pairs)}</dl>"


def _gateway(storage: Storage, row: sqlite3.Row, edges: Sequence[Edge]) -> str:
    key = (row["account"], row["id"])
    settings = ((name, _e(value)) for name, value in settings_in_words(json.loads(row["settings"])))
    routes = storage.rows("SELECT * FROM routes WHERE account = ? AND gateway = ? ORDER BY name", *key)
    keys = storage.rows("SELECT * FROM provider_configs WHERE account = ? AND gateway = ? ORDER BY provider", *key)
    domains = storage.rows("SELECT * FROM custom_domains WHERE account = ? AND gateway = ? ORDER BY hostname", *key)
    more = []
    if keys:
        more.append(("Provider keys", ", ".join(_key(config) for config in keys)))
    if domains:
        more.append(("Custom domains", ", ".join(f"<code>{_e(d['hostname'])}</code> (pending_dcv)" for d in domains)))
    more += [(f"Edge {edge.worker}", _edge(edge)) for edge in edges if edge.gateway == row["id"]]
    told = "".join(_route(storage, route) for route in routes)
    return f'<section><h2 id="{_e(row["id"])}">{_e(row["id"])}</h2>{_pairs([*settings, *more])}{told}</section>'


def _edge(edge: Edge) -> str:
    if not edge.url:
        return f"not served: {_e(edge.problem)}"
    names = "".join(f", here for <code>{_e(name)}</code>" for name in edge.hostnames)
    return f"<code>{_e(edge.url)}/</code>{names}"


def _key(config: sqlite3.Row) -> str:
    alias = "" if config["alias"] == "default" else f" as <code>{_e(config['alias'])}</code>"
    return f"<code>{_e(config['provider'])}</code>{alias}"


def _route(storage: Storage, route: sqlite3.Row) -> str:
    _, version = deployed_of(storage, route["id"])
    versions = storage.rows("SELECT id FROM versions WHERE route = ? ORDER BY number", route["id"])
    number = [row["id"] for row in versions].index(version["id"]) + 1
    told = route_in_words(json.loads(version["elements"]))
    lines = "".join(f'<li style="--depth:{depth}">{_e(line)}</li>' for depth, line in told)
    return (
        f"<h3><code>dynamic/{_e(route['name'])}</code> <small>version {number} of {len(versions)} deployed</small></h3>"
        f"<ol>{lines}</ol>"
    )


def _providers(storage: Storage, account: str) -> str:
    rows = storage.rows("SELECT * FROM custom_providers WHERE account = ? ORDER BY slug", account)
    if not rows:
        return ""
    pairs = ((f"custom-{p['slug']}", _provider(p)) for p in map(shown_provider, rows))
    return f"<section><h2>Custom providers</h2>{_pairs(pairs)}</section>"


def _provider(provider: dict[str, Any]) -> str:
    state = "" if provider["enable"] else ", switched off"
    return f"{_e(provider['name'])} at <code>{_e(provider['base_url'])}</code>{state}"


def _stores(storage: Storage, account: str) -> str:
    rows = storage.rows(
        "SELECT stores.name, count(secrets.id) AS held FROM stores LEFT JOIN secrets ON secrets.store = stores.id"
        " WHERE account = ? GROUP BY stores.id ORDER BY stores.name",
        account,
    )
    if not rows:
        return ""
    pairs = (
        (row["name"], f"{row['held']} secret{'' if row['held'] == 1 else 's'}; values are never shown") for row in rows
    )
    return f"<section><h2>Secrets stores</h2>{_pairs(pairs)}</section>"


def _calling(account: str, base: str, gateway: str) -> str:
    path = f"{base}client/v4/accounts/{account}/ai-gateway/gateways"
    model = (
        f"curl {base}v1/{account}/{gateway}/openai/chat/completions \\\n"
        f'  -H "cf-aig-authorization: Bearer {RUN_TOKEN}" \\\n  -H "Content-Type: application/json" \\\n'
        """  -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello"}]}'"""
    )
    curl = f'curl -H "Authorization: Bearer {TOKEN}" \\\n  {path}'
    shell = f"export CLOUDFLARE_BASE_URL={base}client/v4\nexport CLOUDFLARE_API_TOKEN={TOKEN}"
    return (
        "<section><h2>How to call it</h2>"
        f"<p>A model, with the token <code>{RUN_TOKEN}</code>:</p><pre>{_e(model)}</pre>"
        f"<p>The API, with the token <code>{TOKEN}</code>:</p>"
        f"<pre>{_e(curl)}</pre><p>For the official tools:</p><pre>{_e(shell)}</pre></section>"
    )
