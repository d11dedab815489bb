"""The plan: desired state against live state, for the resources that the stack owns or is to own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.printable import first_few
from cfaig.reconcile.change import HIDDEN, Action, Change, FieldChange, Kind, Plan, ResourceKey
from cfaig.reconcile.compare import differences, redacted, with_secrets
from cfaig.reconcile.documents import (
    Documents,
    documents,
    edge_fingerprints,
    edge_references,
    former_names,
    key_references,
)
from cfaig.reconcile.edge_secrets import EdgeSecrets
from cfaig.reconcile.edges import SECRETS
from cfaig.reconcile.owned import Owned, key_matches
from cfaig.secrets import Resolver, is_reference
from cfaig.state.graph import same_graph
from cfaig.state.model import AccountState

_KIND_ORDER = {kind: index for index, kind in enumerate(Kind)}
_FEW = 3
_MANY = 10
_NEW_KEY = FieldChange(("key",), HIDDEN, HIDDEN, secret=True)
STATE_UNKNOWN = "the stack's state was not read: what is live counts as its own, and nothing is deleted"


def make_plan(
    desired: AccountState,
    live: AccountState,
    owned: Owned,
    *,
    resolver: Resolver | None = None,
    stores_known: bool = True,
    only: Collection[ResourceKey] | None = None,
) -> Plan:
    """What apply would do to bring `live` to `desired`; with `only`, to the resources of these keys.

    Desired and not live is created; live and different is updated; live, owned and not desired is deleted; live, not
    owned and desired is adopted; live and neither is unmanaged, and left alone. `resolver` gives the values of secret
    references: without it, and where a value is missing (a warning tells which), a secret counts as unchanged. With
    `stores_known` false the Secrets Stores in `live` say nothing, and stores are not compared.
    """
    wanted, found = documents(desired, live, stores_known=stores_known)
    if not stores_known:
        owned = replace(owned, resources=frozenset(key for key in owned.resources if key.kind is not Kind.STORE))
    former = former_names(desired)
    if only is not None:
        wanted, found, owned = _restricted(wanted, found, owned, former, only)
    renamed = _rename(wanted, found, former)
    unread: dict[str, list[ResourceKey]] = {}
    secrets = EdgeSecrets(edge_references(desired), edge_fingerprints(live))
    comparison = _Comparison(owned, former, renamed, key_references(desired), secrets, resolver, unread)
    kept = [comparison.step(key, wanted[key], found.get(key)) for key in sorted(wanted, key=_order)]
    gone = _no_longer_wanted(wanted, found, owned)
    deletes = [comparison.delete(key, found[key]) for key in gone]
    changes = (*deletes, *(change for change in kept if change))
    unmanaged = _unmanaged(wanted, found, owned)
    return Plan(
        changes=changes,
        notes=(
            *_rename_hints(changes),
            *_gone(wanted, found, owned, former),
            *_unfinished(wanted, found, owned),
            *_unknown_keys(wanted, found, owned, key_references(desired)),
            *(() if owned.known else (STATE_UNKNOWN,)),
        ),
        warnings=(*_taken_along(deletes, unmanaged), *_unread_secrets(unread)),
        unmanaged=tuple(key for key in unmanaged if not _within(key, gone)),
    )


def _restricted(
    wanted: Documents,
    found: Documents,
    owned: Owned,
    former: Mapping[ResourceKey, ResourceKey],
    only: Collection[ResourceKey],
) -> tuple[Documents, Documents, Owned]:
    """Both sides and the stack without what is not to be touched; old names of renamed routes go with the new ones."""
    kept = {*only, *(former[key] for key in only if key in former)}
    strange = {key for key in found if key not in wanted and key not in owned.resources and _within(key, kept)}
    return (
        {key: document for key, document in wanted.items() if key in kept},
        {key: document for key, document in found.items() if key in kept or key in strange},
        replace(owned, resources=owned.resources & kept),
    )


def _order(key: ResourceKey) -> tuple[str, int, str]:
    return key.gateway, _KIND_ORDER[key.kind], key.name


def _rename(
    wanted: Documents, found: Documents, former: Mapping[ResourceKey, ResourceKey]
) -> dict[ResourceKey, ResourceKey]:
    """Move each live route that is to be renamed to its new name in `found`; new names and old."""
    renamed: dict[ResourceKey, ResourceKey] = {}
    for new, old in former.items():
        if old in found and new not in found and old not in wanted:
            found[new] = found.pop(old)
            renamed[new] = old
    return renamed


def _no_longer_wanted(wanted: Documents, found: Documents, owned: Owned) -> list[ResourceKey]:
    """What is to be deleted; what belongs to the whole account goes last, as it came first."""
    # A store that a definition names by its id is no resource of the program, and is still needed.
    used = {ResourceKey.of_store(str(held["store"])) for key, held in wanted.items() if key.kind is Kind.GATEWAY}
    needed = wanted.keys() | used
    gone = [key for key in found if owned.known and key in owned.resources and key not in needed]
    return sorted(gone, key=lambda key: (not key.gateway, _order(key)))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What comparing one resource needs besides its two sides; `unread` collects secrets that cannot be read."""

    owned: Owned
    former: Mapping[ResourceKey, ResourceKey]
    renamed: Mapping[ResourceKey, ResourceKey]
    references: Mapping[ResourceKey, str]
    edge_secrets: EdgeSecrets
    resolver: Resolver | None
    unread: dict[str, list[ResourceKey]]

    def step(self, key: ResourceKey, wanted: JsonObject, live: JsonObject | None) -> Change | None:
        """The change that a desired resource needs, if any."""
        if live is None:
            self._resolved(key, wanted, {})  # only to tell which secrets apply would miss
            if key.kind is Kind.PROVIDER_KEY:
                self._value(key, self.references[key])
            for reference in self.edge_secrets.of(key):
                self._value(key, reference)
            return Change(Action.CREATE, key, after=self._shown(key, wanted))
        owns = self.owned.owns(key) or self.former.get(key) in self.owned.resources or key.kind is Kind.STORE
        fields = self._differences(key, wanted, live, owns=owns)
        old = self.renamed.get(key)
        if owns and not fields and not old:
            return None
        changed = Action.RENAME if old else Action.UPDATE
        return Change(
            changed if owns else Action.ADOPT,
            key,
            before=redacted(key.kind, live),
            after=self._shown(key, wanted),
            fields=fields,
            old_name=old.name if old else None,
        )

    def delete(self, key: ResourceKey, live: JsonObject) -> Change:
        """The end of an owned resource that no definition asks for any more."""
        return Change(Action.DELETE, key, before=redacted(key.kind, live), protected=key in self.owned.protected)

    def _shown(self, key: ResourceKey, wanted: JsonObject) -> JsonObject:
        shown = redacted(key.kind, wanted)
        if key.kind is Kind.PROVIDER_KEY:
            return {**shown, "key": _told(self.references.get(key, ""))}
        if key.kind is Kind.EDGE:
            references = self.edge_secrets.references.get(key, {})
            return {**shown, SECRETS: {name: _told(references[name]) for name in sorted(references)}}
        return shown

    def _differences(
        self, key: ResourceKey, wanted: JsonObject, live: JsonObject, *, owns: bool
    ) -> tuple[FieldChange, ...]:
        if key.kind is Kind.ROUTE:
            return () if _same_route(live, wanted) else differences(key.kind, live, wanted)
        fields = differences(key.kind, live, self._resolved(key, wanted, live))
        if key.kind is Kind.EDGE:
            changed = self.edge_secrets.changed(key, live, lambda reference: self._value(key, reference))
            return tuple(sorted((*fields, *changed), key=lambda field: field.path))
        return (*fields, _NEW_KEY) if key.kind is Kind.PROVIDER_KEY and self._key_differs(key, owns=owns) else fields

    def _key_differs(self, key: ResourceKey, *, owns: bool) -> bool:
        """Whether the key is another one than the one last written; an adopted one is always written again."""
        fingerprint, value = self.owned.key_fingerprints.get(key), self._value(key, self.references[key])
        if fingerprint is None or self.resolver is None:
            return not owns
        return value is not None and not key_matches(fingerprint, value)

    def _resolved(self, key: ResourceKey, wanted: JsonObject, live: JsonObject) -> JsonObject:
        resolved, problems = with_secrets(key.kind, wanted, live, self.resolver)
        for problem in problems:
            self._cannot_read(key, problem)
        return resolved

    def _value(self, key: ResourceKey, reference: str) -> str | None:
        """The value of a secret of `key`; None where this machine has none."""
        if self.resolver is None:
            return None
        try:
            return self.resolver.value(reference)
        except CfaigError as error:
            self._cannot_read(key, error.message)
            return None

    def _cannot_read(self, key: ResourceKey, problem: str) -> None:
        keys = self.unread.setdefault(problem, [])
        if key not in keys:
            keys.append(key)


