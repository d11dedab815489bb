"""Inputs of a gateway, and what the API makes of them."""

from __future__ import annotations

from typing import Any, Final

REQUIRED: Final[dict[str, Any]] = {
    "accountId": "acc",
    "aiGatewayId": "g",
    "cacheInvalidateOnUpdate": False,
    "cacheTtl": 0,
    "collectLogs": True,
    "rateLimitingInterval": 0,
    "rateLimitingLimit": 0,
}
COMPLETE: Final[dict[str, Any]] = {
    **REQUIRED,
    "authentication": True,
    "byokOnly": False,
    "dlp": {"enabled": False, "policies": []},
    "logClassification": False,
    "logManagement": 100_000,
    "logManagementStrategy": "DELETE_OLDEST",
    "logpush": False,
    "otels": [],
    "rateLimitingTechnique": "fixed",
    "spendLimits": {"enabled": False, "rules": []},
    "workersAiBillingMode": "postpaid",
    "zdr": False,
}
# As the API answers a GET of a gateway made from REQUIRED: the server has filled fields in.
FILLED: Final[dict[str, Any]] = {
    "id": "g",
    "authentication": False,
    "cache_invalidate_on_update": False,
    "cache_ttl": 0,
    "collect_logs": True,
    "created_at": "2026-11-01T00:00:00Z",
    "internal": False,
    "is_default": False,
    "log_management": 10_000_000,
    "log_management_strategy": "DELETE_OLDEST",
    "logpush": False,
    "logpush_public_key": None,
    "modified_at": "2026-11-01T00:00:00Z",
    "otel": [],
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
    "rate_limiting_technique": "fixed",
    "retry_delay": None,
    "spend_limits": {"enabled": False, "rules": []},
    "store_id": None,
    "workers_ai_billing_mode": "postpaid",
    "zdr": False,
}
RULE: Final[dict[str, Any]] = {"limit": 5, "limitType": "cost", "window": 3600}
