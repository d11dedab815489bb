"""Staying under Cloudflare's limit of calls, together with everything else on this machine that uses the same token.

The calls are counted in a small file per token in the user's cache: the command line, Pulumi's plugins and several
runs at once share one budget. Whoever counts holds the file's lock for some microseconds; a lock ends with its process,
so none is ever left behind. Where there is no file to be had, each process counts for itself.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from cfaig.live.budget import BLOCKED, PACKED_BYTES, Announced, Budget, Pause, announced
from cfaig.live.retrying import retry_after
from cfaig.project import user_cache

WAITING: Final = "waiting "
SLICE_SECONDS: Final = 1.0
QUIET_SECONDS: Final = 2.0
SAY_AGAIN_SECONDS: Final = 30.0
OLD_SECONDS: Final = 86_400.0

Sleep = Callable[[float], None]
Tell = Callable[[str], None]
_T = TypeVar("_T")
# Threads that ask at the same time get the same pacer, which a cache alone does not see to.
_MAKING: Final = threading.Lock()


class Pacer:
    """Lets calls go out as the budget allows; safe for several threads.

    `file` is shared with other processes. With `only_if_announced` nothing is counted before an answer has told of a
    limit: the local Cloudflare has none unless it is asked to.
    """

    def __init__(
        self, file: Path | None, *, only_if_announced: bool = False, clock: Callable[[], float] = time.time
    ) -> None:
        self._file = file
        self._counting = not only_if_announced
        self._clock = clock
        self._lock = threading.Lock()
        self._telling = threading.Lock()
        self._own = Budget()
        self._descriptor: int | None = None

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._descriptor = None

    def before_call(self, sleep: Sleep, tell: Tell | None = None) -> int:
        """Wait until a call may be made, as `wait` does; gives its number, which belongs into `after_call`."""
        while True:
            found = self._take()
            if isinstance(found, int):
                return found
            self.wait(found, sleep, tell)

    def try_call(self) -> int | Pause:
        """The number of a call that may be made now, or why and how long to wait; for those who would rather not."""
        return self._take()

    def left(self) -> tuple[int, int] | None:
        """The calls that are left, and those in a window; None where no limit is known, as on this machine."""
        if not self._counting:
            return None
        return self._change(lambda budget: (budget.left(self._clock()), budget.quota))

    def after_call(self, number: int, status: int, headers: Mapping[str, str]) -> None:
        """Learn from an answer: what is left, and with 429 how long nothing is."""
        told = announced(headers.get("ratelimit-policy", ""), headers.get("ratelimit", ""))
        if told is not None:
            self._learn(number, told)
        if status == 429 and (seconds := retry_after(headers)):
            self._change(lambda budget: budget.block(seconds, self._clock()))

    def wait(self, pause: Pause, sleep: Sleep, tell: Tell | None = None) -> None:
        """Wait, and say so by `tell`, or on stderr, when it takes long; of several threads one speaks."""
        speaks = pause.seconds >= QUIET_SECONDS and self._telling.acquire(blocking=False)
        speaker = _Speaker(tell) if speaks else None
        left = pause.seconds
        try:
            while left > 0:
                if speaker:
                    speaker.say(left, pause.reason)
                sleep(min(left, SLICE_SECONDS))
                left -= SLICE_SECONDS
        finally:
            if speaker:
                speaker.clear()
                self._telling.release()

    def _take(self) -> int | Pause:
        if self._counting:
            return self._change(lambda budget: budget.take(self._clock()))
        left = self._own.blocked_until - self._clock()
        return Pause(left, BLOCKED) if left > 0 else 0

    def _learn(self, number: int, told: Announced) -> None:
        self._counting = True
        self._change(lambda budget: budget.learn(number or budget.taken, told, self._clock()))

    def _change(self, act: Callable[[Budget], _T]) -> _T:
        with self._lock:
            if self._counting and self._file is not None:
                try:
                    return self._change_shared(self._opened(self._file), act)
                except OSError:
                    self._file = None
            return act(self._own)

    @staticmethod
    def _change_shared(descriptor: int, act: Callable[[Budget], _T]) -> _T:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        try:
            budget = Budget.unpacked(os.pread(descriptor, PACKED_BYTES, 0))
            done = act(budget)
            os.pwrite(descriptor, budget.packed(), 0)
            return done
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _opened(self, file: Path) -> int:
        if self._descriptor is None:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _forget_old(file.parent)
            self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        return self._descriptor


def pacer_of(base_url: str, secret: str, *, loopback: bool) -> Pacer:
    """The one pacer of this process for a token, or a key, at a base address. Neither can be told from its file."""
    with _MAKING:
        return _pacer_of(base_url, secret, loopback=loopback)


@cache
def _pacer_of(base_url: str, secret: str, *, loopback: bool) -> Pacer:
    name = hashlib.sha256(f"calls\n{base_url}\n{secret}".encode()).hexdigest()[:32]
    folder = user_cache(os.environ)
    return Pacer(folder / "calls" / name if folder else None, only_if_announced=loopback)


def _forget_old(folder: Path) -> None:
    with suppress(OSError):
        for file in folder.iterdir():
            if file.stat().st_mtime < time.time() - OLD_SECONDS:
                file.unlink()


class _Speaker:
    """Says how long it still takes: on a terminal in one line that counts down, else now and then."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell or (lambda text: _write(f"{text}\n"))
        self._counts_down = tell is None and sys.stderr.isatty()
        self._said_at: float | None = None

    def say(self, seconds: float, reason: str) -> None:
        """The seconds that are left, and why."""
        text = f"{WAITING}{seconds:.0f} s: {reason}"
        now = time.monotonic()
        if self._counts_down:
            _write(f"\r\033[2K{text[: shutil.get_terminal_size().columns - 1]}")
        elif self._said_at is None or now - self._said_at >= SAY_AGAIN_SECONDS:
            self._said_at = now
            self._tell(text)

    def clear(self) -> None:
        """Take the line off a terminal."""
        if self._counts_down:
            _write("\r\033[2K")


def _write(text: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
