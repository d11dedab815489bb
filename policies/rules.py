"""The policies: what each one is about, and which messages it has for a resource.

Pure functions. What is secret or not known yet is never held against a resource. In which environment a policy counts
how much is not said here but in `levels.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from policies.durations import in_words, seconds, written
from policies.graph import entries
from policies.key_shapes import key_shape, texts
from policies.resource import (
    AI_GATEWAY,
    CUSTOM_PROVIDER,
    PROVIDER_KEY,
    ROUTE,
    SECRET,
    UNKNOWN,
    Resource,
    known_text,
)

Config: TypeAlias = Mapping[str, object]
Check: TypeAlias = Callable[[Resource, Config], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a policy can be configured with.

    `schema` is its JSON Schema, without the default; `check` raises ValueError for what the schema cannot tell.
    """

    schema: Mapping[str, object]
    default: object
    check: Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Rule:
    """One policy; `kinds` are the resource types that it looks at."""

    name: str
    description: str
    kinds: frozenset[str]
    check: Check
    options: Mapping[str, Option] = field(default_factory=dict)


def regex(pattern: object) -> re.Pattern[str]:
    """The pattern, compiled.

    Raises ValueError when it is no regular expression.
    """
    try:
        return re.compile(str(pattern))
    except re.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from error


def ways(value: object) -> str:
    """Which ways through a route need a fallback.

    Raises ValueError when it is neither `every` nor `any`.
    """
    if value not in ("every", "any"):
        raise ValueError(f"{value!r} is neither 'every' nor 'any'")
    return str(value)


def authentication(resource: Resource, _config: Config) -> Iterator[str]:
    """The gateway asks callers for a token."""
    if resource.inputs.get("authentication") in (True, UNKNOWN):
        return
    yield (
        f"gateway `{resource.gateway}` answers everybody who knows its address: "
        f"write `authentication: true` in {resource.definition}"
    )


def logging(resource: Resource, _config: Config) -> Iterator[str]:
    """The gateway keeps logs."""
    if resource.inputs.get("collectLogs") in (True, UNKNOWN):
        return
    yield f"gateway `{resource.gateway}` keeps no logs: write `logging: {{collect: true}}` in {resource.definition}"


def limit(resource: Resource, _config: Config) -> Iterator[str]:
    """A rate limit or a spend limit is on."""
    rate = (resource.inputs.get("rateLimitingLimit"), resource.inputs.get("rateLimitingInterval"))
    if all(_on(number) for number in rate) or _spend_limited(resource.inputs.get("spendLimits")):
        return
    yield (
        f"gateway `{resource.gateway}` has neither a rate limit nor a spend limit: "
        f"write `rate_limit: {{requests: 1000, per: 1m}}`, or `spend_limits`, in {resource.definition}"
    )


def _on(number: object) -> bool:
    return number == UNKNOWN or (isinstance(number, int | float) and number > 0)


def _spend_limited(limits: object) -> bool:
    if not isinstance(limits, Mapping):
        return limits == UNKNOWN
    rules = limits.get("rules")
    if UNKNOWN in (limits.get("enabled"), rules):
        return True
    counted = rules if isinstance(rules, Sequence) else ()
    return limits.get("enabled") is True and any(
        rule == UNKNOWN or (isinstance(rule, Mapping) and rule.get("enabled") is not False) for rule in counted
    )


def cache_ttl(resource: Resource, config: Config) -> Iterator[str]:
    """Answers are not cached for longer than `max`."""
    most, ttl = seconds(config["max"]), resource.inputs.get("cacheTtl")
    if not isinstance(ttl, int | float) or ttl <= most:
        return
    yield (
        f"gateway `{resource.gateway}` caches answers for {in_words(int(ttl))}, at most {in_words(most)} are allowed: "
        f"write `cache: {{ttl: {written(most)}}}` or less in {resource.definition}"
    )


def fallback(resource: Resource, config: Config) -> Iterator[str]:
    """When a model fails, another one is tried: on every way through the route, or on one at least."""
    elements = resource.inputs.get("elements")
    if not isinstance(elements, Sequence) or any(text == UNKNOWN for _, text in texts(elements)):
        return
    found = entries([element for element in elements if isinstance(element, Mapping)])
    alone = [entry for entry in found if not entry.has_fallback]
    if not alone or (config["paths"] == "any" and len(alone) < len(found)):
        return
    for entry in alone:
        yield (
            f"route `{resource.own_name}` of gateway `{resource.gateway}` has nothing to fall back to when "
            f"{entry.model} fails: write another model after it, such as `- {_another(entry.model)}`, "
            f"in routes.{resource.own_name} of {resource.definition}"
        )


