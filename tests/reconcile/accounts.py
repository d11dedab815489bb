"""Definitions, and the live accounts that they make, for tests of plans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cfaig.definition.model import Chain, Flow, Gateway, Model, RawElements, Route
from cfaig.reconcile.change import Plan, ResourceKey
from cfaig.reconcile.documents import documents
from cfaig.reconcile.owned import Owned
from cfaig.reconcile.plan import make_plan
from cfaig.reconcile.words import describe
from cfaig.secrets import Resolver, is_reference
from cfaig.state.compile import compile_account
from cfaig.state.edge_bindings import secret_fingerprint
from cfaig.state.model import AccountState, EdgeState

STAND_INS = Resolver({}, stand_ins=True)
STORE_ID = "5" * 32
ACCOUNT = "a" * 32
GPT = Model("openai", "gpt-4o", timeout_ms=30_000)
MINI = Model("openai", "gpt-4o-mini")
CLAUDE = Model("anthropic", "claude-sonnet-5")
LAB = Model("ollama-lab", "llama3")


def chain(*models: Model, then: Flow | None = None) -> Chain:
    return Chain(models, then)


def gateway(*routes: Route, **fields: Any) -> Gateway:
    """The gateway `support`."""
    return Gateway("support", routes=routes, **fields)


def chat(flow: Flow | RawElements | None = None, **fields: Any) -> Route:
    """The route `chat`."""
    return Route("chat", flow or chain(GPT, CLAUDE), **fields)


def live(*gateways: Gateway, resolver: Resolver = STAND_INS) -> AccountState:
    """The account after `gateways` were applied: secrets in place of references, the store with an id."""
    state = compile_account(gateways)
    stores = {one.store: STORE_ID for one in state.gateways if one.store}
    return AccountState(
        tuple(
            replace(
                one,
                settings=secrets_for(dict(one.settings) | ({"store_id": STORE_ID} if one.store else {}), resolver),
                provider_keys=tuple(replace(key, key="") for key in one.provider_keys),
                routes=tuple(replace(route, renamed_from=None) for route in one.routes),
                store=None,
                edge=one.edge and deployed(one.edge, one.id, resolver),
            )
            for one in state.gateways
        ),
        tuple(replace(one, settings=secrets_for(one.settings, resolver)) for one in state.custom_providers),
        stores,
    )


def deployed(edge: EdgeState, gateway: str, resolver: Resolver) -> EdgeState:
    """The edge as it is read from the account: its secrets are known by fingerprints only."""
    fingerprints = {
        name: secret_fingerprint(resolver.value(reference, "a test"), f"{gateway}/{edge.worker}/{name}")
        for name, reference in edge.references.items()
    }
    url = f"https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/{gateway}"
    return replace(edge, zone=None, references={}, url=url, fingerprints=fingerprints, domain_id="d")


def secrets_for(value: Any, resolver: Resolver) -> Any:
    """`value` with every secret reference in it replaced by the secret."""
    if isinstance(value, dict):
        return {name: secrets_for(item, resolver) for name, item in value.items()}
    if isinstance(value, list):
        return [secrets_for(item, resolver) for item in value]
    return resolver.value(value, "a test") if isinstance(value, str) and is_reference(value) else value


def owner_of(account: AccountState, **fields: Any) -> Owned:
    """A stack that owns all of a live account."""
    return Owned(keys_of(account), **fields)


def keys_of(account: AccountState) -> frozenset[ResourceKey]:
    return frozenset(documents(account, account, stores_known=True)[1])


def plan_between(old: Gateway | None, new: Gateway | None) -> Plan:
    """The plan from what was applied before to the definition of today."""
    account = live(*([old] if old else []))
    return make_plan(compile_account([new] if new else []), account, owner_of(account), resolver=STAND_INS)


def words_between(old: Gateway | None, new: Gateway | None) -> list[str]:
    """All words of the plan, without headings."""
    return [line for change in plan_between(old, new).changes for line in describe(change)]


def route_words(old: Flow | RawElements | None, new: Flow | RawElements) -> list[str]:
    """The words for a change of one route."""
    before = gateway(chat(old)) if old else gateway()
    return words_between(before, gateway(chat(new)))
