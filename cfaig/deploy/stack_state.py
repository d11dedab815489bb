"""What Pulumi remembers of an environment: the resources of its stack, and operations that never ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cfaig.deploy.types import Type
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.reconcile.owned import Owned

TYPES: Final[Mapping[Kind, Type]] = {
    Kind.STORE: Type.STORE,
    Kind.CUSTOM_PROVIDER: Type.CUSTOM_PROVIDER,
    Kind.GATEWAY: Type.GATEWAY,
    Kind.PROVIDER_KEY: Type.PROVIDER_KEY,
    Kind.ROUTE: Type.ROUTE,
    Kind.DOMAIN: Type.DOMAIN,
}


CREATING: Final = "creating"


@dataclass(frozen=True, slots=True)
class StackResource:
    """One resource of the stack; secret values in `inputs` and `outputs` are still sealed.

    `modified` is when the engine wrote it last (RFC 3339); empty where it does not tell.
    """

    urn: str
    type: str
    id: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    protected: bool = False
    modified: str = ""

    @property
    def name(self) -> str:
        """The logical name, the last part of the URN."""
        return self.urn.rsplit("::", 1)[-1]

    def value(self, name: str) -> Any:
        """An output, or else the input, of that name."""
        return self.outputs.get(name, self.inputs.get(name))


@dataclass(frozen=True, slots=True)
class PendingOperation:
    """An operation that was under way when Pulumi was killed; `kind` is `creating`, `updating`, or `deleting`."""

    resource: StackResource
    kind: str


@dataclass(frozen=True, slots=True)
class StackState:
    """The stack as last written; `exists` is false where the environment was never applied."""

    exists: bool
    resources: tuple[StackResource, ...] = ()
    pending: tuple[PendingOperation, ...] = ()

    def of_type(self, type_: Type) -> tuple[StackResource, ...]:
        """The resources of one type."""
        return tuple(resource for resource in self.resources if resource.type == type_)


def parse_deployment(deployment: Mapping[str, Any] | None) -> StackState:
    """The state inside an exported deployment (the `deployment` of `pulumi stack export`)."""
    if deployment is None:
        return StackState(exists=False)
    resources = tuple(_resource(item) for item in deployment.get("resources") or () if not item.get("delete"))
    pending = tuple(
        PendingOperation(_resource(item["resource"]), str(item["type"]))
        for item in deployment.get("pending_operations") or ()
    )
    return StackState(True, resources, pending)


def _resource(item: Mapping[str, Any]) -> StackResource:
    return StackResource(
        urn=str(item["urn"]),
        type=str(item["type"]),
        id=str(item.get("id") or ""),
        inputs=item.get("inputs") or {},
        outputs=item.get("outputs") or {},
        protected=bool(item.get("protect")),
        modified=str(item.get("modified") or ""),
    )


def labels_in(state: StackState) -> dict[str, Mapping[str, str]]:
    """The labels of each gateway as they were applied last."""
    found = {component.name: component.inputs.get("labels") or {} for component in state.of_type(Type.COMPONENT)}
    return {name: labels for name, labels in found.items() if isinstance(labels, Mapping)}


def owned_resources(state: StackState) -> Owned:
    """What the stack made, so that the plan may change and delete it."""
    keys = {key: resource for resource in state.resources if (key := resource_key(resource))}
    fingerprints = {
        key: str(resource.value("keyFingerprint"))
        for key, resource in keys.items()
        if key.kind is Kind.PROVIDER_KEY and resource.value("keyFingerprint")
    }
    protected = frozenset(key for key, resource in keys.items() if resource.protected)
    unknown = frozenset(key for key in keys if key.kind is Kind.PROVIDER_KEY and key not in fingerprints)
    creating = (resource_key(one.resource) for one in state.pending if one.kind == CREATING)
    unfinished = frozenset(key for key in creating if key and key not in keys)
    return Owned(frozenset(keys), fingerprints, protected, unknown_keys=unknown, unfinished=unfinished)


def resource_key(resource: StackResource) -> ResourceKey | None:
    """The plan's name of a resource, or None for what the plan does not speak of (components, providers)."""

    def text(name: str) -> str:
        return str(resource.value(name))

    match resource.type:
        case Type.GATEWAY:
            return ResourceKey.of_gateway(text("aiGatewayId"))
        case Type.ROUTE:
            return ResourceKey.of_route(text("gatewayId"), text("name"))
        case Type.PROVIDER_KEY:
            return ResourceKey.of_provider_key(text("gatewayId"), text("provider"), text("alias"))
        case Type.CUSTOM_PROVIDER:
            return ResourceKey.of_custom_provider(text("slug"))
        case Type.DOMAIN:
            return ResourceKey.of_domain(text("gatewayId"), text("hostname"))
        case Type.STORE:
            return ResourceKey.of_store(text("name"))
    return None
