"""What goes back and forth between the Worker of an edge, its client and a scenario's gateway."""

from __future__ import annotations

import queue
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# As in stage.js.
CLOCK: Final = "clock.invalid"
NOW: Final = "cfaig-stage-now"
SEED: Final = "cfaig-stage-seed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the gateway answers; a body that is `cut` breaks off. `now` are Unix milliseconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    now: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the Worker, which waits for `reply`. `target` is path and query as they came."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    reply: queue.SimpleQueue[Reply] = field(default_factory=queue.SimpleQueue)

    @property
    def pause(self) -> float | None:
        """The seconds that the Worker wants to wait; None when it wants something of the gateway."""
        return float(self.target.lstrip("/")) / 1000 if self.headers.get("host") == CLOCK else None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the client got; `broken` says why the answer ended too early."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    broken: str | None = None
