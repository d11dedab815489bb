"""What a request asks for and says, for the straight-line model; nothing of cfaig.runtime is used."""

from __future__ import annotations

import json
from typing import Any

MONTH = 30 * 24 * 3600


def items(request: dict[str, Any]) -> list[dict[str, Any]]:
    """What a request asks for, one after another."""
    headers, body, path = request["headers"], request["body"], request["path"]
    if path:
        return [{**one(path, body, headers, request["door"]), "levels": [headers]}]
    listed = []
    names = {"cf-aig-request-timeout": "requestTimeout", "cf-aig-max-attempts": "maxAttempts"}
    names |= {"cf-aig-retry-delay": "retryDelay", "cf-aig-backoff": "backoff"}
    for item in body:
        config = {header: str(item["config"][key]) for header, key in names.items() if key in item["config"]}
        asked = one(f"{item['provider']}/{item['endpoint']}", item["query"], item["headers"], "gateway")
        listed.append({**asked, "levels": [config, item["headers"], headers]})
    return listed


def one(path: str, body: dict[str, Any], headers: dict[str, str], door: str) -> dict[str, Any]:
    slug, _, endpoint = path.partition("/")
    model, native = body["model"], door == "gateway" and slug != "compat"
    route = model.removeprefix("dynamic/") if model.startswith("dynamic/") and not native else None
    if not native and route is None:
        endpoint = "chat/completions"
        slug, _, model = ("workers-ai", "", model) if door == "rest" else model.partition("/")
    common = {"native": native, "endpoint": endpoint, "headers": headers, "body": body}
    return {**common, "provider": slug, "model": model, "route": route}


def named(request: dict[str, Any]) -> tuple[str, str]:
    """Provider and model of the log when the request went nowhere."""
    if not request["path"]:
        return "unknown", ""
    model = request["body"]["model"]
    if request["path"].startswith("compat/") or request["door"] == "rest":
        provider, _, own = model.partition("/")
        return ("unknown", model) if provider in ("dynamic", "@cf") else (provider, own)
    return request["path"].partition("/")[0], model


def first(levels: list[dict[str, str]], name: str, read: Any) -> Any:
    """The value of the first level that tells a good one."""
    for level in levels:
        if level.get(name):
            try:
                return read(level[name])
            except ValueError:
                continue
    return None


def truth(text: str) -> bool:
    return {"true": True, "false": False}[text]


def whole(low: int, high: int) -> Any:
    def read(text: str) -> int:
        if not text.isdigit() or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return read


def ttl_of(text: str) -> int:
    return 0 if text == "0" else int(whole(60, MONTH)(text))


def cache(settings: dict[str, Any], levels: list[dict[str, str]]) -> tuple[int | None, str | None]:
    """For how long an answer is kept, None for not at all; and the client's key."""
    key, ttl = first(levels, "cf-aig-cache-key", str), first(levels, "cf-aig-cache-ttl", ttl_of)
    if first(levels, "cf-aig-skip-cache", truth) or (not settings["cache_ttl"] and key is None):
        return None, key
    ttl = (settings["cache_ttl"] or 300) if ttl is None else ttl
    return ttl or None, key


def retries(settings: dict[str, Any], levels: list[dict[str, str]]) -> dict[str, Any]:
    delay = first(levels, "cf-aig-retry-delay", whole(0, 60000))
    timeout = first(levels, "cf-aig-request-timeout", whole(1, 10**8))
    return {
        "attempts": first(levels, "cf-aig-max-attempts", whole(1, 5)) or settings["retry_max_attempts"] or 1,
        "delay": (delay if delay is not None else settings["retry_delay"] or 0) / 1000,
        "backoff": first(levels, "cf-aig-backoff", str) or settings["retry_backoff"] or "constant",
        "timeout": None if timeout is None else timeout / 1000,
        "always": False,
    }


def metadata(levels: list[dict[str, str]]) -> dict[str, Any]:
    """The entries that count: none where one value is no text, number or truth value; the first five; none of cf."""
    told = first(levels, "cf-aig-metadata", json.loads) or {}
    if any(value is None or isinstance(value, dict) for value in told.values()):
        return {}
    return {name: told[name] for name in list(told)[:5] if not name.startswith("cf.")}


def true(conditions: dict[str, Any], told: dict[str, Any]) -> bool:
    results = []
    for name, wanted in conditions.items():
        if name in ("$and", "$or"):
            parts = [true(part, told) for part in wanted]
            results.append(all(parts) if name == "$and" else any(parts))
            continue
        value = told.get(name.removeprefix("metadata."))
        short = {"$in": wanted} if isinstance(wanted, list) else {"$eq": wanted}
        for operator, operand in (wanted if isinstance(wanted, dict) else short).items():
            values = operand if operator == "$in" else [operand]
            found = any(type(value) is type(each) and value == each for each in values)
            results.append(found != (operator == "$ne"))
    return all(results)
