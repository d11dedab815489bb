"""One running workerd, which ends when whoever started it does, however that ends."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, cast

from cfaig.errors import CfaigError
from cfaig.workerd.config import Setup

START_SECONDS: Final = 60.0
END_SECONDS: Final = 10.0
_KEPT_LINES: Final = 30

# Its standard input is a pipe whose other end only we have. A line asks for a gentle end; the end of the pipe, which
# also comes when we are killed, for one at once. Being a child of its own session, no Ctrl-C of a terminal reaches it.
_GUARD: Final = """
"$@" </dev/null &
exec >/dev/null 2>&1
if read -r _; then kill -TERM $!; read -r _; fi
kill -KILL $!
"""


class WorkerdError(CfaigError):
    """workerd did not start; the message has what it said."""


class Workerd:
    """A workerd that listens. `ports` are those of its sockets, by name."""

    def __init__(self, process: subprocess.Popen[str], wanted: int, on_end: Callable[[], None] | None) -> None:
        self._process = process
        self._wanted = wanted
        self._on_end = on_end
        self._asked = threading.Event()
        self._ready = threading.Event()
        self._ended = threading.Event()
        self._said: deque[str] = deque(maxlen=_KEPT_LINES)
        self.ports: dict[str, int] = {}
        threading.Thread(target=self._listen, name="workerd", daemon=True).start()

    @property
    def said(self) -> str:
        """The last of what it wrote."""
        return "\n".join(self._said)

    def drain(self, seconds: float) -> None:
        """Let it end what it is at, for so long; it takes nothing new. Then end it."""
        self._asked.set()
        with suppress(OSError, ValueError):
            self._stdin.write("\n")
            self._stdin.flush()
        self._ended.wait(seconds)
        self.end()

    def end(self) -> None:
        """End it at once."""
        self._asked.set()
        with suppress(OSError):
            self._stdin.close()
        self._ended.wait(END_SECONDS)

    @property
    def _stdin(self) -> IO[str]:
        return cast(IO[str], self._process.stdin)

    def _listen(self) -> None:
        with cast(IO[str], self._process.stdout) as lines:
            for line in lines:
                self._hear(line)
        with suppress(OSError):
            self._stdin.close()
        self._process.wait()
        self._ended.set()
        self._ready.set()
        if self._on_end is not None and not self._asked.is_set():
            self._on_end()

    def _hear(self, line: str) -> None:
        event = _event(line)
        if event is None or self._ready.is_set():
            self._said.append(line.rstrip())
            return
        self.ports[str(event["socket"])] = int(event["port"])
        if len(self.ports) == self._wanted:
            self._ready.set()

    def wait_until_it_listens(self) -> None:
        """Raises WorkerdError when it does not come to that."""
        if not self._ready.wait(START_SECONDS):
            self.end()
            raise WorkerdError(f"workerd did not start within {START_SECONDS:g} s")
        if len(self.ports) < self._wanted:
            raise WorkerdError(self.said.removeprefix("service ") or "workerd ended at once, and did not say why")


def start_workerd(
    workerd: Path,
    setup: Setup,
    listening: Mapping[str, socket.socket] | None = None,
    on_end: Callable[[], None] | None = None,
) -> Workerd:
    """Start one, and come back when it listens: on these sockets, by name, or else on free ports of loopback.

    `on_end` is called, in a thread, when it ends unasked.
    Raises WorkerdError when it does not start: something is wrong with a Worker, as a rule.
    """
    open_sockets = {name: found.fileno() for name, found in (listening or {}).items()}
    # Without a name in any folder: there are secrets in it.
    with tempfile.TemporaryFile() as config:
        config.write(setup.text.encode())
        config.seek(0)
        handles = [f"--socket-fd={name}={handle}" for name, handle in open_sockets.items()]
        command = [str(workerd), "serve", "--control-fd=1", *handles, f"/dev/fd/{config.fileno()}"]
        process = subprocess.Popen(
            ["/bin/sh", "-c", _GUARD, "cfaig-workerd", *command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=(config.fileno(), *open_sockets.values()),
            start_new_session=True,
            text=True,
            errors="replace",
            bufsize=1,
        )
        running = Workerd(process, len(setup.sockets), on_end)
        try:
            running.wait_until_it_listens()
        except BaseException:
            running.end()
            raise
    return running


def _event(line: str) -> dict[str, Any] | None:
    """What workerd says on its control descriptor; None for a line of a Worker."""
    if '"listen"' not in line:
        return None
    with suppress(ValueError):
        told = json.loads(line)
        return told if isinstance(told, dict) and told.get("event") == "listen" else None
    return None
