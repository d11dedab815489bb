"""The attributes of the official AiGateway resource as one table; a test holds it against `pulumi-cloudflare`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal

AttributeType = Literal["string", "integer", "number", "boolean", "array", "object", "map"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: `name` in Pulumi, `wire` in the API.

    `computed`: the server fills it in when it is not given. `default` is filled in before anything is sent. `inner`
    are the attributes of an object, or of the objects in an array or in a map with keys of the user's own.
    """

    name: str
    wire: str
    type: AttributeType
    required: bool = False
    computed: bool = False
    replaces: bool = False
    default: Any = None
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    inner: tuple[Attribute, ...] = ()


GUARD_ACTIONS: Final = ("FLAG", "BLOCK")
CATEGORIES: Final = tuple(
    Attribute(code.lower(), code, "string", allowed=GUARD_ACTIONS)
    for code in ("P1", *(f"S{number}" for number in range(1, 14)))
)
FILTER: Final = (
    Attribute("mode", "mode", "string", required=True, allowed=("filter",)),
    Attribute("values", "values", "array", required=True),
)
METADATA: Final = (
    Attribute("mode", "mode", "string", required=True, allowed=("partition", "filter")),
    Attribute("values", "values", "array"),
)
POLICY: Final = (
    Attribute("action", "action", "string", required=True, allowed=GUARD_ACTIONS),
    Attribute("checks", "check", "array", required=True),
    Attribute("enabled", "enabled", "boolean", required=True),
    Attribute("id", "id", "string", required=True),
    Attribute("profiles", "profiles", "array", required=True),
)
DLP: Final = (
    Attribute("action", "action", "string", allowed=("BLOCK", "FLAG")),
    Attribute("enabled", "enabled", "boolean", required=True),
    Attribute("policies", "policies", "array", inner=POLICY),
    Attribute("profiles", "profiles", "array"),
)
OTEL: Final = (
    Attribute("authorization", "authorization", "string"),
    Attribute("contentType", "content_type", "string", allowed=("json", "protobuf")),
    Attribute("headers", "headers", "map", required=True),
    Attribute("url", "url", "string", required=True),
)
# 6fb25042 is an example of the API's specification that became the default id of every rule.
RULE: Final = (
    Attribute("aiGatewayProvider", "provider", "object", inner=FILTER),
    Attribute("enabled", "enabled", "boolean", default=True),
    Attribute("id", "id", "string", default="6fb25042"),
    Attribute("limit", "limit", "number", required=True, minimum=0),
    Attribute("limitType", "limitType", "string", required=True, allowed=("cost",)),
    Attribute("metadata", "metadata", "map", inner=METADATA),
    Attribute("model", "model", "object", inner=FILTER),
    Attribute("technique", "technique", "string", default="sliding", allowed=("fixed", "sliding")),
    Attribute("window", "window", "integer", required=True, minimum=0),
)
SPEND_LIMITS: Final = (
    Attribute("enabled", "enabled", "boolean", computed=True),
    Attribute("rules", "rules", "array", computed=True, inner=RULE),
)
STRIPE: Final = (
    Attribute("authorization", "authorization", "string", required=True),
    Attribute(
        "usageEvents",
        "usage_events",
        "array",
        required=True,
        inner=(Attribute("payload", "payload", "string", required=True),),
    ),
)

INPUTS: Final = (
    Attribute("accountId", "account_id", "string", required=True, replaces=True),
    Attribute("aiGatewayId", "id", "string", required=True, replaces=True),
    Attribute("authentication", "authentication", "boolean"),
    Attribute("byokOnly", "byok_only", "boolean"),
    Attribute("cacheInvalidateOnUpdate", "cache_invalidate_on_update", "boolean", required=True),
    Attribute("cacheTtl", "cache_ttl", "integer", required=True, minimum=0),
    Attribute("collectLogs", "collect_logs", "boolean", required=True),
    Attribute("dlp", "dlp", "object", inner=DLP),
    Attribute(
        "guardrails",
        "guardrails",
        "object",
        inner=(
            Attribute("prompt", "prompt", "object", required=True, inner=CATEGORIES),
            Attribute("response", "response", "object", required=True, inner=CATEGORIES),
        ),
    ),
    Attribute("logClassification", "log_classification", "boolean"),
    Attribute("logManagement", "log_management", "integer", minimum=10_000, maximum=10_000_000),
    Attribute(
        "logManagementStrategy", "log_management_strategy", "string", allowed=("STOP_INSERTING", "DELETE_OLDEST")
    ),
    Attribute("logpush", "logpush", "boolean"),
    Attribute("logpushPublicKey", "logpush_public_key", "string"),
    Attribute("otels", "otel", "array", computed=True, inner=OTEL),
    Attribute("rateLimitingInterval", "rate_limiting_interval", "integer", required=True, minimum=0),
    Attribute("rateLimitingLimit", "rate_limiting_limit", "integer", required=True, minimum=0),
    Attribute("rateLimitingTechnique", "rate_limiting_technique", "string", allowed=("fixed", "sliding")),
    Attribute("retryBackoff", "retry_backoff", "string", allowed=("constant", "linear", "exponential")),
    Attribute("retryDelay", "retry_delay", "integer", minimum=0, maximum=60_000),
    Attribute("retryMaxAttempts", "retry_max_attempts", "integer", minimum=1, maximum=5),
    Attribute("spendLimits", "spend_limits", "object", computed=True, inner=SPEND_LIMITS),
    Attribute("storeId", "store_id", "string"),
    Attribute("stripe", "stripe", "object", inner=STRIPE),
    Attribute(
        "workersAiBillingMode",
        "workers_ai_billing_mode",
        "string",
        default="postpaid",
        allowed=("postpaid", "unified"),
    ),
    Attribute("zdr", "zdr", "boolean"),
)
OUTPUTS: Final = (
    Attribute("createdAt", "created_at", "string", computed=True),
    Attribute("isDefault", "is_default", "boolean", computed=True),
    Attribute("modifiedAt", "modified_at", "string", computed=True),
)