def _told(reference: str) -> str:
    return reference if is_reference(reference) else HIDDEN


def _unmanaged(wanted: Documents, found: Documents, owned: Owned) -> list[ResourceKey]:
    """What is live and nobody's; parts of an unmanaged gateway go without saying."""
    strange = {key for key in found if key not in wanted and key not in owned.resources and key.kind is not Kind.STORE}
    return sorted((key for key in strange if not _within(key, strange)), key=_order)


def _within(key: ResourceKey, gateways: Iterable[ResourceKey]) -> bool:
    """Whether `key` is a part of one of `gateways`."""
    return key.kind is not Kind.GATEWAY and key.gateway != "" and ResourceKey.of_gateway(key.gateway) in gateways


def _taken_along(deletes: Iterable[Change], unmanaged: Iterable[ResourceKey]) -> Iterator[str]:
    for change in deletes:
        if change.key.kind is Kind.GATEWAY:
            parts = [key.address for key in unmanaged if key.gateway == change.key.gateway]
            if parts:
                yield f"deleting {change.key.address} also ends what cfaig does not own there: {', '.join(parts)}"


def _unread_secrets(unread: Mapping[str, Sequence[ResourceKey]]) -> Iterator[str]:
    """Secrets that this machine has not, each once."""
    for problem, keys in unread.items():
        told = first_few([key.address for key in keys], _FEW)
        yield f"{problem} (for {told}): it cannot be compared and counts as unchanged; apply needs it"


