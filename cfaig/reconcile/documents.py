"""An account as one flat table: every resource by its key, with what is to be compared of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.reconcile.edges import GATEWAY, edge_document
from cfaig.state.model import AccountState, GatewayState

Documents: TypeAlias = dict[ResourceKey, JsonObject]

_IN_A_STORE: Final = frozenset({Kind.GATEWAY, Kind.PROVIDER_KEY})


def documents(desired: AccountState, live: AccountState, *, stores_known: bool) -> tuple[Documents, Documents]:
    """Both sides, ready to be compared; with `stores_known` false they agree about stores."""
    wanted, found = _resources(desired, live.stores), _resources(live, live.stores)
    wanted = {
        key: _leading_like(document, found.get(key, {})) if key.kind is Kind.EDGE else document
        for key, document in wanted.items()
    }
    if stores_known:
        found |= {ResourceKey.of_store(name): {} for name in live.stores}
        return wanted, found
    return {
        key: _with_store_of(document, found.get(key, {})) if key.kind in _IN_A_STORE else document
        for key, document in wanted.items()
        if key.kind is not Kind.STORE
    }, found


def former_names(desired: AccountState) -> dict[ResourceKey, ResourceKey]:
    """The routes that were called something else before: their keys, now and then."""
    return {
        ResourceKey.of_route(gateway.id, route.name): ResourceKey.of_route(gateway.id, route.renamed_from)
        for gateway in desired.gateways
        for route in gateway.routes
        if route.renamed_from
    }


def key_references(desired: AccountState) -> dict[ResourceKey, str]:
    """The secret reference of each provider key."""
    return {
        ResourceKey.of_provider_key(gateway.id, key.provider, key.alias): key.key
        for gateway in desired.gateways
        for key in gateway.provider_keys
    }


def edge_references(desired: AccountState) -> dict[ResourceKey, Mapping[str, str]]:
    """The secret references of each edge, by the names of its Worker's bindings."""
    return {
        ResourceKey.of_edge(gateway.id, gateway.edge.worker): gateway.edge.references
        for gateway in desired.gateways
        if gateway.edge is not None
    }


def edge_fingerprints(live: AccountState) -> dict[ResourceKey, Mapping[str, str]]:
    """By what the secrets of each live edge can be known again, by the names of its Worker's bindings."""
    return {
        ResourceKey.of_edge(gateway.id, edge.worker): edge.fingerprints
        for gateway in live.gateways
        for edge in gateway.edges
    }


def _resources(state: AccountState, stores: Mapping[str, str]) -> Documents:
    store_names = {identity: name for name, identity in stores.items()}
    found: Documents = {
        ResourceKey.of_custom_provider(provider.slug): provider.settings for provider in state.custom_providers
    }
    for gateway in state.gateways:
        if gateway.store:
            found[ResourceKey.of_store(gateway.store)] = {}
        settings = _settings(gateway, store_names)
        found[ResourceKey.of_gateway(gateway.id)] = settings
        found |= _parts(gateway, settings["store"])
    return found


def _parts(gateway: GatewayState, store: Json) -> Documents:
    parts: Documents = {}
    for key in gateway.provider_keys:
        parts[ResourceKey.of_provider_key(gateway.id, key.provider, key.alias)] = {
            "default": key.default,
            "rate_limit": key.rate_limit or None,
            "rate_limit_period": key.rate_limit_period or None,
            "store": store,
        }
    for route in gateway.routes:
        parts[ResourceKey.of_route(gateway.id, route.name)] = {"elements": route.elements}
    for hostname in gateway.domains:
        parts[ResourceKey.of_domain(gateway.id, hostname)] = {}
    for edge in gateway.edges:
        parts[ResourceKey.of_edge(gateway.id, edge.worker)] = edge_document(edge)
    return parts


def _settings(gateway: GatewayState, store_names: Mapping[str, str]) -> JsonObject:
    """The settings, with the store by its name where that is known: a store that is still to be made has no id."""
    settings = dict(gateway.settings)
    identity = settings.pop("store_id", None)
    settings["store"] = gateway.store or (store_names.get(str(identity), identity) if identity else None)
    return settings


def _leading_like(wanted: JsonObject, live: JsonObject) -> JsonObject:
    """An edge whose gateway's address is not known leads where the live one does."""
    return wanted if wanted[GATEWAY] else {**wanted, GATEWAY: live.get(GATEWAY)}


def _with_store_of(wanted: JsonObject, live: JsonObject) -> JsonObject:
    return {**wanted, "store": live["store"]} if wanted["store"] and live.get("store") else wanted
