"""Taking what exists already into the stack, without changing it.

Apply needs it for gateways only, because our own resource types find what exists when they create; `cfaig import`
takes everything in, so that nothing is left to do.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from pulumi.automation._stack import ImportResource

from cfaig import __version__
from cfaig.deploy.engine import Engine, Stored
from cfaig.deploy.resources import official_plugin_version
from cfaig.deploy.sealing import sealed_deployment
from cfaig.deploy.snapshots import clear_snapshots
from cfaig.deploy.stack_state import CREATING, TYPES, StackState
from cfaig.deploy.types import Type
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.state.model import AccountState, EdgeState

_OFFICIAL: Final = frozenset({Kind.GATEWAY, Kind.EDGE})


def adopt_gateways(engine: Engine, account: str, gateways: Sequence[str], state: StackState) -> None:
    """Import the gateways of these ids below their components.

    Raises CommandError when the engine refuses.
    """
    adopt(engine, account, [ResourceKey.of_gateway(gateway) for gateway in gateways], state)


def adopt(
    engine: Engine,
    account: str,
    keys: Collection[ResourceKey],
    state: StackState,
    live: AccountState | None = None,
) -> None:
    """Import resources, parts of gateways below their components, which are made where they are missing.

    `live` tells the ids of routes, stores, custom providers and host names of edges; without it they are found by
    their names. Raises CommandError when the engine refuses.
    """
    if not keys:
        return
    gateways = dict.fromkeys(key.gateway for key in keys if key.gateway)
    known = {resource.name: resource.urn for resource in state.of_type(Type.COMPONENT) if resource.name in gateways}
    ids = {} if live is None else _ids(live)
    engine.stack.import_resources(
        resources=[
            *(_component(gateway) for gateway in gateways if gateway not in known),
            *(_import(key, f"{account}/{_identity(key, ids)}") for key in keys),
            *(_import_host(key, account, edge) for key, edge in _edges(live) if key in keys and edge.domain_id),
        ],
        name_table={_component_name(name): urn for name, urn in known.items()},
        protect=False,
        generate_code=False,
    )
    _seal(engine)


def _seal(engine: Engine) -> None:
    def edit(stored: Stored) -> Stored | None:
        sealed = sealed_deployment(stored)
        return sealed if sealed != stored else None

    _, sealed = engine.rewrite(edit)
    if sealed is not None:
        backend = engine.environ.get("PULUMI_BACKEND_URL") or os.environ.get("PULUMI_BACKEND_URL")
        clear_snapshots(backend, engine.workspace.project_settings().name, engine.environment)


def logical_name(key: ResourceKey) -> str:
    """The name that the program gives the resource; for an edge, the one of its Worker."""
    apart = key.gateway and key.kind not in _OFFICIAL
    return f"{key.gateway}/{key.name}" if apart else key.name


def _component_name(gateway: str) -> str:
    """The import's own name for the component: a gateway and its component have the same logical name."""
    return f"component {gateway}"


def _component(gateway: str) -> ImportResource:
    return {"type": Type.COMPONENT, "name": _component_name(gateway), "logicalName": gateway, "component": True}


def _import(key: ResourceKey, identity: str) -> ImportResource:
    resource: ImportResource = {
        "type": TYPES[key.kind],
        "name": key.address,
        "logicalName": logical_name(key),
        "id": identity,
        "version": official_plugin_version() if key.kind in _OFFICIAL else __version__,
    }
    if key.gateway:
        resource["parent"] = _component_name(key.gateway)
    return resource


def _import_host(key: ResourceKey, account: str, edge: EdgeState) -> ImportResource:
    return {
        "type": Type.WORKER_DOMAIN,
        "name": f"host name of {key.address}",
        "logicalName": edge.hostname,
        "id": f"{account}/{edge.domain_id}",
        "version": official_plugin_version(),
        "parent": _component_name(key.gateway),
    }


def _edges(live: AccountState | None) -> Iterator[tuple[ResourceKey, EdgeState]]:
    for gateway in live.gateways if live else ():
        yield from ((ResourceKey.of_edge(gateway.id, edge.worker), edge) for edge in gateway.edges)


def _identity(key: ResourceKey, ids: dict[ResourceKey, str]) -> str:
    """The id below the account."""
    name = ids.get(key, key.name)
    return f"{key.gateway}/{name}" if key.gateway and key.kind not in _OFFICIAL else name


def _ids(live: AccountState) -> dict[ResourceKey, str]:
    ids = {ResourceKey.of_store(name): identity for name, identity in live.stores.items()}
    for provider in live.custom_providers:
        if provider.id:
            ids[ResourceKey.of_custom_provider(provider.slug)] = provider.id
    for gateway in live.gateways:
        for route in gateway.routes:
            if route.id:
                ids[ResourceKey.of_route(gateway.id, route.name)] = route.id
    return ids


def half_created(state: StackState) -> tuple[str, ...]:
    """Ids of gateways whose creation was under way when a run was killed."""
    return tuple(
        str(operation.resource.inputs.get("aiGatewayId"))
        for operation in state.pending
        if operation.kind == CREATING and operation.resource.type == Type.GATEWAY
    )
