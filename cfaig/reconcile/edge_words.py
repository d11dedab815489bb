"""A change of an edge in words: its rules, who may call it, its secrets, its host name, its code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.explicit import same
from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.amounts import any_value, on_off, seconds
from cfaig.reconcile.change import HIDDEN, Change
from cfaig.reconcile.edges import (
    GATEWAY,
    HOSTNAME,
    MODULE,
    RULES,
    SECRETS,
    RulePair,
    by_name,
    field,
    listed,
    moved,
    paired_rules,
)
from cfaig.reconcile.rule_words import rule_changes, rule_words
from cfaig.state.edge_bindings import GATEWAY_TOKEN

_DIGITS: Final = 8


def edge_created(after: JsonObject) -> Iterator[str]:
    """What a new edge is."""
    yield f"host name {after.get(HOSTNAME)}"
    yield f"who may call: {_callers(after)}"
    for name, reference in _secrets(after).items():
        yield f"{_secret(name, after)} from {reference}"
    for line in _SETTINGS:
        yield from line({}, after)
    for pair in paired_rules((), listed(after.get(RULES))):
        yield f"{_rule(pair)}: {rule_words(pair.new)}"
    yield f"Worker code {_code(after)}"


def edge_ends(before: JsonObject) -> Iterator[str]:
    """What comes of an edge's end."""
    if before.get(HOSTNAME):
        yield f"requests to {before.get(HOSTNAME)} fail from then on, unless another edge takes that host name"
    if _secrets(before):
        yield "its Worker's secrets are lost"


def edge_changes(change: Change, before: JsonObject, after: JsonObject) -> Iterator[str]:
    """What differs, line by line."""
    if before.get(HOSTNAME) != after.get(HOSTNAME):
        yield f"host name: {any_value(before.get(HOSTNAME))} → {any_value(after.get(HOSTNAME))}"
    if before.get(GATEWAY) != after.get(GATEWAY):
        yield f"requests go to: {any_value(before.get(GATEWAY))} → {any_value(after.get(GATEWAY))}"
    yield from _caller_changes(before, after)
    yield from _secret_changes(change, before, after)
    for line in _SETTINGS:
        yield from line(before, after)
    yield from _rule_changes(listed(before.get(RULES)), listed(after.get(RULES)))
    if before.get(MODULE) != after.get(MODULE):
        yield f"Worker code: {_code(before)} → {_code(after)}"
    if before.get("version") != after.get("version"):
        yield f"version of the rules: {any_value(before.get('version'))} → {any_value(after.get('version'))}"


def _callers(edge: JsonObject) -> str:
    """Who may call, in a few words."""
    auth = edge.get("auth")
    if auth is None:
        return "whoever the gateway lets in"
    if field(auth, "open"):
        return "everybody"
    access = field(auth, "access", "team")
    tokens = [f"token {name}" for name in _tokens(edge)]
    return ", ".join((*tokens, *([f"Access of {access}"] if access else []))) or "nobody"


def _tokens(edge: JsonObject) -> Mapping[str, Any]:
    named = by_name(listed(field(edge.get("auth"), "bearer")))
    return named if isinstance(named, Mapping) else {str(number): item for number, item in enumerate(named, 1)}


def _caller_changes(before: JsonObject, after: JsonObject) -> Iterator[str]:
    sides = (before, after)
    if len({(side.get("auth") is None, bool(field(side.get("auth"), "open"))) for side in sides}) > 1:
        yield f"who may call: {_callers(before)} → {_callers(after)}"
        return
    old, new = _tokens(before), _tokens(after)
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            yield f"token {name} {'added' if name in new else 'removed'}"
        elif old[name] != new[name]:
            yield f"token {name} is another one"
    access = [field(side.get("auth"), "access") for side in sides]
    if access[0] != access[1]:
        yield f"Access: {_access(access[0])} → {_access(access[1])}"


def _access(access: Any) -> str:
    return "none" if access is None else f"{field(access, 'team')} with {_list(field(access, 'aud'))}"


def _secrets(edge: JsonObject) -> Mapping[str, Any]:
    return _mapping(edge.get(SECRETS))


