from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.local.bodies import gateway_body
from tests.local.gateway.calls import Gateway
from tests.local.gateway.provider import Provider, running_provider
from tests.local.running import RunningCloudflare


@pytest.fixture
def gateway(cloudflare: RunningCloudflare) -> Iterator[Gateway]:
    """An open gateway `g` that caches for an hour; every provider is scripted."""
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("g", cache_ttl=3600))
    yield Gateway(cloudflare, "g")
    cloudflare.control("PUT", "upstreams/real", {})


@pytest.fixture
def provider(gateway: Gateway) -> Iterator[Provider]:
    """OpenAI on this machine."""
    with running_provider() as provider:
        gateway.cloudflare.control("PUT", "upstreams/real", {"openai": provider.url})
        yield provider
