from __future__ import annotations

import json
from typing import Any

import grpc
import pytest

from cfaig.local.options import ACCOUNT
from cfaig.provider.values import UNKNOWN, Properties
from tests.provider.cloud import A_ROUTE, Cloud, FailedPartlyError, PluginClient
from tests.provider.graphs import chain, route

TOKEN = "cfaig:index:Route"
KIND_UPDATE = 4


@pytest.fixture
def made(cloud: Cloud, plugin: PluginClient) -> tuple[str, Properties]:
    cloud.make_gateway()
    identity, outputs = plugin.create(TOKEN, route())
    cloud.requests()
    return identity, outputs


def test_create_makes_a_deployed_route(cloud: Cloud, made: tuple[str, Properties]) -> None:
    identity, outputs = made
    assert identity == f"{ACCOUNT}/support/{outputs['routeId']}"
    assert cloud.deployed(outputs["routeId"]) == route()["elements"]
    assert outputs["versionId"]
    assert outputs["deploymentId"]
    assert outputs["elements"] == route()["elements"]


def test_create_again_changes_nothing(cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]) -> None:
    identity, outputs = plugin.create(TOKEN, route())
    assert (identity, outputs["versionId"]) == (made[0], made[1]["versionId"])
    assert cloud.requests() == [f"POST {A_ROUTE}"]


def test_create_brings_an_existing_route_to_the_graph(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, outputs = plugin.create(TOKEN, route("chat", "other-model"))
    assert identity == made[0]
    assert cloud.deployed(outputs["routeId"]) == chain("other-model")
    assert len(cloud.versions(outputs["routeId"])) == 2


@pytest.mark.parametrize("how", [{"drop": "after"}, {"drop": "before"}, {"status": 502}])
def test_a_create_without_a_clear_answer_makes_one_route(
    cloud: Cloud, plugin: PluginClient, how: dict[str, Any]
) -> None:
    cloud.make_gateway()
    cloud.fault("/routes$", method="POST", **how)
    plugin.create(TOKEN, route())
    assert len(cloud.call("GET", A_ROUTE)["data"]["routes"]) == 1


def test_a_changed_graph_is_a_new_version_of_the_same_route(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, state = made
    outputs = plugin.update(TOKEN, identity, route(), state, route("chat", "a", "b", "c"))
    assert outputs["routeId"] == state["routeId"]
    assert outputs["versionId"] != state["versionId"]
    assert cloud.deployed(state["routeId"]) == chain("a", "b", "c")
    assert cloud.requests() == [
        f"POST {A_ROUTE}/{state['routeId']}/versions",
        f"POST {A_ROUTE}/{state['routeId']}/deployments",
    ]


def test_a_rename_is_a_patch_and_keeps_the_version(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, state = made
    planned = plugin.update(TOKEN, identity, route(), state, route("talk"), preview=True)
    assert planned["versionId"] == state["versionId"]
    outputs = plugin.update(TOKEN, identity, route(), state, route("talk"))
    assert cloud.requests() == [f"PATCH {A_ROUTE}/{state['routeId']}"]
    assert (outputs["name"], outputs["versionId"]) == ("talk", state["versionId"])


@pytest.mark.parametrize("how", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
@pytest.mark.parametrize("path", ["/versions$", "/deployments$"])
def test_an_update_without_a_clear_answer_makes_one_version(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties], path: str, how: dict[str, Any]
) -> None:
    identity, state = made
    cloud.fault(path, method="POST", **how)
    plugin.update(TOKEN, identity, route(), state, route("chat", "a"))
    assert len(cloud.versions(state["routeId"])) == 2
    assert cloud.deployed(state["routeId"]) == chain("a")


def test_a_failed_deployment_is_told_and_finished_later(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, state = made
    cloud.fault("/deployments$", method="POST", status=400)
    with pytest.raises(FailedPartlyError) as caught:
        plugin.update(TOKEN, identity, route(), state, route("talk", "a"))
    assert "not live yet" in caught.value.reasons[0]
    assert caught.value.outputs["name"] == "talk"
    assert caught.value.outputs["elements"] == route()["elements"]
    cloud.requests()
    plugin.update(TOKEN, identity, route(), caught.value.outputs, route("talk", "a"))
    assert cloud.requests() == [f"POST {A_ROUTE}/{state['routeId']}/deployments"]
    assert len(cloud.versions(state["routeId"])) == 2


def test_an_older_deployed_version_is_drift_and_is_corrected(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    identity, first = made
    new = route("chat", "a")
    state = plugin.update(TOKEN, identity, route(), first, new)
    cloud.call("POST", f"{A_ROUTE}/{first['routeId']}/deployments", {"version_id": first["versionId"]})
    cloud.requests()
    _, live, outputs = plugin.read(TOKEN, identity, new, state)
    assert live["elements"] == route()["elements"]
    assert plugin.diff(TOKEN, live, new, outputs).changes == 2
    after = plugin.update(TOKEN, identity, live, outputs, new)
    assert after["versionId"] == state["versionId"]
    assert cloud.requests() == [f"POST {A_ROUTE}/{first['routeId']}/deployments"]


def test_other_element_ids_are_no_change(plugin: PluginClient) -> None:
    told = json.loads(json.dumps(route()).replace('"m0"', '"x0"').replace('"m1"', '"x1"'))
    assert told != route()
    assert plugin.diff(TOKEN, route(), told).changes == 1


def test_the_diff_names_the_changed_fields(plugin: PluginClient) -> None:
    new = route()
    new["elements"] = chain("gpt-4o", "gpt-4o-mini", timeout=20000)
    answer = plugin.diff(TOKEN, route(), new)
    assert sorted(answer.detailedDiff) == ["elements[1].properties.timeout", "elements[2].properties.timeout"]
    assert {entry.kind for entry in answer.detailedDiff.values()} == {KIND_UPDATE}
    assert not answer.replaces


def test_another_gateway_is_a_replacement(plugin: PluginClient) -> None:
    assert plugin.diff(TOKEN, route(), route(gateway="other")).replaces == ["gatewayId"]
    unknown = route() | {"gatewayId": UNKNOWN}
    assert plugin.diff(TOKEN, route(), unknown).replaces == ["gatewayId"]


def test_preview_of_a_create_leaves_open_what_it_cannot_know(plugin: PluginClient) -> None:
    inputs, failures = plugin.check(TOKEN, route() | {"gatewayId": UNKNOWN})
    assert not failures
    identity, outputs = plugin.create(TOKEN, inputs, preview=True)
    assert identity == ""
    assert outputs["routeId"] is UNKNOWN
    assert outputs["gatewayId"] is UNKNOWN
    assert outputs["name"] == "chat"


@pytest.mark.parametrize("key", ["id", "name"])
def test_import_by_id_and_by_name(plugin: PluginClient, made: tuple[str, Properties], key: str) -> None:
    identity, outputs = made
    asked = identity if key == "id" else f"{ACCOUNT}/support/chat"
    found, inputs, state = plugin.read(TOKEN, asked)
    assert (found, inputs) == (identity, route())
    assert state == outputs


def test_a_route_that_is_gone_is_told(cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]) -> None:
    identity, state = made
    cloud.call("DELETE", f"{A_ROUTE}/{state['routeId']}")
    assert plugin.read(TOKEN, identity, route(), state)[0] == ""
    with pytest.raises(grpc.RpcError, match=r"is gone from Cloudflare.*pulumi refresh"):
        plugin.update(TOKEN, identity, route(), state, route("chat", "a"))
    plugin.delete(TOKEN, identity, route(), state)


def test_without_its_gateway_it_is_gone_too(cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]) -> None:
    cloud.call("DELETE", "/ai-gateway/gateways/support")
    assert plugin.read(TOKEN, made[0], route(), made[1])[0] == ""
    assert plugin.read(TOKEN, f"{ACCOUNT}/support/chat")[0] == ""
    plugin.delete(TOKEN, made[0], route(), made[1])


def test_a_wrong_address_is_an_error_and_not_an_empty_account(
    cloud: Cloud, plugin: PluginClient, made: tuple[str, Properties]
) -> None:
    plugin.configure(baseUrl=cloud.environ["CLOUDFLARE_BASE_URL"].replace("v4", "v5"))
    with pytest.raises(grpc.RpcError, match="404"):
        plugin.read(TOKEN, made[0], route(), made[1])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"elements": []}, ("elements", "must not be empty: a graph has at least a start and an end")),
        ({"elements": [{"id": "x"}]}, ("elements[0]", "lacks type, outputs")),
        ({"elements": "no"}, ("elements", "must be a list")),
        ({"name": " "}, ("name", "must not be empty")),
        ({"gatewayId": "a/b"}, ("gatewayId", "must not be empty or hold a slash")),
        ({"nam": 1}, ("nam", "is not a property of this resource; did you mean name?")),
    ],
)
def test_check_tells_what_is_wrong(plugin: PluginClient, change: Properties, told: tuple[str, str]) -> None:
    assert plugin.check(TOKEN, route() | change)[1] == [told]


