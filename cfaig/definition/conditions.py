"""Conditions of routes: the short spellings and the API's Mongo-like form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cfaig.json_types import Json, JsonObject


def normalize(conditions: JsonObject) -> dict[str, Json]:
    """`conditions` with every comparison spelled out: `paid` is `{$eq: paid}`, `[a, b]` is `{$in: [a, b]}`."""
    normal: dict[str, Json] = {}
    for name, wanted in conditions.items():
        if name.startswith("$"):
            normal[name] = _each(normalize, wanted)
        else:
            normal[name] = _comparison(wanted)
    return normal


def shorten(conditions: JsonObject) -> JsonObject:
    """The shortest spelling that `normalize` brings back to `conditions`."""
    short: dict[str, Json] = {}
    for name, wanted in conditions.items():
        if name.startswith("$"):
            short[name] = _each(shorten, wanted)
        else:
            short[name] = _short_comparison(wanted)
    return short


def _each(change: Callable[[JsonObject], JsonObject], wanted: Json) -> Json:
    """The conditions in a list changed; what is no list stays, because only Cloudflare may know what it means."""
    if not isinstance(wanted, list | tuple):
        return wanted
    return [change(part) if isinstance(part, Mapping) else part for part in wanted]


def _comparison(wanted: Json) -> Json:
    if isinstance(wanted, Mapping):
        return {name: _comparison(value) if name == "$not" else value for name, value in wanted.items()}
    return {"$in": list(wanted)} if isinstance(wanted, list | tuple) else {"$eq": wanted}


def _short_comparison(wanted: Json) -> Json:
    if isinstance(wanted, Mapping) and len(wanted) == 1:
        ((name, value),) = wanted.items()
        if name == "$eq" and isinstance(value, str | bool | int | float):
            return value
        if name == "$in" and isinstance(value, list | tuple) and value:
            return list(value)
    return wanted
