"""Guesses at what was meant, and names from elsewhere that people bring along."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

# The API's and Terraform's names for settings, and where the definition has them.
API_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "id": "gateway",
        "name": "gateway",
        "cache_ttl": "cache: {ttl: …}",
        "cache_invalidate_on_update": "cache: {invalidate_on_update: …}",
        "collect_logs": "logging: {collect: …}",
        "log_management": "logging: {keep: …}",
        "log_management_strategy": "logging: {when_full: …}",
        "log_classification": "logging: {classification: …}",
        "logpush": "logging: {logpush: {public_key: …}}",
        "logpush_public_key": "logging: {logpush: {public_key: …}}",
        "rate_limiting_interval": "rate_limit: {per: …}",
        "rate_limiting_limit": "rate_limit: {requests: …}",
        "rate_limiting_technique": "rate_limit: {technique: …}",
        "retry_max_attempts": "retries: {attempts: …}",
        "retry_delay": "retries: {delay: …}",
        "retry_backoff": "retries: {backoff: …}",
        "store_id": "store",
        "workers_ai_billing_mode": "workers_ai_billing",
        "zdr": "zero_data_retention",
        "custom_providers": "providers: {<name>: {base_url: …}}",
        "provider_configs": "providers: {<name>: {key: …}}",
        "custom_domains": "domains",
        "dynamic_routes": "routes",
    }
)

# Spellings of route elements that old documentation taught; the API drops or refuses them (facts 2.2).
OLD_ROUTE_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "interval": "window",
        "condition": "conditions",
        "limit_type": "limitType",
        "element_id": "elementId",
    }
)
OLD_ROUTE_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rate_limit": "rate",
        "ratelimit": "rate",
        "condition": "conditional",
        "split": "percentage",
        "percent": "percentage",
        "if": "conditional",
    }
)
OLD_FLOW_KEYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "condition": "if",
        "conditions": "if",
        "conditional": "if",
        "percentage": "split",
        "rate_limit": "limit",
        "rate": "limit",
        "interval": "per",
        "window": "per",
        "fallback": "else",
        "success": "then",
        "true": "then",
        "false": "else",
    }
)

BOOLEAN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
)


def nearest(word: str, allowed: Collection[str]) -> str | None:
    """The allowed word that looks most like `word`."""
    lower = word.lower().replace("-", "_")
    if lower in allowed:
        return lower
    close = difflib.get_close_matches(lower, sorted(allowed), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, allowed: Collection[str]) -> str:
    """`did you mean x? `, or nothing."""
    guess = nearest(word, allowed)
    return f"did you mean {guess}? " if guess else ""
