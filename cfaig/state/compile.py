"""Definitions to desired state: what a resolved gateway asks of Cloudflare, in the API's own shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cfaig.definition.catalog import CUSTOM_PREFIX, GUARDRAIL_CATEGORIES, PROVIDER_SLUGS
from cfaig.definition.model import (
    CustomProvider,
    Dlp,
    Gateway,
    GuardAction,
    Guardrails,
    OtelExporter,
    ProviderKey,
    Route,
    SpendRule,
    Stripe,
)
from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.state.model import (
    DEFAULT_STORE,
    AccountState,
    CustomProviderState,
    EdgeState,
    GatewayState,
    Management,
    ProviderKeyState,
    RouteState,
)
from cfaig.state.routes import compile_flow, number
from cfaig.state.settings import canonical_settings

if TYPE_CHECKING:
    from cfaig.definition.model_edge import Edge


def compile_account(gateways: Sequence[Gateway]) -> AccountState:
    """The desired state of an account.

    Custom providers belong to the account: equal ones of several gateways become one.
    Raises CfaigError when two gateways have the same id or describe one custom provider differently.
    """
    ordered = sorted(gateways, key=lambda gateway: gateway.id)
    for first, second in pairwise(ordered):
        if first.id == second.id:
            raise CfaigError(f"two definitions of the gateway {first.id}", "give one of them another id")
    return AccountState(
        gateways=tuple(compile_gateway(gateway) for gateway in ordered),
        custom_providers=_merge_custom_providers(ordered),
    )


def compile_gateway(gateway: Gateway) -> GatewayState:
    """The desired state of one gateway; its custom providers are the account's (`compile_account`)."""
    to_wire = wire_slugs(gateway.custom_providers)
    store_id, store = _store(gateway)
    keys = (_provider_key(key, to_wire) for key in gateway.provider_keys)
    return GatewayState(
        id=gateway.id,
        settings=canonical_settings(_settings(gateway, to_wire) | {"store_id": store_id}),
        routes=tuple(compile_route(route, to_wire) for route in sorted(gateway.routes, key=lambda route: route.name)),
        provider_keys=tuple(sorted(keys, key=lambda key: (key.provider, key.alias))),
        domains=tuple(sorted(gateway.domains)),
        edge=None if gateway.edge is None else _edge(gateway.edge, gateway.id, to_wire),
        store=store,
        management=Management(gateway.description, gateway.labels, gateway.protect, gateway.allow),
    )


def _edge(edge: Edge, gateway: str, to_wire: Callable[[str], str]) -> EdgeState:
    from cfaig.state.compile_edge import compile_edge  # most gateways have none

    return compile_edge(edge, gateway, to_wire)


def compile_route(route: Route, to_wire: Callable[[str], str]) -> RouteState:
    """The desired state of one route."""
    return RouteState(route.name, compile_flow(route.flow, to_wire).elements, renamed_from=route.renamed_from)


def wire_slugs(custom_providers: Iterable[CustomProvider]) -> Callable[[str], str]:
    """From a provider's name in a definition to its slug on the wire.

    A name that Cloudflare knows means Cloudflare's own provider; a custom provider of another definition can be
    named by its wire slug (`custom-…`).
    """
    own = {provider.slug for provider in custom_providers} - PROVIDER_SLUGS
    return lambda name: CUSTOM_PREFIX + name if name in own else name


def compile_custom_provider(provider: CustomProvider) -> CustomProviderState:
    """The desired state of one custom provider of the account."""
    return CustomProviderState(
        provider.slug,
        {
            "name": provider.name,
            "base_url": provider.base_url,
            "description": provider.description,
            "link": provider.link,
            "enable": provider.enabled,
            "beta": provider.beta,
            "headers": dict(provider.headers),
            "curl_example": provider.curl_example,
            "js_example": provider.js_example,
            "position": provider.position,
        },
    )


def _merge_custom_providers(gateways: Iterable[Gateway]) -> tuple[CustomProviderState, ...]:
    merged: dict[str, tuple[str, CustomProviderState]] = {}
    for gateway in gateways:
        for provider in gateway.custom_providers:
            state = compile_custom_provider(provider)
            owner, known = merged.setdefault(provider.slug, (gateway.id, state))
            if known != state:
                raise CfaigError(
                    f"the gateways {owner} and {gateway.id} describe the custom provider {provider.slug} differently",
                    "custom providers belong to the whole account: describe it alike, or use two names",
                )
    return tuple(merged[slug][1] for slug in sorted(merged))


