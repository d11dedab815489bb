"""The account's audit log, version 2: who changed what. Source: Cloudflare's API reference, `GET /logs/audit`.

The token needs “Account Settings: Read”. The log reaches 30 days back, and entries may come minutes late.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from cfaig.live.api import ApiError, CloudflareApi

KEPT: Final = timedelta(days=30)
PER_PAGE: Final = 200
MOST_PAGES: Final = 10
CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: when (RFC 3339), by whom and how (`dash`, `api_token`, …), and of what.

    `path` is the address below the account (`/ai-gateway/gateways/support`); empty where the log does not tell.
    """

    time: str
    actor: str
    context: str
    method: str
    path: str
    action: str
    resource_type: str
    resource_id: str


def read_audit_log(api: CloudflareApi, account: str, since: datetime, before: datetime) -> tuple[AuditEntry, ...]:
    """The successful changes in the time, newest first, as far back as the log and `MOST_PAGES` reach.

    Raises ApiError when the token may not read the log, and where there is none.
    """
    span = {"since": _moment(max(since, before - KEPT)), "before": _moment(before)}
    entries = (_entry(item, account) for item in _pages(api, account, span))
    changes = [entry for entry in entries if entry is not None and (not entry.method or entry.method in CHANGING)]
    return tuple(sorted(changes, key=lambda entry: entry.time, reverse=True))


def refused(error: ApiError) -> bool:
    """Whether the log is closed to the token, or not there: no reason to fail."""
    return error.status in {400, 401, 403, 404, 405, 501}


def _pages(api: CloudflareApi, account: str, span: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    cursor: str | None = None
    for _ in range(MOST_PAGES):
        params = {**span, "direction": "desc", "limit": PER_PAGE, **({"cursor": cursor} if cursor else {})}
        answer = api.request("GET", f"/accounts/{account}/logs/audit", params=params)
        items = answer.get("result") or []
        yield from items
        info = answer.get("result_info") or {}
        # The API's reference says `cursors.after`, live answers had `cursor`.
        cursor = (info.get("cursors") or {}).get("after") or info.get("cursor")
        if not items or not cursor:
            return


def _entry(item: Mapping[str, Any], account: str) -> AuditEntry | None:
    action, actor, raw, resource = (item.get(name) or {} for name in ("action", "actor", "raw", "resource"))
    status = raw.get("status_code")
    if str(action.get("result") or "success").lower() != "success" or (isinstance(status, int) and status >= 400):
        return None
    return AuditEntry(
        time=str(action.get("time") or ""),
        actor=str(actor.get("email") or actor.get("token_name") or actor.get("id") or actor.get("type") or "somebody"),
        context=str(actor.get("context") or ""),
        method=str(raw.get("method") or "").upper(),
        path=_below(str(raw.get("uri") or ""), account),
        action=str(action.get("type") or ""),
        resource_type=str(resource.get("type") or ""),
        resource_id=str(resource.get("id") or ""),
    )


def _below(uri: str, account: str) -> str:
    path = unquote(urlsplit(uri).path)
    return path.partition(f"/accounts/{account}")[2].rstrip("/")


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
