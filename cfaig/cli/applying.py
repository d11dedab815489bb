"""What apply and destroy show while they work, and what they say at the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from cfaig.cli.console import emit, say, talk
from cfaig.deploy import apply as engine_run
from cfaig.deploy.addresses import gateway_url
from cfaig.deploy.apply import Outcome
from cfaig.deploy.begun import Begun, is_large
from cfaig.deploy.checkpoint import mend_checkpoint
from cfaig.deploy.forgetting import changed_workers
from cfaig.deploy.planning import Planned
from cfaig.deploy.progress import Step
from cfaig.deploy.scope import WHOLE, Scope, scope_for
from cfaig.deploy.session import Session, require_state
from cfaig.deploy.stack_state import owned_resources
from cfaig.deploy.unanswered import failed_edges, failed_gateways, gone_after_all, gone_edges, made_after_all
from cfaig.errors import CfaigError, PolicyViolationError
from cfaig.live.read import read_account, read_live
from cfaig.live.worker_names import read_worker_names
from cfaig.local.process import LocalServer, start_edges
from cfaig.reconcile.change import Action, Kind
from cfaig.reconcile.safety import replacements, require_allowed
from cfaig.state.model import AccountState
from cfaig.workerd.find import ensure_workerd


def check(session: Session, planned: Planned) -> tuple[Step, ...]:
    """Let the engine and the policies look at the planned change; gives the engine's steps.

    Raises PolicyViolationError when a mandatory policy refuses it, and UnsafeChangeError when the engine would replace
    what nobody has allowed to be replaced.
    """
    tell_stand_ins(session)
    _mend(session)
    with talk().status("checking with Pulumi and the policies"):
        forecast = engine_run.preview(session.engine, say, _scope(session, planned))
    for finding in forecast.findings:
        level = "refused" if finding.mandatory else "advice"
        say(f"policy {finding.policy} ({level}): {finding.message}", "red" if finding.mandatory else "yellow")
    refused = [finding for finding in forecast.findings if finding.mandatory]
    if refused:
        count = f"{len(refused)} policies refuse" if len(refused) > 1 else "a policy refuses"
        raise PolicyViolationError(
            f"{count} this change; nothing was written",
            "do what the message says, or set the policy's level in policies/levels.yaml",
        )
    replaced = [key for step in forecast.steps if (key := step.replaced) is not None]
    require_allowed(replacements(replaced, planned.permissions))
    return forecast.steps


def carry_out(session: Session, planned: Planned, steps: Sequence[Step]) -> None:
    """Apply the plan.

    Raises CfaigError when something failed, and KeyboardInterrupt when a person stopped it; both after telling what
    was done and what was not.
    """
    adopted = [
        change.key.name
        for change in planned.plan.changes
        if change.action is Action.ADOPT and change.key.kind is Kind.GATEWAY
    ]
    _prepare(session, adopted)
    if planned.stack is not None:
        changed = changed_workers(planned.plan, planned.stack, planned.live.state)
        engine_run.look_anew(session.engine, changed, say)
    outcome = _up(session, planned, steps)
    made, gone = _after_all(session, outcome, planned.desired)
    if made or gone:
        _prepare(session, made)
        outcome = outcome.then(_up(session, planned, outcome.not_started))
    _conclude(outcome, "apply")


def _up(session: Session, planned: Planned, steps: Sequence[Step]) -> Outcome:
    with talk().status("applying") as status:
        scope, begun = _scope(session, planned), _begun(session, planned, steps)
        return engine_run.up(session.engine, steps, _on_step(status.update), say, scope, begun)


def _begun(session: Session, planned: Planned, steps: Sequence[Step]) -> Begun | None:
    """What has to be noted: what a large update creates, and what is open since an earlier run."""
    stack = planned.stack
    left = owned_resources(stack).unfinished if stack else frozenset()
    if not left and not is_large(len(steps), session.backend):
        return None
    return Begun(frozenset(change.key for change in planned.plan.changes if change.action is Action.CREATE), left)


def _down(session: Session, *, large: bool) -> Outcome:
    with talk().status("deleting") as status:
        return engine_run.destroy(session.engine, _on_step(status.update), say, large=large)


def _after_all(session: Session, outcome: Outcome, desired: AccountState) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The gateways that Cloudflare has made, and what it has deleted, without saying so; tells a person."""
    gateways = failed_gateways(outcome, "create") | failed_gateways(outcome, "delete")
    if outcome.interrupted or not (gateways or failed_edges(outcome)):
        return (), ()
    made: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    with session.api() as api:
        if gateways:
            live = read_live(api, session.target.account, only=())
            known = live.stores_known
            made = made_after_all(outcome, desired, live.state, session.resolver, stores_known=known)
            gone = gone_after_all(outcome, live.state)
        if failed_edges(outcome):
            gone += gone_edges(outcome, read_worker_names(api, session.target.account))
    for done, names in (("made", made), ("deleted", gone)):
        if names:
            say(f"Cloudflare has {done} {', '.join(names)} after all, although it did not say so: going on", "yellow")
    return made, gone


