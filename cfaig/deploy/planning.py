"""The plan of one environment: definitions, live account and stack brought together."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from cfaig.checks.loading import load_checked
from cfaig.definition.diagnostics import Diagnostic
from cfaig.definition.load import load_project, no_garbage_collection
from cfaig.deploy.addresses import gateway_url
from cfaig.deploy.choosing import account_of, forecast_of
from cfaig.deploy.expecting import expectations, expected_edges
from cfaig.deploy.free_edges import require_free_edges
from cfaig.deploy.session import Session, require_state
from cfaig.deploy.stack_state import StackState, owned_resources
from cfaig.deploy.target import Target
from cfaig.live.expected import EVERYTHING
from cfaig.live.read import LiveRead, read_live
from cfaig.reconcile.change import Plan, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import Permissions, Refusal, definition_allows, refusals
from cfaig.reconcile.select import Account, Selectors, plan_within
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState, GatewayState


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and what it was made from; `stack` is None when the stack's state could not be read."""

    desired: AccountState
    live: LiveRead
    stack: StackState | None
    plan: Plan
    refused: tuple[Refusal, ...]
    diagnostics: tuple[Diagnostic, ...]
    permissions: Permissions = field(default_factory=Permissions)

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do: no change, nothing cut off, and the stack holds just what is desired.

        An imported provider key has still to be written once.
        """
        stack = self.stack
        if not self.plan.empty or stack is None or stack.pending or not stack.exists:
            return False
        account, restriction = self.account, self.plan.restriction
        chosen = account.known if restriction is None else restriction.keys
        unknown = owned_resources(stack).unknown_keys & chosen
        return not unknown and account.stack & chosen == account.wanted.keys() & chosen

    @property
    def account(self) -> Account:
        """What there was to choose from."""
        return account_of(self.desired, self.live, self.stack)


@no_garbage_collection()
def plan_environment(
    session: Session,
    allow: tuple[str, ...] = (),
    selectors: Selectors | None = None,
    *,
    need_secrets: bool = True,
) -> Planned:
    """Compare the definitions with the live account, or the part of both that `selectors` choose.

    Unless `need_secrets`, variables and files of secret references may be missing: they count as unchanged, with a
    warning. Raises DefinitionError for mistakes in definitions, ApiError when the account cannot be read, and
    CfaigError for a selector that matches nothing.
    """
    target = session.target
    environ = os.environ if need_secrets else None
    loaded = load_checked(
        session.project,
        target.environment,
        account=target.account,
        environ=environ,
        definitions=session.definitions(),
    )
    desired = _leading_here(compile_account(loaded.gateways), target)
    stack = session.stack_state()
    owned = _owned(stack)
    wanted = {gateway.id for gateway in desired.gateways} | {key.gateway for key in owned.resources if key.gateway}
    with session.api() as api:
        live = read_live(api, target.account, only=wanted, expected=expectations(desired, stack))
    require_free_edges(desired, live, owned)
    permissions = Permissions(allow, definition_allows(desired), loaded.safety)
    planned = Planned(desired, live, stack, Plan(), (), loaded.diagnostics, permissions)
    return plan_with(planned, session.resolver, selectors or Selectors())


def plan_with(planned: Planned, resolver: Resolver, selectors: Selectors) -> Planned:
    """What `planned` would be with the secrets that `resolver` finds; raises CfaigError for a wrong selector."""
    live, owned, account = planned.live, _owned(planned.stack), planned.account

    def make(only: Collection[ResourceKey] | None) -> Plan:
        known = live.stores_known
        return make_plan(planned.desired, live.state, owned, resolver=resolver, stores_known=known, only=only)

    made = plan_within(make, account, selectors)
    cost = forecast_of(made, account, live.calls)
    plan = replace(made, warnings=(*live.warnings, *made.warnings), forecast=cost)
    return replace(planned, plan=plan, refused=_refused(plan, planned.permissions))


def plan_destruction(session: Session, allow: tuple[str, ...] = ()) -> Planned:
    """What deleting everything that the stack holds would do.

    Of the definitions only what they say of safety matters; the environment `local` has no safety limits. Raises
    DefinitionError when they have mistakes, and CfaigError when the stack's state cannot be read.
    """
    target, stack = session.target, require_state(session)
    owned = owned_resources(stack)
    loaded = None if target.local else load_project(session.project, target.environment, account=target.account)
    with session.api() as api:
        gateways = {key.gateway for key in owned.resources if key.gateway}
        edges = replace(EVERYTHING, edges=expected_edges(None, stack))
        live = read_live(api, target.account, only=gateways, expected=edges)
    made = make_plan(AccountState(), live.state, owned, stores_known=live.stores_known)
    planned = Planned(AccountState(), live, stack, made, (), ())
    cost = forecast_of(made, planned.account, live.calls, looks=1)
    plan = replace(made, warnings=(*live.warnings, *made.warnings), forecast=cost)
    if loaded is None:
        return replace(planned, plan=plan)
    permissions = Permissions(allow, definition_allows(compile_account(loaded.gateways)), loaded.safety)
    return replace(planned, plan=plan, refused=_refused(plan, permissions), permissions=permissions)


def _leading_here(desired: AccountState, target: Target) -> AccountState:
    """`desired` with the addresses that its edges send requests to."""
    local_api = target.credentials.base_url if target.local else None

    def leading(gateway: GatewayState) -> GatewayState:
        if gateway.edge is None:
            return gateway
        return replace(gateway, edge=replace(gateway.edge, url=gateway_url(target.account, gateway.id, local_api)))

    return replace(desired, gateways=tuple(leading(gateway) for gateway in desired.gateways))


def _owned(stack: StackState | None) -> Owned:
    return Owned(known=False) if stack is None else owned_resources(stack)


def _refused(plan: Plan, permissions: Permissions) -> tuple[Refusal, ...]:
    return refusals(plan, permissions.names, permissions.by_definition, permissions.safety)
