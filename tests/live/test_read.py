"""Reading a live account: the shapes that the API answers in, and what may not be read."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from cfaig.definition.model import Chain, Gateway, Model, Route
from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi, Credentials
from cfaig.live.expected import Expectations, Expected
from cfaig.live.read import STORES_UNKNOWN, read_account, read_live
from cfaig.secrets import Resolver
from cfaig.state.compile import compile_account
from tests.live.writing import write_account

if TYPE_CHECKING:
    from tests.local.running import RunningCloudflare

ELEMENTS = [
    {"id": "start", "type": "start", "outputs": {"next": {"elementId": "end"}}},
    {"id": "end", "type": "end", "outputs": {}},
]
GATEWAYS = "/accounts/a/ai-gateway/gateways"


def answers(**changed: Any) -> dict[str, Any]:
    """An account with one gateway and one route, as Cloudflare answers; other answers by path."""
    route = {"id": "r1", "name": "chat", "version": {"version_id": "v1", "active": True, "data": ELEMENTS}}
    given = {
        GATEWAYS: [{"id": "support", "cache_ttl": None, "authentication": 1, "modified_at": "now"}],
        f"{GATEWAYS}/support/routes": {"routes": [{"id": "r1", "name": "chat"}]},
        f"{GATEWAYS}/support/routes/r1": route | {"deployment": {"deployment_id": "d1", "version_id": "v1"}},
        f"{GATEWAYS}/support/provider_configs": [],
        f"{GATEWAYS}/support/custom-domains": [],
        "/accounts/a/ai-gateway/custom-providers": [],
        "/accounts/a/secrets_store/stores": [{"id": "s1", "name": "main"}],
    }
    return given | changed


@contextmanager
def answering(given: Mapping[str, Any]) -> Iterator[CloudflareApi]:
    """A server that answers `given` by path; an int is a status with an error."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = given[self.path.partition("?")[0]]
            status, body = 200, {"success": True, "result": answer}
            if isinstance(answer, int):
                status, body = (
                    answer,
                    {"success": False, "errors": [{"code": 10000, "message": "Authentication error"}]},
                )
            elif "routes" in answer:
                body = {"success": True, "data": answer}
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_request(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    credentials = Credentials(f"http://127.0.0.1:{server.server_port}", api_token="t")
    try:
        with CloudflareApi(credentials, sleep=lambda _seconds: None) as api:
            yield api
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read_with(**changed: Any) -> Any:
    with answering(answers(**changed)) as api:
        return read_live(api, "a")


def test_settings_are_canonical() -> None:
    gateway = read_with().state.gateways[0]
    assert gateway.settings["cache_ttl"] == 0
    assert gateway.settings["authentication"] is True
    assert "modified_at" not in gateway.settings


@pytest.mark.parametrize("number", [float("nan"), float("-inf")])
def test_numbers_that_json_does_not_have_are_no_answer(number: float) -> None:
    with pytest.raises(ApiError, match="the answer is not JSON"):
        read_with(**{GATEWAYS: [{"id": "support", "cache_ttl": number}]})


@pytest.mark.parametrize("data", [ELEMENTS, json.dumps(ELEMENTS)], ids=["array", "text"])
@pytest.mark.parametrize("active", [True, "true", 1])
def test_a_graph_comes_as_an_array_or_as_a_text(data: object, active: object) -> None:
    version = {"version_id": "v1", "active": active, "data": data}
    body = {"id": "r1", "name": "chat", "version": version, "deployment": {"deployment_id": "d1", "version_id": "v1"}}
    (route,) = read_with(**{f"{GATEWAYS}/support/routes/r1": body}).state.gateways[0].routes
    assert (route.name, list(route.elements)) == ("chat", ELEMENTS)
    assert (route.id, route.version_id, route.deployment_id) == ("r1", "v1", "d1")


def test_the_deployed_version_counts_not_the_newest() -> None:
    draft = {"version_id": "v2", "active": "false", "data": []}
    body = {"id": "r1", "name": "chat", "version": draft, "deployment": {"deployment_id": "d1", "version_id": "v1"}}
    read = read_with(
        **{
            f"{GATEWAYS}/support/routes/r1": body,
            f"{GATEWAYS}/support/routes/r1/versions/v1": {"version_id": "v1", "data": json.dumps(ELEMENTS)},
        }
    )
    (route,) = read.state.gateways[0].routes
    assert (route.version_id, list(route.elements)) == ("v1", ELEMENTS)


@pytest.mark.parametrize("body", [{}, {"version": {"version_id": "v1", "data": "no json"}}])
def test_a_route_without_a_readable_graph_has_no_elements(body: Mapping[str, Any]) -> None:
    answer = {"id": "r1", "name": "chat", **body}
    (route,) = read_with(**{f"{GATEWAYS}/support/routes/r1": answer}).state.gateways[0].routes
    assert route.elements == ()


def test_keys_and_domains_are_in_order_with_zero_as_no_limit() -> None:
    key = {"provider_slug": "openai", "alias": "default", "secret_id": "s"}
    gateway = read_with(
        **{
            f"{GATEWAYS}/support/provider_configs": [
                {"id": "2", **key, "default_config": 1, "rate_limit": 0, "rate_limit_period": 60},
                {"id": "1", **key, "alias": "b", "default_config": "false", "rate_limit": 5, "rate_limit_period": 60},
            ],
            f"{GATEWAYS}/support/custom-domains": [{"hostname": "b.example.com"}, {"hostname": "a.example.com"}],
        }
    ).state.gateways[0]
    assert [(key.alias, key.default, key.rate_limit, key.rate_limit_period) for key in gateway.provider_keys] == [
        ("b", False, 5, 60),
        ("default", True, None, None),
    ]
    assert gateway.domains == ("a.example.com", "b.example.com")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [(None, {}), ("", {}), ('{"X-Key": "1"}', {"X-Key": "1"}), ("nonsense", {"(not a JSON object)": "nonsense"})],
)
def test_custom_providers_have_all_settings(headers: object, expected: object) -> None:
    body = {"id": "p1", "slug": "lab", "name": "Lab", "base_url": "https://lab", "enable": 1, "headers": headers}
    (provider,) = read_with(**{"/accounts/a/ai-gateway/custom-providers": [body]}).state.custom_providers
    assert provider.settings["headers"] == expected
    assert provider.settings["enable"] is True
    assert provider.settings["beta"] is False
    assert provider.settings["link"] is None


