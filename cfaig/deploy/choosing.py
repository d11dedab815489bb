"""What a plan is about: what there is to choose from, and what it costs to apply."""

from __future__ import annotations

from collections import Counter

from cfaig.deploy.stack_state import StackState, labels_in, owned_resources
from cfaig.live.read import LiveRead
from cfaig.reconcile.calls import CallForecast
from cfaig.reconcile.change import Kind, Plan
from cfaig.reconcile.documents import documents, former_names
from cfaig.reconcile.forecast import Extent, forecast
from cfaig.reconcile.select import Account
from cfaig.state.model import AccountState


def account_of(desired: AccountState, live: LiveRead, stack: StackState | None) -> Account:
    """Both sides and the stack; where the stack cannot be read, what is live and desired counts as its own."""
    wanted, found = documents(desired, live.state, stores_known=live.stores_known)
    held = frozenset(wanted.keys() & found.keys()) if stack is None else owned_resources(stack).resources
    labels = {} if stack is None else labels_in(stack)
    labels |= {gateway.id: gateway.management.labels for gateway in desired.gateways}
    return Account(wanted, found, held, former_names(desired), labels)


def forecast_of(plan: Plan, account: Account, read: int, *, looks: int = 2) -> CallForecast:
    """The calls of an apply of `plan`; reading the account takes `read`, and the engine `looks` so often at it."""
    chosen = account.known if plan.restriction is None else plan.restriction.keys
    former = {account.former[key] for key in chosen if key in account.former}
    keys = Counter(key.gateway for key in {*account.found, *account.wanted} if key.kind is Kind.PROVIDER_KEY)
    extent = Extent(account.stack & (chosen | former), frozenset(account.wanted.keys() & chosen), keys)
    return forecast(plan, extent, read=read, looks=looks)
