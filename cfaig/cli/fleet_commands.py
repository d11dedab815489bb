"""A command of cfaig for each environment, in a process of its own: where Pulumi's engine works."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from cfaig.cli.fleet import Tell
from cfaig.errors import EXIT_INTERRUPTED


@dataclass(slots=True)
class Commands:
    """The arguments for each environment, what each reads from standard input, and the processes that run just now.

    Ctrl-C is handed on: each process knows what to do with it, and with a second one.
    """

    arguments: Mapping[str, Sequence[str]]
    inputs: Mapping[str, str] = field(default_factory=dict)
    leaves: bool = False
    _processes: dict[str, subprocess.Popen[str]] = field(default_factory=dict)
    _stopping: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def work(self, environment: str, tell: Tell) -> tuple[int | None, str]:
        """Run one command to its end."""
        with self._lock:
            if self._stopping:
                return None, ""
            process = self._processes[environment] = _started(self.arguments[environment])
        with process:
            reader = threading.Thread(target=_read, args=(process.stderr, tell))
            reader.start()
            if process.stdin:
                with suppress(BrokenPipeError), process.stdin:
                    process.stdin.write(self.inputs.get(environment, ""))
            output = process.stdout.read() if process.stdout else ""
            reader.join()
            code = process.wait()
        with self._lock:
            del self._processes[environment]
        return EXIT_INTERRUPTED if code < 0 else code, output

    def stop(self) -> None:
        """Start nothing more, and hand Ctrl-C on."""
        with self._lock:
            self._stopping = True
            for process in self._processes.values():
                process.send_signal(signal.SIGINT)


def _started(arguments: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "cfaig", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        process_group=0,  # Ctrl-C of the terminal comes through us, once
    )


def _read(stream: IO[str] | None, tell: Tell) -> None:
    for line in stream or ():
        tell(line.rstrip("\n"))
