"""Saving a plan, and finding out whether it still holds when it is to be applied."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cfaig import __version__
from cfaig.deploy.planning import Planned, plan_with
from cfaig.deploy.session import Session
from cfaig.deploy.stack_state import StackState, resource_key
from cfaig.deploy.types import Type
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.local.engine.find import find_engine
from cfaig.reconcile.basis import Basis, Seen, basis_of, differences
from cfaig.reconcile.change import ResourceKey
from cfaig.reconcile.saved_plan import CLOCK_TOLERANCE, SavedPlan, StalePlanError
from cfaig.secrets import Resolver

MOST_LINES = 20


def save_plan(session: Session, planned: Planned, now: datetime, lifetime: timedelta) -> SavedPlan:
    """What to write into a file; `now` is UTC.

    Raises CfaigError when the stack's state is not known: then nobody could say later whether it has changed.
    """
    if planned.stack is None:
        raise CfaigError(
            f"a plan cannot be saved without the state of stack {session.target.environment}",
            "log in where it is kept (pulumi login), or name the place: export PULUMI_BACKEND_URL=…",
        )
    salt = secrets.token_hex(16)
    created = now.replace(microsecond=0)
    engine = find_engine()
    return SavedPlan(
        environment=session.target.environment,
        account=session.target.account,
        created=created,
        expires=created + lifetime,
        tool=__version__,
        engine=engine.version if engine else None,
        salt=salt,
        allow=tuple(planned.permissions.names),
        refused=planned.refused,
        plan=planned.plan,
        basis=_basis(salt, session.resolver, planned, planned.stack),
    )


def require_in_time(saved: SavedPlan, now: datetime) -> None:
    """Raise StalePlanError when the plan has expired, comes from the future, or was made with another cfaig."""
    problems = tuple(_own_problems(saved, now))
    if problems:
        raise _stale(saved, problems)


def require_same_place(saved: SavedPlan, session: Session) -> None:
    """Raise StalePlanError when the plan is for another account or engine than the session has."""
    problems = []
    if saved.account != session.target.account:
        problems.append(f"it is for account {saved.account}, and this is {session.target.account}")
    if saved.engine is not None and saved.engine != session.found.version:
        problems.append(f"it was made with Pulumi {saved.engine}, and this is {session.found.version}")
    if problems:
        raise _stale(saved, tuple(problems))


def require_unchanged(saved: SavedPlan, session: Session, planned: Planned) -> None:
    """Raise StalePlanError, which lists all that differs, unless `planned` was made from just what `saved` was.

    Secrets that could not be read when the plan was made are left out: it said that it did not compare them.
    """
    if planned.stack is None:
        raise _stale(saved, (f"the state of stack {saved.environment} cannot be read any more",))
    resolver = session.resolver.without(saved.unread_secrets)
    then = plan_with(planned, resolver, saved.selectors) if saved.unread_secrets else planned
    if changed := differences(saved.basis, _basis(saved.salt, resolver, then, planned.stack)):
        applied = planned.settled and not saved.plan.empty
        raise _stale(saved, changed, "nothing is left to do: it was probably applied already" if applied else None)


def _own_problems(saved: SavedPlan, now: datetime) -> Iterator[str]:
    if now >= saved.expires:
        yield f"it expired at {saved.expires:%Y-%m-%d %H:%M:%S} UTC"
    if saved.created > now + CLOCK_TOLERANCE:
        yield f"it was made at {saved.created:%Y-%m-%d %H:%M:%S} UTC, which is still to come: is a clock wrong?"
    if saved.tool != __version__:
        yield f"it was made with cfaig {saved.tool}, and this is {__version__}"


def _stale(saved: SavedPlan, problems: tuple[str, ...], hint: str | None = None) -> StalePlanError:
    shown = [f"  {problem}" for problem in problems[:MOST_LINES]]
    more = [f"  … and {len(problems) - MOST_LINES} more"] if len(problems) > MOST_LINES else []
    again = f"plan and review again: cfaig plan -e {saved.environment} -o …"
    return StalePlanError(
        "\n".join(("the saved plan does not hold any more; nothing was written", *shown, *more)), hint or again
    )


def _basis(salt: str, resolver: Resolver, planned: Planned, stack: StackState) -> Basis:
    live = planned.live
    return basis_of(
        Seen(
            desired=planned.desired,
            safety=planned.permissions.safety,
            resolver=resolver,
            live=live.state,
            stores_known=live.stores_known,
            remembered=_remembered(stack),
            plan=planned.plan,
        ),
        salt,
    )


def _remembered(stack: StackState) -> dict[ResourceKey, JsonObject]:
    """What the stack holds of each resource; secrets in it are sealed."""
    found: dict[ResourceKey, dict[str, Any]] = {}
    for resource in stack.resources:
        if (key := resource_key(resource)) is not None:
            sides = {"inputs": dict(resource.inputs), "outputs": dict(resource.outputs)}
            held = {"id": resource.id, "protected": resource.protected, **sides}
            # The host name of an edge is a part of it.
            part = {"host_name": held} if resource.type == Type.WORKER_DOMAIN else held
            found.setdefault(key, {}).update(part)
    for operation in stack.pending:
        if (key := resource_key(operation.resource)) is not None:
            found.setdefault(key, {})["unfinished"] = operation.kind
    return dict(found)
