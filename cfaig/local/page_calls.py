"""The newest calls of models, for the page: where each went, what came back, what it cost."""

from __future__ import annotations

import html
import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from cfaig.local.storage import Storage
from cfaig.observe.amounts import dollars

SHOWN: Final = 20
_NAMES: Final = ("Time (UTC)", "Route", "Provider and model", "Status", "Cache")
_NUMBERS: Final = ("Cost", "Took")


def recent_calls(storage: Storage, account: str) -> str:
    """A table as HTML; empty when nobody has called yet."""
    rows = storage.rows(
        "SELECT created_at, gateway, route, path, provider, model, status_code, success, cached, cost, duration,"
        " error_code FROM logs WHERE account = ? ORDER BY created_at DESC, id DESC LIMIT ?",
        account,
        SHOWN,
    )
    if not rows:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in _NAMES)
    head += "".join(f'<th scope="col" class="number">{name}</th>' for name in _NUMBERS)
    body = "".join(_row(row) for row in rows)
    return (
        '<section><h2 id="calls">Recent calls</h2><div class="wide"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
    )


def _row(row: sqlite3.Row) -> str:
    moment = datetime.fromtimestamp(row["created_at"], UTC)
    route = f"dynamic/{row['route']}" if row["route"] else row["path"].split("?")[0] or "universal"
    status = str(row["status_code"]) + (f" ({row['error_code']})" if row["error_code"] else "")
    fine = "" if row["success"] else ' class="bad"'
    return (
        f'<tr><td><time datetime="{moment.isoformat()}">{moment:%H:%M:%S}</time></td>'
        f"<td><code>{_e(row['gateway'])}</code> {_e(route)}</td>"
        f"<td>{_e(row['provider'])} <code>{_e(row['model'])}</code></td>"
        f"<td{fine}>{_e(status)}</td><td>{'hit' if row['cached'] else '–'}</td>"
        f'<td class="number">{_e(dollars(row["cost"]))}</td><td class="number">{row["duration"]:,} ms</td></tr>'
    )


def _e(value: Any) -> str:
    return html.escape(str(value))
