"""From what people wrote to the canonical way to say the same: order of keys, durations, short forms.

Nothing changes what a definition means, not even what it means together with `_defaults.yaml` and its overlays: where
mappings are merged, a mapping stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

from cfaig.definition.durations import duration_text, milliseconds
from cfaig.definition.schema import DURATION_KEYWORD, followed, matches, schema
from cfaig.definition.violations import violations
from cfaig.formatting.tree import BLANK, Collection, Entry, Node, Scalar, Text, data_of

FilePart: TypeAlias = Literal["definition", "defaults"]
"""What a file is: a definition, or `_defaults.yaml`."""

_Rule: TypeAlias = Mapping[str, Any]
_Rules: TypeAlias = Sequence[_Rule]

# Names that the schema lists, in an order that is people's own.
_NAMES: Final = ("guard_side",)
_COMPARISONS: Final = {"$eq": (str, bool, int, float), "$in": (list,)}


def canonical(text: Text, part: FilePart, merged_routes: frozenset[str]) -> Text:
    """The same said canonically; `merged_routes` are those that `_defaults.yaml` says something of, too.

    A file in which something is named and used again (`&name`, `*name`) keeps its order and its values: what is used
    twice may mean two things.
    """
    if text.aliases:
        return text
    data = data_of(text.root)
    routes = frozenset() if part == "defaults" else _routes_for_itself(data, merged_routes)
    root = schema() if part == "definition" else schema()["$defs"][part]
    return replace(text, root=_Walk(routes).node(text.root, root, ()))


def route_names(data: Any) -> frozenset[str]:
    """The routes that a file's settings and overlays say something of."""
    names = set(_mapping(_mapping(data).get("routes")))
    for overlay in _mapping(_mapping(data).get("environments")).values():
        names |= set(_mapping(_mapping(overlay).get("routes")))
    return frozenset(names)


def _routes_for_itself(data: Any, merged: frozenset[str]) -> frozenset[str]:
    """The routes that nothing is merged with."""
    overlays = {"environments": _mapping(data).get("environments")}
    return frozenset(_mapping(_mapping(data).get("routes"))) - route_names(overlays) - merged


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through a tree and the schema side by side; `routes` may change their form."""

    routes: frozenset[str]

    def node(self, node: Node, rule: _Rule | None, path: tuple[str, ...]) -> Node:
        """The node, canonical by the part of the schema that it falls under."""
        if rule is None:
            return node
        rules = tuple(_in_force(rule, data_of(node)))
        if isinstance(node, Scalar):
            return _duration(node) if any(DURATION_KEYWORD in one for one in rules) else node
        if not isinstance(node, Collection):
            return node
        if not node.is_mapping:
            items = next((one["items"] for one in rules if "items" in one), None)
            return replace(node, entries=tuple(self._entry(entry, items, (*path, "")) for entry in node.entries))
        entries = [self._entry(entry, _of(entry.name, rules), (*path, entry.name)) for entry in node.entries]
        if _is(rules, "model"):
            entries = list(_without_timeout_ms(entries))
        whole = replace(node, entries=_ordered(entries, rules))
        return _shortened(whole, rules, path) if self._is_for_itself(path) else whole

    def _is_for_itself(self, path: tuple[str, ...]) -> bool:
        return len(path) > 1 and path[0] == "routes" and path[1] in self.routes

    def _entry(self, entry: Entry, rule: _Rule | None, path: tuple[str, ...]) -> Entry:
        return replace(entry, value=self.node(entry.value, rule, path))


def _in_force(rule: _Rule, data: Any) -> Iterator[_Rule]:
    """The parts of the schema that say something of `data`."""
    rule = followed(rule)
    yield rule
    if "if" in rule:
        branch = "else" if violations(data, rule["if"]) else "then"
        if branch in rule:
            yield from _in_force(rule[branch], data)
    for part in rule.get("allOf", ()):
        yield from _in_force(part, data)


def _of(name: str, rules: _Rules) -> _Rule | None:
    """The rule for the value of the key `name`."""
    found: _Rule | None = None
    for rule in rules:
        patterns = (part for pattern, part in rule.get("patternProperties", {}).items() if matches(pattern, name))
        part = rule.get("properties", {}).get(name) or next(patterns, None) or rule.get("additionalProperties")
        if isinstance(part, Mapping) and part:
            found = part
    return found


def _is(rules: _Rules, name: str) -> bool:
    wanted = schema()["$defs"][name]
    return any(rule is wanted for rule in rules)


def _ordered(entries: list[Entry], rules: _Rules) -> tuple[Entry, ...]:
    """The entries in the order of the schema; what it does not list comes last, as it is."""
    open_rules = any("patternProperties" in rule for rule in rules) or any(_is(rules, name) for name in _NAMES)
    known = dict.fromkeys(name for rule in rules for name in rule.get("properties", {}))
    places = {name: place for place, name in enumerate(() if open_rules else known)}
    ordered = sorted(entries, key=lambda entry: places.get(entry.name, len(places)))
    if ordered != entries and ordered[0].before[:1] == (BLANK,):
        ordered[0] = replace(ordered[0], before=ordered[0].before[1:])
    return tuple(ordered)


def _duration(scalar: Scalar) -> Scalar:
    """A duration in the largest unit in which it is whole."""
    value = data_of(scalar)
    if scalar.prefix or isinstance(value, bool) or not isinstance(value, str | int | float):
        return scalar
    try:
        length = milliseconds(value)
    except ValueError:
        return scalar
    if length < 0 or length != length.to_integral_value():
        return scalar
    text = str(duration_text(int(length), unit="ms"))
    return Scalar(text, text)


def _without_timeout_ms(entries: Iterable[Entry]) -> Iterator[Entry]:
    """`timeout_ms: 30000` is `timeout: 30s`; models are in lists, which are never merged."""
    entries = list(entries)
    both = any(entry.name == "timeout" for entry in entries)
    for entry in entries:
        value = data_of(entry.value)
        if entry.name == "timeout_ms" and type(value) is int and value >= 0 and not both:
            text = str(duration_text(value, unit="ms"))
            yield replace(entry, key=Scalar("timeout", "timeout"), value=Scalar(text, text))
        else:
            yield entry


def _shortened(node: Collection, rules: _Rules, path: tuple[str, ...]) -> Node:
    """What says the same as a mapping of one key: `{$eq: paid}` is `paid`, `{chain: [a, b]}` is `[a, b]`."""
    if len(node.entries) != 1 or node.prefix or node.foot or node.entries[0].has_comment:
        return node
    (entry,) = node.entries
    value = entry.value
    if _is(rules, "condition_value") and path[-1] != "$not" and _is_comparison(entry):
        return value
    # A chain within a chain is its last item, which has to be a mapping; a route itself keeps its form.
    is_flow = _is(rules, "flow_object") and path[-1] != ""
    if is_flow and entry.name == "chain" and isinstance(value, Collection) and not value.is_mapping:
        return value
    return node


def _is_comparison(entry: Entry) -> bool:
    value = data_of(entry.value)
    return isinstance(value, _COMPARISONS.get(entry.name, ())) and value != []
