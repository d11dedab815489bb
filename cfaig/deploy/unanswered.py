"""What was made or deleted although the engine says that it was not.

When no clear answer comes to the create or the delete of a gateway, the official plugin sends it again, is told that
the gateway exists, or does not, and gives up. So it does when a Worker or its host name is deleted; to make them again
does no harm. Our own resource types look before they give up.
"""

from __future__ import annotations

from typing import Final

from cfaig.deploy.apply import Outcome
from cfaig.deploy.types import Type
from cfaig.live.worker_names import WorkerNames
from cfaig.reconcile.change import Action, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.secrets import Resolver
from cfaig.state.model import AccountState

DELETES: Final = ("delete", "delete-replaced")


def failed_gateways(outcome: Outcome, operation: str) -> frozenset[str]:
    """The ids of the gateways at which an operation (`create`, `delete`) has failed."""
    return _failed(outcome, Type.GATEWAY, operation)


def failed_edges(outcome: Outcome) -> frozenset[str]:
    """The Workers and host names whose deletion has failed."""
    return _failed(outcome, Type.WORKER, *DELETES) | _failed(outcome, Type.WORKER_DOMAIN, *DELETES)


def _failed(outcome: Outcome, type_: Type, *operations: str) -> frozenset[str]:
    return frozenset(step.name for step in outcome.failed if step.operation in operations and step.type == type_)


def made_after_all(
    outcome: Outcome, desired: AccountState, live: AccountState, resolver: Resolver, *, stores_known: bool
) -> tuple[str, ...]:
    """The gateways whose creation failed, and that are live with just the settings that were asked for.

    They were not there when the plan was made, so they are ours; and if somebody else has made the very same gateway in
    these seconds, taking it over changes nothing.
    """
    keys = [ResourceKey.of_gateway(gateway) for gateway in sorted(failed_gateways(outcome, "create"))]
    plan = make_plan(desired, live, Owned(), resolver=resolver, stores_known=stores_known, only=keys)
    same = {change.key for change in plan.changes if change.action is Action.ADOPT and not change.fields}
    return tuple(key.name for key in keys if key in same)


def gone_after_all(outcome: Outcome, live: AccountState) -> tuple[str, ...]:
    """The gateways whose deletion failed, and that are not live any more."""
    there = {gateway.id for gateway in live.gateways}
    return tuple(sorted(failed_gateways(outcome, "delete") - there))


def gone_edges(outcome: Outcome, live: WorkerNames) -> tuple[str, ...]:
    """The Workers and host names whose deletion failed, and that are not live any more."""
    workers = _failed(outcome, Type.WORKER, *DELETES) - live.workers
    return tuple(sorted(workers | _failed(outcome, Type.WORKER_DOMAIN, *DELETES) - live.hostnames))
