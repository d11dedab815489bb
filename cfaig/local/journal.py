"""What was asked of the local Cloudflare, and the faults that a test has ordered.

Both live in memory. Tokens, bodies and query values of secrets never get here: an entry is a method, a path with its
query, a status and a time.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any, Final

KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request; `status` 0 means that the connection was dropped. `milliseconds` is the time until the end."""

    method: str
    path: str
    status: int
    milliseconds: float


@dataclass(slots=True)
class Fault:
    """What happens to requests with this `method` (any when empty) whose path matches `path` (a regular expression).

    It strikes from the `nth` matching request on, `times` times. `status` answers instead of the API; `drop` cuts the
    connection `before` the request is carried out, or `after` it; `delay` waits seconds before the answer or the cut.
    `retry_after` (seconds) goes with a status. `seen` counts the requests that matched, `struck` those that it struck;
    with `drop` after, these are carried out by then.
    """

    path: str
    method: str = ""
    nth: int = 1
    times: int = 1
    status: int | None = None
    drop: str | None = None
    delay: float = 0.0
    retry_after: int | None = None
    seen: int = 0
    struck: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Whether this request is hit; counts it if it matches."""
        if (self.method and self.method != method) or not re.search(self.path, path):
            return False
        self.seen += 1
        return self.nth <= self.seen < self.nth + self.times

    def told(self) -> dict[str, Any]:
        """The fault as JSON."""
        return asdict(self)


@dataclass(slots=True)
class Journal:
    """The newest `KEPT` requests, oldest first, the faults in force, and what is told about tokens (api/tokens.py)."""

    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT))
    faults: list[Fault] = field(default_factory=list)
    token: dict[str, Any] = field(default_factory=dict)

    def fault_for(self, method: str, path: str) -> Fault | None:
        """The first fault that strikes this request; every fault that matches counts it."""
        struck = [fault for fault in self.faults if fault.strikes(method, path)]
        return struck[0] if struck else None

    def clear(self) -> None:
        """Forget requests and faults, and tell nothing special of tokens."""
        self.entries.clear()
        self.faults.clear()
        self.token.clear()
