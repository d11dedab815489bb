"""From a `Gateway` to the text of its definition, in the shortest readable form; `load_text` gives the same back."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import yaml

from cfaig.definition.durations import duration_text
from cfaig.definition.model import (
    Cache,
    CustomProvider,
    Dlp,
    Gateway,
    Guardrails,
    Logging,
    OtelExporter,
    ProviderKey,
    RateLimit,
    Retries,
    SpendLimits,
    SpendRule,
    WorstCase,
)
from cfaig.definition.resolve import DEFAULT_ALIAS
from cfaig.definition.variables import escape
from cfaig.definition.write_edge import written_edge
from cfaig.definition.write_routes import written_number, written_route, written_worst_case
from cfaig.definition.yaml_scalars import STRING, tag_of

SCHEMA_LINE: Final = "# yaml-language-server: $schema=../schemas/gateway.schema.json\n"
MAX_FLOW_WIDTH: Final = 100

_ADDRESS: Final = re.compile(r"(?:env|file|vault|pulumi|https?)://[A-Za-z0-9_./#:~-]*[A-Za-z0-9_/-]")
_OLD_WORDS: Final = re.compile(r"(?i:y|n|yes|no|on|off)")
# NEL, line and paragraph separator.
_OLD_BREAKS: Final = re.compile("[\x85\u2028\u2029]")


def write_gateway(gateway: Gateway) -> str:
    """The definition of `gateway` as YAML; settings that have their default are left out."""
    return SCHEMA_LINE + to_yaml(written_gateway(gateway))


def to_yaml(data: Mapping[str, Any]) -> str:
    """YAML 1.2 that YAML 1.1 readers understand alike; small mappings and lists are on one line."""
    return yaml.dump(
        _Whole(data), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False, indent=2
    )


def is_plain(text: str, *, flow: bool) -> bool:
    """Whether `text` needs no quotes to be read as this text, by YAML 1.1 too; `flow` is within `{…}` and `[…]`."""
    if not _is_text(_ANALYST, text) or _OLD_WORDS.fullmatch(text):
        return False
    analysis = _ANALYST.analyze_scalar(text)
    return bool((analysis.allow_flow_plain if flow else analysis.allow_block_plain) and not analysis.multiline)


def written_gateway(gateway: Gateway) -> dict[str, Any]:
    """What the definition of `gateway` says, in the order that people read it."""
    default = Gateway(gateway.id)
    said: dict[str, Any] = {"gateway": gateway.id}
    for name in _SECTIONS:
        value = getattr(gateway, name)
        if value != getattr(default, name):
            said[name] = _SECTIONS[name](value)
    providers = _providers(gateway.custom_providers, gateway.provider_keys)
    if providers:
        said["providers"] = providers
    if gateway.domains:
        said["domains"] = list(gateway.domains)
    if gateway.worst_case != WorstCase():
        said["worst_case"] = written_worst_case(gateway.worst_case)
    if gateway.routes:
        said["routes"] = {route.name: written_route(route) for route in gateway.routes}
    if gateway.edge is not None:
        said["edge"] = written_edge(gateway.edge)
    return {name: _escaped(value) for name, value in said.items()}


def _escaped(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _escaped(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(part) for part in value]
    return escape(value) if isinstance(value, str) else value


def _without_none(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _as_is(value: Any) -> Any:
    return value


def _cache(cache: Cache) -> dict[str, Any]:
    return {"ttl": duration_text(cache.ttl)} | ({"invalidate_on_update": True} if cache.invalidate_on_update else {})


def _rate_limit(limit: RateLimit) -> dict[str, Any]:
    technique = {"technique": limit.technique} if limit.technique != "fixed" else {}
    return {"requests": limit.requests, "per": duration_text(limit.per)} | technique


def _retries(retries: Retries) -> dict[str, Any]:
    delay = None if retries.delay_ms is None else duration_text(retries.delay_ms, unit="ms")
    return _without_none(attempts=retries.attempts, delay=delay, backoff=retries.backoff)


def _logging(logging: Logging) -> dict[str, Any]:
    default = Logging()
    names = ("collect", "keep", "when_full", "classification")
    said: dict[str, Any] = {
        name: getattr(logging, name) for name in names if getattr(logging, name) != getattr(default, name)
    }
    if logging.logpush or logging.logpush_public_key is not None:
        pushed = _without_none(public_key=logging.logpush_public_key)
        # An empty mapping would say nothing to a reader.
        said["logpush"] = pushed if logging.logpush and pushed else {"enabled": logging.logpush, **pushed}
    return said


def _spend_limits(limits: SpendLimits) -> dict[str, Any]:
    enabled = {} if limits.enabled else {"enabled": False}
    return enabled | {"rules": {rule.id: _spend_rule(rule) for rule in limits.rules}}


def _spend_rule(rule: SpendRule) -> dict[str, Any]:
    said: dict[str, Any] = {"cost": written_number(rule.cost), "per": duration_text(rule.per)}
    if rule.technique != "sliding":
        said["technique"] = rule.technique
    if not rule.enabled:
        said["enabled"] = False
    for name in ("models", "providers"):
        if values := getattr(rule, name):
            said[name] = list(values)
    if rule.metadata:
        said["metadata"] = {key: "each" if values is None else list(values) for key, values in rule.metadata.items()}
    return said


def _guardrails(guardrails: Guardrails) -> dict[str, Any]:
    sides = {"prompt": dict(guardrails.prompt), "response": dict(guardrails.response)}
    return {side: categories for side, categories in sides.items() if categories}


def _dlp(dlp: Dlp) -> dict[str, Any]:
    said: dict[str, Any] = {} if dlp.enabled else {"enabled": False}
    if dlp.action is not None:
        return said | {"action": dlp.action, "profiles": list(dlp.profiles)}
    policies: dict[str, Any] = {}
    for policy in dlp.policies:
        said_policy = {"action": policy.action, "check": list(policy.check), "profiles": list(policy.profiles)}
        policies[policy.id] = said_policy | ({} if policy.enabled else {"enabled": False})
    return said | {"policies": policies}


def _otel(exporters: tuple[OtelExporter, ...]) -> list[dict[str, Any]]:
    return [
        _without_none(
            url=exporter.url,
            headers=dict(exporter.headers) or None,
            authorization=exporter.authorization,
            content_type=exporter.content_type if exporter.content_type != "json" else None,
        )
        for exporter in exporters
    ]


_SECTIONS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "description": _as_is,
    "labels": dict,
    "protect": _as_is,
    "allow": list,
    "authentication": _as_is,
    "byok_only": _as_is,
    "zero_data_retention": _as_is,
    "workers_ai_billing": _as_is,
    "store": _as_is,
    "cache": _cache,
    "rate_limit": _rate_limit,
    "retries": _retries,
    "logging": _logging,
    "spend_limits": _spend_limits,
    "guardrails": _guardrails,
    "dlp": _dlp,
    "otel": _otel,
    "stripe": lambda stripe: {"authorization": stripe.authorization, "usage_events": list(stripe.usage_events)},
}


def _providers(custom: tuple[CustomProvider, ...], keys: tuple[ProviderKey, ...]) -> dict[str, Any]:
    described = {provider.slug: _custom_provider(provider) for provider in custom}
    said: dict[str, Any] = {}
    for name in sorted({*described, *(key.provider for key in keys)}):
        said[name] = described.get(name, {}) | _keys([key for key in keys if key.provider == name])
    return said


def _custom_provider(provider: CustomProvider) -> dict[str, Any]:
    default = CustomProvider(provider.slug, provider.base_url, provider.slug)
    said: dict[str, Any] = {"base_url": provider.base_url}
    for name in ("name", "description", "link", "enabled", "beta", "curl_example", "js_example", "position"):
        if getattr(provider, name) != getattr(default, name):
            said[name] = getattr(provider, name)
    return said | ({"headers": dict(provider.headers)} if provider.headers else {})


def _keys(keys: list[ProviderKey]) -> dict[str, Any]:
    if not keys:
        return {}
    if len(keys) == 1 and keys[0].alias == DEFAULT_ALIAS and keys[0].default:
        return _key(keys[0])
    said: dict[str, Any] = {}
    for key in keys:
        entry = _key(key)
        if key.default != (key.alias == DEFAULT_ALIAS):
            entry["default"] = key.default
        said[key.alias] = entry["key"] if entry.keys() == {"key"} else entry
    return {"keys": said}


def _key(key: ProviderKey) -> dict[str, Any]:
    limit = key.rate_limit
    limited = {"rate_limit": {"requests": limit.requests, "per": duration_text(limit.per)}} if limit else {}
    return {"key": key.key} | limited


class _Whole(dict[str, Any]):
    """A document: never on one line."""


class _Dumper(yaml.SafeDumper):
    """Quotes what YAML 1.1 or 1.2 would not read as text, and writes small collections on one line."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the base class calls it)
        """No anchors: each value is written out."""
        return True

    def analyze_scalar(self, scalar: str) -> Any:
        """Addresses need no quotes, in `{…}` either; breaks of lines that only YAML 1.1 knows are escaped."""
        analysis = super().analyze_scalar(scalar)
        if _ADDRESS.fullmatch(scalar):
            analysis.allow_flow_plain = True
        if _OLD_BREAKS.search(scalar):
            analysis.allow_flow_plain = analysis.allow_block_plain = analysis.allow_single_quoted = False
        return analysis

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        """Items of a list are indented under its key."""
        super().increase_indent(flow, False)


