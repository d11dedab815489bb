"""Desired or live state back to definitions, in the short forms where they can say the same.

`compile_gateway(decompile_gateway(x))` equals `x` for every canonical `x` whose log store is bounded (a live gateway's
always is; one that is not gets the default bound); its routes are the same graphs (`graph.same_graph`), with ids of our
own. Settings of which that does not hold are refused. Cloudflare does not give back provider keys: a live one becomes a
reference to `env://<PROVIDER>_API_KEY`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from cfaig.definition.catalog import CUSTOM_PREFIX, GUARDRAIL_NAMES, PROVIDER_SLUGS
from cfaig.definition.model import (
    Cache,
    CustomProvider,
    Dlp,
    DlpPolicy,
    Gateway,
    GuardAction,
    Guardrails,
    Logging,
    OtelExporter,
    ProviderKey,
    RateLimit,
    Retries,
    SpendLimits,
    SpendRule,
    Stripe,
)
from cfaig.errors import CfaigError
from cfaig.json_types import Json
from cfaig.state.compile import compile_gateway, wire_slugs
from cfaig.state.decompile_edge import decompile_edge, edge_providers
from cfaig.state.decompile_routes import decompile_route, to_decimal, whole_number
from cfaig.state.model import (
    DEFAULT_STORE,
    AccountState,
    CustomProviderState,
    GatewayState,
    ProviderKeyState,
)
from cfaig.state.references import key_reference

# The log store's bound, which Cloudflare fills in where nobody has set one (facts/ai-gateway.md 1.2).
FILLED_IN: Final = frozenset({"log_management", "log_management_strategy"})


def decompile_account(account: AccountState) -> tuple[Gateway, ...]:
    """The definitions of all gateways.

    Each names the custom providers that it uses; one that no gateway uses is named by the first gateway.
    """
    by_slug = {provider.slug: provider for provider in account.custom_providers}
    used = {gateway.id: used_custom_providers(gateway) & set(by_slug) for gateway in account.gateways}
    unused = set(by_slug).difference(*used.values())
    if account.gateways:
        used[account.gateways[0].id] = used[account.gateways[0].id] | unused
    return tuple(
        decompile_gateway(gateway, [by_slug[slug] for slug in sorted(used[gateway.id])]) for gateway in account.gateways
    )


def used_custom_providers(state: GatewayState) -> frozenset[str]:
    """The slugs of the custom providers that a gateway names in its keys, spend rules, routes and edge."""
    spend: Any = state.settings["spend_limits"]
    named = [key.provider for key in state.provider_keys]
    named += [name for rule in spend["rules"] for name in rule.get("provider", {}).get("values", ())]
    named += () if state.edge is None else edge_providers(state.edge)
    for route in state.routes:
        for element in route.elements:
            properties = element.get("properties")
            if isinstance(properties, Mapping) and isinstance(properties.get("provider"), str):
                named.append(str(properties["provider"]))
    return frozenset(name.removeprefix(CUSTOM_PREFIX) for name in named if name.startswith(CUSTOM_PREFIX))


def decompile_gateway(state: GatewayState, custom_providers: Sequence[CustomProviderState]) -> Gateway:
    """The definition of one gateway, with the custom providers that it shall describe.

    Raises CfaigError for a guardrail category that is newer than this version, and for settings of a form that a
    definition cannot say: what it asks for would overwrite them.
    """
    settings: Mapping[str, Any] = state.settings
    customs = tuple(_custom_provider(provider) for provider in custom_providers)
    to_name, to_wire = provider_names(custom_providers), wire_slugs(customs)
    keys = tuple(_provider_key(key, to_name) for key in state.provider_keys)
    gateway = Gateway(
        id=state.id,
        description=state.management.description,
        labels=state.management.labels,
        protect=state.management.protect,
        allow=state.management.allow,
        authentication=settings["authentication"],
        byok_only=settings["byok_only"],
        zero_data_retention=settings["zdr"],
        workers_ai_billing=settings["workers_ai_billing_mode"],
        store=_store(state),
        cache=Cache(whole_number(settings["cache_ttl"]), settings["cache_invalidate_on_update"]),
        rate_limit=_rate_limit(settings),
        retries=_retries(settings),
        logging=_logging(settings),
        spend_limits=_spend_limits(settings["spend_limits"], to_name),
        guardrails=_guardrails(settings["guardrails"]),
        dlp=_dlp(settings["dlp"]),
        otel=tuple(_otel(exporter) for exporter in settings["otel"]),
        stripe=_stripe(settings["stripe"]),
        provider_keys=keys,
        custom_providers=customs,
        domains=state.domains,
        routes=tuple(decompile_route(route, to_name, to_wire) for route in state.routes),
        edge=None if state.edge is None else decompile_edge(state.edge, state.id, to_name),
    )
    if unsaid := _unsaid(gateway, settings):
        raise CfaigError(
            f"the gateway {state.id} has settings that a definition cannot say: {', '.join(unsaid)}",
            "is there a newer cfaig? Or put it right in Cloudflare first, or leave this gateway out",
        )
    return gateway


def _unsaid(gateway: Gateway, settings: Mapping[str, Any]) -> list[str]:
    """The settings of which the definition asks for something else, or that it cannot list by their ids."""
    asked = compile_gateway(replace(gateway, routes=(), edge=None)).settings
    filled = {name for name in FILLED_IN if settings[name] is None}
    ids: dict[str, Sequence[object]] = {
        "spend_limits": [rule.id for rule in gateway.spend_limits.rules],
        "dlp": [policy.id for policy in gateway.dlp.policies],
    }
    unnamed = {name for name, listed in ids.items() if not _are_names(listed)}
    other = {name for name in settings if settings[name] != asked[name]} - filled
    return sorted(other | unnamed)


def _are_names(ids: Sequence[object]) -> bool:
    return all(isinstance(id_, str) for id_ in ids) and len(set(ids)) == len(ids)


def provider_names(custom_providers: Sequence[CustomProviderState]) -> Callable[[str], str]:
    """From a slug on the wire to the provider's name in a definition that describes `custom_providers`."""
    own = {provider.slug for provider in custom_providers} - PROVIDER_SLUGS

    def name(wire: str) -> str:
        slug = wire.removeprefix(CUSTOM_PREFIX)
        return slug if wire != slug and slug in own else wire

    return name


