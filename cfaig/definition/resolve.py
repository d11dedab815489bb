"""From merged, checked data to a `Gateway`: every default filled in, every short form spelled out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX, PROVIDER_SLUGS
from cfaig.definition.durations import whole_milliseconds, whole_seconds
from cfaig.definition.model import (
    Cache,
    CustomProvider,
    Dlp,
    DlpPolicy,
    Gateway,
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
from cfaig.definition.resolve_routes import resolve_route, resolve_worst_case

if TYPE_CHECKING:
    from cfaig.definition.model_edge import Edge

Data: TypeAlias = Mapping[str, Any]

DEFAULT_ALIAS: Final = "default"
_SAME_NAME: Final = (
    "description",
    "labels",
    "protect",
    "authentication",
    "byok_only",
    "zero_data_retention",
    "workers_ai_billing",
    "store",
)


def resolve(data: Data) -> Gateway:
    """The gateway that `data` describes; `data` has passed all checks of this package."""
    providers: Data = data.get("providers", {})
    given = {name: data[name] for name in _SAME_NAME if name in data}
    return Gateway(
        id=data["gateway"],
        **given,
        allow=tuple(data.get("allow", ())),
        cache=_cache(data.get("cache", {})),
        rate_limit=_rate_limit(data.get("rate_limit", {})),
        retries=_retries(data.get("retries", {})),
        logging=_logging(data.get("logging", {})),
        spend_limits=_spend_limits(data["spend_limits"]) if "spend_limits" in data else SpendLimits(),
        guardrails=Guardrails(**data.get("guardrails", {})),
        dlp=_dlp(data["dlp"]) if "dlp" in data else Dlp(),
        otel=tuple(OtelExporter(**exporter) for exporter in data.get("otel", ())),
        stripe=_stripe(data.get("stripe")),
        provider_keys=tuple(key for name in sorted(providers, key=_wire_slug) for key in _keys(name, providers[name])),
        custom_providers=tuple(
            _custom_provider(name, providers[name]) for name in sorted(providers) if "base_url" in providers[name]
        ),
        domains=tuple(data.get("domains", ())),
        worst_case=resolve_worst_case(data.get("worst_case", {})),
        routes=tuple(resolve_route(name, route) for name, route in data.get("routes", {}).items()),
        edge=_edge(data["edge"]) if "edge" in data else None,
    )


def _edge(data: Data) -> Edge:
    from cfaig.definition.resolve_edge import resolve_edge  # most gateways have none

    return resolve_edge(data)


def _wire_slug(provider: str) -> str:
    return provider if provider in PROVIDER_SLUGS else CUSTOM_PREFIX + provider


def money(value: float) -> Decimal:
    """Dollars, as they were written."""
    return Decimal(str(value))


def _cache(data: Data) -> Cache:
    return Cache(whole_seconds(data.get("ttl", 0)), data.get("invalidate_on_update", False))


def _rate_limit(data: Data) -> RateLimit:
    if not data:
        return RateLimit()
    return RateLimit(int(data["requests"]), whole_seconds(data["per"]), data.get("technique", "fixed"))


def _retries(data: Data) -> Retries:
    delay = whole_milliseconds(data["delay"]) if "delay" in data else _integer(data.get("delay_ms"))
    return Retries(_integer(data.get("attempts")), delay, data.get("backoff"))


def _logging(data: Data) -> Logging:
    given = {name: value for name, value in data.items() if name != "logpush"}
    if "keep" in given:
        given["keep"] = int(given["keep"])
    if "logpush" in data:
        given["logpush"] = data["logpush"].get("enabled", True)
        given["logpush_public_key"] = data["logpush"].get("public_key")
    return Logging(**given)


def _spend_limits(data: Data) -> SpendLimits:
    rules = tuple(_spend_rule(name, rule) for name, rule in data.get("rules", {}).items())
    return SpendLimits(data.get("enabled", True), rules)


def _spend_rule(name: str, data: Data) -> SpendRule:
    metadata = data.get("metadata", {})
    return SpendRule(
        id=name,
        cost=money(data["cost"]),
        per=whole_seconds(data["per"]),
        technique=data.get("technique", "sliding"),
        enabled=data.get("enabled", True),
        models=tuple(data.get("models", ())),
        providers=tuple(data.get("providers", ())),
        metadata={key: None if values == "each" else tuple(values) for key, values in metadata.items()},
    )


def _dlp(data: Data) -> Dlp:
    policies = tuple(
        DlpPolicy(
            id=name,
            profiles=tuple(policy["profiles"]),
            action=policy["action"],
            check=tuple(policy["check"]),
            enabled=policy.get("enabled", True),
        )
        for name, policy in data.get("policies", {}).items()
    )
    return Dlp(data.get("enabled", True), data.get("action"), tuple(data.get("profiles", ())), policies)


def _stripe(data: Data | None) -> Stripe | None:
    return Stripe(data["authorization"], tuple(data["usage_events"])) if data else None


def _keys(provider: str, data: Data) -> Iterable[ProviderKey]:
    if "key" in data:
        limit = _rate_limit(data["rate_limit"]) if "rate_limit" in data else None
        yield ProviderKey(provider, data["key"], rate_limit=limit)
    for alias, entry in sorted(data.get("keys", {}).items()):
        said: Data = {"key": entry} if isinstance(entry, str) else entry
        yield ProviderKey(
            provider,
            said["key"],
            alias,
            said.get("default", alias == DEFAULT_ALIAS),
            _rate_limit(said["rate_limit"]) if "rate_limit" in said else None,
        )


def _custom_provider(slug: str, data: Data) -> CustomProvider:
    given = {name: value for name, value in data.items() if name not in {"key", "keys", "rate_limit"}}
    given["position"] = _integer(data.get("position"))
    return CustomProvider(**{"slug": slug, "name": slug, **given})


def _integer(value: float | None) -> int | None:
    # JSON Schema counts 3.0 as an integer.
    return None if value is None else int(value)
