"""From what the schema refuses to diagnostics: one for each mistake, at its place, with the way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cfaig.definition.diagnostics import Diagnostic, KeyPath, Position
from cfaig.definition.nodes import Node, find, key_position, place_of
from cfaig.definition.old_routes import old_element_types
from cfaig.definition.schema import DURATION_KEYWORD, EXPECTED_KEYWORD, Part, Rule, duration_problem, followed
from cfaig.definition.secret_fields import is_secret
from cfaig.definition.unknown_keys import FLOW_KINDS, UnknownKey, explain_unknown
from cfaig.definition.violations import FALSE_SCHEMA, Violation, violations
from cfaig.definition.words import (
    allowed_words,
    bound_problem,
    duration_hint,
    enum_problem,
    example_hint,
    secret_problem,
    shown_path,
    type_problem,
)


@dataclass(slots=True)
class Findings:
    """What is wrong with a document.

    `guesses` are the keys that misspelled ones were probably meant to be, by the mapping that they are in;
    `suspects` are values of unknown keys: they may be secrets.
    """

    diagnostics: list[Diagnostic] = field(default_factory=list)
    guesses: dict[KeyPath, set[str]] = field(default_factory=dict)
    suspects: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Refusal:
    """One violation, with what is needed to talk about it."""

    violation: Violation
    tree: Node

    @property
    def keyword(self) -> str:
        return self.violation.keyword

    @property
    def path(self) -> KeyPath:
        return self.violation.path

    @property
    def rule(self) -> Any:
        """The part of the schema that has the keyword."""
        return self.violation.rule

    @property
    def value(self) -> Any:
        return self.violation.value

    @property
    def name(self) -> str:
        """The one key that it is about."""
        return self.violation.names[0]

    def at(self, path: KeyPath | None = None) -> Position:
        where = self.path if path is None else path
        return place_of(self.tree, where) or self.tree.position()

    def at_key(self, path: KeyPath) -> Position:
        return key_position(self.tree, path) or self.at(path)


_Explain: TypeAlias = Callable[[_Refusal, Findings], list[Diagnostic]]


def find_problems(data: Any, tree: Node, part: Part | Rule, findings: Findings) -> None:
    """Add to `findings` everything that the schema's `part` refuses in `data`, whose places are in `tree`."""
    data, old_types = old_element_types(data, tree)
    findings.diagnostics.extend(old_types)
    refusals = [_Refusal(violation, tree) for violation in violations(data, part)]
    # Unknown keys come first: a missing key that was only misspelled is one mistake, not two.
    refusals.sort(key=lambda refusal: refusal.keyword != "additionalProperties")
    for refusal in refusals:
        findings.diagnostics.extend(_EXPLANATIONS[refusal.keyword](refusal, findings))


def _unknown(refusal: _Refusal, findings: Findings) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    for key in refusal.violation.names:
        path = (*refusal.path, key)
        said: UnknownKey = explain_unknown(path, refusal.rule, refusal.value)
        if said.meant:
            findings.guesses.setdefault(refusal.path, set()).add(said.meant)
        value = find(refusal.tree, path)
        if value is not None and not _is_harmless(value, said):
            findings.suspects.append(value)
        found.append(Diagnostic(said.code, said.message, refusal.at_key(path), path, said.hint))
    return found


def _is_harmless(value: Node, said: UnknownKey) -> bool:
    """Whether a misspelled key and its value can be shown: no key for secrets looks like it."""
    return said.code == "AIG032" or (said.meant is not None and not isinstance(value.value, dict | list))


def _required(refusal: _Refusal, findings: Findings) -> list[Diagnostic]:
    name = refusal.name
    guesses = findings.guesses.get(refusal.path, set())
    alternatives = _ALTERNATIVES.get(name, (name,)) if name != "chain" else FLOW_KINDS
    if guesses & {name, *alternatives}:
        return []
    listed = allowed_words(alternatives, last="or")
    place = shown_path(refusal.path)
    message = f"{listed} is missing" + (f" in {place}" if place else "")
    return [Diagnostic("AIG023", message, refusal.at(), (*refusal.path, name), _missing_hint(name, refusal))]


_ALTERNATIVES: Final[Mapping[str, tuple[str, ...]]] = {
    "requests": ("requests", "cost"),
    "route": ("route", "provider", "path"),
}


def _missing_hint(name: str, refusal: _Refusal) -> str | None:
    if name == "gateway" and not refusal.path:
        return "begin the file with “gateway: <id>”"
    if name == "else" and "if" in refusal.value:
        return "say where a request goes when the condition does not hold"
    if name == "then":
        return "say where a request goes: a list of models, or a nested flow"
    return None


