"""Looking at many things at once, each for a limited time: nothing that hangs holds the others up, or the exit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from cfaig.errors import CfaigError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Failed:
    """Why something could not be looked at, and what to do about it."""

    why: str
    hint: str | None = None


class Pending(Generic[T]):
    """A look that is under way in a thread of its own."""

    def __init__(self, look: Callable[[], T], deadline: float, seconds: float) -> None:
        self._look = look
        self._deadline = deadline
        self._seconds = seconds
        self._found: T | Failed | None = None
        self._error: Exception | None = None
        # A daemon: Python does not wait for it at its exit, as it does for the threads of a pool.
        self._thread = threading.Thread(target=self._run, name="cfaig-look", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._found = self._look()
        except CfaigError as error:
            self._found = Failed(error.message, error.hint)
        except Exception as error:  # noqa: BLE001 (raised again by whoever asks for the outcome)
            self._error = error

    def outcome(self) -> T | Failed:
        """What was found; a CfaigError, or no end in time, is a `Failed`."""
        self._thread.join(max(self._deadline - time.monotonic(), 0.0))
        if self._thread.is_alive():
            return Failed(f"no answer within {self._seconds:g} s", "try again, or give it more time: --timeout")
        if self._error is not None:
            raise self._error
        return self._found  # type: ignore[return-value]  # the look has ended without an error


class AtOnce:
    """Starts looks; all have to end within `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, at least a little."""
        return max(self._deadline - time.monotonic(), 0.1)

    def start(self, look: Callable[[], T]) -> Pending[T]:
        """Begin one."""
        return Pending(look, self._deadline, self._seconds)
