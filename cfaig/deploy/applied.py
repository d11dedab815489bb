"""What was applied last: the resources of the stack as canonical state. Pure; secrets stay sealed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from cfaig.deploy.names import INPUT_NAMES, from_inputs
from cfaig.deploy.sealing import is_sealed
from cfaig.deploy.stack_state import SECRET_BINDING, StackResource, StackState, bindings_of, json_values, resource_key
from cfaig.deploy.types import Type
from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.drift import SEALED
from cfaig.state.edge_bindings import joined_rules, stamp_of
from cfaig.state.model import (
    AccountState,
    CustomProviderState,
    EdgeState,
    GatewayState,
    ProviderKeyState,
    RouteState,
)

_PROVIDER_SETTINGS: Final = ("name", "base_url", "description", "link", "curl_example", "js_example", "position")


def applied_account(stack: StackState) -> AccountState:
    """The account as the stack remembers it; `SEALED` takes the place of every secret."""
    routes = _by_gateway(stack, Type.ROUTE)
    keys = _by_gateway(stack, Type.PROVIDER_KEY)
    domains = _by_gateway(stack, Type.DOMAIN)
    edges = applied_edges(stack)
    gateways = []
    for resource in stack.of_type(Type.GATEWAY):
        inputs = _unsealed(resource.inputs)
        id_ = str(inputs.get("aiGatewayId") or resource.id)
        gateways.append(
            GatewayState(
                id_,
                _settings(inputs),
                tuple(sorted((_route(item) for item in routes.get(id_, ())), key=attrgetter("name"))),
                tuple(sorted((_key(item) for item in keys.get(id_, ())), key=attrgetter("provider", "alias"))),
                tuple(sorted(str(item.value("hostname")) for item in domains.get(id_, ()))),
                edge=next(iter(edges.get(id_, ())), None),
                other_edges=tuple(edges.get(id_, ())[1:]),
            )
        )
    customs = (_custom_provider(resource) for resource in stack.of_type(Type.CUSTOM_PROVIDER))
    stores = {str(item.value("name")): str(item.value("storeId")) for item in stack.of_type(Type.STORE)}
    return AccountState(
        tuple(sorted(gateways, key=attrgetter("id"))), tuple(sorted(customs, key=attrgetter("slug"))), stores
    )


def applied_edges(stack: StackState) -> dict[str, list[EdgeState]]:
    """The Workers in front of each gateway, one with a host name first; there are two while one is renamed."""
    hosts = {str(item.value("service")): item for item in stack.of_type(Type.WORKER_DOMAIN)}
    found: dict[str, list[EdgeState]] = {}
    for worker in stack.of_type(Type.WORKER):
        key = resource_key(worker)
        if key is not None:
            found.setdefault(key.gateway, []).append(_edge(worker, hosts.get(key.name)))
    return {
        gateway: sorted(edges, key=lambda edge: (not edge.hostname, edge.worker)) for gateway, edges in found.items()
    }


def _edge(worker: StackResource, host: StackResource | None) -> EdgeState:
    bindings = bindings_of(worker)
    values = json_values(bindings)
    rules, url = joined_rules(values) or ({}, "")
    stamp = stamp_of(values)
    return EdgeState(
        str(worker.value("scriptName")),
        "" if host is None else str(host.value("hostname")),
        rules,
        tuple(sorted({*stamp.secrets, *(str(one["name"]) for one in bindings if one["type"] == SECRET_BINDING)})),
        zone=None if host is None else host.inputs.get("zoneId"),
        module=stamp.module,
        url=url,
        fingerprints=stamp.secrets,
        domain_id=None if host is None else host.id,
    )


def _by_gateway(stack: StackState, type_: Type) -> dict[str, list[StackResource]]:
    found: dict[str, list[StackResource]] = {}
    for resource in stack.of_type(type_):
        found.setdefault(str(resource.value("gatewayId")), []).append(resource)
    return found


def _unsealed(value: Any) -> Any:
    if isinstance(value, Mapping):
        if is_sealed(value):
            return SEALED
        return {name: _unsealed(item) for name, item in value.items()}
    return [_unsealed(item) for item in value] if isinstance(value, list) else value


def _settings(inputs: Mapping[str, Any]) -> JsonObject:
    """Canonical settings; one that is sealed as a whole stays so."""
    known = {name: value for name, value in inputs.items() if value != SEALED}
    sealed = {name: SEALED for name, given in INPUT_NAMES.items() if inputs.get(given) == SEALED}
    return from_inputs(known) | sealed


def _route(resource: StackResource) -> RouteState:
    inputs = _unsealed(resource.inputs)
    return RouteState(
        str(inputs["name"]),
        tuple(inputs.get("elements") or ()),
        id=resource.value("routeId"),
        version_id=resource.value("versionId"),
    )


def _key(resource: StackResource) -> ProviderKeyState:
    inputs = _unsealed(resource.inputs)
    limit = inputs.get("rateLimit")
    return ProviderKeyState(
        str(inputs["provider"]),
        str(inputs["alias"]),
        bool(inputs.get("default")),
        limit,
        inputs.get("rateLimitPeriod") if limit else None,
        id=resource.value("configId"),
    )


def _custom_provider(resource: StackResource) -> CustomProviderState:
    inputs = _unsealed(resource.inputs)
    settings: dict[str, Json] = {name: inputs.get(_camel(name)) for name in _PROVIDER_SETTINGS}
    settings |= {name: bool(inputs.get(name)) for name in ("enable", "beta")}
    settings["headers"] = _headers(inputs.get("headers"))
    return CustomProviderState(str(inputs["slug"]), settings, id=resource.value("providerId"))


def _headers(text: Any) -> Json:
    if text == SEALED:
        return SEALED
    headers: Json = json.loads(text) if text else {}
    return headers


def _camel(name: str) -> str:
    return re.sub("_([a-z])", lambda match: match[1].upper(), name)
