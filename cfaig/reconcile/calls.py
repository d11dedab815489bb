"""What an apply costs in calls of Cloudflare's API, and how long that takes at the least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# Cloudflare's limit for one user, over all tokens; past it every call is refused for five minutes.
CALLS_ALLOWED: Final = 1200
WINDOW_SECONDS: Final = 300
# Seen from Europe and on the local Cloudflare; good enough to tell seconds from minutes.
ENGINE_SECONDS: Final = 5.0
CALL_SECONDS: Final = 0.3
CALLS_AT_ONCE: Final = 8


@dataclass(frozen=True, slots=True)
class CallForecast:
    """The calls of one apply: reading the account, looking again at what the stack holds, and writing."""

    read: int
    refresh: int
    write: int

    @property
    def calls(self) -> int:
        """All of them."""
        return self.read + self.refresh + self.write

    @property
    def seconds(self) -> int:
        """How long they take, the engine's own time included, when nothing else uses up the limit."""
        work = ENGINE_SECONDS + self.calls * CALL_SECONDS / CALLS_AT_ONCE
        waiting = (max(self.calls - 1, 0) // CALLS_ALLOWED) * WINDOW_SECONDS
        return round(max(work, waiting))