def _another(model: str) -> str:
    """A model of another provider: when a provider is down, all its models are."""
    if model.startswith("anthropic/"):
        return "{provider: openai, model: gpt-4o-mini}"
    return "{provider: anthropic, model: claude-sonnet-5}"


def zero_data_retention(resource: Resource, _config: Config) -> Iterator[str]:
    """A gateway labelled `data: personal` asks providers to keep nothing."""
    labels = resource.component.get("labels")
    if not isinstance(labels, Mapping) or labels.get("data") != "personal":
        return
    if resource.inputs.get("zdr") in (True, UNKNOWN):
        return
    yield (
        f"gateway `{resource.gateway}` is labelled `data: personal`: "
        f"write `zero_data_retention: true` in {resource.definition}"
    )


# The input that holds a resource's name, and what people call such a resource.
_NAMED: Final[Mapping[str, tuple[str, str]]] = {
    AI_GATEWAY: ("aiGatewayId", "gateway"),
    ROUTE: ("name", "route"),
    PROVIDER_KEY: ("alias", "key alias"),
    CUSTOM_PROVIDER: ("slug", "custom provider"),
}


def names(resource: Resource, config: Config) -> Iterator[str]:
    """Names follow `pattern`."""
    given, what = _NAMED[resource.kind]
    name, pattern = known_text(resource.inputs.get(given)), regex(config["pattern"])
    if name is None or pattern.fullmatch(name):
        return
    advice = _kebab(name)
    suggestion = f", such as `{advice}`," if pattern.fullmatch(advice) else ""
    yield (
        f"{what} `{name}` does not follow the pattern {pattern.pattern}: "
        f"write a name that does{suggestion} in {_file(resource)}"
    )


def _kebab(name: str) -> str:
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name)
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


# What holds a secret by its nature: resource type and input.
_ALWAYS_SECRET: Final = frozenset({(PROVIDER_KEY, "key"), (AI_GATEWAY, "stripe.authorization")})


def clear_text(resource: Resource, _config: Config) -> Iterator[str]:
    """No secret is written in clear text; the messages never show the text itself."""
    for path, text in texts(resource.inputs):
        if text in (SECRET, UNKNOWN):
            continue
        if (resource.kind, path) in _ALWAYS_SECRET:
            yield _clear(resource, path, "a secret")
        elif shape := key_shape(text):
            yield _clear(resource, path, f"what looks like {shape}")


def _clear(resource: Resource, path: str, what: str) -> str:
    return (
        f"{path} of `{resource.name}` holds {what} in clear text: write a reference, such as "
        f"`env://NAME_OF_THE_VARIABLE`, in {_file(resource)}, and replace that key: it may have been seen"
    )


def _file(resource: Resource) -> str:
    return "its definition" if resource.kind == CUSTOM_PROVIDER else resource.definition


_GATEWAY: Final = frozenset({AI_GATEWAY})
_ALL: Final = frozenset({AI_GATEWAY, ROUTE, PROVIDER_KEY, CUSTOM_PROVIDER})
KEBAB: Final = "[a-z0-9]+(-[a-z0-9]+)*"

_DURATION: Final = Option({"type": ["string", "integer"]}, "30d", seconds)
_WAYS: Final = Option({"type": "string", "enum": ["every", "any"]}, "every", ways)
_PATTERN: Final = Option({"type": "string"}, KEBAB, regex)

RULES: Final[tuple[Rule, ...]] = (
    Rule("authentication", "Gateways ask callers for a token.", _GATEWAY, authentication),
    Rule("logging", "Gateways keep logs.", _GATEWAY, logging),
    Rule("limit", "Gateways have a rate limit or a spend limit.", _GATEWAY, limit),
    Rule("cache-ttl", "Answers are not cached for too long.", _GATEWAY, cache_ttl, {"max": _DURATION}),
    Rule("fallback", "Routes have another model to fall back to.", frozenset({ROUTE}), fallback, {"paths": _WAYS}),
    Rule("zero-data-retention", "Personal data is not kept by providers.", _GATEWAY, zero_data_retention),
    Rule("names", "Names follow a pattern.", _ALL, names, {"pattern": _PATTERN}),
    Rule("clear-text", "Secrets are references, never clear text.", _ALL, clear_text),
)
