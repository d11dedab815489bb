"""Workers and their host names: what is needed to deploy an edge."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import httpx
import pytest
from cloudflare import Cloudflare

from tests.local.running import RunningCloudflare

SCRIPTS, DOMAINS = "/workers/scripts", "/workers/domains"
CODE = 'export default { fetch() { return new Response("grüß dich\\r\\n") } }\n'
RULES = {"name": "RULES", "type": "json", "json": {"version": 1, "rules": []}}
TOKEN = {"name": "GATEWAY_TOKEN", "type": "secret_text", "text": "TOPSECRET"}
METADATA: dict[str, Any] = {
    "main_module": "worker.js",
    "compatibility_date": "2026-07-01",
    "bindings": [RULES, TOKEN],
    "logpush": False,
    "usage_model": "standard",
}


def put(cloudflare: RunningCloudflare, name: str, metadata: Any, code: str = CODE) -> httpx.Response:
    """As the official plugin does it."""
    text = metadata if isinstance(metadata, str) else json.dumps(metadata)
    files = {
        "worker.js": ("worker.js", code, "application/javascript+module"),
        "metadata": (None, text, "application/json"),
    }
    url = f"{cloudflare.url}/accounts/{cloudflare.account}{SCRIPTS}/{name}"
    return cloudflare.client.put(url, files=files, headers={"Authorization": f"Bearer {cloudflare.token}"})


def test_a_worker_is_kept_and_its_secrets_never_come_out(cloudflare: RunningCloudflare) -> None:
    code = resources.files("cfaig.edge").joinpath("worker.js").read_text("utf-8")
    made = put(cloudflare, "support-edge", METADATA, code).json()["result"]
    assert (made["id"], made["compatibility_date"]) == ("support-edge", "2026-07-01")
    assert cloudflare.call("GET", f"{SCRIPTS}/support-edge").text == code
    assert cloudflare.call("GET", f"{SCRIPTS}/support-edge/content/v2").text == code
    service = cloudflare.result("GET", "/workers/services/support-edge")["default_environment"]
    assert service["script"]["etag"] == made["etag"]
    told = cloudflare.result("GET", f"{SCRIPTS}/support-edge/settings")
    assert told["bindings"] == [RULES, {"name": "GATEWAY_TOKEN", "type": "secret_text"}]
    changed = put(cloudflare, "support-edge", METADATA | {"bindings": []}).json()["result"]
    assert changed["etag"] != made["etag"]
    assert changed["created_on"] == made["created_on"]
    assert cloudflare.call("GET", f"{SCRIPTS}/support-edge").text == CODE
    assert cloudflare.result("GET", f"{SCRIPTS}/support-edge/settings")["bindings"] == []
    assert [each["id"] for each in cloudflare.result("GET", SCRIPTS)] == ["support-edge"]
    everything = "".join(
        cloudflare.call("GET", path).text for path in (SCRIPTS, f"{SCRIPTS}/support-edge/settings", DOMAINS)
    )
    assert "TOPSECRET" not in everything
    cloudflare.result("DELETE", f"{SCRIPTS}/support-edge")
    gone = cloudflare.call("DELETE", f"{SCRIPTS}/support-edge")
    assert (gone.status_code, gone.json()["errors"][0]["code"]) == (404, 10007)


@pytest.mark.parametrize(
    ("name", "metadata", "told"),
    [
        ("Support", METADATA, "name: Invalid"),
        ("e", "{", "no JSON"),
        ("e", '{"main_module": NaN}', "no JSON"),
        ("e", METADATA | {"main_module": "other.js"}, "No such module: other.js"),
        ("e", METADATA | {"compatibility_date": "today"}, "compatibility_date: Invalid"),
        ("e", METADATA | {"bindings": [RULES, RULES]}, "'RULES' already in use"),
        ("e", METADATA | {"bindings": [{"name": "A", "type": "queue"}]}, "type queue"),
        ("e", METADATA | {"bindings": [RULES | {"json": "x" * 5200}]}, "the limit of 5 KB"),
        ("e", METADATA | {"bindings": [{"name": "A", "type": "secret_text"}]}, "text: Required"),
        (
            "e",
            METADATA
            | {"bindings": [{"name": "A", "type": "secrets_store_secret", "store_id": "s", "secret_name": "n"}]},
            "is not in the store",
        ),
    ],
)
def test_what_is_no_worker_is_refused(cloudflare: RunningCloudflare, name: str, metadata: Any, told: str) -> None:
    answer = put(cloudflare, name, metadata)
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["code"] == 10021
    assert told in error["message"]
    assert cloudflare.result("GET", SCRIPTS) == []


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data", "multipart/form-data; boundary=x"])
def test_other_bodies_are_refused(cloudflare: RunningCloudflare, kind: str) -> None:
    headers = {"Authorization": f"Bearer {cloudflare.token}", "Content-Type": kind}
    url = f"{cloudflare.url}/accounts/{cloudflare.account}{SCRIPTS}/e"
    assert cloudflare.client.put(url, content=b"\xff--y\r\n", headers=headers).status_code == 400


def test_a_secret_of_the_store_can_be_bound(cloudflare: RunningCloudflare) -> None:
    stores = cloudflare.result("GET", "/secrets_store/stores")
    store = (stores or [cloudflare.result("POST", "/secrets_store/stores", {"name": "s"})])[0]["id"]
    secret = [{"name": "lab", "value": "TOPSECRET", "scopes": ["workers"]}]
    cloudflare.result("POST", f"/secrets_store/stores/{store}/secrets", secret)
    binding = {"name": "KEY_LAB", "type": "secrets_store_secret", "store_id": store, "secret_name": "lab"}
    assert put(cloudflare, "e", METADATA | {"bindings": [binding]}).status_code == 200
    assert cloudflare.result("GET", f"{SCRIPTS}/e/settings")["bindings"] == [binding]


def test_host_names_lead_to_workers(cloudflare: RunningCloudflare) -> None:
    wanted = {"hostname": "ai.example.com", "service": "a"}
    missing = cloudflare.call("PUT", DOMAINS, wanted)
    assert (missing.status_code, missing.json()["errors"][0]["code"]) == (404, 10007)
    for name in ("a", "b"):
        put(cloudflare, name, METADATA)
    made = cloudflare.result("PUT", DOMAINS, wanted)
    assert (made["hostname"], made["service"], made["zone_name"]) == ("ai.example.com", "a", "example.com")
    assert cloudflare.result("PUT", DOMAINS, wanted) == made
    taken = cloudflare.call("PUT", DOMAINS, wanted | {"service": "b"})
    assert (taken.status_code, taken.json()["errors"][0]["code"]) == (409, 100116)
    other = {"service": "b", "zone_id": "0" * 32, "override_existing_origin": True}
    moved = cloudflare.result("PUT", DOMAINS, wanted | other)
    assert moved == made | {"service": "b", "zone_id": "0" * 32}
    cloudflare.result("PUT", DOMAINS, {"hostname": "other.example.com", "service": "a"})
    assert cloudflare.result("GET", f"{DOMAINS}?service=b") == [moved]
    assert cloudflare.result("GET", f"{DOMAINS}/{made['id']}") == moved
    cloudflare.result("DELETE", f"{SCRIPTS}/b")
    assert cloudflare.call("GET", f"{DOMAINS}/{made['id']}").status_code == 404
    (other,) = cloudflare.result("GET", DOMAINS)
    cloudflare.result("DELETE", f"{DOMAINS}/{other['id']}")
    assert cloudflare.result("GET", DOMAINS) == []


def test_the_official_sdk_understands_it(cloudflare: RunningCloudflare) -> None:
    account = cloudflare.account
    with Cloudflare(api_token=cloudflare.token, base_url=cloudflare.url) as sdk:
        put(cloudflare, "support-edge", METADATA)
        (script,) = sdk.workers.scripts.list(account_id=account)
        assert (script.id, script.handlers) == ("support-edge", ["fetch"])
        told = sdk.workers.scripts.script_and_version_settings.get("support-edge", account_id=account)
        assert told is not None
        assert [(each.name, each.type) for each in told.bindings or ()] == [
            ("RULES", "json"),
            ("GATEWAY_TOKEN", "secret_text"),
        ]
        domain = sdk.workers.domains.update(account_id=account, hostname="ai.example.com", service="support-edge")
        assert domain is not None
        assert sdk.workers.domains.get(domain.id, account_id=account) is not None
        sdk.workers.domains.delete(domain.id, account_id=account)
        sdk.workers.scripts.delete("support-edge", account_id=account)
        assert list(sdk.workers.scripts.list(account_id=account)) == []