def _dependent(refusal: _Refusal, findings: Findings) -> list[Diagnostic]:
    needed = refusal.name
    if needed in findings.guesses.get(refusal.path, set()):
        return []
    having = [key for key in refusal.rule["dependentRequired"] if key in refusal.value]
    users = [key for key in having if needed in refusal.rule["dependentRequired"][key]]
    message = f"{allowed_words(users, last='and')} need{'s' if len(users) == 1 else ''} `{needed}`"
    first = (*refusal.path, users[0])
    hint = f"add `{needed}` to {shown_path(refusal.path)}"
    if needed == "base_url":
        hint += " if it is a provider of your own; Cloudflare's providers take only keys"
    return [Diagnostic("AIG027", message, refusal.at_key(first), first, hint)]


def _type(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    code, message, hint = type_problem(refusal.path, refusal.value, refusal.rule)
    if hint is None and DURATION_KEYWORD in refusal.rule:
        hint = duration_hint(refusal.value)
    return [Diagnostic(code, message, refusal.at(), refusal.path, hint)]


def _enum(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    allowed = refusal.rule["enum"] if refusal.keyword == "enum" else [refusal.rule["const"]]
    message, hint = enum_problem(refusal.path, refusal.value, [word for word in allowed if word is not None])
    return [Diagnostic("AIG021", message, refusal.at(), refusal.path, hint)]


def _pattern(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    where = shown_path(refusal.path)
    if DURATION_KEYWORD in refusal.rule:
        message = f"{where} is not a duration"
        return [Diagnostic("AIG025", message, refusal.at(), refusal.path, duration_hint(refusal.value))]
    if is_secret(refusal.path):
        code, message, hint = secret_problem(refusal.path, refusal.value)
        return [Diagnostic(code, message, refusal.at(), refusal.path, hint)]
    message = f"{where} is not a valid {refusal.rule.get('title', 'text').lower()}"
    return [Diagnostic("AIG024", message, refusal.at(), refusal.path, example_hint(_full_rule(refusal)))]


def _full_rule(refusal: _Refusal) -> Mapping[str, Any]:
    """The rule with the words about it; `complete` repeats patterns without their descriptions."""
    if "description" in refusal.rule:
        return dict(refusal.rule)
    defs = {"gateway": "gateway_id", "domains": "domains"}
    named = followed({"$ref": f"#/$defs/{defs[str(refusal.path[0])]}"})
    return dict(named.get("items", named))


def _names(refusal: _Refusal, findings: Findings) -> list[Diagnostic]:
    rule: Mapping[str, Any] = refusal.rule["propertyNames"]
    title = str(refusal.rule.get("title", "mapping")).lower()
    hint = f"names there match {rule['pattern']}" if "pattern" in rule else "names there must not be empty"
    if EXPECTED_KEYWORD in rule:
        hint = f"write {rule[EXPECTED_KEYWORD]}"
    found: list[Diagnostic] = []
    for name in refusal.violation.names:
        path = (*refusal.path, name)
        # A name that is not allowed may be that of a credential.
        if (value := find(refusal.tree, path)) is not None:
            findings.suspects.append(value)
        message = f"`{name}` cannot be a name in {title}"
        found.append(Diagnostic("AIG024", message, refusal.at_key(path), path, hint))
    return found


def _bound(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    message = bound_problem(refusal.path, refusal.keyword, refusal.value, refusal.rule)
    return [Diagnostic("AIG022", message, refusal.at(), refusal.path)]


def _duration(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    message = f"{shown_path(refusal.path)} {duration_problem(refusal.value, refusal.rule[DURATION_KEYWORD])}"
    hint = None if isinstance(refusal.value, str) else duration_hint(refusal.value)
    return [Diagnostic("AIG022", message, refusal.at(), refusal.path, hint)]


def _excluded(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    where: list[str | int] = list(refusal.violation.schema_path)
    name = refusal.path[-1]
    other = where[len(where) - where[::-1].index("dependentSchemas")]
    inside = shown_path(refusal.path[:-1])
    message = f"`{name}` and `{other}` exclude each other" + (f" in {inside}" if inside else "")
    return [Diagnostic("AIG026", message, refusal.at_key(refusal.path), refusal.path, "keep one of them")]


def _repeated(refusal: _Refusal, _findings: Findings) -> list[Diagnostic]:
    items = list(refusal.value)
    second = next(index for index, item in enumerate(items) if item in items[:index])
    path = (*refusal.path, second)
    message = f"{shown_path(refusal.path)} has the same item twice"
    hint = f"it is also item {items.index(items[second]) + 1} of the list"
    return [Diagnostic("AIG028", message, refusal.at(path), path, hint)]


_EXPLANATIONS: Final[Mapping[str, _Explain]] = {
    "additionalProperties": _unknown,
    "const": _enum,
    "dependentRequired": _dependent,
    "enum": _enum,
    FALSE_SCHEMA: _excluded,
    "maxItems": _bound,
    "maxLength": _bound,
    "maxProperties": _bound,
    "maximum": _bound,
    "minItems": _bound,
    "minLength": _bound,
    "minProperties": _bound,
    "minimum": _bound,
    "pattern": _pattern,
    "propertyNames": _names,
    "required": _required,
    "type": _type,
    "uniqueItems": _repeated,
    DURATION_KEYWORD: _duration,
}
