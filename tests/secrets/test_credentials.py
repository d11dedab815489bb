"""Cloudflare's two kinds of credentials, as our client, our plugin and the stand-in of the official one take them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from cfaig.errors import CfaigError
from cfaig.live.api import Credentials
from cfaig.local.standin.client import Client
from cfaig.provider.resources.access import Access
from tests.local.running import RunningCloudflare

LIST = "/ai-gateway/gateways"


def by_key(cloudflare: RunningCloudflare) -> dict[str, str]:
    """The global key instead of the token."""
    key = {"CLOUDFLARE_API_KEY": cloudflare.token, "CLOUDFLARE_EMAIL": "ops@example.com"}
    return {"CLOUDFLARE_BASE_URL": cloudflare.url, **key}


def test_a_token_wins() -> None:
    both = {"CLOUDFLARE_API_TOKEN": "token", "CLOUDFLARE_API_KEY": "key", "CLOUDFLARE_EMAIL": "ops@example.com"}
    assert Credentials.from_environment(both).headers() == {"Authorization": "Bearer token"}
    del both["CLOUDFLARE_API_TOKEN"]
    assert Credentials.from_environment(both).headers() == {"X-Auth-Key": "key", "X-Auth-Email": "ops@example.com"}
    assert "key" not in repr(Credentials.from_environment(both)).replace("api_key", "")


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({}, "no Cloudflare credentials"),
        ({"CLOUDFLARE_EMAIL": "ops@example.com"}, "no Cloudflare credentials"),
        ({"CLOUDFLARE_API_KEY": "planted"}, "CLOUDFLARE_EMAIL, which belongs to it, is not"),
    ],
)
def test_half_of_it(environ: Mapping[str, str], told: str) -> None:
    with pytest.raises(CfaigError, match=told) as caught:
        Credentials.from_environment(environ)
    assert "planted" not in caught.value.message


def test_our_plugin_and_the_stand_in_take_the_key_too(local_cloudflare: RunningCloudflare) -> None:
    environ, account = by_key(local_cloudflare), local_cloudflare.account
    access, client = Access(environ), Client(environ)
    assert access.api.result("GET", f"/accounts/{account}{LIST}") == []
    assert client.gateway("GET", account) == []
    access.close()
    client.close()


def test_the_key_may_be_in_the_plugins_configuration(local_cloudflare: RunningCloudflare) -> None:
    config = {"apiKey": local_cloudflare.token, "email": "ops@example.com", "baseUrl": local_cloudflare.url}
    access = Access({"CLOUDFLARE_API_TOKEN": "another account's"})
    access.configure(config)
    assert access.api.result("GET", f"/accounts/{local_cloudflare.account}{LIST}") == []
    access.close()