def _gone(
    wanted: Documents, found: Documents, owned: Owned, former: Mapping[ResourceKey, ResourceKey]
) -> Iterator[str]:
    """What the stack owns and is not there any more, deleted by somebody else."""
    missing = {key for key in owned.resources if key not in found and key not in former.values()}
    for key in sorted(missing, key=_order):
        if not _within(key, missing):
            then = "apply makes it again" if key in wanted else "apply only forgets it"
            yield f"{key.address} was deleted outside cfaig: {then}"


def _unfinished(wanted: Documents, found: Documents, owned: Owned) -> Iterator[str]:
    """What a run was making when the stack was written last: nobody has heard that it was made."""
    keys = sorted(owned.unfinished & wanted.keys(), key=_order)
    there = [key.address for key in keys if key in found]
    missing = [key.address for key in keys if key not in found]
    for addresses, one, several in (
        (there, "it is there, and apply takes it in", "they are there, and apply takes them in"),
        (missing, "it is not there, and apply makes it", "they are not there, and apply makes them"),
    ):
        if len(addresses) > _MANY:
            yield f"{first_few(addresses, _FEW)} were being made by a run that was killed, or goes on still; {several}"
        else:
            yield from (
                f"{address} was being made by a run that was killed, or goes on still; {one}" for address in addresses
            )


def _unknown_keys(
    wanted: Documents, found: Documents, owned: Owned, references: Mapping[ResourceKey, str]
) -> Iterator[str]:
    """Secrets that were imported: nobody can tell whether they are the ones that the definitions mean."""
    for key in sorted(owned.unknown_keys & wanted.keys() & found.keys(), key=_order):
        if key.kind is Kind.EDGE:
            yield f"{key.address}: Cloudflare does not give its secrets back; the next apply writes them again"
            continue
        yield (
            f"{key.address}: which key Cloudflare holds is not known, for it never gives one back; "
            f"the next apply writes the one of {references[key]}"
        )


def _rename_hints(changes: Iterable[Change]) -> Iterator[str]:
    routes = [change for change in changes if change.key.kind is Kind.ROUTE]
    for new in (change for change in routes if change.action is Action.CREATE):
        for old in (change for change in routes if change.action is Action.DELETE):
            if old.key.gateway == new.key.gateway and _same_route(old.before or {}, new.after or {}):
                yield (
                    f"{new.key.address} does what the deleted {old.key.address} did: "
                    f"if this is a rename, write “renamed_from: {old.key.name}” and it keeps its id and history"
                )


def _same_route(first: JsonObject, second: JsonObject) -> bool:
    graphs: list[Any] = [route.get("elements") or () for route in (first, second)]
    return same_graph(*graphs)
