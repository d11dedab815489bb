"""Ports that stay free while a server is down.

The default ones are shared by all tests that run at the same time, and the kernel gives the high ones to anybody.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count

from cfaig.local.listen import bind

FIRST = 12_000
OF_A_PROCESS = 1_000
OF_A_CALL = 25

_calls = count()


def quiet_port() -> int:
    """A free port that only the caller uses, and so are those that follow it."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 20
    while True:
        port = FIRST + number * OF_A_PROCESS + next(_calls) * OF_A_CALL % OF_A_PROCESS
        with suppress(OSError), bind(port):
            return port
