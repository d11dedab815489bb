"""A gateway as teams have it: it wants a token, holds the providers' keys, and has a route with a fallback."""

from __future__ import annotations

import pytest

from tests.local.bodies import END, gateway_body, model, start
from tests.local.gateway.calls import Gateway
from tests.local.running import RunningCloudflare

KEYS = ("openai", "anthropic")


@pytest.fixture
def gateway(local_cloudflare: RunningCloudflare) -> Gateway:
    """The gateway `shop` with the route `chat`: OpenAI, else Anthropic."""
    cloudflare = local_cloudflare
    cloudflare.reset()
    store = cloudflare.result("POST", "/secrets_store/stores", {"name": "default"})["id"]
    body = gateway_body("shop", authentication=True, store_id=store)
    cloudflare.result("POST", "/ai-gateway/gateways", body)
    for provider in KEYS:
        key = {"provider_slug": provider, "alias": "default", "default_config": True, "secret": f"sk-{provider}-stored"}
        cloudflare.result("POST", "/ai-gateway/gateways/shop/provider_configs", key)
    gateway = Gateway(cloudflare, "shop")
    claude = {"provider": "anthropic", "model": "claude-sonnet-5"}
    gateway.route("chat", [start("a"), model("a", "b", retries=0), model("b", **claude), END])
    return gateway
