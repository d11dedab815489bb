"""The edge of a gateway as something to be compared: what there is of it, and what differs.

Types count in rules: `true` is not `1`. What differs is told by the path in the rules' own format
(`schemas/edge-rules.schema.json`); rules and tokens go by their names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from cfaig.definition.explicit import same
from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.change import HIDDEN, FieldChange
from cfaig.state.model import EdgeState

Path: TypeAlias = tuple[str, ...]

GATEWAY: Final = "gateway"
HOSTNAME: Final = "hostname"
MODULE: Final = "module"
ORDER: Final = "order"
RULES: Final = "rules"
SECRETS: Final = "secrets"
_SAID: Final = ("version", "auth", "cors", "deny_headers", "keys", "explain")
_CLIENTS: Final = ("auth", "bearer")


def edge_document(edge: EdgeState) -> JsonObject:
    """What is to be compared of an edge; all keys are always there. Of secrets only the names are known."""
    return {
        HOSTNAME: edge.hostname or None,
        MODULE: edge.module,
        GATEWAY: edge.url or None,
        SECRETS: dict.fromkeys(edge.secrets, HIDDEN),
        **{name: edge.rules.get(name) for name in _SAID},
        RULES: listed(edge.rules.get(RULES)),
    }


def edge_differences(before: JsonObject, after: JsonObject) -> tuple[FieldChange, ...]:
    """The values that differ between two documents of `edge_document`, by path."""
    found: list[FieldChange] = []
    for name in sorted({*before, *after} - {RULES}):
        found += _differing((name,), before.get(name), after.get(name))
    pairs = paired_rules(listed(before.get(RULES)), listed(after.get(RULES)))
    for pair in pairs:
        found += _differing((RULES, pair.name), pair.old, pair.new)
    found += _reordered(pairs)
    return tuple(sorted(found, key=lambda field: field.path))


@dataclass(frozen=True, slots=True)
class RulePair:
    """A rule before and after; one that came or went has only one of them.

    `name` is the rule's own, or else its number, as the Worker itself tells it: `rule 3`. Positions count from 0.
    """

    name: str
    old: Any
    new: Any
    old_position: int | None = None
    new_position: int | None = None


def paired_rules(old: Sequence[Any], new: Sequence[Any]) -> tuple[RulePair, ...]:
    """Which rule has become which: by name where that is unique, and else by what it says, and by its place.

    In the order of the new ones; each that is gone stands near where it was.
    """
    pairs = _pair_positions(old, new)
    gone = sorted(set(range(len(old))) - set(pairs.values()))
    ordered: list[RulePair] = []
    names: dict[str, int] = {}
    done = -1
    for position, rule in enumerate(new):
        before = pairs.get(position)
        if before is not None and before > done:
            ordered += [_pair(old, None, index, None, names) for index in gone if done < index < before]
            done = before
        ordered.append(_pair(old, rule, before, position, names))
    return (*ordered, *(_pair(old, None, index, None, names) for index in gone if index > done))


def moved(pairs: Sequence[RulePair]) -> bool:
    """Whether the rules that stay have another order."""
    stayed = [pair.old_position for pair in pairs if pair.new is not None and pair.old_position is not None]
    return stayed != sorted(stayed)


def asks_who_calls(edge: JsonObject) -> bool:
    """Whether clients have to say who they are."""
    return edge.get("auth") is not None and not field(edge.get("auth"), "open")


def named_providers(edge: JsonObject) -> tuple[str, ...]:
    """The slugs of the providers that keys and rules name."""
    rules = listed(edge.get(RULES))
    matched = [field(rule, "match", "provider") for rule in rules]
    named = [name for names in matched for name in ([names] if isinstance(names, str) else listed(names))]
    keys = edge.get("keys")
    rewritten = [field(rule, "then", "rewrite", "provider") for rule in rules]
    return tuple(str(name) for name in (*(keys if isinstance(keys, Mapping) else ()), *named, *rewritten) if name)


def listed(value: Json) -> list[Any]:
    """The items of a list; of anything else, none: a Worker can be changed by hand."""
    return list(value) if isinstance(value, list | tuple) else []


def field(value: Any, *names: str) -> Any:
    """What is at `names` in nested objects, or None."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _pair(old: Sequence[Any], rule: Any, before: int | None, after: int | None, names: dict[str, int]) -> RulePair:
    former = None if before is None else old[before]
    said = field(former if rule is None else rule, "name")
    number = before if after is None else after
    name = str(said) if said is not None else f"rule {(number or 0) + 1}"
    names[name] = names.get(name, 0) + 1
    return RulePair(name if names[name] == 1 else f"{name} ({names[name]})", former, rule, before, after)


def _pair_positions(old: Sequence[Any], new: Sequence[Any]) -> dict[int, int]:
    """Positions of the same rule, new and old: the first that fit, by what tells most."""
    found: dict[int, int] = {}
    for sign in (_unique_name(old, new), _text, _about, _unnamed):
        taken = set(found.values())
        free: dict[str, list[int]] = {}
        for index, rule in enumerate(old):
            if index not in taken and (told := sign(rule)) is not None:
                free.setdefault(told, []).append(index)
        for index, rule in enumerate(new):
            if index not in found and (told := sign(rule)) is not None and free.get(told):
                found[index] = free[told].pop(0)
    return found


def _unique_name(old: Sequence[Any], new: Sequence[Any]) -> Callable[[Any], str | None]:
    sides = [[field(rule, "name") for rule in side] for side in (old, new)]

    def sign(rule: Any) -> str | None:
        name = field(rule, "name")
        return str(name) if name is not None and all(names.count(name) == 1 for names in sides) else None

    return sign


def _text(rule: Any) -> str:
    return json.dumps(rule, sort_keys=True)


def _about(rule: Any) -> str:
    """Which requests a rule is about, and its name."""
    return json.dumps([field(rule, "name"), field(rule, "match")], sort_keys=True)


def _unnamed(rule: Any) -> str | None:
    return "" if field(rule, "name") is None else None


def _differing(path: Path, old: Any, new: Any) -> Iterator[FieldChange]:
    if path == _CLIENTS:  # their order means nothing
        old, new = by_name(old), by_name(new)
    if same(old, new):
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in sorted({*old, *new}):
            yield from _differing((*path, name), old.get(name), new.get(name))
    else:
        yield FieldChange(path, old, new, secret=path[0] == SECRETS)


def by_name(items: Any) -> Any:
    """Named things by their names, where these tell them apart; anything else as it is."""
    names = [field(item, "name") for item in listed(items)]
    unique = names and all(isinstance(name, str) for name in names) and len(set(names)) == len(names)
    return dict(zip(names, items, strict=True)) if unique else items


def _reordered(pairs: Sequence[RulePair]) -> Iterator[FieldChange]:
    if not moved(pairs):
        return
    stayed = [pair for pair in pairs if pair.new is not None and pair.old_position is not None]
    before = sorted(stayed, key=lambda pair: pair.old_position or 0)
    yield FieldChange((RULES, ORDER), [pair.name for pair in before], [pair.name for pair in stayed])