def test_check_tells_everything_at_once(plugin: PluginClient) -> None:
    failures = plugin.check(TOKEN, {"name": 5, "other": True})[1]
    assert [name for name, _ in failures] == ["other", "accountId", "gatewayId", "name", "elements"]


def test_what_the_api_refuses_is_told_plainly(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.make_gateway()
    broken = route()
    del broken["elements"][1]["properties"]["provider"]
    with pytest.raises(grpc.RpcError) as caught:
        plugin.create(TOKEN, broken)
    details = str(caught.value.details())
    assert "Required at body.elements.1.properties.provider (code 7001)" in details
    assert "Traceback" not in details


def test_a_call_limit_is_waited_for(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.make_gateway()
    cloud.fault("/routes$", method="POST", status=429, retry_after=0)
    plugin.create(TOKEN, route())
    assert cloud.requests("POST")[-2:] == [f"POST {A_ROUTE}", f"POST {A_ROUTE}"]


def test_cancel_ends_waiting(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.make_gateway()
    cloud.fault("/routes$", method="POST", status=429, retry_after=60)
    plugin.cancel()
    with pytest.raises(grpc.RpcError, match="cancelled"):
        plugin.create(TOKEN, route())


def test_a_key_without_its_address_is_told(plugin: PluginClient) -> None:
    plugin.configure(apiKey="x")
    with pytest.raises(grpc.RpcError, match="CLOUDFLARE_EMAIL"):
        plugin.create(TOKEN, route())
