"""An account that already holds what definitions ask for, and the stack's memory of having made it.

Written with plain calls and as one file: through Pulumi a thousand gateways would take longer than the benchmark may.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.place import Place
from cfaig.definition.load import load_project
from cfaig.deploy.checkpoint import project_name
from cfaig.deploy.names import to_inputs
from cfaig.deploy.types import Type
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.local.engine.environment import LOCAL_STATE
from cfaig.project import LOCAL_ENVIRONMENT
from cfaig.provider.resources.fingerprint import fingerprint
from cfaig.secrets import stand_in
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState, GatewayState

THREADS = 4


def make_live(place: Place) -> None:
    """Make everything that the definitions of the place ask for, and write the stack's file."""
    loaded = load_project(place.project, LOCAL_ENVIRONMENT)
    make_account_live(place, LOCAL_ENVIRONMENT, place.server.account, compile_account(loaded.gateways))


def make_account_live(place: Place, environment: str, account: str, state: AccountState) -> None:
    """Make `state` in an account of the place's local Cloudflare, and write the file of the environment's stack."""
    with CloudflareApi(Credentials(place.server.url, api_token=place.server.token)) as api:
        path = f"/accounts/{account}"
        stores = {
            name: _make_store(api, path, name) for name in sorted({each.store for each in state.gateways if each.store})
        }
        with ThreadPoolExecutor(THREADS) as pool:
            routes = list(pool.map(lambda gateway: _make_gateway(api, path, gateway, stores), state.gateways))
    resources = [_resource(Type.STORE, name, account, {"name": name, "storeId": id_}) for name, id_ in stores.items()]
    for gateway, route_ids in zip(state.gateways, routes, strict=True):
        resources += _resources(gateway, account, route_ids)
    _write_stack(place, environment, resources)


def _make_store(api: CloudflareApi, path: str, name: str) -> str:
    return str(api.result("POST", f"{path}/secrets_store/stores", body={"name": name})["id"])


def _make_gateway(api: CloudflareApi, path: str, gateway: GatewayState, stores: dict[str, str]) -> dict[str, str]:
    """The ids of its routes, by their names."""
    gateways = f"{path}/ai-gateway/gateways"
    store = {"store_id": stores[gateway.store]} if gateway.store else {}
    api.result("POST", gateways, body={"id": gateway.id, **gateway.settings, **store})
    for key in gateway.provider_keys:
        body: dict[str, Any] = {
            "provider_slug": key.provider,
            "alias": key.alias,
            "default_config": key.default,
            "secret": stand_in(key.key),
        }
        if key.rate_limit:
            body |= {"rate_limit": key.rate_limit, "rate_limit_period": key.rate_limit_period}
        api.result("POST", f"{gateways}/{gateway.id}/provider_configs", body=body)
    made = {}
    for route in gateway.routes:
        body = {"name": route.name, "elements": list(route.elements)}
        made[route.name] = str(api.result("POST", f"{gateways}/{gateway.id}/routes", body=body)["id"])
    return made


def _resources(gateway: GatewayState, account: str, route_ids: dict[str, str]) -> Iterator[dict[str, Any]]:
    yield _resource(Type.GATEWAY, gateway.id, account, {**to_inputs(gateway.settings), "aiGatewayId": gateway.id})
    of_gateway: dict[str, Any] = {"accountId": account, "gatewayId": gateway.id}
    for route in gateway.routes:
        values = {**of_gateway, "name": route.name, "elements": route.elements, "routeId": route_ids[route.name]}
        yield _resource(Type.ROUTE, f"{gateway.id}/{route.name}", account, values)
    for key in gateway.provider_keys:
        values = {
            **of_gateway,
            "provider": key.provider,
            "alias": key.alias,
            "default": key.default,
            "keyFingerprint": fingerprint(stand_in(key.key)),
        }
        yield _resource(Type.PROVIDER_KEY, f"{gateway.id}/{key.provider}:{key.alias}", account, values)


def _resource(type_: Type, name: str, account: str, values: dict[str, Any]) -> dict[str, Any]:
    urn = f"urn:pulumi:bench::cfaig::{type_}::{name}"
    identity = f"{account}/{name}"
    return {"urn": urn, "custom": True, "type": str(type_), "id": identity, "inputs": values, "outputs": values}


def _write_stack(place: Place, environment: str, resources: list[dict[str, Any]]) -> None:
    folder = place.project.work / LOCAL_STATE / ".pulumi" / "stacks" / project_name(place.project)
    folder.mkdir(parents=True, exist_ok=True)
    checkpoint = {"stack": environment, "latest": {"resources": resources}}
    text = json.dumps({"version": 3, "checkpoint": checkpoint}, indent=4)
    (folder / f"{environment}.json").write_text(text)
