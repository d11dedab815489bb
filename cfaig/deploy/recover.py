"""Getting over an earlier run that was killed: its lock on the stack, and its operations that never ended."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from pulumi.automation import CommandError, Deployment

from cfaig.deploy.engine import Engine
from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.errors import CfaigError

# As the engine writes them: "…: created by ann@laptop (pid 4711) at 2026-11-22T10:00:00Z".
LOCK_HOLDER: Final = re.compile(r"created by (?P<user>[^@\s]+)@(?P<host>\S+) \(pid (?P<pid>\d+)\) at (?P<since>\S+)")
LOCK_WAIT: Final = 120.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lock:
    """Who holds the stack."""

    user: str
    host: str
    pid: int
    since: str

    @property
    def abandoned(self) -> bool:
        """Whether the holder was on this machine and is gone; what happens elsewhere cannot be told."""
        return self.host == socket.gethostname() and not _alive(self.pid)


def locks_in(text: str) -> tuple[Lock, ...]:
    """The locks that an error message of the engine names."""
    return tuple(
        Lock(found["user"], found["host"], int(found["pid"]), found["since"]) for found in LOCK_HOLDER.finditer(text)
    )


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def with_lock(
    engine: Engine, act: Callable[[], Result], tell: Callable[[str], None], *, wait: float = LOCK_WAIT
) -> Result:
    """Do `act`; when another run holds the stack, wait for it up to `wait` seconds, and clear locks of dead runs.

    Raises CfaigError that names the holder when the stack stays locked.
    """
    deadline = time.monotonic() + wait
    told = False
    while True:
        try:
            return act()
        except CommandError as error:
            locks = locks_in(str(error))
            if not locks:
                raise
            if all(lock.abandoned for lock in locks):
                tell("clearing the lock that a killed run left behind")
                engine.stack.cancel()
                continue
            holder = next(lock for lock in locks if not lock.abandoned)
            if time.monotonic() >= deadline:
                raise _locked(engine, holder) from error
            if not told:
                tell(f"waiting for {holder.user}@{holder.host} (pid {holder.pid}), who applies since {holder.since}")
                told = True
            time.sleep(1.0)


def _locked(engine: Engine, holder: Lock) -> CfaigError:
    return CfaigError(
        f"environment {engine.environment} is locked by {holder.user}@{holder.host} "
        f"(pid {holder.pid}) since {holder.since}",
        f"wait for that run; if it is dead: pulumi cancel --yes --stack {engine.environment}",
    )


def clear_pending(engine: Engine) -> StackState:
    """Take unfinished operations out of the stack; gives the stack as it was before.

    Ours can be repeated safely: creates look first and deletes accept that nothing is there. Gateways that were being
    created are for the caller to adopt. Raises CommandError while another run holds the stack.
    """
    exported = engine.stack.export_stack()
    state = parse_deployment(exported.deployment)
    if state.pending:
        cleaned = {**(exported.deployment or {}), "pending_operations": []}
        engine.stack.import_stack(Deployment(version=exported.version, deployment=cleaned))
    return state