def _store(gateway: Gateway) -> tuple[str | None, str | None]:
    """Id and name of the Secrets Store, of which at most one is known."""
    store = gateway.store or (DEFAULT_STORE if gateway.provider_keys else None)
    if store is not None and re.fullmatch(r"[0-9a-f]{32}", store):
        return store, None
    return None, store


def _provider_key(key: ProviderKey, to_wire: Callable[[str], str]) -> ProviderKeyState:
    limit = key.rate_limit
    return ProviderKeyState(
        provider=to_wire(key.provider),
        alias=key.alias,
        default=key.default,
        rate_limit=limit.requests if limit else None,
        rate_limit_period=limit.per if limit else None,
        key=key.key,
    )


def _settings(gateway: Gateway, to_wire: Callable[[str], str]) -> dict[str, Json]:
    return {
        "authentication": gateway.authentication,
        "byok_only": gateway.byok_only,
        "cache_invalidate_on_update": gateway.cache.invalidate_on_update,
        "cache_ttl": gateway.cache.ttl,
        "collect_logs": gateway.logging.collect,
        "dlp": _dlp(gateway.dlp),
        "guardrails": _guardrails(gateway.guardrails),
        "log_classification": gateway.logging.classification,
        "log_management": gateway.logging.keep,
        "log_management_strategy": gateway.logging.when_full.upper(),
        "logpush": gateway.logging.logpush,
        "logpush_public_key": gateway.logging.logpush_public_key,
        "otel": [_otel(exporter) for exporter in gateway.otel],
        "rate_limiting_interval": gateway.rate_limit.per,
        "rate_limiting_limit": gateway.rate_limit.requests,
        "rate_limiting_technique": gateway.rate_limit.technique,
        "retry_backoff": gateway.retries.backoff,
        "retry_delay": gateway.retries.delay_ms,
        "retry_max_attempts": gateway.retries.attempts,
        "spend_limits": {
            "enabled": gateway.spend_limits.enabled,
            "rules": [_spend_rule(rule, to_wire) for rule in gateway.spend_limits.rules],
        },
        "stripe": _stripe(gateway.stripe),
        "workers_ai_billing_mode": gateway.workers_ai_billing,
        "zdr": gateway.zero_data_retention,
    }


def _guardrails(guardrails: Guardrails) -> Json:
    return {"prompt": _guard_codes(guardrails.prompt), "response": _guard_codes(guardrails.response)}


def _guard_codes(chosen: Mapping[str, GuardAction]) -> Json:
    return {GUARDRAIL_CATEGORIES[name]: action.upper() for name, action in chosen.items()}


def _dlp(dlp: Dlp) -> Json:
    if dlp.policies or not dlp.profiles:
        policies: list[Json] = [
            {
                "id": policy.id,
                "action": policy.action.upper(),
                "check": [side.upper() for side in policy.check],
                "enabled": policy.enabled,
                "profiles": list(policy.profiles),
            }
            for policy in dlp.policies
        ]
        return {"enabled": dlp.enabled, "policies": policies}
    return {"action": (dlp.action or "flag").upper(), "enabled": dlp.enabled, "profiles": list(dlp.profiles)}


def _otel(exporter: OtelExporter) -> Json:
    body: dict[str, Json] = {
        "url": exporter.url,
        "headers": dict(exporter.headers),
        "content_type": exporter.content_type,
    }
    return body | {"authorization": exporter.authorization} if exporter.authorization else body


def _stripe(stripe: Stripe | None) -> Json:
    if stripe is None:
        return None
    return {
        "authorization": stripe.authorization,
        "usage_events": [{"payload": event} for event in stripe.usage_events],
    }


def _spend_rule(rule: SpendRule, to_wire: Callable[[str], str]) -> Json:
    metadata: dict[str, Json] = {
        key: {"mode": "partition"} if values is None else {"mode": "filter", "values": list(values)}
        for key, values in rule.metadata.items()
    }
    body: dict[str, Json] = {
        "id": rule.id,
        "enabled": rule.enabled,
        "limit": number(rule.cost),
        "limitType": "cost",
        "window": rule.per,
        "technique": rule.technique,
        "metadata": metadata,
    }
    if rule.models:
        body["model"] = {"mode": "filter", "values": list(rule.models)}
    if rule.providers:
        body["provider"] = {"mode": "filter", "values": [to_wire(name) for name in rule.providers]}
    return body
