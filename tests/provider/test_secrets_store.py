from __future__ import annotations

import grpc
import pytest

from cfaig.local.options import ACCOUNT
from tests.provider.cloud import Cloud, PluginClient

TOKEN = "cfaig:index:SecretsStore"
INPUTS = {"accountId": ACCOUNT, "name": "default_secrets_store"}
STORES = "/secrets_store/stores"


def test_it_is_made_where_there_is_none(cloud: Cloud, plugin: PluginClient) -> None:
    identity, outputs = plugin.create(TOKEN, INPUTS)
    assert identity == f"{ACCOUNT}/{outputs['storeId']}"
    assert outputs["adopted"] is False
    plugin.delete(TOKEN, identity, INPUTS, outputs)
    assert cloud.call("GET", STORES) == []
    plugin.delete(TOKEN, identity, INPUTS, outputs)


def test_one_that_exists_is_used_and_never_removed(cloud: Cloud, plugin: PluginClient) -> None:
    made = cloud.call("POST", STORES, {"name": "default_secrets_store"})
    cloud.requests()
    identity, outputs = plugin.create(TOKEN, INPUTS)
    assert (outputs["storeId"], outputs["adopted"]) == (made["id"], True)
    plugin.delete(TOKEN, identity, INPUTS, outputs)
    assert cloud.requests() == []


def test_one_that_holds_secrets_is_kept(cloud: Cloud, plugin: PluginClient) -> None:
    identity, outputs = plugin.create(TOKEN, INPUTS)
    secret = {"name": "x", "value": "v", "scopes": ["workers"]}
    cloud.call("POST", f"{STORES}/{outputs['storeId']}/secrets", [secret])
    plugin.delete(TOKEN, identity, INPUTS, outputs)
    assert len(cloud.call("GET", STORES)) == 1


def test_a_second_store_is_refused_with_the_name_of_the_first(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.call("POST", STORES, {"name": "keys"})
    with pytest.raises(grpc.RpcError, match=r"refuses a second Secrets Store “default_secrets_store”.*“keys”"):
        plugin.create(TOKEN, INPUTS)


def test_a_lost_answer_makes_one_store(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.fault("/stores$", method="POST", drop="after")
    plugin.create(TOKEN, INPUTS)
    assert len(cloud.call("GET", STORES)) == 1


def test_read_and_import(cloud: Cloud, plugin: PluginClient) -> None:
    identity, outputs = plugin.create(TOKEN, INPUTS)
    assert plugin.read(TOKEN, identity, INPUTS, outputs) == (identity, INPUTS, outputs)
    assert plugin.read(TOKEN, f"{ACCOUNT}/default_secrets_store") == (identity, INPUTS, outputs | {"adopted": True})
    cloud.call("DELETE", f"{STORES}/{outputs['storeId']}")
    assert plugin.read(TOKEN, identity, INPUTS, outputs)[0] == ""


def test_preview_leaves_the_id_open_and_another_name_replaces(plugin: PluginClient) -> None:
    answer = plugin.diff(TOKEN, INPUTS, INPUTS | {"name": "keys"})
    assert (list(answer.replaces), answer.deleteBeforeReplace) == (["name"], True)
