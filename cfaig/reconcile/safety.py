"""The safety limits: changes that are refused until somebody allows them by name."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from cfaig.errors import UnsafeChangeError
from cfaig.json_types import JsonObject
from cfaig.reconcile.change import Action, Change, Kind, Plan, ResourceKey
from cfaig.reconcile.compare import at, by_name
from cfaig.state.decompile import GUARDRAIL_NAMES
from cfaig.state.model import AccountState

_GUARDED: Final = frozenset({Kind.GATEWAY, Kind.ROUTE})
_STRENGTH: Final[Mapping[str | None, int]] = {None: 0, "FLAG": 1, "BLOCK": 2}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change that is not allowed.

    `name` is what to allow (`delete:gateway/support`); with `can_be_allowed` false no name helps, and `reason` says
    what does.
    """

    name: str
    reason: str
    can_be_allowed: bool = True

    @property
    def remedy(self) -> str | None:
        """What to add to the command line."""
        return f"--allow {self.name}" if self.can_be_allowed else None


def definition_allows(desired: AccountState) -> dict[str, tuple[str, ...]]:
    """The names that each definition allows, by gateway id."""
    return {gateway.id: gateway.management.allow for gateway in desired.gateways}


def refusals(
    plan: Plan, allow: Collection[str], by_definition: Mapping[str, Collection[str]] | None = None
) -> tuple[Refusal, ...]:
    """Everything in `plan` that nobody has allowed, in the order of the plan.

    `allow` holds names, in which `*` stands for anything between two slashes (`delete:route/support/*`);
    `by_definition` (see `definition_allows`) those that a definition allows for its own gateway. Allowing the deletion
    or adoption of a gateway allows that of its parts.
    """
    found: dict[str, Refusal] = {}
    gone = {change.key for change in plan.changes if change.action is Action.DELETE}
    taken = {change.key for change in plan.changes if change.action is Action.ADOPT}
    for change in plan.changes:
        for refusal in _dangers(change, gone, taken):
            own = (by_definition or {}).get(change.key.gateway, ())
            if not refusal.can_be_allowed or not any(_allows(name, refusal.name) for name in (*allow, *own)):
                found.setdefault(refusal.name, refusal)
    return tuple(found.values())


def require_allowed(found: Collection[Refusal]) -> None:
    """Raise UnsafeChangeError, which lists all of `found`, unless there are none."""
    if not found:
        return
    lines = [f"  {refusal.name}: {refusal.reason}" for refusal in found]
    flags = " ".join(refusal.remedy for refusal in found if refusal.remedy)
    count = f"{len(found)} changes are" if len(found) > 1 else "a change is"
    raise UnsafeChangeError(
        "\n".join((f"{count} not allowed; nothing was written", *lines)),
        f"if you mean it: {flags}" if flags else None,
    )


def _allows(pattern: str, name: str) -> bool:
    """Whether `pattern` covers `name`: the action word for word, the rest part by part."""
    wanted, given = pattern.split("/"), name.split("/")
    return (
        len(wanted) == len(given)
        and wanted[0] == given[0]
        and all(fnmatchcase(part, want) for want, part in zip(wanted[1:], given[1:], strict=True))
    )


def _dangers(change: Change, gone: Collection[ResourceKey], taken: Collection[ResourceKey]) -> Iterator[Refusal]:
    gateway = ResourceKey.of_gateway(change.key.gateway)
    part = change.key.kind is not Kind.GATEWAY
    if change.action is Action.DELETE:
        if change.protected:
            yield _protected(change.key)
        elif change.key.kind in _GUARDED and not (part and gateway in gone):
            yield Refusal(f"delete:{change.key.address}", _loss(change.key))
        return
    if change.action is Action.ADOPT and not (part and gateway in taken):
        reason = "it exists already and this stack has not made it: apply would take it over"
        yield Refusal(f"adopt:{change.key.address}", reason)
    if change.key.kind is Kind.GATEWAY and change.before is not None and change.after is not None:
        for feature, reason in _switched_off(change.before, change.after):
            yield Refusal(f"disable:{feature}/{change.key.gateway}", reason)


def _protected(key: ResourceKey) -> Refusal:
    reason = "it is protected: apply “protect: false” first, then remove it"
    return Refusal(f"delete:{key.address}", reason, can_be_allowed=False)


def _loss(key: ResourceKey) -> str:
    called = f"dynamic/{key.name}" if key.kind is Kind.ROUTE else "it"
    return f"requests to {called} would fail"


def _switched_off(before: JsonObject, after: JsonObject) -> Iterator[tuple[str, str]]:
    if before.get("authentication") and not after.get("authentication"):
        yield "authentication", "anybody who knows the address could use the gateway"
    if before.get("collect_logs") and not after.get("collect_logs"):
        yield "logging", "requests would no longer be logged"
    if _limits_requests(before) and not _limits_requests(after):
        yield "rate_limit", "requests would no longer be limited"
    old, new = by_name(before), by_name(after)
    if lost := sorted(_lost_spend_rules(old, new)):
        yield "spend_limits", f"spending would no longer be limited by {', '.join(lost)}"
    if weaker := sorted(_weaker_guardrails(old, new)):
        yield "guardrails", f"weaker than before: {', '.join(weaker)}"


def _limits_requests(settings: JsonObject) -> bool:
    return bool(settings.get("rate_limiting_limit") and settings.get("rate_limiting_interval"))


def _lost_spend_rules(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Rules in force before that are not any more; one that only has another name still is."""
    new = _rules_in_force(after)
    unnamed = [{**rule, "id": None} for rule in new.values()]
    for name, rule in _rules_in_force(before).items():
        if name not in new and {**rule, "id": None} not in unnamed:
            yield name


def _rules_in_force(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    limits = at(settings, ("spend_limits",)) or {}
    rules = (limits.get("rules") or {}) if limits.get("enabled") else {}
    return {name: rule for name, rule in rules.items() if rule.get("enabled", True)}


def _weaker_guardrails(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    for side in ("prompt", "response"):
        old, new = at(before, ("guardrails", side)) or {}, at(after, ("guardrails", side)) or {}
        for code, action in old.items():
            if _STRENGTH.get(new.get(code), 0) < _STRENGTH.get(action, 0):
                yield f"{GUARDRAIL_NAMES.get(code, code)} in {side}s"
