from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest

from cfaig.local.options import ACCOUNT, Options
from cfaig.provider.values import UNKNOWN, Properties, Secret
from tests.local.running import running_cloudflare
from tests.provider.cloud import Cloud, PluginClient, serve_plugin

TOKEN = "cfaig:index:ProviderKey"
CONFIGS = "/ai-gateway/gateways/support/provider_configs"
SECRET = "sk-very-secret-value"
NAME = "support_openai_default"


@pytest.fixture
def store(cloud: Cloud) -> str:
    identity = str(cloud.call("POST", "/secrets_store/stores", {"name": "default_secrets_store"})["id"])
    cloud.make_gateway(store_id=identity)
    return identity


@pytest.fixture
def inputs(store: str) -> Properties:
    return {
        "accountId": ACCOUNT,
        "gatewayId": "support",
        "storeId": store,
        "provider": "openai",
        "alias": "default",
        "default": True,
        "key": Secret(SECRET),
    }


def secrets_of(cloud: Cloud, store: str) -> list[Any]:
    return list(cloud.call("GET", f"/secrets_store/stores/{store}/secrets"))


@pytest.fixture
def made(cloud: Cloud, plugin: PluginClient, inputs: Properties) -> tuple[str, Properties]:
    identity, outputs = plugin.create(TOKEN, inputs)
    cloud.requests()
    return identity, outputs


def test_create_stores_the_secret_and_makes_the_config(cloud: Cloud, store: str, made: tuple[str, Properties]) -> None:
    identity, outputs = made
    (config,) = cloud.call("GET", CONFIGS)
    (secret,) = secrets_of(cloud, store)
    assert identity == f"{ACCOUNT}/support/openai:default"
    assert (secret["name"], secret["scopes"]) == (NAME, ["ai_gateway"])
    assert (config["id"], config["secret_id"], config["default_config"]) == (outputs["configId"], secret["id"], 1)
    assert outputs["secretName"] == NAME


def test_the_key_stays_secret_and_only_its_fingerprint_shows(made: tuple[str, Properties]) -> None:
    outputs = made[1]
    assert outputs["key"] == Secret(SECRET)
    assert SECRET not in repr(outputs)
    salt, _, digest = outputs["keyFingerprint"].partition(":")
    assert (len(salt), len(digest)) == (16, 16)


def test_a_key_given_in_the_open_becomes_secret(plugin: PluginClient, inputs: Properties) -> None:
    assert plugin.check(TOKEN, inputs | {"key": "open"})[0]["key"] == Secret("open")


def test_create_again_doubles_nothing(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, made: tuple[str, Properties]
) -> None:
    identity, outputs = plugin.create(TOKEN, inputs)
    assert (identity, outputs["configId"]) == (made[0], made[1]["configId"])
    assert len(secrets_of(cloud, store)) == len(cloud.call("GET", CONFIGS)) == 1


@pytest.mark.parametrize("path", ["/secrets$", "/provider_configs$"])
@pytest.mark.parametrize("how", [{"drop": "after"}, {"drop": "before"}, {"status": 500}])
def test_a_lost_answer_doubles_nothing(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, path: str, how: dict[str, Any]
) -> None:
    cloud.fault(path, method="POST", **how)
    plugin.create(TOKEN, inputs)
    assert len(secrets_of(cloud, store)) == len(cloud.call("GET", CONFIGS)) == 1


def test_a_new_key_is_a_patch_of_the_secret(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, made: tuple[str, Properties]
) -> None:
    identity, state = made
    new = inputs | {"key": Secret("sk-another")}
    assert list(plugin.diff(TOKEN, inputs, new, state).detailedDiff) == ["key"]
    assert plugin.update(TOKEN, identity, inputs, state, new, preview=True)["keyFingerprint"] is UNKNOWN
    outputs = plugin.update(TOKEN, identity, inputs, state, new)
    assert [entry.split("/")[0] for entry in cloud.requests()] == ["PATCH "]
    assert outputs["keyFingerprint"] != state["keyFingerprint"]
    assert outputs["configId"] == state["configId"]


def test_a_new_limit_is_a_new_config_with_the_same_secret(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, made: tuple[str, Properties]
) -> None:
    identity, state = made
    new = inputs | {"rateLimit": 10, "rateLimitPeriod": 60}
    planned = plugin.update(TOKEN, identity, inputs, state, new, preview=True)
    assert planned["configId"] is UNKNOWN
    assert planned["keyFingerprint"] == state["keyFingerprint"]
    outputs = plugin.update(TOKEN, identity, inputs, state, new)
    assert cloud.requests() == [f"DELETE {CONFIGS}/{state['configId']}", f"POST {CONFIGS}"]
    (config,) = cloud.call("GET", CONFIGS)
    assert (config["id"], config["rate_limit"], config["rate_limit_period"]) == (outputs["configId"], 10, 60)
    assert len(secrets_of(cloud, store)) == 1


def test_killed_between_two_configs_the_next_run_goes_on(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, made: tuple[str, Properties]
) -> None:
    identity, state = made
    cloud.call("DELETE", f"{CONFIGS}/{state['configId']}")
    outputs = plugin.update(TOKEN, identity, inputs, state, inputs | {"rateLimit": 10, "rateLimitPeriod": 60})
    assert [config["id"] for config in cloud.call("GET", CONFIGS)] == [outputs["configId"]]


