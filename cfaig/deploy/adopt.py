"""Taking gateways that exist already into the stack, without changing them.

Only gateways need it: our own resource types find what exists when they create.
"""

from __future__ import annotations

from collections.abc import Sequence

from pulumi.automation._stack import ImportResource

from cfaig.deploy.engine import Engine
from cfaig.deploy.resources import official_plugin_version
from cfaig.deploy.stack_state import StackState
from cfaig.deploy.types import Type


def adopt_gateways(engine: Engine, account: str, gateways: Sequence[str], state: StackState) -> None:
    """Import the gateways of these ids below their components.

    Raises CommandError when the engine refuses.
    """
    if not gateways:
        return
    components = {resource.name: resource.urn for resource in state.of_type(Type.COMPONENT)}
    resources: list[ImportResource] = []
    for gateway in gateways:
        # The file's own name for the component: a gateway and its component have the same logical name.
        parent = _component(gateway)
        if gateway not in components:
            resources.append({"type": Type.COMPONENT, "name": parent, "logicalName": gateway, "component": True})
        resources.append(
            {
                "type": Type.GATEWAY,
                "name": gateway,
                "id": f"{account}/{gateway}",
                "parent": parent,
                "version": official_plugin_version(),
            }
        )
    known = {_component(name): urn for name, urn in components.items() if name in gateways}
    engine.stack.import_resources(resources=resources, name_table=known, protect=False, generate_code=False)


def _component(gateway: str) -> str:
    return f"component {gateway}"


def half_created(state: StackState) -> tuple[str, ...]:
    """Ids of gateways whose creation was under way when a run was killed."""
    return tuple(
        str(operation.resource.inputs.get("aiGatewayId"))
        for operation in state.pending
        if operation.kind == "creating" and operation.resource.type == Type.GATEWAY
    )
