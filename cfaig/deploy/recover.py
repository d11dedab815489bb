"""Getting over an earlier run that was killed: its lock on the stack, and its operations that never ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeVar

from pulumi.automation import CommandError

from cfaig.deploy.engine import Engine
from cfaig.deploy.locks import Lock, locks_in
from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.errors import CfaigError

# Longer than the five minutes that Cloudflare's limit of calls may hold the other run up.
LOCK_WAIT: Final = 600.0

Result = TypeVar("Result")


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
    before, _ = engine.rewrite(
        # Of what is only noted, nothing is taken out: what counts then is that the engine lets nobody else in.
        lambda stored: {**stored, "pending_operations": []} if parse_deployment(stored).pending else None
    )
    return parse_deployment(before)