@pytest.mark.parametrize(
    ("change", "first_delete"),
    [
        ({"alias": "b"}, False),
        ({"provider": "anthropic"}, False),
        ({"storeId": "x"}, True),
        ({"gatewayId": "g"}, False),
    ],
)
def test_what_replaces_and_in_which_order(
    plugin: PluginClient, inputs: Properties, made: tuple[str, Properties], change: Properties, first_delete: bool
) -> None:
    answer = plugin.diff(TOKEN, inputs, inputs | change, made[1])
    assert (list(answer.replaces), answer.deleteBeforeReplace) == (list(change), first_delete)


def test_read_and_import(plugin: PluginClient, inputs: Properties, made: tuple[str, Properties]) -> None:
    identity, state = made
    assert plugin.read(TOKEN, identity, inputs, state) == (identity, inputs, state)
    for key in ("openai:default", state["configId"]):
        found, imported, outputs = plugin.read(TOKEN, f"{ACCOUNT}/support/{key}")
        assert found == identity
        assert imported == {name: value for name, value in inputs.items() if name != "key"}
        assert list(plugin.diff(TOKEN, imported, inputs, outputs).detailedDiff) == ["key"]


def test_a_lost_secret_is_seen_and_put_back(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, made: tuple[str, Properties]
) -> None:
    identity, state = made
    cloud.call("DELETE", f"/secrets_store/stores/{store}/secrets/{state['secretId']}")
    _, live, outputs = plugin.read(TOKEN, identity, inputs, state)
    answer = plugin.diff(TOKEN, live, inputs, outputs)
    assert list(answer.detailedDiff) == ["key"]
    plugin.update(TOKEN, identity, live, outputs, inputs)
    (secret,) = secrets_of(cloud, store)
    assert [config["secret_id"] for config in cloud.call("GET", CONFIGS)] == [secret["id"]]


def test_a_lost_config_is_seen_and_put_back_or_its_secret_is_removed(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, made: tuple[str, Properties]
) -> None:
    identity, state = made
    cloud.call("DELETE", f"{CONFIGS}/{state['configId']}")
    found, live, outputs = plugin.read(TOKEN, identity, inputs, state)
    assert (found, live, outputs["configId"]) == (identity, inputs, "")
    assert list(plugin.diff(TOKEN, live, inputs, outputs).detailedDiff) == ["key"]
    plugin.update(TOKEN, identity, live, outputs, inputs)
    (config,) = cloud.call("GET", CONFIGS)
    cloud.call("DELETE", f"{CONFIGS}/{config['id']}")
    plugin.delete(TOKEN, identity, live, outputs)
    assert secrets_of(cloud, store) == []
    assert plugin.read(TOKEN, identity, inputs, outputs)[0] == ""


def test_delete_removes_both_and_what_is_gone_is_fine(
    cloud: Cloud, plugin: PluginClient, inputs: Properties, store: str, made: tuple[str, Properties]
) -> None:
    identity, state = made
    plugin.delete(TOKEN, identity, inputs, state)
    assert secrets_of(cloud, store) == cloud.call("GET", CONFIGS) == []
    plugin.delete(TOKEN, identity, inputs, state)
    cloud.call("DELETE", "/ai-gateway/gateways/support")
    cloud.call("DELETE", f"/secrets_store/stores/{store}")
    plugin.delete(TOKEN, identity, inputs, state)
    assert plugin.read(TOKEN, identity, inputs, state)[0] == ""


def test_an_error_never_shows_the_key(plugin: PluginClient, inputs: Properties) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(TOKEN, inputs | {"provider": SECRET})
    assert SECRET not in str(caught.value.details())
    assert "(hidden)" in str(caught.value.details())


def test_check_tells_what_is_wrong(plugin: PluginClient, inputs: Properties) -> None:
    wrong = inputs | {"rateLimitPeriod": 0, "alias": "a/b", "key": "", "default": "yes"}
    assert [name for name, _ in plugin.check(TOKEN, wrong)[1]] == [
        "alias",
        "default",
        "key",
        "rateLimitPeriod",
        "rateLimitPeriod",
    ]


def test_preview_with_a_store_that_is_not_made_yet(plugin: PluginClient, inputs: Properties) -> None:
    checked, failures = plugin.check(TOKEN, inputs | {"storeId": UNKNOWN, "gatewayId": UNKNOWN, "key": Secret(UNKNOWN)})
    assert not failures
    _, outputs = plugin.create(TOKEN, checked, preview=True)
    assert outputs["configId"] is UNKNOWN
    assert outputs["key"] == Secret(UNKNOWN)


@pytest.fixture
def slow_cloud(tmp_path: Path) -> Iterator[Cloud]:
    with running_cloudflare(tmp_path, Options(secret_delay=0.4)) as running:
        yield Cloud(running)


def test_a_pending_secret_is_waited_for(slow_cloud: Cloud, inputs: Properties) -> None:
    store = slow_cloud.call("POST", "/secrets_store/stores", {"name": "default_secrets_store"})["id"]
    slow_cloud.make_gateway(store_id=store)
    with serve_plugin(slow_cloud.environ) as plugin:
        plugin.create(TOKEN, inputs | {"storeId": store})
    assert slow_cloud.requests("POST").count(f"POST {CONFIGS}") == 1
    assert len(slow_cloud.call("GET", CONFIGS)) == 1
