"""Running commands: how long they took, and how much memory each of their processes had at most."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

COMMAND_SECONDS: Final = 400.0
LOOK_EVERY: Final = 0.1
PROC: Final = Path("/proc")


@dataclass(frozen=True, slots=True)
class Done:
    """One command that ended: its seconds by the clock, when it was started (seconds since 1970), its stdout.

    `cpu` are the seconds that it and the processes it waited for kept a core busy: on a machine that does other things
    as well, they say more than the clock. `peaks` are the largest resident sizes in bytes, by command line; empty
    unless they were asked for.
    """

    seconds: float
    cpu: float
    started: float
    output: str = ""
    peaks: Mapping[str, int] = field(default_factory=dict)

    def peak(self, word: str) -> int | None:
        """The largest of the processes with `word` in their command line."""
        return max((size for command, size in self.peaks.items() if word in command), default=None)


def run(
    command: Sequence[str], *, cwd: Path, env: Mapping[str, str], codes: Sequence[int] = (0,), memory: bool = False
) -> Done:
    """Run a command to its end.

    Raises RuntimeError, with what it wrote, when its exit code is not among `codes`.
    """
    started, begin, cpu = time.time(), time.perf_counter(), _cpu_of_ended()
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        watch = _Peaks(process.pid) if memory else None
        try:
            output, errors = process.communicate(timeout=COMMAND_SECONDS)
        except BaseException:
            process.terminate()
            raise
        finally:
            peaks = watch.stop() if watch else {}
    seconds = time.perf_counter() - begin
    if process.returncode not in codes:
        told = "\n".join((*output.splitlines()[-20:], *errors.splitlines()[-20:]))
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}\n{told}")
    return Done(seconds, _cpu_of_ended() - cpu, started, output, peaks)


class _Peaks:
    """Looks at a process and its descendants while they run. The kernel keeps their peaks, so looking seldom does."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peaks: dict[str, int] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> dict[str, int]:
        self._ended.set()
        self._thread.join()
        return self._peaks

    def _watch(self) -> None:
        while not self._ended.wait(LOOK_EVERY):
            for pid in _family(self._pid):
                self._look(pid)

    def _look(self, pid: int) -> None:
        try:
            command = (PROC / str(pid) / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            status = (PROC / str(pid) / "status").read_text()
        except OSError:
            return
        kilobytes = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")]
        if command and kilobytes:
            self._peaks[command] = max(self._peaks.get(command, 0), kilobytes[0] * 1024)


def _family(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for children in (PROC / str(one) / "task").glob("*/children"):
            try:
                found += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return found


def until_it_speaks(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> Done:
    """From the start of a plugin to its first line, which tells its port; the plugin is then ended."""
    started, begin, cpu = time.time(), time.perf_counter(), _cpu_of_ended()
    with subprocess.Popen(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - begin
        process.terminate()
    if not line.strip():
        raise RuntimeError(f"{' '.join(command)} said nothing")
    return Done(seconds, _cpu_of_ended() - cpu, started)


def _cpu_of_ended() -> float:
    """Seconds of CPU of all processes that this one has started and seen end, and of those that they saw end."""
    times = os.times()
    return times.children_user + times.children_system
