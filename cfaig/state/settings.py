"""The gateway's settings in canonical form: every writable field, once, in one spelling.

The API reports "off" sometimes as 0 and sometimes as null, leaves fields out and fills others in; two accounts that
behave alike must compare equal, so both sides go through `canonical_settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cfaig.json_types import Json, JsonObject

# Values the server takes for a field that nobody has set. Source: facts/ai-gateway.md 1.2.
DEFAULT_SETTINGS: Final[Mapping[str, Json]] = {
    "authentication": False,
    "byok_only": False,
    "cache_invalidate_on_update": False,
    "cache_ttl": 0,
    "collect_logs": True,
    "dlp": {"enabled": False, "policies": []},
    "guardrails": None,
    "log_classification": False,
    "log_management": None,
    "log_management_strategy": None,
    "logpush": False,
    "logpush_public_key": None,
    "otel": [],
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
    "rate_limiting_technique": "fixed",
    "retry_backoff": None,
    "retry_delay": None,
    "retry_max_attempts": None,
    "spend_limits": {"enabled": False, "rules": []},
    "store_id": None,
    "stripe": None,
    "workers_ai_billing_mode": "postpaid",
    "zdr": False,
}


def canonical_settings(body: JsonObject) -> dict[str, Json]:
    """Bring a gateway of the API (or a body for it) into canonical form: exactly the keys of `DEFAULT_SETTINGS`.

    Unknown and read-only fields (`created_at`, `internal`, …) are dropped; null counts as the default.
    """
    settings: dict[str, Json] = {}
    for name, default in DEFAULT_SETTINGS.items():
        value = body.get(name)
        settings[name] = default if value is None else value
    settings["store_id"] = settings["store_id"] or None
    settings["dlp"] = _canonical_dlp(settings["dlp"])
    settings["guardrails"] = _canonical_guardrails(settings["guardrails"])
    settings["otel"] = _canonical_otel(settings["otel"])
    settings["spend_limits"] = _canonical_spend_limits(settings["spend_limits"])
    settings["stripe"] = _canonical_stripe(settings["stripe"])
    return settings


def _canonical_dlp(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return value
    if not value.get("enabled") and not value.get("policies") and not value.get("profiles"):
        return DEFAULT_SETTINGS["dlp"]
    if value.get("policies") is not None:
        return {"enabled": bool(value.get("enabled")), "policies": value["policies"]}
    return {name: value.get(name) for name in ("action", "enabled", "profiles")}


def _canonical_guardrails(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return None
    sides: dict[str, dict[str, Json]] = {}
    for side in ("prompt", "response"):
        categories = value.get(side)
        chosen = categories if isinstance(categories, Mapping) else {}
        sides[side] = {name: chosen[name] for name in sorted(chosen) if chosen[name] is not None}
    return sides if sides["prompt"] or sides["response"] else None


def _canonical_otel(value: Json) -> Json:
    exporters: list[Json] = []
    for exporter in value if isinstance(value, (list, tuple)) else ():
        if isinstance(exporter, Mapping):
            item: dict[str, Json] = {"url": exporter.get("url"), "headers": exporter.get("headers") or {}}
            item["content_type"] = exporter.get("content_type") or "json"
            if exporter.get("authorization"):
                item["authorization"] = exporter["authorization"]
            exporters.append(item)
    return exporters


def _canonical_spend_limits(value: Json) -> Json:
    if not isinstance(value, Mapping):
        return DEFAULT_SETTINGS["spend_limits"]
    listed = value.get("rules")
    written = [rule for rule in listed if isinstance(rule, Mapping)] if isinstance(listed, (list, tuple)) else []
    rules = [_canonical_rule(rule) for rule in sorted(written, key=lambda rule: str(rule.get("id")))]
    return {"enabled": bool(value.get("enabled")), "rules": rules}


def _canonical_rule(rule: JsonObject) -> dict[str, Json]:
    canonical: dict[str, Json] = {
        "id": rule.get("id"),
        "enabled": rule.get("enabled") is not False,
        "limit": rule.get("limit"),
        "limitType": rule.get("limitType") or "cost",
        "window": rule.get("window"),
        "technique": rule.get("technique") or "sliding",
    }
    for name in ("metadata", "model", "provider"):
        if rule.get(name):
            canonical[name] = rule[name]
    return canonical


def _canonical_stripe(value: Json) -> Json:
    if not isinstance(value, Mapping) or not value.get("authorization"):
        return None
    return {"authorization": value["authorization"], "usage_events": value.get("usage_events") or []}
