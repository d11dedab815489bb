"""What a plan was made from, as digests: enough to tell later that something has changed, and what."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final, TypeAlias

from cfaig.definition.model import Safety
from cfaig.errors import CfaigError
from cfaig.json_types import JsonObject
from cfaig.reconcile.change import Change, Kind, Plan, ResourceKey
from cfaig.reconcile.compare import redacted
from cfaig.reconcile.digests import Digests
from cfaig.reconcile.documents import documents, former_names
from cfaig.reconcile.edges import edge_document
from cfaig.secrets import Resolver, is_reference
from cfaig.state.model import AccountState, GatewayState, ProviderKeyState

Table: TypeAlias = Mapping[str, Mapping[str, str]]
"""Digests by the address of a resource and the name of its field."""

SAFETY: Final = "safety"
STORES: Final = "secrets_stores"


@dataclass(frozen=True, slots=True)
class Basis:
    """The digests of everything that a plan was made from, and of its changes.

    `definitions` is the desired state, `live` what the plan looked at in the account, `stack` what the stack remembers,
    `secrets` the values that references point to, `changes` each planned change by the address of its resource.
    """

    definitions: Table = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    live: Table = field(default_factory=dict)
    stack: Table = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """What a plan was made from.

    `safety` are the project's safety limits, `remembered` what the stack holds of each resource (secrets sealed);
    `stores_known` says whether the token could list the Secrets Stores.
    """

    desired: AccountState
    safety: Safety
    resolver: Resolver
    live: AccountState
    stores_known: bool
    remembered: Mapping[ResourceKey, JsonObject]
    plan: Plan


def basis_of(seen: Seen, salt: str) -> Basis:
    """The digests of what was seen; a plan that is restricted to some resources is about these only."""
    digests = Digests(salt)
    restriction = seen.plan.restriction
    keys = None if restriction is None else restriction.keys
    definitions = {
        key: document for key, document in _definitions(seen.desired, digests) if keys is None or key in keys
    }
    stack = {key: document for key, document in seen.remembered.items() if keys is None or key in keys}
    live = dict(_live(seen, digests, keys))
    return Basis(
        definitions=_table(digests, definitions) | {SAFETY: _fields(digests, asdict(seen.safety))},
        secrets=_secrets(digests, seen.desired, seen.resolver),
        live=_table(digests, live) | {STORES: {"readable": digests.of(seen.stores_known)}},
        stack=_table(digests, stack),
        changes=change_digests(seen.plan, salt),
    )


def change_digests(plan: Plan, salt: str) -> Mapping[str, str]:
    """Each planned change, words aside: other words for it make it no other change."""
    digests = Digests(salt)
    return {change.key.address: digests.of(_told(change)) for change in plan.changes}


def differences(then: Basis, now: Basis) -> tuple[str, ...]:
    """What has changed between two bases with the same salt, one line for each resource; nothing when they agree."""
    return (
        *_table_differences("the definition of", then.definitions, now.definitions),
        *_secret_differences(then.secrets, now.secrets),
        *_table_differences("live state of", then.live, now.live),
        *_table_differences("the stack's record of", then.stack, now.stack),
        *_change_differences(then.changes, now.changes),
    )


def _table(digests: Digests, documents: Mapping[ResourceKey, JsonObject]) -> dict[str, Mapping[str, str]]:
    ordered = sorted(documents, key=lambda key: key.address)
    return {key.address: _fields(digests, documents[key]) for key in ordered}


def _fields(digests: Digests, document: JsonObject) -> dict[str, str]:
    return {name: digests.of(document[name]) for name in sorted(document)}


def _definitions(desired: AccountState, digests: Digests) -> Iterator[tuple[ResourceKey, JsonObject]]:
    """What the definitions ask for, also what Cloudflare has no place for."""
    for provider in desired.custom_providers:
        settings = redacted(Kind.CUSTOM_PROVIDER, provider.settings, cover=digests.of_secret)
        yield ResourceKey.of_custom_provider(provider.slug), settings
    for gateway in desired.gateways:
        settings = redacted(Kind.GATEWAY, gateway.settings, cover=digests.of_secret)
        yield ResourceKey.of_gateway(gateway.id), {**settings, **_own(gateway)}
        for route in gateway.routes:
            document: JsonObject = {"elements": route.elements, "renamed_from": route.renamed_from}
            yield ResourceKey.of_route(gateway.id, route.name), document
        for key in gateway.provider_keys:
            yield ResourceKey.of_provider_key(gateway.id, key.provider, key.alias), _key(key)
        for hostname in gateway.domains:
            yield ResourceKey.of_domain(gateway.id, hostname), {}
        for edge in gateway.edges:
            said: JsonObject = {"zone": edge.zone, "references": edge.references}
            yield ResourceKey.of_edge(gateway.id, edge.worker), {**edge_document(edge), **said}


def _own(gateway: GatewayState) -> JsonObject:
    own = gateway.management
    return {
        "description": own.description,
        "labels": own.labels,
        "protect": own.protect,
        "allow": own.allow,
        "store": gateway.store,
    }


def _key(key: ProviderKeyState) -> JsonObject:
    return {
        "key": key.key,
        "default": key.default,
        "rate_limit": key.rate_limit,
        "rate_limit_period": key.rate_limit_period,
    }


def _live(
    seen: Seen, digests: Digests, keys: Collection[ResourceKey] | None
) -> Iterator[tuple[ResourceKey, JsonObject]]:
    """What the plan looked at: what is desired or owned, and what nobody owns in a gateway that is.

    With `keys` the plan is restricted to these. Routes that are to be renamed have their old names.
    """
    wanted, found = documents(seen.desired, seen.live, stores_known=True)
    named = wanted.keys() | seen.remembered.keys() | set(former_names(seen.desired).values())
    meant = named if keys is None else {*keys, *(old for new, old in former_names(seen.desired).items() if new in keys)}
    gateways = {key.gateway for key in meant if key.kind is Kind.GATEWAY}
    for key, document in found.items():
        if key in meant or (key not in named and key.gateway in gateways):
            yield key, redacted(key.kind, document, cover=digests.of_secret)


def _secrets(digests: Digests, desired: AccountState, resolver: Resolver) -> Mapping[str, str]:
    """The values that the definitions' secret references point to; an empty text where there is none."""
    found: dict[str, str] = {}
    for reference in sorted(set(_references(desired))):
        try:
            found[reference] = digests.of_secret(resolver.value(reference, "a saved plan"))
        except CfaigError:
            found[reference] = ""
    return found


