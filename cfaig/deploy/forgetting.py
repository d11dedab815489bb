"""Making the engine look anew at Workers that somebody has changed.

The official plugin does not notice changed rules: of the bindings that it wrote itself it takes for granted what the
stack says (see `cfaig.local.standin.workers`). Where the stack says nothing of them, it looks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from cfaig.deploy.applied import applied_edges
from cfaig.deploy.engine import Engine, Stored
from cfaig.deploy.stack_state import StackState
from cfaig.deploy.types import Type
from cfaig.reconcile.change import Kind, Plan
from cfaig.state.model import AccountState, EdgeState


def changed_workers(plan: Plan, stack: StackState, live: AccountState) -> frozenset[str]:
    """The Workers among the changes of `plan` that are live with other bindings than the stack remembers."""
    planned = {change.key for change in plan.changes if change.key.kind is Kind.EDGE}
    applied = {(gateway, edge.worker): edge for gateway, edges in applied_edges(stack).items() for edge in edges}
    there = {(gateway.id, edge.worker): edge for gateway in live.gateways for edge in gateway.edges}
    return frozenset(
        key.name
        for key in planned
        if (place := (key.gateway, key.name)) in applied
        and place in there
        and _bindings(applied[place]) != _bindings(there[place])
    )


def _bindings(edge: EdgeState) -> tuple[object, ...]:
    return edge.rules, edge.url, edge.module, edge.secrets, dict(edge.fingerprints)


def forget_bindings(engine: Engine, workers: Collection[str]) -> None:
    """Take the bindings of these Workers out of the stack; raises CommandError when the engine refuses."""

    def edit(stored: Stored) -> Stored | None:
        forgotten = without_bindings(stored, workers)
        return forgotten if forgotten != stored else None

    engine.rewrite(edit)


def without_bindings(deployment: Mapping[str, Any], workers: Collection[str]) -> dict[str, Any]:
    """`deployment` without the bindings of these Workers."""
    resources = [
        _without_bindings(item) if item.get("type") == Type.WORKER and item.get("id") in workers else item
        for item in deployment.get("resources") or ()
    ]
    return {**deployment, "resources": resources}


def _without_bindings(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **resource,
        **{side: {**resource[side], "bindings": []} for side in ("inputs", "outputs") if resource.get(side)},
    }
