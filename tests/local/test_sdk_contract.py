"""The official SDK can work with the local Cloudflare, and its strict validation accepts the answers.

Three answers are known to differ from the SDK's types on the real account as well, and are compared with the facts
instead: `default_config` comes back as 0 or 1 (4.6), a route's `version` has `active` as a boolean and `data` as an
array, and GET leaves `elements` out (2.1). Those are read without strict validation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cloudflare import Cloudflare, NotFoundError

from tests.local.bodies import CHAIN, SHORT_CHAIN
from tests.local.running import RunningCloudflare
from tests.local.test_gateways import EVERYTHING


@pytest.fixture
def strict(cloudflare: RunningCloudflare) -> Iterator[Cloudflare]:
    with Cloudflare(
        api_token=cloudflare.token, base_url=cloudflare.url, max_retries=0, _strict_response_validation=True
    ) as client:
        yield client


@pytest.fixture
def lenient(cloudflare: RunningCloudflare) -> Iterator[Cloudflare]:
    with Cloudflare(api_token=cloudflare.token, base_url=cloudflare.url, max_retries=0) as client:
        yield client


REQUIRED: dict[str, Any] = {
    "cache_invalidate_on_update": False,
    "cache_ttl": 0,
    "collect_logs": True,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
}


@pytest.fixture
def gateway(strict: Cloudflare, cloudflare: RunningCloudflare) -> str:
    store = strict.secrets_store.stores.create(account_id=cloudflare.account, name="default_secrets_store")
    assert store is not None
    return strict.ai_gateway.create(account_id=cloudflare.account, id="g", store_id=store.id, **REQUIRED).id


def test_gateways(strict: Cloudflare, cloudflare: RunningCloudflare) -> None:
    account = cloudflare.account
    created = strict.ai_gateway.create(id="a", extra_body=EVERYTHING, account_id=account, **REQUIRED)
    assert created.guardrails is not None
    assert created.guardrails.prompt.s1 == "BLOCK"
    assert created.spend_limits is not None
    plain = strict.ai_gateway.create(id="plain", account_id=account, **REQUIRED)
    assert (plain.log_management, plain.guardrails) == (10_000_000, None)
    assert [each.id for each in strict.ai_gateway.list(account_id=account, per_page=1)] == ["a", "plain"]
    assert strict.ai_gateway.get("a", account_id=account).created_at == created.created_at
    assert strict.ai_gateway.update("a", account_id=account, **REQUIRED).guardrails is None
    assert strict.ai_gateway.urls.get("openai", account_id=account, gateway_id="a").endswith("/a/openai")
    assert strict.ai_gateway.delete("a", account_id=account).id == "a"
    with pytest.raises(NotFoundError):
        strict.ai_gateway.get("a", account_id=account)


def test_routes(strict: Cloudflare, lenient: Cloudflare, cloudflare: RunningCloudflare, gateway: str) -> None:
    where: dict[str, Any] = {"account_id": cloudflare.account, "gateway_id": gateway}
    routing = lenient.ai_gateway.dynamic_routing
    chain: Any = CHAIN
    short: Any = SHORT_CHAIN
    created = routing.create(name="chat", elements=chain, **where)
    added = strict.ai_gateway.dynamic_routing.create_version(created.id, elements=short, **where)
    version_id = added.model_extra["version_id"] if added.model_extra else ""
    deployed = strict.ai_gateway.dynamic_routing.create_deployment(created.id, version_id=version_id, **where)
    assert (deployed.id, len(deployed.elements)) == (created.id, 3)
    assert routing.get(created.id, **where).version.version_id == version_id
    assert routing.get_version(version_id, id=created.id, **where).version_id == version_id
    assert len(routing.list_versions(created.id, **where).data.versions) == 2
    deployments = strict.ai_gateway.dynamic_routing.list_deployments(created.id, **where)
    assert deployments.data.deployments[0].version_id == version_id
    assert routing.update(created.id, name="talk", **where).route.name == "talk"
    assert [route.name for route in routing.list(gateway, account_id=cloudflare.account).data.routes] == ["talk"]
    assert strict.ai_gateway.dynamic_routing.delete(created.id, **where).name == "talk"


def test_secrets_and_provider_configs(
    strict: Cloudflare, lenient: Cloudflare, cloudflare: RunningCloudflare, gateway: str
) -> None:
    account = cloudflare.account
    [store] = strict.secrets_store.stores.list(account_id=account)
    assert strict.secrets_store.stores.get(store.id, account_id=account) is not None
    where: dict[str, Any] = {"account_id": account, "store_id": store.id}
    secrets = strict.secrets_store.stores.secrets
    body: list[Any] = [{"name": "g_openai_default", "value": "v", "scopes": ["ai_gateway"]}]
    [secret] = secrets.create(store.id, account_id=account, body=body)
    assert secret.status == "pending"
    assert [each.status for each in secrets.list(store.id, account_id=account)] == ["active"]
    edited = secrets.edit(secret.id, value="w", comment="changed", **where)
    assert edited is not None
    assert edited.comment == "changed"
    shown = secrets.get(secret.id, **where)
    assert shown is not None
    assert shown.model_dump() == edited.model_dump()
    configs = lenient.ai_gateway.provider_configs
    created = configs.create(
        gateway,
        account_id=account,
        provider_slug="openai",
        alias="default",
        default_config=True,
        secret_id=secret.id,
        rate_limit=1,
        rate_limit_period=60,
    )
    assert [each.id for each in configs.list(gateway, account_id=account)] == [created.id]
    secrets.delete(secret.id, **where)
    strict.secrets_store.stores.delete(store.id, account_id=account)


def test_custom_providers_and_logs(strict: Cloudflare, cloudflare: RunningCloudflare, gateway: str) -> None:
    account = cloudflare.account
    providers = strict.ai_gateway.custom_providers
    created = providers.create(
        account_id=account, name="Lab", slug="lab", base_url="https://lab.example.com", position=1
    )
    assert created.created_at.year >= 2026
    assert [each.slug for each in providers.list(account_id=account, enable=False)] == ["lab"]
    assert providers.get(created.id, account_id=account).position == 1
    assert providers.delete(created.id, account_id=account).slug == "lab"
    assert list(strict.ai_gateway.logs.list(gateway, account_id=account)) == []
    assert strict.user.tokens.verify() is not None
