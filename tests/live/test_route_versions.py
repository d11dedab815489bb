"""Live routes with their versions and deployments, read from and written to the local Cloudflare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.live.route_versions import deploy_version, read_history, read_numbers, read_routes
from cfaig.state.versions import RouteHistory
from tests.local.running import RunningCloudflare
from tests.provider.cloud import A_ROUTE, GATEWAY
from tests.provider.graphs import chain


@pytest.fixture
def api(local_cloudflare: RunningCloudflare) -> Iterator[CloudflareApi]:
    """An account with the gateway `support` and its route `chat`."""
    local_cloudflare.reset()
    local_cloudflare.result("POST", "/ai-gateway/gateways", GATEWAY | {"id": "support"})
    local_cloudflare.result("POST", A_ROUTE, {"name": "chat", "elements": chain("gpt-4o")})
    with local_cloudflare.api() as made:
        yield made


def history(api: CloudflareApi, running: RunningCloudflare) -> RouteHistory:
    return read_history(api, running.account, "support", "chat")


def add(running: RunningCloudflare, history: RouteHistory, elements: Any, *, deploy: bool = True) -> str:
    path = f"{A_ROUTE}/{history.route.id}"
    version = str(running.result("POST", f"{path}/versions", {"elements": elements})["version_id"])
    if deploy:
        running.result("POST", f"{path}/deployments", {"version_id": version})
    return version


def test_versions_are_numbered_from_the_oldest(api: CloudflareApi, local_cloudflare: RunningCloudflare) -> None:
    first = history(api, local_cloudflare)
    second = add(local_cloudflare, first, chain("o3"))
    broken = chain("o3")
    broken[1]["outputs"]["fallback"]["elementId"] = "gone"
    add(local_cloudflare, first, broken, deploy=False)
    found = history(api, local_cloudflare)
    assert [version.number for version in found.versions] == [1, 2, 3]
    assert [version.valid for version in found.versions] == [True, True, False]
    assert [version.elements for version in found.versions] == [
        tuple(chain("gpt-4o")),
        tuple(chain("o3")),
        tuple(broken),
    ]
    assert found.route.version == found.versions[1]
    assert found.route.version.id == second
    assert [deployment.version_id for deployment in found.deployments] == [first.route.version.id, second]
    assert found.route.deployed_at == found.deployments[-1].created_at
    assert found.deployments_of(found.versions[2]) == ()
    assert read_routes(api, local_cloudflare.account) == (found.route,)
    numbers = read_numbers(api, local_cloudflare.account, "support", found.route.id)
    assert numbers == {version.id: version.number for version in found.versions}


def test_all_pages_are_read(api: CloudflareApi, local_cloudflare: RunningCloudflare) -> None:
    first = history(api, local_cloudflare)
    for number in range(50):
        add(local_cloudflare, first, chain(f"m{number}"), deploy=False)
    found = history(api, local_cloudflare)
    assert len(found.versions) == 51
    assert found.versions[0] == first.route.version
    assert [version.elements for version in found.versions[1:]] == [tuple(chain(f"m{n}")) for n in range(50)]
    assert found.route.version.number == 1


def test_the_version_before_is_the_one_that_was_deployed_before(
    api: CloudflareApi, local_cloudflare: RunningCloudflare
) -> None:
    first = history(api, local_cloudflare)
    with pytest.raises(CfaigError, match="has ever been deployed"):
        first.previous()
    add(local_cloudflare, first, chain("o3"))
    add(local_cloudflare, first, chain("draft"), deploy=False)
    found = history(api, local_cloudflare)
    assert found.previous().number == 1
    deploy_version(api, local_cloudflare.account, found.route, found.previous())
    assert history(api, local_cloudflare).previous().number == 2


def test_versions_are_found_by_number_id_and_beginning(api: CloudflareApi, local_cloudflare: RunningCloudflare) -> None:
    first = history(api, local_cloudflare)
    second = add(local_cloudflare, first, chain("o3"))
    found = history(api, local_cloudflare)
    assert found.find("2") == found.find(second) == found.find(second[:12]) == found.versions[1]
    for wanted in ("3", "0", "", second[:3], "nonsense"):
        with pytest.raises(CfaigError, match="has no version") as caught:
            found.find(wanted)
        assert second in str(caught.value.hint)


@pytest.mark.parametrize("how", [{"drop": "after"}, {"drop": "before"}, {"status": 503}])
def test_a_deployment_without_a_clear_answer_is_looked_into(
    api: CloudflareApi, local_cloudflare: RunningCloudflare, how: dict[str, Any]
) -> None:
    second = add(local_cloudflare, history(api, local_cloudflare), chain("o3"), deploy=False)
    found = history(api, local_cloudflare)
    local_cloudflare.fault("/deployments$", method="POST", **how)
    after = deploy_version(api, local_cloudflare.account, found.route, found.find(second), sleep=lambda _: None)
    assert (after.version.number, after.versions) == (2, 2)
    assert len(history(api, local_cloudflare).deployments) == 2


def test_a_refused_deployment_leaves_the_route_alone(api: CloudflareApi, local_cloudflare: RunningCloudflare) -> None:
    second = add(local_cloudflare, history(api, local_cloudflare), chain("o3"), deploy=False)
    found = history(api, local_cloudflare)
    local_cloudflare.fault("/deployments$", method="POST", status=403)
    with pytest.raises(ApiError, match="HTTP 403"):
        deploy_version(api, local_cloudflare.account, found.route, found.find(second))
    local_cloudflare.clear_faults()
    assert history(api, local_cloudflare).route.version.number == 1


def test_a_service_that_is_down_is_told_after_some_tries(
    api: CloudflareApi, local_cloudflare: RunningCloudflare
) -> None:
    second = add(local_cloudflare, history(api, local_cloudflare), chain("o3"), deploy=False)
    found = history(api, local_cloudflare)
    local_cloudflare.fault("/deployments$", method="POST", status=503, times=10)
    pauses: list[float] = []
    with pytest.raises(ApiError, match="HTTP 503"):
        deploy_version(api, local_cloudflare.account, found.route, found.find(second), sleep=pauses.append)
    local_cloudflare.clear_faults()
    assert pauses == sorted(pauses)
    assert len(pauses) == 3


def test_what_is_not_there_is_told_with_what_is(api: CloudflareApi, local_cloudflare: RunningCloudflare) -> None:
    with pytest.raises(CfaigError, match="no live route chat2") as caught:
        read_history(api, local_cloudflare.account, "support", "chat2")
    assert "did you mean chat?" in str(caught.value.hint)
    with pytest.raises(CfaigError, match="there is no gateway other"):
        read_history(api, local_cloudflare.account, "other", "chat")
