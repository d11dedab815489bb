"""What a definition says once it is resolved for one environment: typed, frozen, with every default filled in.

Durations are seconds unless the name ends in `_ms`; money is US dollars; secret values are references
(`env://NAME`, `vault://MOUNT/PATH#FIELD` and so on), never clear text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from cfaig.json_types import JsonObject

if TYPE_CHECKING:
    from cfaig.definition.model_edge import Edge

Technique: TypeAlias = Literal["fixed", "sliding"]
Backoff: TypeAlias = Literal["constant", "linear", "exponential"]
GuardAction: TypeAlias = Literal["flag", "block"]


@dataclass(frozen=True, slots=True)
class Cache:
    """Response caching; `ttl` 0 is off."""

    ttl: int = 0
    invalidate_on_update: bool = False


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `requests` in `per` seconds; 0 requests or 0 seconds is off."""

    requests: int = 0
    per: int = 0
    technique: Technique = "fixed"


@dataclass(frozen=True, slots=True)
class Retries:
    """Retries of the gateway itself; `None` leaves a part unset, as the API allows."""

    attempts: int | None = None
    delay_ms: int | None = None
    backoff: Backoff | None = None


@dataclass(frozen=True, slots=True)
class Logging:
    """What is logged and how many logs are kept."""

    collect: bool = True
    keep: int = 100_000
    when_full: Literal["delete_oldest", "stop_inserting"] = "delete_oldest"
    classification: bool = False
    logpush: bool = False
    logpush_public_key: str | None = None


@dataclass(frozen=True, slots=True)
class SpendRule:
    """At most `cost` dollars in `per` seconds.

    `metadata` maps a key to the values that the rule is for, or to `None` for one budget per value (partition).
    """

    id: str
    cost: Decimal
    per: int
    technique: Technique = "sliding"
    enabled: bool = True
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    metadata: Mapping[str, tuple[str, ...] | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SpendLimits:
    """All rules apply at once; any breach blocks."""

    enabled: bool = False
    rules: tuple[SpendRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Guardrails:
    """Categories by readable name (catalog.GUARDRAIL_CATEGORIES); a category that is absent is ignored."""

    prompt: Mapping[str, GuardAction] = field(default_factory=dict)
    response: Mapping[str, GuardAction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DlpPolicy:
    """One data loss prevention policy; `check` holds `request`, `response` or both."""

    id: str
    profiles: tuple[str, ...]
    action: GuardAction
    check: tuple[Literal["request", "response"], ...]
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Dlp:
    """Data loss prevention in either of the API's shapes: `policies`, or `action` with `profiles`."""

    enabled: bool = False
    action: GuardAction | None = None
    profiles: tuple[str, ...] = ()
    policies: tuple[DlpPolicy, ...] = ()


@dataclass(frozen=True, slots=True)
class OtelExporter:
    """One OpenTelemetry exporter; header values may be secret references."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    authorization: str | None = None
    content_type: Literal["json", "protobuf"] = "json"


@dataclass(frozen=True, slots=True)
class Stripe:
    """Usage events sent to Stripe; `authorization` is a secret reference, each event a JSON text."""

    authorization: str
    usage_events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProviderKey:
    """A provider's key (BYOK), kept in Cloudflare Secrets Store.

    `provider` is the name used in the definition; a custom provider's wire slug is `custom-<name>`.
    """

    provider: str
    key: str
    alias: str = "default"
    default: bool = True
    rate_limit: RateLimit | None = None


@dataclass(frozen=True, slots=True)
class CustomProvider:
    """A provider of one's own, known to the whole account by its slug; header values may be secret references."""

    slug: str
    base_url: str
    name: str
    description: str | None = None
    link: str | None = None
    enabled: bool = True
    beta: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    curl_example: str | None = None
    js_example: str | None = None
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """One model to try; timeout in milliseconds to the first byte, 0 for none."""

    provider: str
    model: str
    timeout_ms: int = 0
    retries: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """Try each model in order; when all have failed, go on with `then`, or end."""

    models: tuple[Model, ...]
    then: Flow | None = None


@dataclass(frozen=True, slots=True)
class If:
    """Two ways, by a condition in the API's Mongo-like form (`{"metadata.plan": {"$eq": "paid"}}`)."""

    conditions: JsonObject
    then: Flow
    otherwise: Flow


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit per value of `key`: `amount` requests, or dollars when `kind` is `cost`, in `per` seconds."""

    key: str
    amount: Decimal
    kind: Literal["count", "cost"]
    per: int
    then: Flow
    otherwise: Flow | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """Shares in percent, in the order written; they add up to exactly 100."""

    shares: tuple[tuple[Decimal, Flow], ...]


Flow: TypeAlias = "Chain | If | Limit | Split"


@dataclass(frozen=True, slots=True)
class RawElements:
    """A graph in the API's own words, for what the short forms cannot say."""

    elements: tuple[JsonObject, ...]


@dataclass(frozen=True, slots=True)
class WorstCase:
    """What a request to a route may cost at most when every model fails: checked offline, None for no limit.

    `latency_ms` adds up timeout × (retries + 1) of all models on a way, `attempts` counts retries + 1.
    """

    latency_ms: int | None = None
    attempts: int | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """A dynamic route, called as model `dynamic/<name>`; `renamed_from` names what it was called before.

    What its own `worst_case` leaves open, that of the gateway says.
    """

    name: str
    flow: Flow | RawElements
    renamed_from: str | None = None
    worst_case: WorstCase = WorstCase()


@dataclass(frozen=True, slots=True)
class AccountLimits:
    """What Cloudflare grants the account beyond its usual limits; None is the usual limit."""

    gateways: int | None = None


@dataclass(frozen=True, slots=True)
class Safety:
    """The project's own word on what needs to be allowed by name, for all gateways of one environment.

    `allow` holds names as `--allow` takes them, and bare words (`delete`) for all of a sort; `refuse` holds such names
    for what is refused besides what always is, and in spite of `allow`. To delete more than `max_deletes` gateways and
    routes at once has to be allowed for itself, whatever else is; None is any number.
    """

    allow: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    max_deletes: int | None = None


@dataclass(frozen=True, slots=True)
class Gateway:
    """One gateway and everything that hangs on it.

    `store` is the id (32 hex digits) or the name of the account's Secrets Store. `labels`, `protect`, `allow`,
    `worst_case` and `description` are cfaig's own: Cloudflare has no place for them. `allow` holds the changes that the
    definition itself permits, such as `delete:route/support/chat`. `edge` is the Worker in front: see
    `model_edge`.
    """

    id: str
    description: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    protect: bool = False
    allow: tuple[str, ...] = ()
    authentication: bool = True
    byok_only: bool = False
    zero_data_retention: bool = False
    workers_ai_billing: Literal["postpaid", "unified"] = "postpaid"
    store: str | None = None
    cache: Cache = Cache()
    rate_limit: RateLimit = RateLimit()
    retries: Retries = Retries()
    logging: Logging = Logging()
    spend_limits: SpendLimits = SpendLimits()
    guardrails: Guardrails = Guardrails()
    dlp: Dlp = Dlp()
    otel: tuple[OtelExporter, ...] = ()
    stripe: Stripe | None = None
    provider_keys: tuple[ProviderKey, ...] = ()
    custom_providers: tuple[CustomProvider, ...] = ()
    domains: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    worst_case: WorstCase = WorstCase()
    edge: Edge | None = None
