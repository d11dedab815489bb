"""The plan of one environment: definitions, live account and stack brought together."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from cfaig.checks.loading import load_checked
from cfaig.definition.diagnostics import Diagnostic
from cfaig.deploy.choosing import account_of, forecast_of
from cfaig.deploy.session import Session, require_state
from cfaig.deploy.stack_state import StackState, owned_resources
from cfaig.live.api import CloudflareApi
from cfaig.live.read import LiveRead, read_live
from cfaig.reconcile.change import Plan, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import Permissions, Refusal, definition_allows, refusals
from cfaig.reconcile.select import Account, Selectors, plan_within
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState


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


def plan_environment(session: Session, allow: tuple[str, ...] = (), selectors: Selectors | None = None) -> Planned:
    """Compare the definitions with the live account, or the part of both that `selectors` choose.

    Raises DefinitionError for mistakes in definitions, ApiError when the account cannot be read, and CfaigError for a
    selector that matches nothing.
    """
    target = session.target
    loaded = load_checked(session.project, target.environment, account=target.account, environ=os.environ)
    desired = compile_account(loaded.gateways)
    stack = session.stack_state()
    owned = Owned(known=False) if stack is None else owned_resources(stack)
    wanted = {gateway.id for gateway in desired.gateways} | {key.gateway for key in owned.resources if key.gateway}
    with CloudflareApi(target.credentials) as api:
        live = read_live(api, target.account, only=wanted)

    def make(only: Collection[ResourceKey] | None) -> Plan:
        resolver, known = session.resolver, live.stores_known
        return make_plan(desired, live.state, owned, resolver=resolver, stores_known=known, only=only)

    account = account_of(desired, live, stack)
    made = plan_within(make, account, selectors or Selectors())
    cost = forecast_of(made, account, live.calls)
    plan = replace(made, warnings=(*live.warnings, *made.warnings), forecast=cost)
    permissions = Permissions(allow, definition_allows(desired), loaded.safety)
    refused = refusals(plan, permissions.names, permissions.by_definition, permissions.safety)
    return Planned(desired, live, stack, plan, refused, loaded.diagnostics, permissions)


def plan_destruction(session: Session, allow: tuple[str, ...] = ()) -> Planned:
    """What deleting everything that the stack holds would do; the definitions do not matter.

    Raises CfaigError when the stack's state cannot be read.
    """
    stack = require_state(session)
    owned = owned_resources(stack)
    with CloudflareApi(session.target.credentials) as api:
        live = read_live(api, session.target.account, only={key.gateway for key in owned.resources if key.gateway})
    plan = make_plan(AccountState(), live.state, owned, stores_known=live.stores_known)
    return Planned(AccountState(), live, stack, plan, refusals(plan, allow), ())
