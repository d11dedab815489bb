"""Drift: the live account against what was applied last, told apart from what the definitions ask for since.

Three states meet here: applied (the stack), live, and desired (the definitions). A value has drifted when live differs
from applied. When the definitions say the live value already, the two agree and only the stack does not know yet; when
live is as applied and the definitions differ, that is an edit which waits for its apply, and no drift.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cfaig.json_types import Json, JsonObject
from cfaig.reconcile.change import Action, Change, FieldChange, Kind, ResourceKey
from cfaig.reconcile.compare import by_name, differences, redacted, with_secrets
from cfaig.reconcile.documents import Documents, documents
from cfaig.state.graph import same_graph
from cfaig.state.model import AccountState

SEALED: Final = "(sealed)"
STACK_UNKNOWN: Final = "the state of the stack could not be read: there is nothing to compare with"
NEVER_APPLIED: Final = "nothing was applied to this environment yet"
SECRETS_SEALED: Final = "secrets are sealed in the stack and are not compared; cfaig plan compares them"


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed something, as the audit log of the account tells it; `how` is such as `dashboard` or `API token`."""

    who: str
    how: str
    when: str


@dataclass(frozen=True, slots=True)
class Drifted:
    """One resource that is not as it was applied.

    `change` leads from what was applied (`before`) to what is live (`after`): CREATE was made, DELETE was deleted
    outside cfaig. `edited` are the fields in it for which the definitions meanwhile ask a third value.
    """

    change: Change
    edited: tuple[FieldChange, ...] = ()
    author: Author | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """All that drifted, in a fixed order.

    `agreed` is what live and definitions say alike, and only the stack does not know yet; `pending` what the
    definitions ask for and nobody has applied.
    """

    drifted: tuple[Drifted, ...] = ()
    agreed: tuple[ResourceKey, ...] = ()
    pending: tuple[ResourceKey, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the account is as it was applied, or as the definitions say."""
        return not self.drifted


@dataclass(frozen=True, slots=True)
class _Sides:
    """The three states as tables of resources, alike where nothing can be compared."""

    applied: Documents
    live: Documents
    desired: Documents | None
    renamed: Mapping[ResourceKey, ResourceKey]
    sealed: bool


def find_drift(
    applied: AccountState, live: AccountState, desired: AccountState | None, *, stores_known: bool = True
) -> Drift:
    """Compare the three states; `desired` None (definitions with mistakes) leaves edits untold.

    Only gateways that were applied are looked at: others are nobody's business. What hangs on them counts as a whole,
    so a route that somebody added by hand is drift.
    """
    sides = _sides(applied, live, desired, stores_known=stores_known)
    drifted: list[Drifted] = []
    agreed: list[ResourceKey] = []
    for key in sorted(sides.applied.keys() | sides.live.keys(), key=_order):
        found, as_desired = _compare(key, sides)
        drifted += [] if found is None else [found]
        agreed += [key] if as_desired else []
    every = sides.applied.keys() | (sides.desired or {}).keys()
    pending = tuple(key for key in sorted(every, key=_order) if _is_pending(key, sides))
    gone = {item.change.key for item in drifted if item.change.action is Action.DELETE}
    told = tuple(item for item in drifted if item.change.key.kind is Kind.GATEWAY or _gateway(item) not in gone)
    return Drift(told, tuple(agreed), pending, (SECRETS_SEALED,) if sides.sealed else ())


def _gateway(item: Drifted) -> ResourceKey:
    return ResourceKey.of_gateway(item.change.key.gateway)


def _order(key: ResourceKey) -> tuple[str, int, str]:
    return key.gateway, list(Kind).index(key.kind), key.name


def _sides(applied: AccountState, live: AccountState, desired: AccountState | None, *, stores_known: bool) -> _Sides:
    before, now = documents(applied, live, stores_known=stores_known)
    ours = {gateway.id for gateway in applied.gateways}
    shared = {key for key in before if not key.gateway}
    now = {key: document for key, document in now.items() if key.gateway in ours or key in shared}
    if stores_known:
        before |= {ResourceKey.of_store(name): {} for name in applied.stores}
        now |= {ResourceKey.of_store(name): {} for name in applied.stores if name in live.stores}
    sealed = {key for key, document in before.items() if SEALED in str(document)}
    filled = {key: _filled(document, now.get(key)) if key in sealed else document for key, document in before.items()}
    wanted = None
    if desired is not None:
        asked, _ = documents(desired, live, stores_known=stores_known)
        wanted = {key: with_secrets(key.kind, document, now.get(key, {}), None)[0] for key, document in asked.items()}
    return _Sides(filled, now, wanted, _renamed(applied, live), bool(sealed))


def _filled(document: JsonObject, live: JsonObject | None) -> JsonObject:
    """The applied values, in place of sealed ones the live ones: they count as unchanged."""
    filled: dict[str, Any] = _fill(by_name(document), by_name(live or {}))
    return filled


def _fill(value: Any, live: Any) -> Any:
    if value == SEALED:
        return SEALED if live is None else live
    if isinstance(value, Mapping):
        beside = live if isinstance(live, Mapping) else {}
        return {name: _fill(item, beside.get(name)) for name, item in value.items()}
    return value


def _renamed(applied: AccountState, live: AccountState) -> dict[ResourceKey, ResourceKey]:
    """The routes that are called something else now: new keys and old."""
    now = {(gateway.id, route.id): route for gateway in live.gateways for route in gateway.routes if route.id}
    found: dict[ResourceKey, ResourceKey] = {}
    for gateway in applied.gateways:
        for route in gateway.routes:
            other = now.get((gateway.id, route.id)) if route.id else None
            if other is not None and other.name != route.name:
                new = ResourceKey.of_route(gateway.id, other.name)
                found[new] = ResourceKey.of_route(gateway.id, route.name)
    return found


def _compare(key: ResourceKey, sides: _Sides) -> tuple[Drifted | None, bool]:
    """What drifted of one resource, and whether live and definitions agree on all of it."""
    old = sides.renamed.get(key)
    before, now = sides.applied.get(old or key), sides.live.get(key)
    if before is None or now is None:
        was_renamed = key in sides.renamed.values()
        return (None, False) if was_renamed else _came_or_went(key, before, now, sides)
    drifted = _fields(key, before, now)
    if not drifted and old is None:
        return None, False
    wanted = (sides.desired or {}).get(key)
    if wanted is not None:
        differing = {field.path for field in _fields(key, wanted, now)}
        drifted = tuple(field for field in drifted if _touches(field.path, differing))
        if not drifted:
            return None, True
    edits = () if wanted is None else _fields(key, before, wanted)
    action = Action.RENAME if old is not None and wanted is None else Action.UPDATE
    name = old.name if old is not None and action is Action.RENAME else None
    change = Change(action, key, _telling(key, before, now, drifted), redacted(key.kind, now), drifted, name)
    paths = {field.path for field in drifted}
    return Drifted(change, tuple(field for field in edits if _touches(field.path, paths))), False


def _telling(key: ResourceKey, before: JsonObject, now: JsonObject, fields: tuple[FieldChange, ...]) -> JsonObject:
    """`before`, but like `now` in all that is not in `fields`, so that the words tell just these."""
    if key.kind is not Kind.GATEWAY:
        return redacted(key.kind, before)
    tops = {field.path[0] for field in fields}
    alike = {name: value for name, value in now.items() if name not in tops}
    return redacted(key.kind, {**alike, **{name: value for name, value in before.items() if name in tops}})


def _came_or_went(
    key: ResourceKey, before: JsonObject | None, now: JsonObject | None, sides: _Sides
) -> tuple[Drifted | None, bool]:
    wanted = sides.desired is not None and key in sides.desired
    if before is not None:
        if sides.desired is not None and not wanted:
            return None, True
        return Drifted(Change(Action.DELETE, key, before=redacted(key.kind, before))), False
    if now is None or key.kind is Kind.GATEWAY:
        return None, False
    if wanted and sides.desired is not None and not _fields(key, sides.desired[key], now):
        return None, True
    return Drifted(Change(Action.CREATE, key, after=redacted(key.kind, now))), False


def _is_pending(key: ResourceKey, sides: _Sides) -> bool:
    """Whether the definitions ask for something that was not applied and is not live either."""
    if sides.desired is None:
        return False
    wanted, before, now = sides.desired.get(key), sides.applied.get(key), sides.live.get(key)
    if wanted is None:
        return now is not None
    if before is None:
        return now is None or bool(_fields(key, now, wanted))
    drifted = {field.path for field in _fields(key, before, now)} if now is not None else set()
    return any(not _touches(field.path, drifted) for field in _fields(key, before, wanted))


def _fields(key: ResourceKey, old: JsonObject | None, new: JsonObject | None) -> tuple[FieldChange, ...]:
    before, after = old or {}, new or {}
    if key.kind is Kind.ROUTE and same_graph(_elements(before), _elements(after)):
        return ()
    return differences(key.kind, before, after)


def _elements(route: JsonObject) -> Any:
    elements: Json = route.get("elements")
    return elements or ()


def _touches(path: tuple[str, ...], others: Collection[tuple[str, ...]]) -> bool:
    """Whether one of `others` is at, above or below `path`."""
    return any(other[: len(path)] == path or path[: len(other)] == other for other in others)
