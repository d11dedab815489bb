"""The body of a gateway: types, bounds and what the server fills in.

Source: facts/ai-gateway.md 1.2 and 4.2. PUT replaces, so creating and replacing use the same shape.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, Final

from cfaig.local.shapes import MISSING, Boolean, Choice, Fields, Items, Nullable, Number, OneOf, Shape, Table, Text

GATEWAY_ID: Final = r"[a-z0-9_]+(?:-[a-z0-9_]+)*"
FILLED_LOG_MANAGEMENT: Final = 10_000_000
CATEGORIES: Final = (*(f"S{number}" for number in range(1, 14)), "P1")

_ACTION: Final = Choice(("FLAG", "BLOCK"))
_TECHNIQUE: Final = ("fixed", "sliding")
_FILTER: Final = Fields({"mode": Choice(("filter",)), "values": Items(Text())})
_PARTITION: Final = Fields({"mode": Choice(("partition",))})

_DLP_PROFILES: Final = Fields({"action": _ACTION, "enabled": Boolean(), "profiles": Items(Text())})
_DLP_POLICIES: Final = Fields(
    {
        "enabled": Boolean(),
        "policies": Items(
            Fields(
                {
                    "id": Text(),
                    "action": _ACTION,
                    "check": Items(Choice(("REQUEST", "RESPONSE"))),
                    "enabled": Boolean(),
                    "profiles": Items(Text()),
                }
            )
        ),
    }
)


def _dlp_shape(value: Mapping[str, Any]) -> Shape:
    return _DLP_POLICIES if "policies" in value else _DLP_PROFILES


def _dimension_shape(value: Mapping[str, Any]) -> Shape | str:
    shapes: dict[str, Shape] = {"filter": _FILTER, "partition": _PARTITION}
    # As a text: a mode may be anything that JSON can say, and only texts are sure to be hashable.
    return shapes.get(str(value.get("mode")), "Invalid discriminator value. Expected 'partition' | 'filter'")


_SIDE: Final = Fields(dict.fromkeys(CATEGORIES, _ACTION), optional=frozenset(CATEGORIES))

_RULE: Final = Fields(
    {
        "id": Text(low=1, pattern=r"[a-zA-Z0-9_-]+", default=lambda: secrets.token_hex(4)),
        "enabled": Boolean(default=True),
        "limit": Number(low=0, whole=False),
        "limitType": Choice(("cost",)),
        "window": Number(low=0),
        "technique": Choice(_TECHNIQUE, default="sliding"),
        "metadata": Table(OneOf(_dimension_shape, (_FILTER, _PARTITION)), default=dict),
        "model": _FILTER,
        "provider": _FILTER,
    },
    optional=frozenset({"model", "provider"}),
)

_EXPORTER: Final = Fields(
    {
        "url": Text(high=2048, pattern=r"https?://\S+"),
        "headers": Table(Text()),
        "authorization": Text(high=256),
        "content_type": Choice(("json", "protobuf"), default="json"),
    },
    optional=frozenset({"authorization"}),
)


def _no_spend_limits() -> dict[str, Any]:
    return {"enabled": False, "rules": []}


def _no_dlp() -> dict[str, Any]:
    return {"enabled": False, "policies": []}


_SETTINGS: Final[Mapping[str, Shape]] = {
    "authentication": Boolean(default=False),
    "byok_only": Boolean(default=False),
    "cache_invalidate_on_update": Boolean(),
    "cache_ttl": Nullable(Number(low=0, coerced=True), when_null=0),
    "collect_logs": Boolean(),
    # Among the fields that a live GET had, where guardrails and stripe were missing (facts 1.4). Which value it had is
    # not known, but a PUT may not have null there.
    "dlp": OneOf(_dlp_shape, (_DLP_PROFILES, _DLP_POLICIES), default=_no_dlp),
    "guardrails": Nullable(Fields({"prompt": _SIDE, "response": _SIDE}), when_null=MISSING),
    "log_classification": Boolean(default=False),
    "log_management": Nullable(
        Number(low=10_000, high=10_000_000), when_null=FILLED_LOG_MANAGEMENT, default=FILLED_LOG_MANAGEMENT
    ),
    "log_management_strategy": Nullable(
        Choice(("STOP_INSERTING", "DELETE_OLDEST")), when_null="DELETE_OLDEST", default="DELETE_OLDEST"
    ),
    "logpush": Boolean(default=False),
    "logpush_public_key": Nullable(Text(low=16, high=1024), default=None),
    "otel": Nullable(Items(_EXPORTER), when_null=list, default=list),
    "rate_limiting_interval": Nullable(Number(low=0, coerced=True)),
    "rate_limiting_limit": Nullable(Number(low=0, coerced=True)),
    "rate_limiting_technique": Nullable(Choice(_TECHNIQUE), when_null="fixed", default="fixed"),
    "retry_backoff": Nullable(Choice(("constant", "linear", "exponential")), default=None),
    "retry_delay": Nullable(Number(low=0, high=60_000), default=None),
    "retry_max_attempts": Nullable(Number(low=1, high=5), default=None),
    "spend_limits": Nullable(
        Fields({"enabled": Boolean(default=False), "rules": Items(_RULE, high=20, default=list)}),
        when_null=_no_spend_limits,
        default=_no_spend_limits,
    ),
    "store_id": Nullable(Text(), default=None),
    "stripe": Nullable(
        Fields({"authorization": Text(), "usage_events": Items(Fields({"payload": Text()}))}), when_null=MISSING
    ),
    "workers_ai_billing_mode": Choice(("postpaid", "unified"), default="postpaid"),
    "zdr": Boolean(default=False),
}

# Absent from the answers too while nobody has set them (facts 1.4: a GET that can be replayed as a PUT).
_SEEN_WHEN_SET: Final = frozenset({"guardrails", "stripe"})

REPLACE: Final = Fields(_SETTINGS, optional=_SEEN_WHEN_SET)
CREATE: Final = Fields({"id": Text(low=1, high=64, pattern=GATEWAY_ID)} | dict(_SETTINGS), optional=_SEEN_WHEN_SET)


def settle(settings: dict[str, Any]) -> dict[str, Any]:
    """Apply what one setting means for another: without logs there is no classification (facts 1.2)."""
    if not settings["collect_logs"]:
        settings["log_classification"] = False
    return settings
