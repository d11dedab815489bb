"""Calling a gateway from Python: its addresses, the headers that AI Gateway knows, and what its answers tell.

Works with any HTTP client, and needs none::

    from cfaig.client import Gateway

    gateway = Gateway("<account>", "support", token=os.environ["CF_AIG_TOKEN"])
    httpx.Client(base_url=gateway.url("openai"), headers=gateway.headers(cache_ttl="1h"))
    openai.OpenAI(base_url=gateway.compat_url, api_key=…, default_headers=gateway.headers(metadata={"plan": "paid"}))
    anthropic.Anthropic(base_url=gateway.url("anthropic"), default_headers=gateway.headers(timeout="20s"))

Durations are written as in definitions: `30s`, `500ms`, `1h`, or a number of seconds; a timedelta will do.
Bounds and meanings: https://developers.cloudflare.com/ai-gateway/ (docs/connect.md names the pages).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias, TypedDict, Unpack

from cfaig.definition.durations import milliseconds
from cfaig.definition.spelling import did_you_mean

CLOUDFLARE: Final = "https://gateway.ai.cloudflare.com/v1"

Duration: TypeAlias = str | int | float | timedelta
MetadataValue: TypeAlias = str | int | float | bool
Money: TypeAlias = int | float | Decimal

_MINUTE: Final = 60_000
_DAY: Final = 24 * 60 * _MINUTE
_MAX_METADATA: Final = 5
_RATES: Final = ("per_token_in", "per_token_out", "per_cache_read_token", "per_cache_write_token", "total_cost")
_NEEDED_RATES: Final = ("per_token_in", "per_token_out", "total_cost")
_TEXT: Final = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_TOKEN: Final = re.compile(r"[\x21-\x7e]+")


class HeaderOptions(TypedDict, total=False):
    """What a client can ask of a gateway for one request, or for all of its requests; None is as if left out.

    token: a Cloudflare token with the permission AI Gateway: Run, for gateways with authentication.
    cache_ttl: how long the answer is kept, 60 s to 30 d, or 0 for not at all; only where caching is on.
    skip_cache: ask the provider even if there is an answer in the cache.
    cache_key: the key of the answer in the cache, in place of the whole request; turns caching on.
    metadata: at most five texts, numbers or truth values, for logs, limits and routes.
    timeout: how long to wait for the first byte of the answer, up to 24 h.
    attempts: how often a provider is asked at most, 1 to 5.
    retry_delay: the pause before another attempt, up to 60 s.
    backoff: how the pauses grow.
    collect_log: whether the request is logged, whatever the gateway says.
    collect_payload: False logs the request without its bodies.
    custom_cost: US dollars: per_token_in, per_token_out, per_cache_read_token, per_cache_write_token; or total_cost.
    event_id: an id of one's own, which the answer repeats.
    byok_alias: which of the stored keys of the provider is used.
    no_wholesale: never pay with Unified Billing.
    zdr: whether providers may keep nothing (Unified Billing only).
    otel_trace_id: the OpenTelemetry trace that this request belongs to, 32 hexadecimal digits.
    otel_parent_span_id: the span above it, 16 hexadecimal digits.
    """

    token: str | None
    cache_ttl: Duration | None
    skip_cache: bool | None
    cache_key: str | None
    metadata: Mapping[str, MetadataValue] | None
    timeout: Duration | None
    attempts: int | None
    retry_delay: Duration | None
    backoff: Literal["constant", "linear", "exponential"] | None
    collect_log: bool | None
    collect_payload: bool | None
    custom_cost: Mapping[str, Money] | None
    event_id: str | None
    byok_alias: str | None
    no_wholesale: bool | None
    zdr: bool | None
    otel_trace_id: str | None
    otel_parent_span_id: str | None


def gateway_headers(**options: Unpack[HeaderOptions]) -> dict[str, str]:
    """The headers that say the options; `HeaderOptions` tells what each means.

    Raises ValueError, which names the option, for a value that the gateway would ignore or refuse, and TypeError for
    an unknown option.
    """
    headers: dict[str, str] = {}
    for name, value in options.items():
        if name not in _OPTIONS:
            hint = f"{did_you_mean(name, _OPTIONS)}there are {', '.join(_OPTIONS)}"
            raise TypeError(f"there is no option {name}: {hint}")
        if value is None:
            continue
        header, write = _OPTIONS[name]
        try:
            written = write(value)
        except ValueError as problem:
            raise ValueError(f"{name}: {problem}") from None
        if written is not None:
            headers[header] = written
    return headers


@dataclass(frozen=True, slots=True)
class GatewayResult:
    """What the headers of an answer tell; None is what they do not.

    `provider` and `model` are told for dynamic routes; `step` counts the models that failed before.
    """

    provider: str | None = None
    model: str | None = None
    cache: str | None = None
    step: int | None = None
    log_id: str | None = None
    event_id: str | None = None
    request_id: str | None = None

    @property
    def cached(self) -> bool:
        """Whether the answer came from the cache."""
        return self.cache == "HIT"


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway and how to reach it. `base_url` is what comes before the account: the local Cloudflare has its own.

    `token` goes into the headers of every request; it is not shown.
    """

    account: str
    gateway: str
    base_url: str = CLOUDFLARE
    token: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Refuse what would make another address; raises ValueError."""
        for name, value in (("account", self.account), ("gateway", self.gateway)):
            _segment(name, value)

    @property
    def root(self) -> str:
        """The address of the gateway itself, which is its universal endpoint."""
        return f"{self.base_url.rstrip('/')}/{self.account}/{self.gateway}"

    @property
    def compat_url(self) -> str:
        """The OpenAI-compatible base address: models are `openai/gpt-4o` or `dynamic/<route>`."""
        return f"{self.root}/compat"

    def url(self, provider: str) -> str:
        """The base address of a provider's own API; one of your own is `custom-<slug>`. Raises ValueError."""
        return f"{self.root}/{_segment('provider', provider)}"

    def headers(self, **options: Unpack[HeaderOptions]) -> dict[str, str]:
        """The headers of a request, with the gateway's token; raises as `gateway_headers` does."""
        given: HeaderOptions = {"token": self.token, **options}
        return gateway_headers(**given)

    @staticmethod
    def result(headers: Mapping[str, str]) -> GatewayResult:
        """What the headers of an answer tell of it, in whatever case they are."""
        told = {str(name).lower(): value for name, value in headers.items()}
        step = told.get("cf-aig-step", "")
        return GatewayResult(
            provider=told.get("cf-aig-provider"),
            model=told.get("cf-aig-model"),
            cache=told.get("cf-aig-cache-status"),
            step=int(step) if step.isascii() and step.isdigit() else None,
            log_id=told.get("cf-aig-log-id"),
            event_id=told.get("cf-aig-event-id"),
            request_id=told.get("cf-aig-request-id"),
        )


