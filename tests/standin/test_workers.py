"""The stand-in's Workers and host names: the requests that were seen, and a whole life on the local Cloudflare."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cfaig.errors import CfaigError
from cfaig.local.standin.client import Client, RequestError
from cfaig.local.standin.gateway import NOT_FOUND_WARNING
from cfaig.local.standin.workers import WorkersCustomDomain, WorkersScript
from tests.deploy.official import official_inputs
from tests.deploy.test_contract import mismatches
from tests.local.running import RunningCloudflare
from tests.standin.conftest import Api

Connect = Callable[[dict[str, str]], Client]
RULES = {"name": "RULES", "type": "json", "json": '{"rules":[],"version":1}'}
SECRET = {"name": "GATEWAY_TOKEN", "type": "secret_text", "text": "TOPSECRET"}
STORED = {"name": "KEY_A", "type": "secrets_store_secret", "storeId": "s", "secretName": "a"}
SCRIPT: dict[str, Any] = {
    "accountId": "acc",
    "scriptName": "support-edge",
    "content": "export default {}; // grüß dich",
    "mainModule": "worker.js",
    "compatibilityDate": "2026-07-01",
    "bindings": [RULES, SECRET, STORED],
}
DOMAIN = {"accountId": "acc", "hostname": "ai.example.com", "service": "support-edge", "zoneId": "0" * 32}


def kinds(connect: Connect, url: str, token: str) -> tuple[WorkersScript, WorkersCustomDomain, list[str]]:
    client = connect({"CLOUDFLARE_BASE_URL": url, "CLOUDFLARE_API_TOKEN": token, "CFAIG_STANDIN_RETRY_SECONDS": "0.2"})
    told: list[str] = []
    return WorkersScript(client, told.append), WorkersCustomDomain(client, told.append), told


def test_a_worker_is_put_as_a_form(api: Api, connect: Connect) -> None:
    script, _, _ = kinds(connect, api.url, "token")
    api.result({"id": "support-edge", "etag": "e"})
    made = script.create(SCRIPT)
    (asked,) = api.asked
    assert (asked.method, asked.path, made.id) == ("PUT", "/accounts/acc/workers/scripts/support-edge", "support-edge")
    kind, _, boundary = asked.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    _, module, metadata, end = asked.text.split(f"--{boundary}")
    assert module == (
        '\r\nContent-Disposition: form-data; name="worker.js"; filename="worker.js"\r\n'
        f"Content-Type: application/javascript+module\r\n\r\n{SCRIPT['content']}\r\n"
    )
    assert end == "--\r\n"
    head, _, text = metadata.partition("\r\n\r\n")
    assert 'name="metadata"' in head
    assert json.loads(text) == {
        "bindings": [
            {"name": "RULES", "type": "json", "json": {"rules": [], "version": 1}},
            SECRET,
            {"name": "KEY_A", "type": "secrets_store_secret", "store_id": "s", "secret_name": "a"},
        ],
        "compatibility_date": "2026-07-01",
        "logpush": False,
        "main_module": "worker.js",
        "usage_model": "standard",
    }


def test_a_host_name_is_put(api: Api, connect: Connect) -> None:
    _, domain, _ = kinds(connect, api.url, "token")
    api.result({"id": "d", "hostname": "ai.example.com", "service": "support-edge", "zone_id": "0" * 32})
    assert domain.create(DOMAIN).id == "d"
    (asked,) = api.asked
    assert (asked.method, asked.path) == ("PUT", "/accounts/acc/workers/domains")
    assert asked.body == {"hostname": "ai.example.com", "service": "support-edge", "zone_id": "0" * 32}


def test_inputs_are_those_of_the_package() -> None:
    for kind, sample in ((WorkersScript, SCRIPT), (WorkersCustomDomain, DOMAIN)):
        official = official_inputs(kind.__name__)
        assert {entry.name for entry in kind.inputs} == sample.keys()
        assert mismatches(sample, official) == []
        required = {name for name, (needed, _) in official.items() if needed}
        assert required <= {entry.name for entry in kind.inputs if entry.required}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"bindings": [{"name": "Q", "type": "queue"}]}, "a type that the stand-in does not know"),
        ({"bindings": [{"name": "A", "type": "json"}]}, "without its name or its json"),
        ({"bindings": ["A"]}, "a type that the stand-in does not know"),
        ({"contentFile": "worker.js"}, "is not a property"),
    ],
)
def test_what_nobody_has_seen_is_refused(connect: Connect, change: dict[str, Any], told: str) -> None:
    script, _, _ = kinds(connect, "http://127.0.0.1:9", "token")
    _, failures = script.check({**SCRIPT, **change}, {})
    assert [told in failure.reason for failure in failures] == [True]


def test_a_whole_life(local_cloudflare: RunningCloudflare, connect: Connect) -> None:
    local_cloudflare.reset()
    script, domain, told = kinds(connect, local_cloudflare.url, local_cloudflare.token)
    inputs = {**SCRIPT, "accountId": local_cloudflare.account, "bindings": [RULES, SECRET]}
    state = script.create(inputs).outputs
    host = {**DOMAIN, "accountId": local_cloudflare.account}
    del host["zoneId"]
    made = domain.create(host)
    found, led = script.read("support-edge", inputs, state), domain.read(made.id, host, made.outputs)
    assert found is not None
    assert led is not None
    assert (found.inputs, led.inputs) == (inputs, host)
    assert not script.diff("support-edge", found.inputs, found.outputs, inputs)
    assert not domain.diff(made.id, led.inputs, led.outputs, host)
    other = {**inputs, "bindings": [{**RULES, "json": '{"rules":[1],"version":1}'}, SECRET], "content": "export {}"}
    assert set(script.diff("support-edge", inputs, state, other).top_level()) == {"bindings", "content"}
    state = script.update("support-edge", inputs, state, other)
    behind = script.read("support-edge", inputs, state)
    assert behind is not None
    assert behind.inputs == other
    imported = script.read(f"{local_cloudflare.account}/support-edge", {}, {})
    assert imported is not None
    assert imported.inputs["bindings"] == [other["bindings"][0]]
    assert domain.diff(made.id, host, made.outputs, {**host, "hostname": "b.example.com"}).replaces == {"hostname"}
    domain.delete(made.id, host, made.outputs)
    script.delete("support-edge", other, state)
    assert script.read("support-edge", other, state) is None
    assert domain.read(made.id, host, made.outputs) is None
    assert told == [NOT_FOUND_WARNING] * 2
    with pytest.raises(RequestError):
        script.delete("support-edge", other, state)
    with pytest.raises(CfaigError, match="<account_id>/<script_name>"):
        script.read("support-edge", {}, {})