def tear_down(session: Session, planned: Planned) -> None:
    """Delete what the stack holds; raises as `carry_out` does."""
    large = planned.stack is not None and is_large(len(planned.stack.resources), session.backend)
    tell_stand_ins(session)
    _mend(session)
    _prepare(session, ())
    outcome = _down(session, large=large)
    if any(_after_all(session, outcome, AccountState())):
        outcome = outcome.then(_down(session, large=large))
    _conclude(outcome, "destroy")


def show_what_exists(session: Session, desired: AccountState) -> None:
    """The gateways and routes of the environment and how to call them, to stdout."""
    api = session.target.credentials.base_url if session.target.local else None
    lines: list[str] = []
    for gateway in desired.gateways:
        url = gateway_url(session.target.account, gateway.id, api)
        models = ", ".join(f"dynamic/{route.name}" for route in gateway.routes)
        lines.append(f"gateway {gateway.id}: {url}")
        lines += [f"  {models}: {url}/compat/chat/completions"] if models else []
    lines += _edges_here(session.server, desired) if session.server else _edges_there(desired)
    emit("\n".join((*lines, *_how_to_go_on(session, desired))))


def _edges_here(server: LocalServer, desired: AccountState) -> list[str]:
    """The edges on this machine, which run from now on; without workerd all else goes on."""
    if not any(gateway.edge for gateway in desired.gateways):
        return []
    try:
        ensure_workerd(say)
    except CfaigError as error:
        say(f"the edge does not run on this machine: {error.message}", "yellow")
    return [edge.line for edge in start_edges(server)]


def _edges_there(desired: AccountState) -> list[str]:
    edges = [gateway.edge for gateway in desired.gateways if gateway.edge is not None]
    return [f"edge {edge.worker}: https://{edge.hostname}" for edge in edges]


def _how_to_go_on(session: Session, desired: AccountState) -> list[str]:
    server = session.server
    if server is None:
        return []
    first = next(((gateway.id, route.name) for gateway in desired.gateways for route in gateway.routes), None)
    calling = f"{_own_name()} connect curl --gateway {first[0]} --route {first[1]}" if first else None
    return [
        "",
        "They run on the local Cloudflare, with scripted providers. Go on",
        f"  in a browser: {server.page}",
        *([f"  with curl:    {calling}"] if calling else []),
        f'  with Pulumi:  eval "$({_own_name()} env)" && pulumi preview',
    ]


def _own_name() -> str:
    """How this program was called, so that people can copy the line."""
    return sys.argv[0] if Path(sys.argv[0]).name == "cfaig" else f"{sys.executable} -m cfaig"


def _scope(session: Session, planned: Planned) -> Scope:
    """What the engine may touch; the stack is read again, because it changes with what is adopted."""
    if planned.plan.restriction is None:
        return WHOLE
    return scope_for(session.engine, planned.plan, planned.account, require_state(session))


def _mend(session: Session) -> None:
    if mend_checkpoint(session.project, session.target.environment, session.backend):
        say("a killed run had left the stack's file half written: mended", "yellow")


def _prepare(session: Session, adopted: Sequence[str]) -> None:
    target = session.target

    def find_live() -> tuple[str, ...]:
        with session.api() as api:
            return tuple(gateway.id for gateway in read_account(api, target.account, only=()).gateways)

    engine_run.prepare(session.engine, require_state(session), target.account, adopted, find_live, say)


def tell_stand_ins(session: Session) -> None:
    """Say which of Pulumi's parts are stand-ins of ours."""
    if stand_ins := session.found.stand_ins:
        say(f"Pulumi was built here from Go modules; stand-ins in use: {', '.join(stand_ins)}", "dim")


def _on_step(update: Callable[[str], None]) -> engine_run.OnStep:
    def on_step(step: Step, done: bool | None) -> None:
        if done is None:
            update(step.told(done=False))
        elif done:
            say(f"  ✓ {step.told(done=True)}", "green")
        else:
            say(f"  ✗ {step.told(done=False)} failed", "red")

    return on_step


def _conclude(outcome: Outcome, command: str) -> None:
    if outcome.ok:
        count = len(outcome.done)
        say(f"done: {count} change{'' if count == 1 else 's'}" if count else "done: nothing had to change", "bold")
        return
    for step in outcome.not_started:
        say(f"  · not started: {step.told(done=False)}", "dim")
    counts = f"{len(outcome.done)} done, {len(outcome.failed)} failed, {len(outcome.not_started)} not started"
    if outcome.interrupted:
        say(f"{command} was stopped: {counts}; run it again to go on")
        raise KeyboardInterrupt
    raise CfaigError(
        "\n".join((f"{command} did not finish: {counts}", *outcome.errors)),
        f"put it right and run cfaig {command} again: it goes on where it stopped",
    )
