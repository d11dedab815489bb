"""The safety limits: changes that are refused until somebody allows them by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import product
from typing import Any, Final

from cfaig.definition.catalog import GUARDRAIL_NAMES
from cfaig.definition.model import Safety
from cfaig.errors import UnsafeChangeError
from cfaig.json_types import JsonObject
from cfaig.reconcile.change import Action, Change, Kind, Plan, ResourceKey
from cfaig.reconcile.compare import at, by_name
from cfaig.reconcile.edges import HOSTNAME, asks_who_calls
from cfaig.state.model import AccountState

_GUARDED: Final = frozenset({Kind.GATEWAY, Kind.ROUTE, Kind.EDGE})
# Allowing one of these for a gateway allows it for what hangs on the gateway.
_WHOLE: Final = frozenset({Action.CREATE, Action.ADOPT, Action.DELETE})
_STRENGTH: Final[Mapping[str | None, int]] = {None: 0, "FLAG": 1, "BLOCK": 2}
_BOTH_SIDES: Final = ("REQUEST", "RESPONSE")
_REPLACE: Final = "replace"


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


@dataclass(frozen=True, slots=True)
class Permissions:
    """Who has allowed what.

    `names` are those of the command line, in which `*` stands for anything between two slashes
    (`delete:route/support/*`); `by_definition` (see `definition_allows`) those that a definition allows for its own
    gateway; `safety` is the project's own word.
    """

    names: Collection[str] = ()
    by_definition: Mapping[str, Collection[str]] = field(default_factory=dict)
    safety: Safety = field(default_factory=Safety)

    def refuses(self, refusal: Refusal, gateway: str) -> bool:
        """Whether nobody has allowed what `refusal`, about a resource of `gateway`, is about."""
        own = self.by_definition.get(gateway, ())
        if not refusal.can_be_allowed:
            return True
        if _named(refusal.name, (*self.names, *own)):
            return False
        return not _listed(refusal.name, self.safety.allow) or _listed(refusal.name, self.safety.refuse)


def refusals(
    plan: Plan,
    allow: Collection[str],
    by_definition: Mapping[str, Collection[str]] | None = None,
    safety: Safety | None = None,
) -> tuple[Refusal, ...]:
    """Everything in `plan` that nobody has allowed, in the order of the plan; see `Permissions`.

    Allowing the creation, adoption or deletion of a gateway allows that of its parts.
    """
    permissions = Permissions(allow, by_definition or {}, safety or Safety())
    found: dict[str, Refusal] = {}
    whole = {(change.action, change.key) for change in plan.changes if change.action in _WHOLE}
    for change in plan.changes:
        gateway = ResourceKey.of_gateway(change.key.gateway)
        covered = change.key != gateway and (change.action, gateway) in whole
        for refusal in _dangers(change, permissions.safety, covered=covered):
            if permissions.refuses(refusal, change.key.gateway):
                found.setdefault(refusal.name, refusal)
    for refusal in _too_many(plan, permissions.safety):
        if permissions.refuses(refusal, ""):
            found[refusal.name] = refusal
    return tuple(found.values())


def replacements(replaced: Iterable[ResourceKey], permissions: Permissions) -> tuple[Refusal, ...]:
    """What nobody has allowed of the resources that the engine would delete and make anew: that counts as deletion.

    What is said of a gateway goes for its routes.
    """
    keys = tuple(replaced)
    whole = {key.gateway for key in keys if key.kind is Kind.GATEWAY}
    found = {
        key: Refusal(f"{_REPLACE}:{key.address}", f"the engine would delete it and make it anew: {_loss(key)}")
        for key in keys
        if key.kind is Kind.GATEWAY or (key.kind is Kind.ROUTE and key.gateway not in whole)
    }
    return tuple(refusal for key, refusal in found.items() if permissions.refuses(refusal, key.gateway))


def remedies(refused: Iterable[Refusal]) -> tuple[str, ...]:
    """What to add to the command line to get all of this allowed."""
    return tuple(refusal.remedy for refusal in refused if refusal.remedy)


def require_allowed(found: Collection[Refusal]) -> None:
    """Raise UnsafeChangeError, which lists all of `found`, unless there are none."""
    if not found:
        return
    lines = [f"  {refusal.name}: {refusal.reason}" for refusal in found]
    flags = " ".join(remedies(found))
    count = f"{len(found)} changes are" if len(found) > 1 else "a change is"
    raise UnsafeChangeError(
        "\n".join((f"{count} not allowed; nothing was written", *lines)),
        f"if you mean it: {flags}" if flags else None,
    )


def _named(name: str, patterns: Collection[str]) -> bool:
    """Whether one of `patterns` covers `name`; what allows to delete also allows to replace."""
    return any(_covers(pattern, one) for pattern in patterns for one in _meanings(name))


def _listed(name: str, patterns: Collection[str]) -> bool:
    """Whether the project's list `patterns` has `name`, or the bare word for all of its sort."""
    return _named(name, patterns) or any(one.partition(":")[0] in patterns for one in _meanings(name))


def _meanings(name: str) -> tuple[str, ...]:
    sort, _, rest = name.partition(":")
    return (name, f"{Action.DELETE}:{rest}") if sort == _REPLACE else (name,)


