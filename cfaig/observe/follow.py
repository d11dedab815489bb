"""Logs as they come in.

Two things have to be lived with: Cloudflare has calls to be counted (1,200 in 5 minutes for everything that the token
does), and a log comes when its call ends, with the time at which it began. So there is a look every two seconds, not
more than half of the calls are taken, and now and then the last minutes are looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from cfaig.live.budget import QUOTA, WINDOW
from cfaig.observe.log import Log, moment_of
from cfaig.observe.log_filter import LogFilter
from cfaig.observe.read_logs import Cursor, LogReader, logs_after

EVERY: Final = 2.0
SECONDS_PER_CALL: Final = WINDOW / (QUOTA / 2)
LATE: Final = timedelta(minutes=2)
LATE_EVERY: Final = 30.0
LATE_PAGES: Final = 4
_BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class News:
    """Wanted logs that came in. `left` logs wait to be read, the newest that was read is of `moment`."""

    logs: tuple[Log, ...]
    left: int
    moment: datetime


@dataclass
class Tail:
    """What follows the newest log of now. `wait` waits so many seconds."""

    reader: LogReader
    wanted: LogFilter
    wait: Callable[[float], None]
    cursor: Cursor = field(init=False)
    told: dict[str, datetime] = field(default_factory=dict)
    counted: int = 0

    def __post_init__(self) -> None:
        newest = self.reader.page(LogFilter(), 1, "desc").logs[:1]
        self.cursor = Cursor(_BEGINNING).after(newest)
        self.counted = self.reader.api.calls

    def was_told(self, logs: tuple[Log, ...]) -> None:
        """These have been shown already."""
        self.told |= {str(log["id"]): moment_of(log) for log in logs}

    def news(self) -> Iterator[News]:
        """What comes in, for ever; also an empty one after each look without a result.

        Raises CfaigError when the logs cannot be read any more.
        """
        waited = 0.0
        while True:
            for found in self._look():
                yield found
                if found.left:
                    waited += self._pause(0.0)
            if waited >= LATE_EVERY:
                waited = 0.0
                yield News(self._late(), 0, self.cursor.moment)
            waited += self._pause(EVERY)

    def _pause(self, least: float) -> float:
        """Wait as long as the calls since the last pause ask for; gives the seconds."""
        calls, self.counted = self.reader.api.calls - self.counted, self.reader.api.calls
        seconds = max(least, calls * SECONDS_PER_CALL)
        self.wait(seconds)
        return seconds

    def _look(self) -> Iterator[News]:
        for batch in logs_after(self.reader, self.wanted, self.cursor):
            self.cursor = batch.cursor
            yield News(self._new(batch.wanted), batch.left or 0, self.cursor.moment)

    def _late(self) -> tuple[Log, ...]:
        """Logs of calls that began before the newest one and ended after it was read."""
        span = replace(self.wanted, since=self.cursor.moment - LATE, until=self.cursor.moment)
        found: list[Log] = []
        for number in range(1, LATE_PAGES + 1):
            page = self.reader.page(span, number, "desc")
            found += [log for log in page.logs if str(log["id"]) not in self.told and self.reader.wants(log, span)]
            if not page.full:
                break
        return self._new(tuple(reversed(found)))

    def _new(self, logs: tuple[Log, ...]) -> tuple[Log, ...]:
        new = tuple({str(log["id"]): log for log in logs if str(log["id"]) not in self.told}.values())
        self.was_told(new)
        oldest = self.cursor.moment - 2 * LATE
        self.told = {identity: moment for identity, moment in self.told.items() if moment >= oldest}
        return new
