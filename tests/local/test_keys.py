"""Secrets stores, secrets and provider configs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from cfaig.local.options import Options
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare, running_cloudflare

STORES = "/secrets_store/stores"
CONFIGS = "/ai-gateway/gateways/g/provider_configs"
VALUE = "sk-local-stand-in-0123456789"


@pytest.fixture
def store(cloudflare: RunningCloudflare) -> str:
    return str(cloudflare.result("POST", STORES, {"name": "default_secrets_store"})["id"])


@pytest.fixture
def account(cloudflare: RunningCloudflare, store: str) -> RunningCloudflare:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g", store_id=store))
    return cloudflare


def secret(name: str = "g_openai_default", **more: Any) -> dict[str, Any]:
    return {"name": name, "value": VALUE, "scopes": ["ai_gateway"]} | more


def config(**more: Any) -> dict[str, Any]:
    return {"provider_slug": "openai", "alias": "default", "default_config": True} | more


def test_an_account_starts_without_a_store_and_gets_one_at_most(cloudflare: RunningCloudflare) -> None:
    assert cloudflare.result("GET", STORES) == []
    created = cloudflare.result("POST", STORES, {"name": "default_secrets_store"})
    assert cloudflare.result("GET", STORES) == [created]
    assert cloudflare.result("GET", f"{STORES}/{created['id']}") == created
    answer = cloudflare.call("POST", STORES, {"name": "second"})
    assert (answer.status_code, answer.json()["errors"][0]) == (
        400,
        {"code": 1003, "message": "maximum_stores_exceeded"},
    )


def test_secrets_come_and_go_without_their_values(cloudflare: RunningCloudflare, store: str) -> None:
    path = f"{STORES}/{store}/secrets"
    created = cloudflare.call("POST", path, [secret("a", comment="first"), secret("b")])
    assert VALUE not in created.text
    assert [each["status"] for each in created.json()["result"]] == ["pending", "pending"]
    first, second = created.json()["result"]
    listed = cloudflare.call("GET", path)
    assert VALUE not in listed.text
    assert [(each["name"], each["status"]) for each in listed.json()["result"]] == [("a", "active"), ("b", "active")]
    changed = cloudflare.call("PATCH", f"{path}/{first['id']}", {"value": "new-value", "comment": "changed"})
    assert "new-value" not in changed.text
    assert (changed.json()["result"]["comment"], changed.json()["result"]["scopes"]) == ("changed", ["ai_gateway"])
    assert cloudflare.result("DELETE", f"{path}/{first['id']}")["status"] == "deleted"
    assert cloudflare.result("DELETE", path, [{"id": second["id"]}])[0]["name"] == "b"
    assert cloudflare.result("GET", path) == []


def test_search_in_secrets(cloudflare: RunningCloudflare, store: str) -> None:
    path = f"{STORES}/{store}/secrets"
    cloudflare.result("POST", path, [secret("alpha"), secret("beta", comment="alpha too"), secret("gamma")])
    assert [each["name"] for each in cloudflare.result("GET", f"{path}?search=alpha")] == ["alpha", "beta"]


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ([], []),
        ([{"name": "a", "value": "v"}], [0, "scopes"]),
        ([secret(scopes=["everything"])], [0, "scopes", 0]),
        ([secret("two words")], [0, "name"]),
        ([secret(value="x" * 65_537)], [0, "value"]),
    ],
)
def test_wrong_secrets(cloudflare: RunningCloudflare, store: str, wrong: object, path: list[object]) -> None:
    answer = cloudflare.call("POST", f"{STORES}/{store}/secrets", wrong)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, ["body", *path])


def test_a_taken_name_makes_none_of_the_secrets(cloudflare: RunningCloudflare, store: str) -> None:
    path = f"{STORES}/{store}/secrets"
    cloudflare.result("POST", path, [secret("a")])
    answer = cloudflare.call("POST", path, [secret("b"), secret("a")])
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, 1003)
    assert "secret_name_already_exists" in answer.text
    assert len(cloudflare.result("GET", path)) == 1


def test_a_full_store_is_deleted_by_force_only(cloudflare: RunningCloudflare, store: str) -> None:
    cloudflare.result("POST", f"{STORES}/{store}/secrets", [secret()])
    assert cloudflare.call("DELETE", f"{STORES}/{store}").status_code == 409
    cloudflare.result("DELETE", f"{STORES}/{store}?force=true")
    answer = cloudflare.call("GET", f"{STORES}/{store}/secrets")
    assert (answer.status_code, answer.json()["errors"][0]["message"]) == (404, "store_not_found")


def test_a_config_with_a_secret_from_the_store(account: RunningCloudflare, store: str) -> None:
    made = account.result("POST", f"{STORES}/{store}/secrets", [secret()])[0]
    created = account.result("POST", CONFIGS, config(secret_id=made["id"], rate_limit=10, rate_limit_period=60))
    assert created | {"id": "", "modified_at": ""} == {
        "id": "",
        "alias": "default",
        "default_config": 1,
        "gateway_id": "g",
        "modified_at": "",
        "provider_slug": "openai",
        "rate_limit": 10,
        "rate_limit_period": 60,
        "secret_id": made["id"],
        "secret_preview": "…6789",
    }
    assert account.result("GET", CONFIGS) == [created]
    assert account.result("DELETE", f"{CONFIGS}/{created['id']}") == created
    assert len(account.result("GET", f"{STORES}/{store}/secrets")) == 1


def test_a_config_that_brings_its_secret_along(account: RunningCloudflare, store: str) -> None:
    answer = account.call("POST", CONFIGS, config(secret=VALUE, default_config=False))
    assert VALUE not in answer.text
    created = answer.json()["result"]
    assert created["default_config"] == 0
    [kept] = account.result("GET", f"{STORES}/{store}/secrets")
    assert (kept["id"], kept["name"], kept["scopes"]) == (created["secret_id"], "g_openai_default", ["ai_gateway"])


def test_one_config_per_provider_and_alias(account: RunningCloudflare) -> None:
    account.result("POST", CONFIGS, config(secret=VALUE))
    answer = account.call("POST", CONFIGS, config(secret=VALUE))
    assert answer.status_code == 409
    assert "already exists" in answer.text
    account.result("POST", CONFIGS, config(secret=VALUE, alias="second"))


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (secret("g_openai_other"), "must be named 'g_openai_default'"),
        (secret(scopes=["workers"]), "must have the scope 'ai_gateway'"),
    ],
)
def test_a_wrong_secret_is_refused(account: RunningCloudflare, store: str, made: object, message: str) -> None:
    identity = account.result("POST", f"{STORES}/{store}/secrets", [made])[0]["id"]
    answer = account.call("POST", CONFIGS, config(secret_id=identity))
    assert answer.status_code == 400
    assert message in answer.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, "either secret or secret_id"),
        ({"secret": "v", "secret_id": "i"}, "either secret or secret_id"),
        ({"secret_id": "gone"}, "secret was not found"),
        ({"secret": "v", "provider_slug": "nobody"}, "Unknown provider 'nobody'"),
        ({"secret": "v", "provider_slug": "custom-gone"}, "Unknown provider 'custom-gone'"),
    ],
)
def test_wrong_configs(account: RunningCloudflare, wrong: dict[str, Any], message: str) -> None:
    answer = account.call("POST", CONFIGS, config() | wrong)
    assert answer.status_code == 400
    assert message in answer.text


def test_a_gateway_without_a_store_takes_no_keys(cloudflare: RunningCloudflare) -> None:
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g"))
    answer = cloudflare.call("POST", CONFIGS, config(secret=VALUE))
    assert answer.status_code == 400
    assert "store_id" in answer.text


def test_replacing_a_config(account: RunningCloudflare) -> None:
    created = account.result("POST", CONFIGS, config(secret=VALUE, rate_limit=10, rate_limit_period=60))
    again = config(secret_id=created["secret_id"], default_config=False)
    replaced = account.result("PUT", f"{CONFIGS}/{created['id']}", again)
    assert (replaced["id"], replaced["default_config"], "rate_limit" in replaced) == (created["id"], 0, False)
    answer = account.call("PUT", f"{CONFIGS}/gone", again)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (404, 7002)


def test_a_config_for_a_custom_provider(account: RunningCloudflare) -> None:
    provider = {"slug": "lab", "name": "Lab", "base_url": "https://lab.example.com"}
    account.result("POST", "/ai-gateway/custom-providers", provider)
    account.result("POST", CONFIGS, config(secret=VALUE, provider_slug="custom-lab"))


def test_a_new_secret_can_stay_pending_for_a_while(tmp_path: Path) -> None:
    with running_cloudflare(tmp_path, Options(secret_delay=0.4, default_store=True)) as account:
        [store] = account.result("GET", STORES)
        assert store["name"] == "default_secrets_store"
        account.result("POST", "/ai-gateway/gateways", gateway_body("g", store_id=store["id"]))
        made = account.result("POST", f"{STORES}/{store['id']}/secrets", [secret()])[0]
        body = config(secret_id=made["id"])
        assert "secret was not found" in account.call("POST", CONFIGS, body).text
        time.sleep(0.45)
        account.result("POST", CONFIGS, body)