def _secret_changes(change: Change, before: JsonObject, after: JsonObject) -> Iterator[str]:
    changed = {one.path[1] for one in change.fields if one.path[0] == SECRETS and len(one.path) > 1}
    for name in sorted(changed):
        reference = _secrets(after).get(name)
        told = _secret(name, after if name in _secrets(after) else before)
        source = "" if reference in (None, HIDDEN) else f", from {reference}"
        if name not in _secrets(before):
            yield f"{told} added{source}"
        else:
            yield f"{told} changed {HIDDEN}{source}" if reference is not None else f"{told} removed"
    yield from _key_changes(before.get("keys"), after.get("keys"))


def _key_changes(old: Json, new: Json) -> Iterator[str]:
    """Where the Worker puts a key that it had before, and where it has it from."""
    for provider in sorted({*_mapping(old)} & {*_mapping(new)}):
        sides = [_mapping(_mapping(side)[provider]) for side in (old, new)]
        names = [name for name in ("header", "scheme", "binding") if sides[0].get(name) != sides[1].get(name)]
        if names:
            told = ", ".join(f"{name} {_usual(sides[0].get(name))} → {_usual(sides[1].get(name))}" for name in names)
            yield f"key of {provider.removeprefix(CUSTOM_PREFIX)}: {told}"


def _mapping(value: Json) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _usual(value: Any) -> str:
    return "as usual" if value is None else f"“{value}”"


def _secret(binding: str, edge: JsonObject) -> str:
    """What a secret is for."""
    if binding == GATEWAY_TOKEN:
        return "the gateway's token"
    keys = _mapping(edge.get("keys"))
    users = [slug.removeprefix(CUSTOM_PREFIX) for slug in keys if field(keys, slug, "binding") == binding]
    return f"key of {' and '.join(users)}" if users else f"secret {binding}"


def _setting(label: str, path: Sequence[str], words: Callable[[Any], str]) -> Callable[..., Iterator[str]]:
    def lines(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
        old, new = field(before, *path), field(after, *path)
        if old == new:
            return
        yield f"{label}: {words(new)}" if not before else f"{label}: {words(old)} → {words(new)}"

    return lines


def _list(value: Any) -> str:
    return ", ".join(str(item) for item in listed(value)) or "none"


def _all_or_list(value: Any) -> str:
    return "all that are asked for" if value is None else _list(value)


def _age(value: Any) -> str:
    return seconds(value) if isinstance(value, int) else "as usual"


_SETTINGS: Final = (
    _setting("CORS origins", ("cors", "origins"), _list),
    _setting("CORS headers", ("cors", "headers"), _all_or_list),
    _setting("CORS max age", ("cors", "max_age"), _age),
    _setting("denied headers", ("deny_headers",), _list),
    _setting("explain", ("explain",), on_off),
)


def _rule_changes(old: list[Any], new: list[Any]) -> Iterator[str]:
    pairs = paired_rules(old, new)
    here = [pair for pair in pairs if pair.new is not None]
    for pair in pairs:
        if pair.new is None:
            yield f"{_rule(pair)} removed: {rule_words(pair.old)}"
        elif pair.old is None:
            yield f"{_rule(pair)} added{_place(pair, here)}: {rule_words(pair.new)}"
        elif not same(pair.old, pair.new):
            yield f"{_rule(pair)}: {rule_changes(pair.old, pair.new)}"
    if moved(pairs):
        yield f"rules are asked in another order: {_names(here)}"


def _place(pair: RulePair, here: Sequence[RulePair]) -> str:
    """Before which rule a new one comes; nothing for the last ones."""
    rest = here[here.index(pair) + 1 :]
    following = next((other for other in rest if other.old is not None), None)
    return "" if following is None else f" before {following.name}"


def _names(pairs: Collection[RulePair]) -> str:
    return ", ".join(pair.name for pair in pairs)


def _rule(pair: RulePair) -> str:
    rule = pair.old if pair.new is None else pair.new
    return f"rule {pair.name}" if field(rule, "name") is not None else pair.name


def _code(edge: JsonObject) -> str:
    module = edge.get(MODULE)
    return str(module)[:_DIGITS] if module else "unknown"
