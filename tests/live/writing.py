"""Bring a desired state into an empty account by plain API calls, without any of the code that is under test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cfaig.secrets import Resolver, is_reference
from cfaig.state.model import AccountState, GatewayState, ProviderKeyState
from tests.live.edge_writing import write_edge
from tests.local.running import RunningCloudflare


def write_account(running: RunningCloudflare, state: AccountState, resolver: Resolver) -> None:
    """Make everything in `state`, with the secrets that its references point to."""
    for provider in state.custom_providers:
        body = {name: value for name, value in provider.settings.items() if value is not None}
        body["headers"] = json.dumps(resolved(provider.settings["headers"], resolver))
        running.result("POST", "/ai-gateway/custom-providers", {"slug": provider.slug, **body})
    stores = {name: _make_store(running, name) for name in sorted({g.store for g in state.gateways if g.store})}
    for gateway in state.gateways:
        _write_gateway(running, gateway, stores, resolver)


def resolved(value: Any, resolver: Resolver) -> Any:
    """`value` with every secret reference in it replaced by the secret."""
    if isinstance(value, Mapping):
        return {name: resolved(item, resolver) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [resolved(item, resolver) for item in value]
    return resolver.value(value, "a test") if isinstance(value, str) and is_reference(value) else value


def _make_store(running: RunningCloudflare, name: str) -> str:
    return str(running.result("POST", "/secrets_store/stores", {"name": name})["id"])


def _write_gateway(
    running: RunningCloudflare, gateway: GatewayState, stores: Mapping[str, str], resolver: Resolver
) -> None:
    settings = resolved(gateway.settings, resolver)
    if gateway.store:
        settings["store_id"] = stores[gateway.store]
    running.result("POST", "/ai-gateway/gateways", {"id": gateway.id, **settings})
    path = f"/ai-gateway/gateways/{gateway.id}"
    for key in gateway.provider_keys:
        running.result("POST", f"{path}/provider_configs", _config(key, resolver))
    for route in gateway.routes:
        running.result("POST", f"{path}/routes", {"name": route.name, "elements": resolved(route.elements, resolver)})
    for hostname in gateway.domains:
        running.result("POST", f"{path}/custom-domains", {"hostname": hostname})
    if gateway.edge is not None:
        write_edge(running, gateway.edge, gateway.id, resolver)


def _config(key: ProviderKeyState, resolver: Resolver) -> dict[str, Any]:
    body = {
        "provider_slug": key.provider,
        "alias": key.alias,
        "default_config": key.default,
        "secret": resolver.value(key.key, "a test"),
        "rate_limit": key.rate_limit,
        "rate_limit_period": key.rate_limit_period,
    }
    return {name: value for name, value in body.items() if value is not None}