_ANALYST: Final = _Dumper(io.StringIO(), allow_unicode=True)


def _is_text(dumper: yaml.SafeDumper, text: str) -> bool:
    by_old_rules: str = dumper.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return by_old_rules == STRING and tag_of(text) == STRING


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    plain = _is_text(dumper, text)
    if "\n" in text and text.isascii() and all(line == line.rstrip() for line in text.split("\n")):
        return dumper.represent_scalar(STRING, text, style="|")
    return dumper.represent_scalar(STRING, text, style=None if plain and not _OLD_WORDS.fullmatch(text) else '"')


def _represent_mapping(dumper: yaml.SafeDumper, data: Mapping[str, Any]) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=_is_small(data))


def _represent_list(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=_is_small(data))


def _is_small(data: Any) -> bool:
    """Whether a collection reads best on one line: short, and no mapping in it."""
    parts = list(data.values()) if isinstance(data, Mapping) else list(data)
    if any(isinstance(part, Mapping) and part for part in parts):
        return False
    if any(isinstance(part, str) and "\n" in part for part in parts):
        return False
    if any(isinstance(part, list) and not _is_small(part) for part in parts):
        return False
    return len(str(data)) <= MAX_FLOW_WIDTH


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(
    _Whole, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=False)
)
_Dumper.add_representer(dict, _represent_mapping)
_Dumper.add_representer(list, _represent_list)
