"""What time it is at a Cloudflare: the local one can be put forward."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urljoin

from cfaig.live.api import Credentials
from cfaig.live.connections import Connections, NoReplyError
from cfaig.strict_json import strict_json

SECONDS: Final = 5.0


def clock_now(credentials: Credentials) -> datetime:
    """The time that logs and analytics there have, in UTC; that of this machine for the real Cloudflare."""
    return local_clock(credentials) or datetime.now(UTC)


def local_clock(credentials: Credentials) -> datetime | None:
    """What the local Cloudflare says, in UTC; None if these are for another, be it by a proxy on this machine."""
    if not credentials.loopback:
        return None
    url = urljoin(credentials.base_url, "/__local/clock")
    try:
        with closing(Connections(url, SECONDS)) as connections:
            told = strict_json(connections.call("GET", url, credentials.headers()).content)
        return datetime.fromtimestamp(float(told["result"]["now"]), UTC)
    except (NoReplyError, ValueError, KeyError, TypeError, OverflowError):
        return None
