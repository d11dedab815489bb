"""The gateway's settings as inputs of the official resource `cloudflare:index/aiGateway:AiGateway`, and back.

The API says `spend_limits.rules[].provider`, the resource `spendLimits.rules[].aiGatewayProvider`, and so on: see
facts/official-plugin.md. Keys that users choose (header names, metadata keys) are never translated. A test holds the
names against the pinned `pulumi-cloudflare` package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from cfaig.json_types import Json, JsonObject
from cfaig.state.settings import DEFAULT_SETTINGS, canonical_settings

Translate: TypeAlias = Callable[[Json], Json]

INPUT_NAMES: Final[Mapping[str, str]] = {
    name: {"otel": "otels"}.get(name) or re.sub("_([a-z])", lambda match: match[1].upper(), name)
    for name in DEFAULT_SETTINGS
}
SETTING_NAMES: Final[Mapping[str, str]] = {given: name for name, given in INPUT_NAMES.items()}
WHOLE_NUMBERS: Final = frozenset(
    {
        "cache_ttl",
        "log_management",
        "rate_limiting_interval",
        "rate_limiting_limit",
        "retry_delay",
        "retry_max_attempts",
        "window",
    }
)


def to_inputs(settings: JsonObject) -> dict[str, Json]:
    """The inputs of the official resource, but `accountId` and `aiGatewayId`, for canonical `settings`.

    Every field is given, because what is left out comes back as a difference for ever; only those that are null (a
    null the API knows as "not set") are left out.
    """
    return {
        INPUT_NAMES[name]: _TO_INPUT.get(name, _same)(value) for name, value in settings.items() if value is not None
    }


def from_inputs(inputs: JsonObject) -> dict[str, Json]:
    """Canonical settings for the inputs (or the outputs) of the official resource; `to_inputs` undone."""
    body: dict[str, Json] = {}
    for given, value in inputs.items():
        if (name := SETTING_NAMES.get(given)) is not None:
            body[name] = _whole(name, _FROM_INPUT.get(name, _same)(value))
    return canonical_settings(body)


def _same(value: Json) -> Json:
    return value


def _whole(name: str, value: Json) -> Json:
    """Pulumi has only one kind of number: 300 comes back as 300.0."""
    return int(value) if name in WHOLE_NUMBERS and isinstance(value, float) and value.is_integer() else value


def _renamed(value: Json, names: Mapping[str, str]) -> dict[str, Json]:
    items = value.items() if isinstance(value, Mapping) else ()
    return {names.get(key, key): _whole(key, item) for key, item in items if item is not None}


def _each(value: Json, names: Mapping[str, str]) -> list[Json]:
    return [_renamed(item, names) for item in value] if isinstance(value, (list, tuple)) else []


def _renaming_list(names: Mapping[str, str]) -> Translate:
    return lambda value: _each(value, names)


def _renaming_inside(field: str, names: Mapping[str, str]) -> Translate:
    """Rename the keys of the objects in the list `field` of an object."""

    def translate(value: Json) -> Json:
        result = _renamed(value, {})
        return {**result, field: _each(result[field], names)} if field in result else result

    return translate


def _recased(change: Callable[[str], str]) -> Translate:
    def translate(value: Json) -> Json:
        sides = value.items() if isinstance(value, Mapping) else ()
        return {
            side: {change(code): action for code, action in codes.items() if action is not None}
            for side, codes in sides
            if isinstance(codes, Mapping)
        }

    return translate


_OTEL: Final = {"content_type": "contentType"}
_POLICY: Final = {"check": "checks"}
_RULE: Final = {"provider": "aiGatewayProvider"}
_STRIPE: Final = {"usage_events": "usageEvents"}


def _undone(names: Mapping[str, str]) -> dict[str, str]:
    return {there: here for here, there in names.items()}


def _spend_limits(value: Json) -> Json:
    """The server fills in empty `metadata`, so a rule without any would come back changed."""
    translated = _renaming_inside("rules", _RULE)(value)
    if not isinstance(translated, Mapping) or not isinstance(rules := translated.get("rules"), list):
        return translated
    return {**translated, "rules": [{"metadata": {}, **rule} for rule in rules if isinstance(rule, Mapping)]}


_TO_INPUT: Final[Mapping[str, Translate]] = {
    "dlp": _renaming_inside("policies", _POLICY),
    "guardrails": _recased(str.lower),
    "otel": _renaming_list(_OTEL),
    "spend_limits": _spend_limits,
    "stripe": lambda value: _renamed(value, _STRIPE),
}
_FROM_INPUT: Final[Mapping[str, Translate]] = {
    "dlp": _renaming_inside("policies", _undone(_POLICY)),
    "guardrails": _recased(str.upper),
    "otel": _renaming_list(_undone(_OTEL)),
    "spend_limits": _renaming_inside("rules", _undone(_RULE)),
    "stripe": lambda value: _renamed(value, _undone(_STRIPE)),
}
