"""What time it is at a Cloudflare: the local one can be put forward."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from cfaig.live.api import Credentials

SECONDS: Final = 5.0


def clock_now(credentials: Credentials) -> datetime:
    """The time that logs and analytics there have, in UTC; that of this machine for the real Cloudflare."""
    return local_clock(credentials) or datetime.now(UTC)


def local_clock(credentials: Credentials) -> datetime | None:
    """What the local Cloudflare says, in UTC; None if these are for another, be it by a proxy on this machine."""
    if not credentials.loopback:
        return None
    import httpx

    url = httpx.URL(credentials.base_url).join("/__local/clock")
    try:
        answer = httpx.get(url, headers=credentials.headers(), timeout=SECONDS, trust_env=False)
        return datetime.fromtimestamp(float(answer.json()["result"]["now"]), UTC)
    except (httpx.HTTPError, ValueError, KeyError, TypeError, OverflowError):
        return None
