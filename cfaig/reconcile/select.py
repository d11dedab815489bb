"""Restricting a plan to a part of the account: which resources `--target` and `--exclude` mean, and what goes along.

A selector is an address in which `*` stands for anything between two slashes (`route/support/*`), or `label:NAME=VALUE`
for gateways by the labels of their definitions. A gateway means everything that hangs on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from typing import Any, Final, TypeAlias

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.printable import first_few
from cfaig.reconcile.change import Kind, Plan, ResourceKey, Restriction
from cfaig.reconcile.compare import at
from cfaig.reconcile.documents import Documents
from cfaig.reconcile.edges import named_providers

LABEL: Final = "label:"
Labels: TypeAlias = Mapping[str, Mapping[str, str]]
MakePlan: TypeAlias = Callable[[Collection[ResourceKey] | None], Plan]


@dataclass(frozen=True, slots=True)
class Selectors:
    """What a person asked for; without any target everything is meant."""

    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.targets or self.excludes)


@dataclass(frozen=True, slots=True)
class Account:
    """What there is to choose from.

    `wanted` and `found` are the two sides of the plan, `stack` what the stack holds, `former` the old keys of renamed
    routes by their new ones, `labels` those of each gateway.
    """

    wanted: Documents
    found: Documents
    stack: frozenset[ResourceKey]
    former: Mapping[ResourceKey, ResourceKey] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)

    @property
    def known(self) -> frozenset[ResourceKey]:
        """Everything that an apply could touch; a route that is to be renamed by its new name only."""
        renamed = {old for new, old in self.former.items() if new in self.wanted} - self.wanted.keys()
        return (self.stack | self.wanted.keys()) - renamed

    def is_new(self, key: ResourceKey) -> bool:
        """Whether an apply would create or adopt it."""
        if key not in self.wanted:
            return False
        former = self.former.get(key)
        renamed = former in self.stack and former in self.found
        return not renamed and (key not in self.stack or key not in self.found)

    def goes(self, key: ResourceKey) -> bool:
        """Whether an apply would delete it."""
        return key in self.known and key not in self.wanted

    def needs(self, key: ResourceKey) -> frozenset[ResourceKey]:
        """What has to be there before `key`, as the definitions have it."""
        return frozenset(_uses(key, self.wanted.get(key, {}))) & self.wanted.keys()

    def needed(self, key: ResourceKey) -> frozenset[ResourceKey]:
        """What has to be there as long as the live `key` stays as it is."""
        live = self.found.get(key) or self.found.get(self.former.get(key, key)) or {}
        return frozenset(_uses(key, live)) & self.stack


@dataclass(frozen=True, slots=True)
class Selection:
    """What is chosen, and why more or less than was asked for."""

    keys: frozenset[ResourceKey]
    reasons: tuple[str, ...] = ()


def plan_within(make: MakePlan, account: Account, selectors: Selectors) -> Plan:
    """The plan that `make` gives for the resources that are chosen, or for all (`None`) without selectors.

    Raises CfaigError as `select` does.
    """
    whole = make(None)
    if not selectors:
        return whole
    selection = select(account, selectors)
    plan = make(selection.keys)
    left_out = len(whole.changes) - len(plan.changes)
    told = Restriction(selectors.targets, selectors.excludes, selection.keys, left_out, selection.reasons)
    return replace(plan, restriction=told)


def select(account: Account, selectors: Selectors) -> Selection:
    """The resources that an apply may touch.

    What a chosen resource needs and is not there yet comes along, and so does what uses one that is to be deleted.
    What is excluded is never touched: then it is the other one that is left out. Raises CfaigError for a selector that
    is none, or that matches nothing.
    """
    for selector in (*selectors.targets, *selectors.excludes):
        _check(selector, account)
    asked = {key for key in account.known if not selectors.targets or _any(selectors.targets, key, account)}
    excluded = {key for key in account.known if _any(selectors.excludes, key, account)}
    chosen, reasons = asked - excluded, dict[ResourceKey, str]()
    while True:
        more: dict[ResourceKey, tuple[ResourceKey, str]] = {}
        for key, why in _wanting(chosen, account):
            more.setdefault(key, why)
        if blocked := {key: other for key, (other, _) in more.items() if key in excluded}:
            for key, other in sorted(blocked.items(), key=lambda pair: pair[1].address):
                reasons[other] = f"{other.address} is left out, because of {key.address}, which is excluded"
            chosen -= set(blocked.values())
            excluded |= set(blocked.values())
        elif more:
            reasons |= {key: f"{key.address} is included: {why}" for key, (_, why) in more.items()}
            chosen |= more.keys()
        else:
            break
    told = {key: reason for key, reason in reasons.items() if key in chosen or key in excluded}
    return Selection(frozenset(chosen), tuple(told[key] for key in sorted(told, key=lambda key: key.address)))


def _wanting(
    chosen: Collection[ResourceKey], account: Account
) -> Iterator[tuple[ResourceKey, tuple[ResourceKey, str]]]:
    """What else has to be chosen: the resource, and for whose sake."""
    for key in sorted(chosen, key=lambda key: key.address):
        for needed in sorted(account.needs(key), key=lambda key: key.address):
            if needed not in chosen and account.is_new(needed):
                yield needed, (key, f"{key.address} needs it")
    going = {key for key in chosen if account.goes(key)}
    for user in sorted(account.known - set(chosen), key=lambda key: key.address) if going else ():
        for used in sorted(account.needed(user) & going, key=lambda key: key.address):
            yield user, (used, f"it uses {used.address}, which is deleted")


def _uses(key: ResourceKey, document: JsonObject) -> Iterator[ResourceKey]:
    """What a resource refers to: its gateway, its store, its custom providers."""
    if key.gateway and key.kind is not Kind.GATEWAY:
        yield ResourceKey.of_gateway(key.gateway)
    if store := document.get("store"):
        yield ResourceKey.of_store(str(store))
    elements: Any = document.get("elements") or ()
    providers = [str(at(element, ("properties", "provider"))) for element in elements]
    if key.kind is Kind.PROVIDER_KEY:
        providers.append(key.name.partition(":")[0])
    if key.kind is Kind.EDGE:
        providers += named_providers(document)
    for provider in providers:
        if provider.startswith(CUSTOM_PREFIX):
            yield ResourceKey.of_custom_provider(provider.removeprefix(CUSTOM_PREFIX))


def _check(selector: str, account: Account) -> None:
    if not selector.startswith(LABEL) and selector.partition("/")[0] not in set(Kind):
        raise CfaigError(
            f"“{selector}” does not say what to choose",
            "write gateway/ID, route/GATEWAY/NAME or label:NAME=VALUE; * stands for anything",
        )
    if any(_matches(selector, key, account) for key in account.known):
        return
    raise CfaigError(f"“{selector}” matches nothing in the definitions or the stack", _what_there_is(selector, account))


def _what_there_is(selector: str, account: Account) -> str:
    if selector.startswith(LABEL):
        there = sorted({f"{LABEL}{name}={value}" for own in account.labels.values() for name, value in own.items()})
    else:
        there = sorted(key.address for key in account.known if key.kind.value == selector.partition("/")[0])
    if not there:
        return "there is nothing of that kind"
    return f"{did_you_mean(selector, tuple(there))}there are {first_few(there, 8)}"


def _any(selectors: Iterable[str], key: ResourceKey, account: Account) -> bool:
    return any(_matches(selector, key, account) for selector in selectors)


def _matches(selector: str, key: ResourceKey, account: Account) -> bool:
    if selector.startswith(LABEL):
        return _has_label(selector.removeprefix(LABEL), account.labels.get(key.gateway, {}))
    kind, _, pattern = selector.partition("/")
    if kind == Kind.GATEWAY.value and key.gateway:
        return fnmatchcase(key.gateway, pattern)
    if kind != key.kind.value:
        return False
    former = account.former.get(key)
    names = [key.name, *([former.name] if former else []), key.name.removesuffix(":default")]
    if not key.gateway:
        return any(fnmatchcase(name, pattern) for name in names)
    gateway, _, part = pattern.partition("/")
    return fnmatchcase(key.gateway, gateway) and any(fnmatchcase(name, part) for name in names)


def _has_label(wanted: str, labels: Mapping[str, str]) -> bool:
    name, equals, value = wanted.partition("=")
    return any(fnmatchcase(own, name) and (not equals or fnmatchcase(str(said), value)) for own, said in labels.items())