def _store(state: GatewayState) -> str | None:
    store = state.settings["store_id"] or state.store
    return None if state.provider_keys and store == DEFAULT_STORE else _text(store)


def _rate_limit(settings: Mapping[str, Any]) -> RateLimit:
    interval = whole_number(settings["rate_limiting_interval"])
    return RateLimit(settings["rate_limiting_limit"], interval, settings["rate_limiting_technique"])


def _retries(settings: Mapping[str, Any]) -> Retries:
    delay = settings["retry_delay"]
    delay_ms = None if delay is None else whole_number(delay)
    return Retries(settings["retry_max_attempts"], delay_ms, settings["retry_backoff"])


def _logging(settings: Mapping[str, Any]) -> Logging:
    default = Logging()
    strategy = settings["log_management_strategy"]
    keep = settings["log_management"]
    return Logging(
        collect=settings["collect_logs"],
        keep=default.keep if keep is None else keep,
        when_full=default.when_full if strategy is None else strategy.lower(),
        classification=settings["log_classification"],
        logpush=settings["logpush"],
        logpush_public_key=settings["logpush_public_key"],
    )


def _spend_limits(limits: Mapping[str, Any], to_name: Callable[[str], str]) -> SpendLimits:
    return SpendLimits(limits["enabled"], tuple(_spend_rule(rule, to_name) for rule in limits["rules"]))


def _spend_rule(rule: Mapping[str, Any], to_name: Callable[[str], str]) -> SpendRule:
    metadata = {
        key: tuple(dimension["values"]) if dimension["mode"] == "filter" else None
        for key, dimension in rule.get("metadata", {}).items()
    }
    return SpendRule(
        id=rule["id"],
        cost=to_decimal(rule["limit"]),
        per=whole_number(rule["window"]),
        technique=rule["technique"],
        enabled=rule["enabled"],
        models=tuple(rule.get("model", {}).get("values", ())),
        providers=tuple(to_name(name) for name in rule.get("provider", {}).get("values", ())),
        metadata=metadata,
    )


def _guardrails(sides: Mapping[str, Any] | None) -> Guardrails:
    chosen = sides or {}
    return Guardrails(_guard_names(chosen.get("prompt", {})), _guard_names(chosen.get("response", {})))


def _guard_names(codes: Mapping[str, Any]) -> dict[str, GuardAction]:
    if unknown := sorted(set(codes) - set(GUARDRAIL_NAMES)):
        raise CfaigError(f"this version of cfaig does not know the guardrail {unknown[0]}", "update cfaig")
    return {GUARDRAIL_NAMES[code]: action.lower() for code, action in codes.items()}


def _dlp(dlp: Mapping[str, Any]) -> Dlp:
    if "policies" not in dlp:
        action: Any = dlp["action"] or "FLAG"
        return Dlp(_flag(dlp["enabled"]), action.lower(), tuple(dlp["profiles"] or ()))
    policies = (
        DlpPolicy(
            policy["id"],
            tuple(policy["profiles"]),
            policy["action"].lower(),
            tuple(side.lower() for side in policy["check"]),
            _flag(policy["enabled"]),
        )
        for policy in dlp["policies"]
    )
    return Dlp(_flag(dlp["enabled"]), policies=tuple(policies))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _otel(exporter: Mapping[str, Any]) -> OtelExporter:
    return OtelExporter(
        exporter["url"], exporter["headers"], exporter.get("authorization"), content_type=exporter["content_type"]
    )


def _stripe(stripe: Mapping[str, Any] | None) -> Stripe | None:
    if stripe is None:
        return None
    return Stripe(stripe["authorization"], tuple(event["payload"] for event in stripe["usage_events"]))


def _provider_key(key: ProviderKeyState, to_name: Callable[[str], str]) -> ProviderKey:
    provider = to_name(key.provider)
    limit = None
    if key.rate_limit is not None:
        limit = RateLimit(key.rate_limit, whole_number(key.rate_limit_period or 0))
    return ProviderKey(provider, key.key or key_reference(provider, key.alias), key.alias, key.default, limit)


def _custom_provider(state: CustomProviderState) -> CustomProvider:
    settings: Mapping[str, Any] = state.settings
    return CustomProvider(
        slug=state.slug,
        base_url=settings["base_url"],
        name=settings["name"],
        description=settings["description"],
        link=settings["link"],
        enabled=settings["enable"],
        beta=settings["beta"],
        headers=settings["headers"],
        curl_example=settings["curl_example"],
        js_example=settings["js_example"],
        position=settings["position"],
    )


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
