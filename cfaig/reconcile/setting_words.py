"""A gateway's settings in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from cfaig.definition.catalog import GUARDRAIL_NAMES
from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.amounts import any_value, dollars, milliseconds, on_off, seconds
from cfaig.reconcile.compare import at, by_name


@dataclass(frozen=True, slots=True)
class Line:
    """What is said of one setting: its topic (`cache`), its name in it (`ttl`; empty where the topic says it all).

    `old` and `new` are told in parts, and are `None` where there is no such thing.
    """

    topic: str
    name: str
    old: tuple[str, ...] | None
    new: tuple[str, ...] | None
    settings: tuple[str, ...]

    @property
    def label(self) -> str:
        """Topic and name."""
        return f"{self.topic}: {self.name}" if self.name else f"{self.topic}:"

    def changed(self) -> str:
        """The difference, old to new; parts that stay are left out where the parts can be told apart."""
        if self.old is None:
            return f"{self.label} {', '.join(self.new or ())} (new)"
        if self.new is None:
            return f"{self.label} {', '.join(self.old)} (removed)"
        if self.old == self.new:
            return f"{self.label.removesuffix(':')} changed"
        pairs = [(old, new) for old, new in zip(self.old, self.new, strict=False) if old != new]
        if len(self.old) != len(self.new):
            pairs = [(", ".join(self.old), ", ".join(self.new))]
        return f"{self.label} {', '.join(f'{old} → {new}' for old, new in pairs)}"


def stated(lines: Iterable[Line]) -> Iterator[str]:
    """The new values alone, one line for each topic."""
    for topic, group in groupby(lines, key=lambda line: line.topic):
        told = ", ".join(f"{line.name} {', '.join(line.new or ())}".strip() for line in group)
        yield f"{topic}: {told}"


def setting_lines(old: JsonObject, new: JsonObject) -> Iterator[Line]:
    """A line for every setting that differs, in the order in which definitions are written."""
    for topic, name, setting, told in _SINGLE_SETTINGS:
        if setting == "rate_limiting_limit":
            yield from _rate_limit(old, new)
        elif old.get(setting) != new.get(setting):
            yield Line(topic, name, (told(old.get(setting)),), (told(new.get(setting)),), (setting,))
    before, after = by_name(old), by_name(new)
    yield from _spend_limits(before, after)
    yield from _guardrails(before, after)
    yield from _dlp(before, after)
    yield from _named("otel", "otel", before.get("otel"), after.get("otel"), _exporter)
    yield from _stripe(before, after)


def _off_or(told: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: told(value) if value else "off"


def _none_or(told: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "none" if value is None else told(value)


def _lower(value: Json) -> str:
    return any_value(value).lower()


def _logs(value: Any) -> str:
    return f"{value:,} logs"


def _set_or_none(value: Json) -> str:
    return "set" if value else "none"


_SINGLE_SETTINGS: Final[tuple[tuple[str, str, str, Callable[[Any], str]], ...]] = (
    ("authentication", "", "authentication", on_off),
    ("BYOK only", "", "byok_only", on_off),
    ("zero data retention", "", "zdr", on_off),
    ("Workers AI billing", "", "workers_ai_billing_mode", any_value),
    ("store", "", "store", any_value),
    ("cache", "ttl", "cache_ttl", _off_or(seconds)),
    ("cache", "invalidate on update", "cache_invalidate_on_update", on_off),
    ("rate limit", "", "rate_limiting_limit", any_value),
    ("retries", "attempts", "retry_max_attempts", any_value),
    ("retries", "delay", "retry_delay", _none_or(milliseconds)),
    ("retries", "backoff", "retry_backoff", any_value),
    ("logging", "", "collect_logs", on_off),
    ("logging", "keep", "log_management", _none_or(_logs)),
    ("logging", "when full", "log_management_strategy", _lower),
    ("logging", "classification", "log_classification", on_off),
    ("logging", "logpush", "logpush", on_off),
    ("logging", "logpush public key", "logpush_public_key", _set_or_none),
)


def requests(limit: Any, interval: Any) -> str:
    """A request limit: `100 requests per 1m`, or `off`."""
    if not limit and not interval:
        return "off"
    told = f"{limit or 0} requests per {seconds(interval or 0)}"
    return told if limit and interval else f"off ({told})"


def _rate_limit(old: JsonObject, new: JsonObject) -> Iterator[Line]:
    told = [requests(side.get("rate_limiting_limit"), side.get("rate_limiting_interval")) for side in (old, new)]
    if told[0] != told[1]:
        yield Line("rate limit", "", (told[0],), (told[1],), ("rate_limiting_limit", "rate_limiting_interval"))
    techniques = [str(side.get("rate_limiting_technique")) for side in (old, new)]
    if techniques[0] != techniques[1]:
        yield Line("rate limit", "technique", (techniques[0],), (techniques[1],), ("rate_limiting_technique",))


def _named(
    setting: str, topic: str, old: Any, new: Any, told: Callable[[Mapping[str, Any]], Iterable[str]]
) -> Iterator[Line]:
    """A line for each named thing that is not the same on both sides."""
    before, after = (side if isinstance(side, Mapping) else {} for side in (old, new))
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            texts = [tuple(told(side[name])) if name in side else None for side in (before, after)]
            yield Line(f"{topic} {name}", "", texts[0], texts[1], (setting,))


def _spend_limits(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    switches = [on_off(at(side, ("spend_limits", "enabled"))) for side in (before, after)]
    if switches[0] != switches[1]:
        yield Line("spend limits", "", (switches[0],), (switches[1],), ("spend_limits",))
    rules = [at(side, ("spend_limits", "rules")) for side in (before, after)]
    yield from _named("spend_limits", "spend limit", rules[0], rules[1], _spend_rule)


def _spend_rule(rule: Mapping[str, Any]) -> Iterator[str]:
    yield f"{dollars(rule.get('limit') or 0)} per {seconds(rule.get('window') or 0)}"
    yield from spend_scopes(rule)
    if rule.get("technique") != "sliding":
        yield str(rule.get("technique"))
    if not rule.get("enabled", True):
        yield "switched off"


def spend_scopes(rule: Mapping[str, Any]) -> Iterator[str]:
    """What a spend rule looks at: `for each metadata.user`, `for model gpt-4o`."""
    for key, scope in sorted((rule.get("metadata") or {}).items()):
        yield (
            f"where metadata.{key} is {_values(scope)}" if scope.get("mode") == "filter" else f"for each metadata.{key}"
        )
    for name in ("provider", "model"):
        if rule.get(name):
            yield f"for {name} {_values(rule[name])}"


def _values(scope: Mapping[str, Any]) -> str:
    return " or ".join(str(value) for value in scope.get("values") or ())


def _guardrails(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    for side in ("prompt", "response"):
        old, new = at(before, ("guardrails", side)) or {}, at(after, ("guardrails", side)) or {}
        for code in sorted({*old, *new}, key=lambda code: GUARDRAIL_NAMES.get(code, code)):
            if old.get(code) != new.get(code):
                name = f"{GUARDRAIL_NAMES.get(code, code)} in {side}s"
                actions = [str(chosen.get(code) or "ignore").lower() for chosen in (old, new)]
                yield Line("guardrails", name, (actions[0],), (actions[1],), ("guardrails",))


def _dlp(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    switches = [on_off(at(side, ("dlp", "enabled"))) for side in (before, after)]
    if switches[0] != switches[1]:
        yield Line("DLP", "", (switches[0],), (switches[1],), ("dlp",))
    simple = [_dlp_simple(at(side, ("dlp",)) or {}) for side in (before, after)]
    if simple[0] != simple[1]:
        yield Line("DLP", "", simple[0], simple[1], ("dlp",))
    policies = [at(side, ("dlp", "policies")) for side in (before, after)]
    yield from _named("dlp", "DLP policy", policies[0], policies[1], _dlp_policy)


def _dlp_simple(dlp: Mapping[str, Any]) -> tuple[str, ...] | None:
    return (str(dlp["action"]).lower(), _joined(dlp, "profiles")) if dlp.get("action") else None


def _dlp_policy(policy: Mapping[str, Any]) -> Iterator[str]:
    yield str(policy.get("action")).lower()
    yield _joined(policy, "profiles")
    yield "in " + " and ".join(f"{str(side).lower()}s" for side in policy.get("check") or ())
    if not policy.get("enabled", True):
        yield "switched off"


def _joined(value: Mapping[str, Any], name: str) -> str:
    return " and ".join(str(item) for item in value.get(name) or ())


def _exporter(exporter: Mapping[str, Any]) -> Iterator[str]:
    yield str(exporter.get("content_type"))
    if headers := exporter.get("headers"):
        yield f"with {' and '.join(sorted(headers))}"
    if exporter.get("authorization"):
        yield "with authorization"


def _stripe(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Line]:
    old, new = before.get("stripe"), after.get("stripe")
    if old != new:
        texts = [(_usage_events(side),) if side else None for side in (old, new)]
        yield Line("stripe", "", texts[0], texts[1], ("stripe",))


def _usage_events(stripe: Mapping[str, Any]) -> str:
    count = len(stripe.get("usage_events") or ())
    return f"{count} usage event{'' if count == 1 else 's'}"
