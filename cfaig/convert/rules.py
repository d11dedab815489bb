"""The JSON of imperative tools: caching rules by path, providers by priority, one switch for fallbacks.

```json
{"rules": [{"pattern": "/chat/completions", "cache": {"enabled": true, "ttl": 3600, "key": ["model", "messages"]}}],
 "providers": [{"name": "openai", "priority": 1, "timeout": 30000}],
 "fallback": {"enabled": true, "retry_count": 2}}
```
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cfaig.convert.draft import Draft
from cfaig.convert.flows import in_order
from cfaig.convert.source import Part, Source
from cfaig.convert.vendors import as_slug
from cfaig.definition.durations import duration_text, milliseconds
from cfaig.definition.model import Chain, Flow, Model
from cfaig.definition.model_edge import Match, Rule, RuleCache

ROUTE: Final = "chat"
_KEYS: Final = ("api_key", "apiKey", "key", "token", "credential")
_ADDRESSES: Final = ("base_url", "baseUrl", "endpoint", "url")
_USUAL_TTL: Final = 300
_ALL: Final = "*"
_PATTERN: Final = re.compile(r"/[A-Za-z0-9._~@/*-]*")
_FIELD: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.(?:[A-Za-z0-9_-]+))*")
_EDGE_ADVICE: Final = "For single paths, write a rule under `edge:`"
# A timeout of this many or more is in milliseconds: nobody waits 1,000 seconds, or gives up after 999 ms.
_MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class CacheRule:
    """One rule: requests to `pattern` are kept for `ttl` seconds, 0 for not at all.

    `fields` of a request tell requests apart; without any, all do.
    """

    part: Part
    pattern: str
    ttl: float
    fields: tuple[str, ...] = ()


def is_rules(data: dict[str, Any]) -> bool:
    """Whether a configuration looks like this format."""
    rules, providers = data.get("rules"), data.get("providers")
    by_pattern = isinstance(rules, list) and any(isinstance(rule, dict) and "pattern" in rule for rule in rules)
    by_name = isinstance(providers, list) and all(isinstance(one, dict) and "name" in one for one in providers)
    return by_pattern or (by_name and bool(providers))


def convert_rules(source: Source, draft: Draft) -> None:
    """Fill `draft` with what the source says."""
    root = source.root
    for name in ("gateway", "gateway_id"):
        if named := root.text(name):
            draft.rename(as_slug(named))
    for key in ("version", "$schema"):
        if (part := root.at(key)) is not None:
            part.unneeded("about the file itself")
    rules = tuple(_rule(part) for part in root.items("rules"))
    _cache(rules, root, draft)
    flows = _providers(root, draft)
    if flows:
        draft.route(ROUTE, in_order(flows), root)


def _rule(part: Part) -> CacheRule:
    pattern = part.text("pattern") or _ALL
    enabled = part.flag("cache", "enabled")
    ttl = _seconds(part.at("cache", "ttl"))
    if enabled and not ttl and (switch := part.at("cache", "enabled")) is not None:
        ttl = _USUAL_TTL
        switch.change("answers are kept for the tool's usual time", f"they are kept for {duration_text(_USUAL_TTL)}")
    key = part.at("cache", "key") or part.at("cache", "key_fields")
    return CacheRule(part, pattern, 0.0 if enabled is False else ttl, _fields(key))


def _fields(key: Part | None) -> tuple[str, ...]:
    """The fields of a request that tell requests apart; all of them where none is named."""
    fields: list[str] = []
    for part in key.items() if key is not None else ():
        name = (part.text() or "").removeprefix("$.").removeprefix("body.")
        if _FIELD.fullmatch(name):
            fields.append(name)
        else:
            part.drop(
                "something in the cache key that is no field of a request", "name a field: model, messages.0.role"
            )
    return tuple(dict.fromkeys(fields))


def _cache(rules: Sequence[CacheRule], root: Part, draft: Draft) -> None:
    """One lifetime for the whole gateway if all rules have it; else, or if they name fields, rules of the edge."""
    if not rules:
        return
    if len({rule.ttl for rule in rules}) > 1 or any(rule.fields for rule in rules):
        said = [found for rule in rules if (found := _edge_rule(rule, draft)) is not None]
        if said:
            draft.edge(said, root.at("rules") or root)
        return
    for rule in rules:
        kept = duration_text(round(rule.ttl))
        meaning = f"requests to {rule.pattern} are kept for {kept}" if rule.ttl else f"none to {rule.pattern} is kept"
        rule.part.change(meaning, f"so do all rules: it is for every path now. {_EDGE_ADVICE}")
    if rules[0].ttl:
        draft.cache(rules[0].ttl, rules[0].part.at("cache", "ttl") or rules[0].part)


def _edge_rule(rule: CacheRule, draft: Draft) -> Rule | None:
    """The rule of the edge that says the same; a pattern that it cannot say is told."""
    if rule.pattern != _ALL and not _PATTERN.fullmatch(rule.pattern):
        rule.part.drop(f"the pattern {rule.pattern}", "write it under `edge:` as a path in which * and ** are anything")
        return None
    if not rule.ttl and rule.fields and (key := rule.part.at("cache", "key") or rule.part.at("cache", "key_fields")):
        key.unneeded("fields that tell requests apart, where nothing is kept")
    if not rule.ttl:
        return Rule(match=_match(rule.pattern), cache=RuleCache(off=True))
    ttl = draft.lifetime(rule.ttl, rule.part.at("cache", "ttl") or rule.part)
    return Rule(match=_match(rule.pattern), cache=RuleCache(ttl=ttl, key=rule.fields))


def _match(pattern: str) -> Match:
    """What `pattern` means: below the path of any provider, and * at its end is anything."""
    if pattern == _ALL:
        return Match()
    segments = [part for part in pattern.split("/") if part]
    if segments[-1:] == ["*"]:
        segments[-1] = "**"
    return Match(path=("/".join(("", "**", *segments)),))


def _providers(root: Part, draft: Draft) -> list[Flow]:
    """A chain of one model for each provider that a request may get to, the most important one first."""
    fallback, retries = _fallback(root)
    ranked = sorted(root.items("providers"), key=_priority)
    flows: list[Flow] = []
    for part in ranked:
        if flows and not fallback:
            part.drop("a provider that is never fallen back to", "call it directly, or switch its fallback on")
            continue
        flows.append(Chain((_model(part, draft, retries),)))
    return flows


def _fallback(root: Part) -> tuple[bool, int]:
    enabled = root.flag("fallback", "enabled")
    retries = root.number("fallback", "retry_count")
    return enabled is not False, round(retries or 0)


def _priority(part: Part) -> float:
    return part.number("priority") or 0


def _model(part: Part, draft: Draft, retries: int) -> Model:
    named = part.text("name") or "unnamed"
    url = next((found for name in _ADDRESSES if (found := part.at(name)) is not None), None)
    provider = draft.provider(named, part.at("name") or part, url)
    holder = part.at("credentials") or part
    secret = next((found for name in _KEYS if (found := holder.at(name)) is not None), None)
    if secret is None and holder is not part and not holder.is_mapping:
        secret = holder
    if secret is not None:
        draft.key(provider, secret)
    model = draft.model(provider, part.text("model"), part)
    return Model(provider, model, _timeout(part.at("timeout")), retries)


def _timeout(part: Part | None) -> int:
    """Milliseconds to the first byte."""
    if part is None:
        return 0
    if isinstance(part.node.value, str):
        try:
            length = milliseconds(part.node.value)
        except ValueError:
            pass
        else:
            part.read()
            return round(length)
    number = part.number()
    if not number:
        return 0
    unit, length_ms = ("milliseconds", number) if number >= _MILLISECONDS else ("seconds", number * 1000)
    part.change("a timeout without a unit", f"taken for {unit}: {duration_text(round(length_ms), unit='ms')}")
    return round(length_ms)


def _seconds(part: Part | None) -> float:
    if part is None:
        return 0.0
    if isinstance(part.node.value, str):
        try:
            length = float(milliseconds(part.node.value) / 1000)
        except ValueError:
            return float(part.number() or 0)
        part.read()
        return length
    return float(part.number() or 0)
