"""Carrying a plan out: take over what a killed run left, adopt what exists, run the engine, tell what happened."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from pulumi.automation import CommandError

from cfaig.deploy.adopt import adopt, adopt_gateways, half_created
from cfaig.deploy.begun import Begun, noting, write_once
from cfaig.deploy.engine import Engine, said
from cfaig.deploy.forgetting import forget_bindings
from cfaig.deploy.progress import PolicyFinding, Progress, Step
from cfaig.deploy.recover import clear_pending, with_lock
from cfaig.deploy.scope import WHOLE, Scope
from cfaig.deploy.stack_state import PendingOperation, StackState, owned_resources
from cfaig.deploy.types import Type
from cfaig.errors import CfaigError
from cfaig.printable import first_few
from cfaig.reconcile.change import ResourceKey
from cfaig.reconcile.documents import documents
from cfaig.state.model import AccountState

FEW: Final = 4
NO_PLUGIN: Final = "parsing plugin options for 'cfaig'"
PACK_FAILED: Final = "failed to start: could not read plugin"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the engine did; `interrupted` when a person stopped it."""

    done: tuple[Step, ...]
    failed: tuple[Step, ...]
    not_started: tuple[Step, ...]
    errors: tuple[str, ...]
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        """Whether everything was done."""
        return not (self.failed or self.errors or self.interrupted)

    def then(self, later: Outcome) -> Outcome:
        """Both this run and a later one, which has gone on where it stopped."""
        return replace(later, done=(*self.done, *later.done))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the engine would do, and what the policies say to it."""

    steps: tuple[Step, ...]
    findings: tuple[PolicyFinding, ...]


Tell = Callable[[str], None]
OnStep = Callable[[Step, bool | None], None]
FindLive = Callable[[], Collection[str]]


def preview(engine: Engine, tell: Tell, scope: Scope = WHOLE) -> Forecast:
    """Ask the engine and the policies, without writing anything; they look at `scope`.

    Raises CfaigError when the program or a plugin fails.
    """
    progress = Progress(tell=tell)
    with engine.signals():
        try:
            engine.stack.preview(
                refresh=True,
                policy_packs=_policy_packs(engine),
                on_event=progress,
                target=scope.targets,
                exclude=scope.excludes,
            )
        except CommandError as error:
            _stopped(engine)
            if not any(finding.mandatory for finding in progress.findings):
                raise _failed(progress, error) from error
    return Forecast(tuple(progress.started.values()), tuple(progress.findings))


def prepare(
    engine: Engine, state: StackState, account: str, taken: Sequence[str], find_live: FindLive, tell: Tell
) -> None:
    """Make the stack fit to be applied: finish what a killed run left, and adopt the gateways of `taken`.

    A gateway whose creation was cut off is ours if it is live; `find_live` gives the ids of those that are.
    Raises CfaigError when the engine refuses.
    """
    try:
        if state.pending:
            tell(f"an earlier run did not end while {_under_way(state.pending)}: checking and going on")
            # Once the lock is free: the engine of that run may still be at work.
            state = with_lock(engine, lambda: clear_pending(engine), tell)
        cut_off = half_created(state)
        live = find_live() if cut_off else ()
        known = {resource.value("aiGatewayId") for resource in state.of_type(Type.GATEWAY)}
        ours = (*taken, *(gateway for gateway in cut_off if gateway in live))
        if wanted := [gateway for gateway in dict.fromkeys(ours) if gateway not in known]:
            tell(f"adopting {first_few(wanted, FEW)}")
            with_lock(engine, lambda: adopt_gateways(engine, account, wanted, state), tell)
    except CommandError as error:
        raise CfaigError(said(error)) from error


def look_anew(engine: Engine, workers: Collection[str], tell: Tell) -> None:
    """Let the engine notice what somebody has done to these Workers; raises CfaigError when it refuses."""
    if workers:
        try:
            with_lock(engine, lambda: forget_bindings(engine, workers), tell)
        except CommandError as error:
            raise CfaigError(said(error)) from error


def _under_way(pending: Sequence[PendingOperation]) -> str:
    return first_few([f"{one.kind} {Step(one.resource.urn, one.kind).subject}" for one in pending], FEW)


def take_in(
    engine: Engine,
    state: StackState,
    account: str,
    wanted: AccountState,
    live: AccountState,
    tell: Tell,
    only: Collection[ResourceKey] | None = None,
) -> tuple[str, ...]:
    """Import what `wanted` asks for, is live, and is not in the stack; gives the addresses. Writes nothing else.

    `only` limits it to some resources. Raises CfaigError when an earlier run was cut off, and when the engine refuses.
    """
    if state.pending:
        raise CfaigError("an earlier run was cut off: it has to be finished first", "run cfaig apply")
    asked, found = documents(wanted, live, stores_known=True)
    held = owned_resources(state).resources
    keys = [key for key in asked if key in found and key not in held and (only is None or key in only)]
    try:
        with engine.signals():
            with_lock(engine, lambda: adopt(engine, account, keys, state, live), tell)
    except CommandError as error:
        raise CfaigError(said(error)) from error
    return tuple(key.address for key in keys)


def up(
    engine: Engine,
    planned: Sequence[Step],
    on_step: OnStep,
    tell: Tell,
    scope: Scope = WHOLE,
    begun: Begun | None = None,
) -> Outcome:
    """Apply within `scope`; never raises for a change that failed, but tells it in the outcome.

    With `begun` the stack is written once, at the end, and says meanwhile what is being made.
    """
    progress = Progress(on_step, tell)

    def act() -> None:
        engine.stack.up(
            refresh=True,
            policy_packs=_policy_packs(engine),
            on_event=progress,
            suppress_outputs=True,
            show_secrets=False,
            target=scope.targets,
            exclude=scope.excludes,
        )

    whole = act if begun is None else partial(noting, engine, begun, act)
    return _run(engine, whole, progress, planned, tell)


def destroy(engine: Engine, on_step: OnStep, tell: Tell, *, large: bool = False) -> Outcome:
    """Remove everything that the stack holds; what is gone already is no error (the engine looks first).

    If `large`, the stack is written once, at the end.
    """
    progress = Progress(on_step, tell)

    def act() -> None:
        engine.stack.destroy(refresh=True, on_event=progress, show_secrets=False)

    return _run(engine, partial(write_once, engine, act) if large else act, progress, (), tell)


def _run(engine: Engine, act: Callable[[], object], progress: Progress, planned: Sequence[Step], tell: Tell) -> Outcome:
    with engine.signals():
        try:
            with_lock(engine, act, tell)
        except CommandError as error:
            if not progress.errors and not engine.command.interrupted:
                progress.errors.append(said(error))
    touched = {step.urn for step in (*progress.done, *progress.failed)}
    waiting = tuple(step for step in planned if step.urn not in touched)
    return Outcome(
        tuple(progress.done),
        tuple(progress.failed),
        waiting,
        tuple(dict.fromkeys(progress.errors)),
        engine.command.interrupted,
    )


def _policy_packs(engine: Engine) -> list[str] | None:
    pack = engine.project.policies
    return [str(pack)] if (pack / "PulumiPolicy.yaml").is_file() else None


def _stopped(engine: Engine) -> None:
    if engine.command.interrupted:
        raise KeyboardInterrupt


def _failed(progress: Progress, error: CommandError) -> CfaigError:
    message = "\n".join(dict.fromkeys(progress.errors)) or said(error)
    if NO_PLUGIN in message:
        return CfaigError(message, "Pulumi.yaml says where the plugin of cfaig is: install it there (cfaig doctor)")
    if PACK_FAILED not in message:
        return CfaigError(message)
    # What the pack says before it ends, such as a mistake in policies/levels.yaml, is more than the engine tells.
    if told := "\n".join(line for line in progress.beside if line):
        return CfaigError(told)
    return CfaigError(message, f"the policies do not start; try them alone: {sys.executable} policies")
