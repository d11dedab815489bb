"""Spans of time, and the ways in which people name their ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cfaig.definition.durations import milliseconds
from cfaig.errors import CfaigError


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` up to `until`, both in UTC."""

    since: datetime
    until: datetime

    @classmethod
    def last(cls, now: datetime, length: timedelta) -> Window:
        """The time of this length that ends now."""
        return cls(now - length, now)

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


def read_moment(text: str, now: datetime, option: str) -> datetime:
    """A moment in UTC: `2h` (ago), `2026-11-22`, or `2026-11-22T10:30` with a zone or else in UTC.

    Raises CfaigError, which names the option, for anything else.
    """
    try:
        return now - timedelta(milliseconds=float(milliseconds(text.strip())))
    except OverflowError:
        raise CfaigError(f"{option}: {text} is longer ago than there are years") from None
    except ValueError:
        pass
    try:
        return in_utc(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        raise CfaigError(
            f"{option}: “{text}” is no time", "write 30m, 2h or 7d (ago), 2026-11-22, or 2026-11-22T10:30Z"
        ) from None


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a zone is taken to be in UTC."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def written(moment: datetime) -> str:
    """A moment as the API wants it, to the millisecond: `2026-11-22T10:30:00.000Z`."""
    return in_utc(moment).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown(moment: datetime) -> str:
    """A moment for people, to the minute."""
    return f"{in_utc(moment):%Y-%m-%d %H:%M} UTC"
