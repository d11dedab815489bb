"""Times and ids as Cloudflare writes them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime


def now() -> str:
    """The time, RFC 3339 in UTC with milliseconds, as in `2026-11-22T10:00:00.123Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(moment: str) -> int:
    """A moment that `now` wrote, in Unix milliseconds."""
    return round(datetime.fromisoformat(moment).timestamp() * 1000)


def new_id() -> str:
    """A fresh UUID with hyphens: routes, versions, deployments, configs."""
    return str(uuid.uuid4())


def new_tag() -> str:
    """A fresh id of 32 hex digits: stores and secrets."""
    return uuid.uuid4().hex
