"""What a plan has to look at: what definitions ask for and what the stack holds. Looking for more is `cfaig drift`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from cfaig.deploy.applied import applied_edges
from cfaig.deploy.stack_state import StackState, owned_resources
from cfaig.deploy.types import Type
from cfaig.live.expected import EVERYTHING, Expectations, Expected
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.state.model import AccountState, GatewayState


def expectations(desired: AccountState, stack: StackState | None) -> Expectations:
    """What is to be looked at; everything where the stack is not known or was left unfinished.

    A gateway is read with everything when it is to be adopted or deleted: what hangs on it goes along.
    """
    edges = expected_edges(desired, stack)
    if stack is None or stack.pending:
        return replace(EVERYTHING, edges=edges)
    held = owned_resources(stack).resources
    routes = _route_ids(stack)
    kinds: dict[str, set[Kind]] = defaultdict(set)
    for key in held:
        kinds[key.gateway].add(key.kind)
    return Expectations(
        gateways={
            gateway.id: _expected(gateway, kinds[gateway.id], routes.get(gateway.id, {}))
            for gateway in desired.gateways
            if ResourceKey.of_gateway(gateway.id) in held
        },
        custom_providers=bool(desired.custom_providers or stack.of_type(Type.CUSTOM_PROVIDER)),
        stores=bool(stack.of_type(Type.STORE)) or any(gateway.store for gateway in desired.gateways),
        edges=edges,
    )


def expected_edges(
    desired: AccountState | None, stack: StackState | None
) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The Workers in front of gateways, and their host names: those of the definitions first, but the stack's names.

    Where a host name moves, it is the old one that the account is to be asked for.
    """
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for gateway in desired.gateways if desired else ():
        if gateway.edge is not None:
            found[gateway.id] = {gateway.edge.worker: (gateway.edge.hostname,)}
    for id_, edges in applied_edges(stack).items() if stack else ():
        workers = found.setdefault(id_, {})
        for edge in edges:
            held = (edge.hostname,) if edge.hostname else ()
            workers[edge.worker] = tuple(dict.fromkeys((*held, *workers.get(edge.worker, ()))))
    return found


def _expected(gateway: GatewayState, kinds: Collection[Kind], routes: dict[str, str]) -> Expected:
    known = all(routes.values()) and all(route.name in routes for route in gateway.routes)
    return Expected(
        routes=tuple(routes.values()) if known else None,
        keys=bool(gateway.provider_keys) or Kind.PROVIDER_KEY in kinds,
        domains=bool(gateway.domains) or Kind.DOMAIN in kinds,
    )


def _route_ids(stack: StackState) -> dict[str, dict[str, str]]:
    """The ids of the routes in the stack by gateway and name; an empty one where the stack has none."""
    found: dict[str, dict[str, str]] = {}
    for route in stack.of_type(Type.ROUTE):
        found.setdefault(str(route.value("gatewayId")), {})[str(route.value("name"))] = str(
            route.value("routeId") or ""
        )
    return found
