"""The settings of one request: what its headers, an item of the universal endpoint and the gateway say together.

The most special one wins: an item's `config`, its headers, the request's headers, the gateway
(facts/ai-gateway.md 5.3). A value that is out of bounds counts as not told at its level, and a note says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from cfaig.json_types import Json, JsonObject
from cfaig.runtime.cost import CustomCost, parse_custom_cost
from cfaig.runtime.metadata import HEADER as METADATA
from cfaig.runtime.metadata import parse_metadata

T = TypeVar("T")

MIN_TTL: Final = 60
MAX_TTL: Final = 30 * 24 * 3600
DEFAULT_TTL: Final = 300
MAX_ATTEMPTS: Final = 5
MAX_DELAY_MS: Final = 60_000
MAX_TIMEOUT_MS: Final = 24 * 3600 * 1000
BACKOFFS: Final = ("constant", "linear", "exponential")

# Keys of an item's `config` at the universal endpoint, and the headers that mean the same (facts/ai-gateway.md 6.2).
CONFIG_HEADERS: Final[Mapping[str, str]] = {
    "requestTimeout": "cf-aig-request-timeout",
    "maxAttempts": "cf-aig-max-attempts",
    "retryDelay": "cf-aig-retry-delay",
    "backoff": "cf-aig-backoff",
}


@dataclass(frozen=True, slots=True)
class CachePolicy:
    """How one request uses the cache: for how many seconds an answer is kept, and under which key of the client."""

    ttl: int
    key: str | None = None


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often a provider is asked (1 to 5 times), and how long is waited; seconds.

    `timeout` is for the first byte. The last of several attempts waits without it, unless `always_timed`.
    """

    attempts: int = 1
    delay: float = 0.0
    backoff: str = "constant"
    timeout: float | None = None
    always_timed: bool = False


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """Everything that a client, or the gateway for it, has chosen for one request; `cache` is None where it is off."""

    cache: CachePolicy | None
    retry: RetryPolicy
    metadata: Mapping[str, Json]
    custom_cost: CustomCost | None
    collect_log: bool
    collect_payload: bool
    event_id: str | None
    byok_alias: str | None
    no_wholesale: bool
    notes: tuple[str, ...] = ()

    def for_element(self, timeout: float | None, attempts: int | None) -> RetryPolicy:
        """The retries of a route's model element: its own numbers, where it has them, with the pauses of the request.

        An element's timeout (seconds) holds for its last attempt too, or the route would never fall back.
        """
        own = self.retry
        return RetryPolicy(
            attempts=own.attempts if attempts is None else min(attempts, MAX_ATTEMPTS),
            delay=own.delay,
            backoff=own.backoff,
            timeout=own.timeout if timeout is None else timeout,
            always_timed=timeout is not None,
        )


def config_level(config: JsonObject) -> dict[str, str]:
    """An item's `config` as the headers that say the same."""
    return {header: str(config[key]) for key, header in CONFIG_HEADERS.items() if config.get(key) is not None}


def request_settings(gateway: JsonObject, levels: Sequence[Mapping[str, str]]) -> RequestSettings:
    """The settings for a request to a gateway with the settings `gateway`; `levels` begins with what wins."""
    reader = _Reader(levels)
    metadata: Mapping[str, Json] = {}
    told = reader.text(METADATA)
    if told is not None:
        metadata, notes = parse_metadata(told)
        reader.notes += notes
    collect = reader.first(_truth, "cf-aig-collect-log")
    return RequestSettings(
        cache=_cache(gateway, reader),
        retry=_retry(gateway, reader),
        metadata=metadata,
        custom_cost=reader.first(parse_custom_cost, "cf-aig-custom-cost"),
        collect_log=bool(gateway.get("collect_logs")) if collect is None else collect,
        collect_payload=reader.first(_truth, "cf-aig-collect-log-payload") is not False,
        event_id=reader.text("cf-aig-event-id"),
        byok_alias=reader.text("cf-aig-byok-alias"),
        no_wholesale=reader.first(_truth, "cf-aig-no-wholesale") is True,
        notes=tuple(reader.notes),
    )


class _Reader:
    """Looks values up, the first level first, and notes what it could not use."""

    def __init__(self, levels: Sequence[Mapping[str, str]]) -> None:
        self.levels = levels
        self.notes: list[str] = []

    def first(self, parse: Callable[[str], T], *names: str) -> T | None:
        for level in self.levels:
            for name in names:
                if (text := level.get(name)) is not None:
                    try:
                        return parse(text)
                    except ValueError as problem:
                        self.notes.append(f"{name}: {text[:80]!r} ignored: {problem}")
        return None

    def text(self, name: str) -> str | None:
        return next((level[name] for level in self.levels if level.get(name)), None)


def _cache(gateway: JsonObject, reader: _Reader) -> CachePolicy | None:
    told = reader.first(_ttl, "cf-aig-cache-ttl", "cf-cache-ttl")
    key = reader.text("cf-aig-cache-key")
    of_gateway = _whole(gateway.get("cache_ttl")) or 0
    if reader.first(_truth, "cf-aig-skip-cache", "cf-skip-cache"):
        return None
    if key is None and not of_gateway:
        if told:
            reader.notes.append("cf-aig-cache-ttl has no effect: the gateway's cache is off, and no key turns it on")
        return None
    ttl = (of_gateway or DEFAULT_TTL) if told is None else told
    return CachePolicy(ttl, key) if ttl else None


def _retry(gateway: JsonObject, reader: _Reader) -> RetryPolicy:
    attempts = reader.first(_between(1, MAX_ATTEMPTS), "cf-aig-max-attempts")
    delay = reader.first(_between(0, MAX_DELAY_MS), "cf-aig-retry-delay")
    backoff = reader.first(_backoff, "cf-aig-backoff")
    timeout = reader.first(_between(1, MAX_TIMEOUT_MS), "cf-aig-request-timeout")
    of_gateway = gateway.get("retry_backoff")
    return RetryPolicy(
        attempts=attempts or _whole(gateway.get("retry_max_attempts")) or 1,
        delay=(delay if delay is not None else _whole(gateway.get("retry_delay")) or 0) / 1000,
        backoff=backoff or (of_gateway if isinstance(of_gateway, str) else BACKOFFS[0]),
        timeout=None if timeout is None else timeout / 1000,
    )


def _whole(value: Json) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _ttl(text: str) -> int:
    return 0 if text.strip() == "0" else _between(MIN_TTL, MAX_TTL)(text)


def _between(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", text.strip()) or not low <= int(text) <= high:
            raise ValueError(f"not a whole number from {low} to {high}")
        return int(text)

    return parse


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in ("true", "false"):
        raise ValueError("neither true nor false")
    return word == "true"


def _backoff(text: str) -> str:
    if text not in BACKOFFS:
        raise ValueError(f"none of {', '.join(BACKOFFS)}")
    return text