def _references(desired: AccountState) -> Iterator[str]:
    for provider in desired.custom_providers:
        yield from _texts(provider.settings)
    for gateway in desired.gateways:
        yield from _texts(gateway.settings)
        yield from (key.key for key in gateway.provider_keys if is_reference(key.key))
        yield from (reference for edge in gateway.edges for reference in edge.references.values())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, str):
        if is_reference(value):
            yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def _told(change: Change) -> JsonObject:
    return {
        "action": change.action.value,
        "old_name": change.old_name,
        "before": change.before,
        "after": change.after,
        "fields": [[field.path, field.old, field.new, field.secret] for field in change.fields],
    }


def _table_differences(what: str, then: Table, now: Table) -> Iterator[str]:
    for address in sorted({*then, *now}):
        old, new = then.get(address), now.get(address)
        if address == STORES and old != new:
            yield "the token may list the account's Secrets Stores now and might not then, or the other way round"
        elif old is None:
            yield f"{what} {_called(address)} is there now, and was not"
        elif new is None:
            yield f"{what} {_called(address)} was there, and is gone"
        elif changed := sorted(name for name in {*old, *new} if old.get(name) != new.get(name)):
            yield f"{what} {_called(address)} has changed: {', '.join(changed)}"


def _called(address: str) -> str:
    """An address as words: `route support/chat`."""
    kind, _, name = address.partition("/")
    return f"{kind.replace('_', ' ')} {name}" if name else kind


def _secret_differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for reference in sorted({*then, *now}):
        if then.get(reference) != now.get(reference):
            yield f"the secret of {reference} is another one now"


def _change_differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for address in sorted({*then, *now}):
        old, new = then.get(address), now.get(address)
        if old is None:
            yield f"a change of {_called(address)} is needed now, and was not planned"
        elif new is None:
            yield f"the planned change of {_called(address)} is not needed any more"
        elif old != new:
            yield f"the planned change of {_called(address)} is another one now"
