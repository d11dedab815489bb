from __future__ import annotations

import grpc
import pytest

from cfaig.local.options import ACCOUNT
from tests.provider.cloud import Cloud, PluginClient

TOKEN = "cfaig:index:CustomDomain"
DOMAINS = "/ai-gateway/gateways/support/custom-domains"
INPUTS = {"accountId": ACCOUNT, "gatewayId": "support", "hostname": "ai.example.com"}


def test_its_whole_life(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.make_gateway()
    identity, outputs = plugin.create(TOKEN, INPUTS)
    assert identity == f"{ACCOUNT}/support/ai.example.com"
    assert outputs["status"] == "pending_dcv"
    assert outputs["cnameTarget"]
    assert plugin.create(TOKEN, INPUTS) == (identity, outputs)
    assert plugin.read(TOKEN, identity) == (identity, INPUTS, outputs)
    plugin.delete(TOKEN, identity, INPUTS, outputs)
    plugin.delete(TOKEN, identity, INPUTS, outputs)
    assert cloud.call("GET", DOMAINS) == []
    assert plugin.read(TOKEN, identity, INPUTS, outputs)[0] == ""


def test_one_of_another_gateway_is_not_taken(cloud: Cloud, plugin: PluginClient) -> None:
    cloud.make_gateway()
    cloud.make_gateway("other")
    plugin.create(TOKEN, INPUTS | {"gatewayId": "other"})
    with pytest.raises(grpc.RpcError, match="already exists"):
        plugin.create(TOKEN, INPUTS)


def test_every_change_replaces_and_deletes_first(plugin: PluginClient) -> None:
    for change in ({"hostname": "x.example.com"}, {"gatewayId": "other"}):
        answer = plugin.diff(TOKEN, INPUTS, INPUTS | change)
        assert (list(answer.replaces), answer.deleteBeforeReplace) == (list(change), True)


@pytest.mark.parametrize(
    "hostname", ["AI.example.com", "https://ai.example.com", "localhost", "a..b", "-a.example.com"]
)
def test_check_refuses_what_is_no_host_name(plugin: PluginClient, hostname: str) -> None:
    ((name, _),) = plugin.check(TOKEN, INPUTS | {"hostname": hostname})[1]
    assert name == "hostname"
