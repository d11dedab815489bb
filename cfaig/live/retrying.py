"""When a call is made again, and after how long."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

LONGEST_BACKOFF: Final = 20.0
# A Retry-After beyond this is no pause but a failure: nobody waits that long for a command.
LONGEST_WAIT: Final = 600.0
TOO_MANY: Final = 429
# Nothing came back, or the server gave up on reading: it may have acted on what it got.
UNCLEAR: Final = frozenset({0, 408})


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """The seconds that `Retry-After` asks for, given as a number or as a date; None without one that can be read."""
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    try:
        return max(float(text), 0.0) if text[0].isdigit() else _until(text, now or datetime.now(UTC))
    except (ValueError, OverflowError):
        return None


def _until(text: str, now: datetime) -> float:
    moment = parsedate_to_datetime(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max((aware - now).total_seconds(), 0.0)


def backoff(attempt: int) -> float:
    """Seconds before the next attempt, doubled each time, with jitter; `attempt` is the one that failed, from 1."""
    return float(min(2.0 ** (attempt - 1), LONGEST_BACKOFF) * (0.5 + random.random() / 2))  # noqa: S311 (jitter)


def is_unclear(status: int) -> bool:
    """Whether a call with this answer may have worked although no success came back; 0 means no answer at all."""
    return status in UNCLEAR or status >= 500


def may_repeat(method: str, status: int) -> bool:
    """Whether the same call can be made again without doing anything twice.

    429 was not carried out. After an unclear answer only a POST would do it twice: all others say what shall be.
    """
    return status == TOO_MANY or (method != "POST" and is_unclear(status) and status != 501)
