"""What the plugin relies on in the API client."""

from __future__ import annotations

import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi, Credentials
from cfaig.local.options import ACCOUNT
from cfaig.provider.resources.access import Access
from tests.provider.cloud import Cloud


@pytest.mark.parametrize(
    ("status", "code", "text", "gone", "exists", "maybe"),
    [
        (404, 7005, "Route not found", True, False, False),
        (404, 7003, "Could not route", False, False, False),
        (404, None, "the answer is not JSON", False, False, False),
        (409, 7001, "taken", False, True, False),
        (400, 7001, "A gateway with this id already exists", False, True, False),
        (400, 1003, "slug", False, True, False),
        (400, 7001, "Required", False, False, False),
        (504, None, "", False, False, True),
        (0, None, "no answer", False, False, True),
    ],
)
def test_errors_are_sorted(status: int, code: int | None, text: str, gone: bool, exists: bool, maybe: bool) -> None:
    error = ApiError(status, code, text, "GET /x")
    assert (error.gone, error.exists_already, error.maybe_done) == (gone, exists, maybe)


def test_credentials_do_not_show() -> None:
    assert "hush" not in repr(Credentials("http://x", api_token="hush", api_key="hush"))


def test_lists_are_read_to_the_end(cloud: Cloud) -> None:
    for number in range(5):
        cloud.make_gateway(f"g{number}")
    with cloud.running.api() as api:
        listed = list(api.pages(f"/accounts/{ACCOUNT}/ai-gateway/gateways", per_page=2))
    assert len({gateway["id"] for gateway in listed}) == 5


def test_a_proxy_of_the_environment_is_not_asked_for_loopback(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with CloudflareApi(Credentials.from_environment(cloud.environ)) as api:
        assert api.result("GET", f"/accounts/{ACCOUNT}/ai-gateway/gateways") == []


def test_the_configuration_goes_before_the_environment(cloud: Cloud) -> None:
    access = Access({"CLOUDFLARE_API_TOKEN": "wrong", "CLOUDFLARE_BASE_URL": "http://127.0.0.1:9"})
    access.configure({"apiToken": cloud.running.token, "baseUrl": cloud.running.url})
    assert access.api.result("GET", f"/accounts/{ACCOUNT}/ai-gateway/gateways") == []
    access.close()
    access.configure({"apiKey": "key"})
    with pytest.raises(CfaigError, match="CLOUDFLARE_EMAIL"):
        _ = access.api
