"""What the stack remembers, as canonical state; and sealing what an import left in clear text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from cfaig.definition.model import Gateway
from cfaig.deploy.applied import applied_account
from cfaig.deploy.names import to_inputs
from cfaig.deploy.sealing import MARK, SECRET, is_sealed, sealed_deployment
from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.deploy.types import Type
from cfaig.reconcile.drift import SEALED, find_drift
from cfaig.state.compile import compile_account
from cfaig.state.edge_bindings import edge_bindings
from cfaig.state.model import AccountState, EdgeState
from tests.strategies import gateways

URL = "https://gateway.ai.cloudflare.com/v1/a/g"
CIPHER = {MARK: SECRET, "ciphertext": "v1:abc"}


def resource(type_: Type, name: str, /, **inputs: Any) -> dict[str, Any]:
    return {"urn": f"urn:pulumi:dev::cfaig::{type_}::{name}", "type": type_, "id": name, "inputs": inputs}


def _edge(edge: EdgeState, gateway: str) -> list[dict[str, Any]]:
    texts = edge_bindings(edge.rules, URL, edge.module or "", dict.fromkeys(edge.secrets, "print"))
    bindings = [
        *({"name": name, "type": "json", "json": text} for name, text in texts.items()),
        *({"name": name, "type": "secret_text", "text": CIPHER} for name in edge.secrets),
    ]
    below = {"parent": f"urn:pulumi:dev::cfaig::{Type.COMPONENT}::{gateway}"}
    worker = resource(Type.WORKER, edge.worker, scriptName=edge.worker, bindings=bindings) | below
    host = resource(Type.WORKER_DOMAIN, edge.hostname, hostname=edge.hostname, service=edge.worker) | below
    return [worker, host] if edge.hostname else [worker]


def stack_of(account: AccountState) -> StackState:
    """The stack after the account was applied."""
    return parse_deployment(deployment_of(account))


def deployment_of(account: AccountState) -> dict[str, Any]:
    """What the engine has written after the account was applied."""
    resources: list[dict[str, Any]] = []
    for custom in account.custom_providers:
        camel = {"base_url": "baseUrl", "curl_example": "curlExample", "js_example": "jsExample"}
        inputs = {camel.get(name, name): value for name, value in custom.settings.items() if value is not None}
        inputs["headers"] = json.dumps(inputs["headers"])
        resources.append(resource(Type.CUSTOM_PROVIDER, custom.slug, slug=custom.slug, **inputs))
    for gateway in account.gateways:
        id_ = gateway.id
        resources.append(resource(Type.GATEWAY, id_, aiGatewayId=id_, accountId="a", **to_inputs(gateway.settings)))
        for route in gateway.routes:
            said: dict[str, Any] = {"gatewayId": id_, "name": route.name, "elements": list(route.elements)}
            resources.append(resource(Type.ROUTE, f"{id_}/{route.name}", **said))
        for key in gateway.provider_keys:
            limit = {"rateLimit": key.rate_limit, "rateLimitPeriod": key.rate_limit_period} if key.rate_limit else {}
            said = {"gatewayId": id_, "provider": key.provider, "alias": key.alias, "default": key.default}
            resources.append(resource(Type.PROVIDER_KEY, f"{id_}/{key.provider}", **said, key=CIPHER, **limit))
        resources += [resource(Type.DOMAIN, host, gatewayId=id_, hostname=host) for host in gateway.domains]
        if gateway.edge is not None:
            resources += _edge(gateway.edge, id_)
    written: dict[str, Any] = json.loads(json.dumps({"resources": resources}))
    return written


@given(gateways())
@settings(max_examples=40)
def test_the_stack_gives_back_what_was_applied(gateway: Gateway) -> None:
    account = compile_account([gateway])
    # A live gateway has the id of its store, not the name.
    account = replace(account, gateways=tuple(replace(one, store=None) for one in account.gateways))
    applied = applied_account(stack_of(account))
    assert applied == account
    for before, after in zip(account.gateways, applied.gateways, strict=True):
        if before.edge is not None and after.edge is not None:
            assert (after.edge.module, after.edge.url) == (before.edge.module, URL)
            assert after.edge.fingerprints == dict.fromkeys(before.edge.secrets, "print")
    assert find_drift(applied, account, None, stores_known=False).empty


def test_secrets_stay_sealed() -> None:
    sealed = [{"url": "https://o.example.com", "headers": {"x": CIPHER}, "contentType": "json"}]
    custom = resource(Type.CUSTOM_PROVIDER, "lab", slug="lab", baseUrl="https://x.example.com", headers=CIPHER)
    one = resource(Type.GATEWAY, "g", aiGatewayId="g", otels=sealed, stripe=CIPHER)
    applied = applied_account(parse_deployment({"resources": [one, custom]}))
    (gateway,) = applied.gateways
    exporters: Any = gateway.settings["otel"]
    assert exporters[0]["headers"] == {"x": SEALED}
    assert gateway.settings["stripe"] == SEALED
    assert applied.custom_providers[0].settings["headers"] == SEALED


def test_what_an_import_left_open_is_sealed() -> None:
    otels = [{"url": "https://o.example.com", "headers": {"x": "planted"}, "authorization": "planted"}]
    stripe = {"authorization": "planted", "usageEvents": []}
    before = {"resources": [resource(Type.GATEWAY, "g", otels=otels, stripe=stripe)], "manifest": {}}
    after = sealed_deployment(before)
    inputs = after["resources"][0]["inputs"]
    assert is_sealed(inputs["otels"][0]["headers"]["x"])
    assert is_sealed(inputs["otels"][0]["authorization"])
    assert json.loads(inputs["stripe"]["authorization"]["plaintext"]) == "planted"
    assert sealed_deployment(after) == after
    assert "ciphertext" not in json.dumps(before)
