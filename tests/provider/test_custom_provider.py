from __future__ import annotations

import grpc
import pytest

from cfaig.local.options import ACCOUNT
from cfaig.provider.values import Properties, Secret
from tests.provider.cloud import Cloud, PluginClient

TOKEN = "cfaig:index:CustomProvider"
PROVIDERS = "/ai-gateway/custom-providers"
INPUTS = {
    "accountId": ACCOUNT,
    "slug": "ollama-lab",
    "name": "Ollama lab",
    "baseUrl": "https://ollama.example.com",
    "description": "ours",
    "enable": True,
    "beta": False,
    "headers": Secret('{"x-key": "hush-hush"}'),
    "position": 2,
}


@pytest.fixture
def made(cloud: Cloud, plugin: PluginClient) -> tuple[str, Properties]:
    identity, outputs = plugin.create(TOKEN, INPUTS)
    cloud.requests()
    return identity, outputs


def test_create(cloud: Cloud, made: tuple[str, Properties]) -> None:
    (live,) = cloud.call("GET", PROVIDERS)
    assert made[0] == f"{ACCOUNT}/{live['id']}"
    assert made[1] == INPUTS | {"providerId": live["id"]}
    assert (live["slug"], live["enable"], live["headers"]) == ("ollama-lab", True, '{"x-key": "hush-hush"}')


def test_one_of_that_slug_is_brought_to_the_settings(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, _ = plugin.create(TOKEN, INPUTS | {"name": "Other", "description": None})
    assert identity == made[0]
    (live,) = cloud.call("GET", PROVIDERS)
    assert (live["name"], live["description"]) == ("Other", None)


def test_update_is_a_patch_and_clears_what_is_left_out(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    new = {name: value for name, value in INPUTS.items() if name not in {"description", "headers", "position"}}
    answer = plugin.diff(TOKEN, INPUTS, new, made[1])
    assert sorted(answer.detailedDiff) == ["description", "headers", "position"]
    assert not answer.replaces
    plugin.update(TOKEN, made[0], INPUTS, made[1], new)
    assert cloud.requests() == [f"PATCH {PROVIDERS}/{made[1]['providerId']}"]
    (live,) = cloud.call("GET", PROVIDERS)
    assert (live["description"], live["headers"], live["position"]) == (None, None, None)


def test_read_and_import(plugin: PluginClient, made: tuple[str, Properties]) -> None:
    assert plugin.read(TOKEN, made[0], INPUTS, made[1]) == (made[0], INPUTS, made[1])
    for key in ("ollama-lab", made[1]["providerId"]):
        assert plugin.read(TOKEN, f"{ACCOUNT}/{key}") == (made[0], INPUTS, made[1])


def test_headers_spelled_otherwise_are_the_same(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    cloud.call("PATCH", f"{PROVIDERS}/{made[1]['providerId']}", {"headers": '{"x-key":"hush-hush"}'})
    assert plugin.read(TOKEN, made[0], INPUTS, made[1])[1] == INPUTS
    cloud.call("PATCH", f"{PROVIDERS}/{made[1]['providerId']}", {"headers": '{"x-key":"new"}'})
    assert plugin.read(TOKEN, made[0], INPUTS, made[1])[1]["headers"] == Secret('{"x-key":"new"}')


def test_delete_and_gone(cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]) -> None:
    plugin.delete(TOKEN, made[0], INPUTS, made[1])
    assert cloud.call("GET", PROVIDERS) == []
    plugin.delete(TOKEN, made[0], INPUTS, made[1])
    assert plugin.read(TOKEN, made[0], INPUTS, made[1])[0] == ""


def test_check_tells_what_is_wrong(plugin: PluginClient) -> None:
    wrong = INPUTS | {"slug": "a b", "baseUrl": "http://x", "headers": '{"a": 1}', "position": 1.5}
    assert plugin.check(TOKEN, wrong)[1] == [
        ("slug", "may hold letters, digits, - and _ only"),
        ("baseUrl", "must begin with https://"),
        ("headers", "must be a JSON object of texts"),
        ("position", "must be a whole number"),
    ]
    assert plugin.check(TOKEN, {"accountId": ACCOUNT, "slug": "a", "name": "A", "baseUrl": "https://x.example"})[0] == {
        "accountId": ACCOUNT,
        "slug": "a",
        "name": "A",
        "baseUrl": "https://x.example",
        "enable": False,
        "beta": False,
    }


def test_a_wrong_id_names_the_right_shape(plugin: PluginClient) -> None:
    with pytest.raises(grpc.RpcError, match="an id looks like <account>/<provider id or slug>"):
        plugin.read(TOKEN, "ollama-lab")
