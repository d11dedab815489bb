"""Validated scenario data to the typed model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cfaig.definition.diagnostics import KeyPath, Source
from cfaig.definition.durations import milliseconds
from cfaig.scenarios.model import Request, Scenario, Step, Suite, Via


def _milliseconds(value: str | float) -> str:
    return str(int(milliseconds(value)))


def _seconds(value: str | float) -> str:
    return str(int(milliseconds(value) / 1000))


# Options with headers of their own, and how their values are written there. Source: facts/ai-gateway.md 5.1.
_HEADERS: Final[Mapping[str, tuple[str, Callable[[Any], str]]]] = {
    "metadata": ("cf-aig-metadata", json.dumps),
    "cache_key": ("cf-aig-cache-key", str),
    "cache_ttl": ("cf-aig-cache-ttl", _seconds),
    "skip_cache": ("cf-aig-skip-cache", json.dumps),
    "timeout": ("cf-aig-request-timeout", _milliseconds),
    "attempts": ("cf-aig-max-attempts", str),
    "retry_delay": ("cf-aig-retry-delay", _milliseconds),
    "backoff": ("cf-aig-backoff", str),
    "collect_log": ("cf-aig-collect-log", json.dumps),
    "collect_log_payload": ("cf-aig-collect-log-payload", json.dumps),
    "custom_cost": ("cf-aig-custom-cost", json.dumps),
    "event_id": ("cf-aig-event-id", str),
    "byok_alias": ("cf-aig-byok-alias", str),
    "no_wholesale": ("cf-aig-no-wholesale", json.dumps),
    "zero_data_retention": ("cf-aig-zdr", json.dumps),
}


def read_suite(data: Mapping[str, Any], file: Path, source: Source) -> Suite:
    """The suite that a file without mistakes describes."""
    return Suite(
        file,
        data["gateway"],
        tuple(
            _scenario(given, ("scenarios", index), data.get("via", "gateway"))
            for index, given in enumerate(data["scenarios"])
        ),
        source,
        data.get("environment"),
        tuple(data.get("upstreams", ())),
        data.get("prices", {}),
    )


def seconds(duration: str | float) -> float:
    """The length of a duration."""
    return float(milliseconds(duration) / 1000)


def _scenario(data: Mapping[str, Any], path: KeyPath, via: Via) -> Scenario:
    return Scenario(
        data["name"],
        tuple(_step(given, (*path, "steps", index)) for index, given in enumerate(data["steps"])),
        path,
        tuple(data.get("only", ())),
        int(data.get("seed", 0)),
        tuple(data.get("upstreams", ())),
        data.get("via", via),
    )


def _step(data: Mapping[str, Any], path: KeyPath) -> Step:
    return Step(
        _request(data["request"]),
        path,
        data.get("expect", {}),
        data.get("name"),
        seconds(data["at"]) if "at" in data else None,
        seconds(data.get("after", 0)),
        tuple(data["upstreams"]) if "upstreams" in data else None,
    )


def _request(data: Mapping[str, Any]) -> Request:
    messages = data.get("messages", "Hello")
    given = {
        name: data[name]
        for name in ("route", "provider", "model", "path", "method", "stream", "token", "client", "body")
        if name in data
    }
    return Request(
        **given,
        messages=messages if isinstance(messages, str) else tuple(messages),
        headers=_headers(data),
        times=int(data.get("times", 1)),
        every=seconds(data.get("every", 0)),
    )


def _headers(data: Mapping[str, Any]) -> dict[str, str | None]:
    given = {name.lower(): value for name, value in data.get("headers", {}).items()}
    return dict(_named(data)) | given


def _named(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, (header, written) in _HEADERS.items():
        if name in data:
            yield header, written(data[name])
