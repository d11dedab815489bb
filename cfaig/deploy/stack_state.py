"""What Pulumi remembers of an environment: the resources of its stack, and operations that never ended."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from cfaig.deploy.types import Type
from cfaig.json_types import Json
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.state.edge_bindings import stamp_of

TYPES: Final[Mapping[Kind, Type]] = {
    Kind.STORE: Type.STORE,
    Kind.CUSTOM_PROVIDER: Type.CUSTOM_PROVIDER,
    Kind.GATEWAY: Type.GATEWAY,
    Kind.PROVIDER_KEY: Type.PROVIDER_KEY,
    Kind.ROUTE: Type.ROUTE,
    Kind.DOMAIN: Type.DOMAIN,
    Kind.EDGE: Type.WORKER,
}


CREATING: Final = "creating"
NOTED: Final = "creating"
SECRET_BINDING: Final = "secret_text"  # noqa: S105 (the name of a type)


@dataclass(frozen=True, slots=True)
class StackResource:
    """One resource of the stack; secret values in `inputs` and `outputs` are still sealed.

    `parent` is the URN of what it is below of; `modified` is when the engine wrote it last (RFC 3339). Both are empty
    where the engine does not tell.
    """

    urn: str
    type: str
    id: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    outputs: Mapping[str, Any] = field(default_factory=dict)
    protected: bool = False
    modified: str = ""
    parent: str = ""

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
    """The stack as last written; `exists` is false where the environment was never applied.

    What is pending is told by the engine, or noted by us before a large update.
    """

    exists: bool
    resources: tuple[StackResource, ...] = ()
    pending: tuple[PendingOperation, ...] = ()

    def of_type(self, type_: Type) -> tuple[StackResource, ...]:
        """The resources of one type."""
        return tuple(resource for resource in self.resources if resource.type == type_)


def parse_deployment(deployment: Mapping[str, Any] | None) -> StackState:
    """The state inside an exported deployment (the `deployment` of `pulumi stack export`).

    Raises AttributeError, LookupError, TypeError or ValueError for what no engine has written.
    """
    if deployment is None:
        return StackState(exists=False)
    found = [_resource(item) for item in deployment.get("resources") or () if not item.get("delete")]
    pending = [
        PendingOperation(_resource(item["resource"]), str(item["type"]))
        for item in deployment.get("pending_operations") or ()
    ]
    resources = tuple(resource for resource in found if resource.type != Type.BEGUN)
    noted = [note for resource in found if resource.type == Type.BEGUN for note in resource.inputs[NOTED]]
    pending += [PendingOperation(_resource(note), CREATING) for note in noted]
    return StackState(True, resources, tuple(pending))


def _resource(item: Mapping[str, Any]) -> StackResource:
    return StackResource(
        urn=str(item["urn"]),
        type=str(item["type"]),
        id=str(item.get("id") or ""),
        inputs=dict(item.get("inputs") or {}),
        outputs=dict(item.get("outputs") or {}),
        protected=bool(item.get("protect")),
        modified=str(item.get("modified") or ""),
        parent=str(item.get("parent") or ""),
    )


def labels_in(state: StackState) -> dict[str, Mapping[str, str]]:
    """The labels of each gateway as they were applied last."""
    found = {component.name: component.inputs.get("labels") or {} for component in state.of_type(Type.COMPONENT)}
    return {name: labels for name, labels in found.items() if isinstance(labels, Mapping)}


def owned_resources(state: StackState) -> Owned:
    """What the stack made, so that the plan may change and delete it."""
    held = [(key, resource) for resource in state.resources if (key := resource_key(resource))]
    keys = frozenset(key for key, _ in held)
    fingerprints = {
        key: str(resource.value("keyFingerprint"))
        for key, resource in held
        if key.kind is Kind.PROVIDER_KEY and resource.value("keyFingerprint")
    }
    unknown = (key for key in keys if key.kind is Kind.PROVIDER_KEY and key not in fingerprints)
    unread = (key for key, resource in held if resource.type == Type.WORKER and _lacks_a_secret(resource))
    creating = (resource_key(one.resource) for one in state.pending if one.kind == CREATING)
    return Owned(
        keys,
        fingerprints,
        protected=frozenset(key for key, resource in held if resource.protected),
        unknown_keys=frozenset((*unknown, *unread)),
        unfinished=frozenset(key for key in creating if key and key not in keys),
    )


def _lacks_a_secret(worker: StackResource) -> bool:
    """Whether the Worker has a secret whose value the stack does not know: it was imported."""
    bindings = bindings_of(worker)
    known = {binding["name"] for binding in bindings if binding["type"] == SECRET_BINDING and binding.get("text")}
    return not stamp_of(json_values(bindings)).secrets.keys() <= known


def bindings_of(worker: StackResource) -> list[Mapping[str, Any]]:
    """The bindings of a Worker as they were written last; the values of secrets are sealed."""
    listed = worker.inputs.get("bindings")
    named = (one for one in listed if isinstance(one, Mapping)) if isinstance(listed, list) else ()
    return [one for one in named if isinstance(one.get("name"), str) and isinstance(one.get("type"), str)]


def json_values(bindings: Iterable[Mapping[str, Any]]) -> dict[str, Json]:
    """The JSON bindings among them, by their names; what is no JSON is left out."""
    found: dict[str, Json] = {}
    for binding in bindings:
        with suppress(TypeError, ValueError, RecursionError):
            found[binding["name"]] = json.loads(binding.get("json", ""))
    return found


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
        case Type.WORKER:
            return _edge_key(resource, text("scriptName"))
        case Type.WORKER_DOMAIN:
            return _edge_key(resource, text("service"))
    return None


def _edge_key(resource: StackResource, worker: str) -> ResourceKey | None:
    """The edge of the gateway whose component the resource is below of; a plain `pulumi import` puts it nowhere."""
    type_, _, gateway = resource.parent.rpartition("::")
    return ResourceKey.of_edge(gateway, worker) if type_.endswith(Type.COMPONENT) else None