def _segment(name: str, value: str) -> str:
    if not isinstance(value, str) or not value or re.search(r"[/?#\\%\s]", value) or value in (".", ".."):
        raise ValueError(f"{name}: {value!r} is no part of an address")
    return value


def _token(value: object) -> str:
    # The value is not repeated: it is a secret.
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise ValueError("no token: a text without spaces, and without `Bearer` before it")
    return f"Bearer {value}"


def _text(value: object) -> str:
    if not isinstance(value, str) or not _TEXT.fullmatch(value):
        raise ValueError(f"{value!r} is no text for a header: plain ASCII without line breaks")
    return value


def _flag(value: object) -> str:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither True nor False")
    return str(value).lower()


def _flag_if_true(value: object) -> str | None:
    return "true" if _flag(value) == "true" else None


def _milliseconds(value: object) -> Decimal:
    if isinstance(value, timedelta):
        return Decimal(value // timedelta(microseconds=1)) / 1000
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if isinstance(value, str) or number:
        try:
            return milliseconds(value)  # type: ignore[arg-type]
        except ValueError:
            pass
    raise ValueError(f"{value!r} is no duration: 30s, 500ms, 5m, 1h, 30d, or a number of seconds")


def _cache_ttl(value: object) -> str:
    length = _milliseconds(value)
    if length % 1000 or not (length == 0 or _MINUTE <= length <= 30 * _DAY):
        raise ValueError(f"{value!r} is not 0, nor whole seconds from 60s to 30d")
    return str(int(length / 1000))


def _wait(shortest: int, longest: int, said: str) -> Callable[[object], str]:
    def write(value: object) -> str:
        length = _milliseconds(value)
        if length % 1 or not shortest <= length <= longest:
            raise ValueError(f"{value!r} is not {said}, in whole milliseconds")
        return str(int(length))

    return write


def _attempts(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueError(f"{value!r} is no whole number from 1 to 5")
    return str(value)


def _backoff(value: object) -> str:
    words = ("constant", "linear", "exponential")
    if value not in words:
        raise ValueError(f"{value!r} is none of {', '.join(words)}")
    return str(value)


def _metadata(value: object) -> str:
    # One value of a wrong kind makes the gateway drop all of them without a word, and so do more than five entries
    # with the last ones (facts: https://developers.cloudflare.com/ai-gateway/observability/custom-metadata/).
    if not isinstance(value, Mapping) or len(value) > _MAX_METADATA:
        raise ValueError(f"at most {_MAX_METADATA} names with values")
    for name, entry in value.items():
        if not isinstance(name, str) or name.startswith("cf."):
            raise ValueError(f"{name!r} is no name of yours: Cloudflare keeps those that begin with cf.")
        if not isinstance(entry, str | int | float) or (isinstance(entry, float) and not math.isfinite(entry)):
            raise ValueError(f"{name} is neither text, number nor True/False")
    return json.dumps(dict(value), separators=(",", ":"))


def _custom_cost(value: object) -> str:
    if not isinstance(value, Mapping) or not any(name in value for name in _NEEDED_RATES):
        raise ValueError(f"needs one of {', '.join(_NEEDED_RATES)}")
    rates: dict[str, float] = {}
    for name, rate in value.items():
        if name not in _RATES:
            raise ValueError(f"there is no {name}: {did_you_mean(str(name), _RATES)}there are {', '.join(_RATES)}")
        money = isinstance(rate, int | float | Decimal) and not isinstance(rate, bool) and math.isfinite(rate)
        if not money or rate < 0:
            raise ValueError(f"{name} is no amount of money")
        rates[name] = float(rate)
    return json.dumps(rates, separators=(",", ":"))


def _hexadecimal(digits: int) -> Callable[[object], str]:
    def write(value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(rf"[0-9a-f]{{{digits}}}", value) or not int(value, 16):
            raise ValueError(f"{value!r} is not {digits} lower-case hexadecimal digits, not all of them 0")
        return value

    return write


# The header of each option, and how its value is written there (facts: docs/connect.md).
_OPTIONS: Final[Mapping[str, tuple[str, Callable[[Any], str | None]]]] = MappingProxyType(
    {
        "token": ("cf-aig-authorization", _token),
        "cache_ttl": ("cf-aig-cache-ttl", _cache_ttl),
        "skip_cache": ("cf-aig-skip-cache", _flag),
        "cache_key": ("cf-aig-cache-key", _text),
        "metadata": ("cf-aig-metadata", _metadata),
        "timeout": ("cf-aig-request-timeout", _wait(1, _DAY, "1ms to 24h")),
        "attempts": ("cf-aig-max-attempts", _attempts),
        "retry_delay": ("cf-aig-retry-delay", _wait(0, _MINUTE, "0 to 60s")),
        "backoff": ("cf-aig-backoff", _backoff),
        "collect_log": ("cf-aig-collect-log", _flag),
        "collect_payload": ("cf-aig-collect-log-payload", _flag),
        "custom_cost": ("cf-aig-custom-cost", _custom_cost),
        "event_id": ("cf-aig-event-id", _text),
        "byok_alias": ("cf-aig-byok-alias", _text),
        "no_wholesale": ("cf-aig-no-wholesale", _flag_if_true),
        "zdr": ("cf-aig-zdr", _flag),
        "otel_trace_id": ("cf-aig-otel-trace-id", _hexadecimal(32)),
        "otel_parent_span_id": ("cf-aig-otel-parent-span-id", _hexadecimal(16)),
    }
)