def _covers(pattern: str, name: str) -> bool:
    """Whether `pattern` covers `name`: the change and the kind word for word, the rest part by part."""
    wanted, given = pattern.split("/"), name.split("/")
    return (
        len(wanted) == len(given)
        and wanted[0] == given[0]
        and all(fnmatchcase(part, want) for want, part in zip(wanted[1:], given[1:], strict=True))
    )


def _dangers(change: Change, safety: Safety, *, covered: bool) -> Iterator[Refusal]:
    """What is dangerous about a change, always or by the project's word; nothing twice that its gateway `covered`."""
    name = f"{change.action}:{change.key.address}"
    if change.action is Action.DELETE and change.protected:
        yield _protected(change.key)
    elif not covered and (reason := _danger(change)):
        yield Refusal(name, reason)
    elif not covered and _listed(name, safety.refuse):
        yield Refusal(name, "this project wants it to be allowed by name")
    if change.before is not None and change.after is not None:
        for what, reason in _switched_off(change.key, change.before, change.after):
            yield Refusal(f"disable:{what}", reason)


def _danger(change: Change) -> str | None:
    """Why a change as a whole is always dangerous, if it is."""
    if change.action is Action.DELETE and change.key.kind in _GUARDED:
        return _loss(change.key)
    if change.action is Action.ADOPT:
        return "it exists already and this stack has not made it: apply would take it over"
    return None


def _too_many(plan: Plan, safety: Safety) -> Iterator[Refusal]:
    count = sum(change.action is Action.DELETE and change.key.kind in _GUARDED for change in plan.changes)
    if safety.max_deletes is not None and count > safety.max_deletes:
        reason = (
            f"{count} gateways, routes and edges would be deleted at once; this project's limit is {safety.max_deletes}"
        )
        yield Refusal(f"max_deletes:{count}", reason)


def _protected(key: ResourceKey) -> Refusal:
    reason = "it is protected: apply “protect: false” first, then remove it"
    return Refusal(f"delete:{key.address}", reason, can_be_allowed=False)


def _loss(key: ResourceKey) -> str:
    called = {Kind.ROUTE: f"dynamic/{key.name}", Kind.EDGE: "its host name"}.get(key.kind, "it")
    return f"requests to {called} would fail"


def _switched_off(key: ResourceKey, before: JsonObject, after: JsonObject) -> Iterator[tuple[str, str]]:
    """What a change takes away of the protection that there was: its name, and what would come of it."""
    if key.kind is Kind.PROVIDER_KEY and before.get("rate_limit") and not after.get("rate_limit"):
        yield f"key_limit/{key.gateway}/{key.name}", "requests with this key would no longer be limited"
    if key.kind is Kind.EDGE:
        yield from _weaker_edge(key, before, after)
    if key.kind is not Kind.GATEWAY:
        return
    for feature, setting, reason in _SWITCHES:
        if before.get(setting) and not after.get(setting):
            yield f"{feature}/{key.gateway}", reason
    if _limits_requests(before) and not _limits_requests(after):
        yield f"rate_limit/{key.gateway}", "requests would no longer be limited"
    old, new = by_name(before), by_name(after)
    if lost := sorted(_lost_spend_rules(old, new)):
        yield f"spend_limits/{key.gateway}", f"spending would no longer be limited by {', '.join(lost)}"
    if weaker := sorted(_weaker_guardrails(old, new)):
        yield f"guardrails/{key.gateway}", f"weaker than before: {', '.join(weaker)}"
    if weaker := sorted(_weaker_dlp(before, after)):
        yield f"dlp/{key.gateway}", f"weaker than before: {', '.join(weaker)}"


def _weaker_edge(key: ResourceKey, before: JsonObject, after: JsonObject) -> Iterator[tuple[str, str]]:
    if asks_who_calls(before) and not asks_who_calls(after):
        yield f"edge_auth/{key.gateway}", "the edge would no longer ask who calls"
    old, new = before.get(HOSTNAME), after.get(HOSTNAME)
    if old and old != new:
        yield f"edge_hostname/{key.gateway}", f"requests to {old} would fail"


_SWITCHES: Final = (
    ("authentication", "authentication", "anybody who knows the address could use the gateway"),
    ("logging", "collect_logs", "requests would no longer be logged"),
    ("logpush", "logpush", "logs would no longer be pushed to where they are kept"),
    ("byok_only", "byok_only", "requests without a key of your own would be answered, and billed by Cloudflare"),
    ("zero_data_retention", "zdr", "providers might keep prompts and answers"),
)


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


def _weaker_dlp(before: JsonObject, after: JsonObject) -> Iterator[str]:
    old, new = _dlp_strength(before.get("dlp")), _dlp_strength(after.get("dlp"))
    for (profile, side), strength in old.items():
        if new.get((profile, side), 0) < strength:
            yield f"{profile} in {side.lower()}s"


def _dlp_strength(dlp: Any) -> dict[tuple[str, str], int]:
    """How strongly data loss prevention answers to each profile in requests and responses, in either of its shapes."""
    if not dlp or not dlp.get("enabled"):
        return {}
    policies = [{**dlp, "check": _BOTH_SIDES}] if dlp.get("action") else dlp.get("policies") or ()
    found: dict[tuple[str, str], int] = {}
    for policy in policies:
        if policy.get("enabled", True):
            for place in product(
                policy.get("profiles") or (), (str(side).upper() for side in policy.get("check") or ())
            ):
                found[place] = max(found.get(place, 0), _STRENGTH.get(str(policy.get("action")).upper(), 0))
    return found