def test_stores_that_may_not_be_read_are_a_warning() -> None:
    read = read_with(**{"/accounts/a/secrets_store/stores": 403})
    assert (read.warnings, read.stores_known, dict(read.state.stores)) == ((STORES_UNKNOWN,), False, {})
    assert read_with().state.stores == {"main": "s1"}


@pytest.mark.parametrize("path", [GATEWAYS, f"{GATEWAYS}/support/routes", f"{GATEWAYS}/support/routes/r1"])
def test_everything_else_that_may_not_be_read_is_an_error(path: str) -> None:
    with pytest.raises(ApiError, match="Authentication error") as caught:
        read_with(**{path: 403})
    assert caught.value.status == 403


def test_ids_lead_nowhere_else() -> None:
    """What the API calls an id is one part of an address, and no longer than ids are."""
    odd = f"{GATEWAYS}/..%2F%0Ax"
    given = {GATEWAYS: [{"id": "../\nx"}], f"{odd}/routes": {"routes": []}}
    read = read_with(**given, **{f"{odd}/provider_configs": [], f"{odd}/custom-domains": []})
    assert [gateway.id for gateway in read.state.gateways] == ["../\nx"]
    with pytest.raises(CfaigError, match="in a form that this version of cfaig does not know"):
        read_with(**{GATEWAYS: [{"id": "x" * 65}]})


def test_stores_that_fail_to_answer_are_an_error() -> None:
    with pytest.raises(ApiError, match="HTTP 500"):
        read_with(**{"/accounts/a/secrets_store/stores": 500})


def test_only_the_gateways_of_interest_cost_calls(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    routes = tuple(Route(f"r{number:02}", Chain((Model("openai", "gpt-4o"),))) for number in range(3))
    desired = compile_account([Gateway(f"g{number}", routes=routes) for number in range(3)])
    write_account(local_cloudflare, desired, Resolver({}, stand_ins=True))
    with local_cloudflare.api() as api:
        read = read_live(api, local_cloudflare.account, only={"g1", "not-there"})
        assert [gateway.id for gateway in read.state.gateways] == ["g0", "g1", "g2"]
        assert [len(gateway.routes) for gateway in read.state.gateways] == [0, 3, 0]
        assert read.calls == 3 + 3 + 3
        assert len(read_account(api, local_cloudflare.account).gateways[2].routes) == 3


def test_more_than_one_page(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    routes = tuple(Route(f"r{number:02}", Chain((Model("openai", "gpt-4o"),))) for number in range(51))
    write_account(local_cloudflare, compile_account([Gateway("g", routes=routes)]), Resolver({}, stand_ins=True))
    with local_cloudflare.api() as api:
        (gateway,) = read_account(api, local_cloudflare.account).gateways
    assert [route.name for route in gateway.routes] == [route.name for route in routes]
    assert all(route.elements for route in gateway.routes)


def test_what_is_known_beforehand_is_not_looked_for(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    routes = tuple(Route(f"r{number}", Chain((Model("openai", "gpt-4o"),))) for number in range(2))
    desired = compile_account([Gateway(f"g{number}", routes=routes) for number in range(3)])
    write_account(local_cloudflare, desired, Resolver({}, stand_ins=True))
    with local_cloudflare.api() as api:
        whole = read_account(api, local_cloudflare.account)
        ids = [[route.id or "" for route in gateway.routes] for gateway in whole.gateways]
        known = {"g0": Expected(ids[0], keys=False, domains=False), "g1": Expected(None, keys=True, domains=False)}
        expected = Expectations(known, custom_providers=False, stores=False)
        local_cloudflare.clear_requests()
        read = read_live(api, local_cloudflare.account, expected=expected)
    assert read.state == whole
    assert read.stores_known
    assert read.calls == 1 + 2 + (1 + 2 + 1) + (1 + 2 + 2)
    asked = {path for _, path, _ in local_cloudflare.requests() if "/g0" in path}
    assert asked == {f"/ai-gateway/gateways/g0/routes/{identity}" for identity in ids[0]}


def test_a_route_that_was_made_anew_is_found_by_its_name(local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    desired = compile_account([Gateway("g", routes=(Route("r", Chain((Model("openai", "gpt-4o"),))),))])
    write_account(local_cloudflare, desired, Resolver({}, stand_ins=True))
    gone = Expected(["0" * 32], keys=False, domains=False)
    with local_cloudflare.api() as api:
        read = read_live(api, local_cloudflare.account, expected=Expectations({"g": gone}))
        (route,) = read.state.gateways[0].routes
        assert route.name == "r"


def test_the_store_of_a_gateway_is_looked_up_whatever_was_expected() -> None:
    gateway = {"id": "support", "store_id": "s1"}
    with answering(answers(**{GATEWAYS: [gateway]})) as api:
        read = read_live(api, "a", expected=Expectations(stores=False))
    assert read.state.stores == {"main": "s1"}
