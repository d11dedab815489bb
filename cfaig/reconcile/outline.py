"""A plan as people read it in every format: what ends first, then gateway by gateway, each change with its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.printable import printable
from cfaig.reconcile.amounts import any_value
from cfaig.reconcile.calls import CALLS_ALLOWED, WINDOW_SECONDS, CallForecast
from cfaig.reconcile.change import Action, Change, FieldChange, Kind, Plan, ResourceKey
from cfaig.reconcile.words import describe

NO_CHANGES: Final = "No changes. Cloudflare matches the definitions."
NO_SELECTED_CHANGES: Final = "No changes in what was selected."
UNMANAGED: Final = "Live, but in no definition; left alone:"
REFUSED: Final = "Refused, until it is allowed by name:"
_KINDS: Final[Mapping[Kind, str]] = {
    Kind.STORE: "Secrets Store",
    Kind.CUSTOM_PROVIDER: "custom provider",
    Kind.GATEWAY: "gateway",
    Kind.PROVIDER_KEY: "key",
    Kind.ROUTE: "route",
    Kind.DOMAIN: "domain",
    Kind.EDGE: "edge",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what it is called, and what it means.

    `part` is set for what belongs to the gateway on top of the group. Texts are printable: a name from a live account
    cannot move a cursor.
    """

    change: Change
    kind: str
    name: str
    lines: tuple[str, ...]
    part: bool

    @property
    def heading(self) -> str:
        """The change in a few words."""
        old = self.change.old_name
        told = f"{self.kind} {printable(old)} renamed to {self.name}" if old else f"{self.kind} {self.name}"
        return f"{told}, adopted" if self.change.action is Action.ADOPT else told

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field that differs, by its name in the API."""
        return tuple(printable(field_line(field)) for field in self.change.fields)


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one gateway, or of the whole account (`gateway` is empty then).

    `own` says that the first entry is the gateway itself.
    """

    gateway: str
    entries: tuple[Entry, ...]
    own: bool

    @property
    def ends(self) -> bool:
        """Whether this is about what is deleted."""
        return self.entries[0].change.action is Action.DELETE


def outline(plan: Plan) -> tuple[Group, ...]:
    """The changes in groups, deletions on top."""
    ends = [change for change in plan.changes if change.action is Action.DELETE]
    others = [change for change in plan.changes if change.action is not Action.DELETE]
    return tuple(
        _group(gateway, tuple(changes))
        for part in (ends, others)
        for gateway, changes in groupby(part, key=lambda change: change.key.gateway)
    )


def heading(change: Change) -> str:
    """A change in a few words, without what it means."""
    return Entry(change, _KINDS[change.key.kind], printable(_short_name(change.key)), (), part=False).heading


def _group(gateway: str, changes: tuple[Change, ...]) -> Group:
    own = bool(gateway) and changes[0].key.kind is Kind.GATEWAY
    return Group(printable(gateway), tuple(_entries(gateway, changes, own=own)), own)


def _entries(gateway: str, changes: tuple[Change, ...], *, own: bool) -> Iterator[Entry]:
    for change in changes:
        part = bool(gateway) and change.key.kind is not Kind.GATEWAY
        # What becomes of the parts of a deleted gateway is clear from the gateway's own lines.
        lines = () if part and own and change.action is Action.DELETE else describe(change)
        told = tuple(printable(line) for line in lines)
        yield Entry(change, _KINDS[change.key.kind], printable(_short_name(change.key)), told, part)


def field_line(field: FieldChange) -> str:
    """One field that differs: `cache_ttl: 0 → 60`."""
    return f"{'.'.join(field.path)}: {any_value(field.old)} → {any_value(field.new)}"


def summary(plan: Plan, nothing: str | None = None) -> str:
    """The plan in one line; `nothing` is what to say of an empty one."""
    if plan.empty:
        return nothing or (NO_CHANGES if plan.restriction is None else NO_SELECTED_CHANGES)
    return f"Plan: {', '.join(counts(plan))}."


def counts(plan: Plan) -> tuple[str, ...]:
    """How many changes of each sort: `2 to create` and so on; adoptions only where there are some."""
    adopted = plan.count(Action.ADOPT)
    return (
        f"{plan.count(Action.CREATE)} to create",
        f"{plan.count(Action.UPDATE, Action.RENAME)} to change",
        *([f"{adopted} to adopt"] if adopted else []),
        f"{plan.count(Action.DELETE)} to delete",
    )


def cost(plan: Plan) -> str:
    """What carrying the plan out costs, in one line; empty where there is nothing to apply, or nobody knows."""
    forecast = plan.forecast
    if forecast is None or plan.empty:
        return ""
    told = f"Carrying this out takes about {forecast.calls:,} API calls and {_time(forecast)}"
    if forecast.calls > CALLS_ALLOWED:
        return f"{told}: Cloudflare allows {CALLS_ALLOWED:,} in {WINDOW_SECONDS // 60} minutes."
    return f"{told}."


def _time(forecast: CallForecast) -> str:
    seconds = forecast.seconds
    return f"{seconds} seconds" if seconds < 90 else f"{(seconds + 59) // 60} minutes"


def restricted(plan: Plan) -> tuple[str, ...]:
    """What the plan was restricted to, and what that leaves out or takes along; empty for a whole plan."""
    restriction = plan.restriction
    if restriction is None:
        return ()
    chosen = f"Only {', '.join(restriction.targets)}" if restriction.targets else "Everything"
    without = " but not " if restriction.targets else " but "
    told = f"{chosen}{without}{', '.join(restriction.excludes)}" if restriction.excludes else chosen
    left = restriction.left_out
    rest = f"{left:,} other change{'' if left == 1 else 's'} left out" if left else "no other change is left out"
    return tuple(printable(line) for line in (f"{told}: {rest}.", *restriction.reasons))


def addresses(keys: Iterable[ResourceKey]) -> tuple[str, ...]:
    """The one-line names of resources."""
    return tuple(printable(key.address) for key in keys)


def _short_name(key: ResourceKey) -> str:
    """A provider key as a definition names it, without the alias that needs no saying."""
    if key.kind is not Kind.PROVIDER_KEY:
        return key.name
    return key.name.removeprefix(CUSTOM_PREFIX).removesuffix(":default")
