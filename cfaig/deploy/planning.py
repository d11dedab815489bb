"""The plan of one environment: definitions, live account and stack brought together."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

from cfaig.checks.loading import load_checked
from cfaig.definition.diagnostics import Diagnostic
from cfaig.deploy.session import Session, require_state
from cfaig.deploy.stack_state import StackState, owned_resources
from cfaig.live.api import CloudflareApi
from cfaig.live.read import LiveRead, read_live
from cfaig.reconcile.change import Plan
from cfaig.reconcile.documents import documents
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.safety import Refusal, definition_allows, refusals
from cfaig.secrets import Resolver
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

    @property
    def settled(self) -> bool:
        """Whether there is nothing to do: no change, nothing cut off, and the stack holds just what is desired."""
        stack = self.stack
        if not self.plan.empty or stack is None or stack.pending or not stack.exists:
            return False
        wanted, _ = documents(self.desired, self.live.state, stores_known=self.live.stores_known)
        return owned_resources(stack).resources == wanted.keys()


def plan_environment(session: Session, allow: tuple[str, ...] = ()) -> Planned:
    """Compare the definitions with the live account.

    Raises DefinitionError for mistakes in definitions and ApiError when the account cannot be read.
    """
    target = session.target
    loaded = load_checked(session.project, target.environment, account=target.account, environ=os.environ)
    desired = compile_account(loaded.gateways)
    stack = session.stack_state()
    owned = Owned(known=False) if stack is None else owned_resources(stack)
    wanted = {gateway.id for gateway in desired.gateways} | {key.gateway for key in owned.resources if key.gateway}
    with CloudflareApi(target.credentials) as api:
        live = read_live(api, target.account, only=wanted)
    resolver = Resolver(os.environ, stand_ins=target.local)
    made = make_plan(desired, live.state, owned, resolver=resolver, stores_known=live.stores_known)
    plan = replace(made, warnings=(*live.warnings, *made.warnings))
    refused = refusals(plan, allow, definition_allows(desired))
    return Planned(desired, live, stack, plan, refused, loaded.diagnostics)


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
