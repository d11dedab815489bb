"""Generated definitions: hypothesis strategies for whole `Gateway` values and their parts.

Everything drawn is valid and in the order that compiling gives (routes, keys, rules and domains by name), so that
`decompile_gateway(compile_gateway(g))` can be compared with `g` itself. Raw graphs share elements between branches,
which is what the short forms cannot say.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from cfaig.definition.catalog import CUSTOM_PREFIX, GUARDRAIL_CATEGORIES, PROVIDER_SLUGS
from cfaig.definition.model import (
    Cache,
    Chain,
    CustomProvider,
    Dlp,
    DlpPolicy,
    Flow,
    Gateway,
    Guardrails,
    If,
    Limit,
    Logging,
    Model,
    OtelExporter,
    ProviderKey,
    RateLimit,
    RawElements,
    Retries,
    Route,
    SpendLimits,
    SpendRule,
    Split,
    Stripe,
)
from cfaig.json_types import JsonObject

# Whole gateways take a while to draw, and machines are busy; importing this module says so for all property tests.
# They draw the same each time, so that a change is judged by what it changes. CFAIG_EXPLORE=1 draws anew, as
# `python -m tests.fuzz` does.
settings.register_profile(
    "cfaig",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=not os.environ.get("CFAIG_EXPLORE"),
)
settings.load_profile("cfaig")

MONTH = 30 * 24 * 3600
KNOWN = tuple(sorted(PROVIDER_SLUGS))
USED = ("anthropic", "google-ai-studio", "openai", "openrouter", "workers-ai")
CUSTOM_SLUGS = ("lab", "ollama-lab")
MODELS = [
    "gpt-4o",
    "gpt-4o-mini",
    "openai/gpt-4o",
    "claude-sonnet-5",
    "@cf/meta/llama-3.1-8b-instruct",
    "llama3.1:8b",
]

names = st.from_regex(r"[a-z0-9](?:-?[a-z0-9]){0,15}", fullmatch=True)
"""Lower-kebab names that are good for gateways, routes, slugs and aliases alike."""

secret_references = st.from_regex(
    r"env://[A-Z][A-Z0-9_]{0,20}|vault://kv(?:/[a-z0-9_-]{1,8}){1,2}#[a-z0-9_-]{1,8}|pulumi://(?:[a-z]{1,5}:)?[a-z0-9_.-]{1,9}",
    fullmatch=True,
)
sentences = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=40).map(
    lambda text: text.strip() or "text"
)
model_names = st.one_of(st.sampled_from(MODELS), st.from_regex(r"[a-z0-9][a-z0-9@/:._-]{0,30}", fullmatch=True))
hostnames = st.from_regex(r"[a-z]{1,10}\.[a-z]{1,10}\.(?:com|dev)", fullmatch=True)
urls = st.builds(lambda host, path: f"https://{host}{path}", hostnames, st.sampled_from(["", "/v2", "/otel/traces"]))
techniques: SearchStrategy[Any] = st.sampled_from(["fixed", "sliding"])
guard_actions: SearchStrategy[Any] = st.sampled_from(["flag", "block"])
dollars = st.decimals(Decimal("0.01"), Decimal(100_000), places=2)


@lru_cache
def models(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[Model]:
    """One model of one of `providers`."""
    timeouts = st.one_of(st.just(0), st.integers(1, 120_000))
    return st.builds(Model, st.sampled_from(sorted(providers)), model_names, timeouts, st.integers(0, 5))


def conditions() -> SearchStrategy[JsonObject]:
    """Conditions in the API's Mongo-like form."""
    field = st.sampled_from(["metadata.plan", "metadata.user_id", "metadata.region"])
    value = st.one_of(st.sampled_from(["paid", "free", "eu"]), st.integers(0, 9), st.booleans())
    test: SearchStrategy[Any] = st.one_of(
        st.builds(lambda op, operand: {op: operand}, st.sampled_from(["$eq", "$ne"]), value),
        st.builds(lambda operands: {"$in": operands}, st.lists(value, min_size=1, max_size=3)),
    )
    simple: SearchStrategy[Any] = st.dictionaries(field, test, min_size=1, max_size=2)
    joined: SearchStrategy[Any] = st.builds(
        lambda op, parts: {op: parts}, st.sampled_from(["$and", "$or"]), st.lists(simple, min_size=1, max_size=3)
    )
    return st.one_of(simple, joined)


@st.composite
def shares(draw: DrawFn) -> tuple[Decimal, ...]:
    """Two to five shares above 0 that add up to exactly 100; equal ones may occur."""
    scale = draw(st.sampled_from([1, 10]))
    cuts = sorted(draw(st.sets(st.integers(1, 100 * scale - 1), min_size=1, max_size=4)))
    ends = [*cuts, 100 * scale]
    return tuple(Decimal(end - start) / scale for start, end in zip([0, *cuts], ends, strict=True))


@lru_cache
def flows(providers: tuple[str, ...] = KNOWN, depth: int = 2) -> SearchStrategy[Flow]:
    """Flows nested up to `depth` forms deep below the first."""
    if depth == 0:
        return chains(providers)
    return st.one_of(chains(providers, branching(providers, depth - 1)), branching(providers, depth))


@st.composite
def _below(draw: DrawFn, providers: tuple[str, ...], depth: int, may_end: bool) -> Flow:
    if may_end and draw(st.integers(0, 4)) == 0:
        return Chain(())
    return draw(flows(providers, max(depth - 1, 0)))


@lru_cache
def chains(providers: tuple[str, ...] = KNOWN, then: SearchStrategy[Flow] | None = None) -> SearchStrategy[Flow]:
    """Chains of one to four models; `then` is never a chain, because that would be the same chain."""
    after: SearchStrategy[Flow | None] = st.none() if then is None else st.one_of(st.none(), then)
    return st.builds(Chain, st.lists(models(providers), min_size=1, max_size=4).map(tuple), after)


@lru_cache
def branching(providers: tuple[str, ...] = KNOWN, depth: int = 1) -> SearchStrategy[Flow]:
    """If, Limit and Split with up to `depth` forms in their branches; a branch may end at once (an empty chain)."""
    below, other = (_below(providers, depth, may_end) for may_end in (False, True))
    keys = st.sampled_from(["metadata.user_id", "metadata.team"])
    periods = st.integers(1, MONTH)
    counts = st.integers(1, 10_000).map(Decimal)
    return st.one_of(
        st.builds(If, conditions(), below, other),
        st.builds(Limit, keys, counts, st.just("count"), periods, other, st.none() | below),
        st.builds(Limit, keys, dollars, st.just("cost"), periods, other, st.none() | below),
        splits(other),
    )


@st.composite
def splits(draw: DrawFn, below: SearchStrategy[Flow]) -> Split:
    """Splits of two to five shares."""
    return Split(tuple((share, draw(below)) for share in draw(shares())))


def wire_providers(providers: Sequence[str]) -> list[str]:
    """The wire slugs of `providers`, for raw elements."""
    return [name if name in PROVIDER_SLUGS else CUSTOM_PREFIX + name for name in providers]


@st.composite
def graphs(draw: DrawFn, providers: tuple[str, ...] = KNOWN) -> tuple[JsonObject, ...]:
    """Valid graphs in wire form whose branches may share elements; providers are wire slugs."""
    order = [f"n{index}" for index in range(draw(st.integers(1, 6)))]
    elements: list[JsonObject] = []
    wanted = {"n0"}
    for index, name in enumerate(order):
        if name not in wanted:
            continue
        kind, properties, outputs = draw(_bare_elements(providers))
        targets = {output: draw(st.sampled_from([*order[index + 1 :], "stop"])) for output in outputs}
        wanted.update(targets.values())
        wired: dict[str, Any] = {output: {"elementId": target} for output, target in targets.items()}
        element: dict[str, Any] = {"id": name, "type": kind, "outputs": wired}
        elements.append({**element, "properties": properties} if properties else element)
    start: JsonObject = {"id": "begin", "type": "start", "outputs": {"next": {"elementId": "n0"}}}
    end: JsonObject = {"id": "stop", "type": "end", "outputs": {}}
    return (start, *draw(st.permutations([*elements, end])))


@lru_cache
def _bare_elements(providers: tuple[str, ...]) -> SearchStrategy[tuple[str, dict[str, Any], tuple[str, ...]]]:
    """Type, properties and the names of the outputs."""
    model = models(providers).map(
        lambda m: {"provider": m.provider, "model": m.model, "timeout": m.timeout_ms, "retries": m.retries}
    )
    rate = st.builds(
        lambda limit, window: {"key": "metadata.user_id", "limit": limit, "limitType": "count", "window": window},
        st.integers(1, 1000),
        st.integers(1, MONTH),
    )
    two_shares = st.integers(1, 49).map(lambda cut: (f"{cut}%", f"{100 - cut}%"))
    answers = st.just(("success", "fallback"))
    empty: dict[str, Any] = {}
    return st.one_of(
        st.tuples(st.just("model"), model, answers),
        st.tuples(st.just("rate"), rate, answers),
        st.tuples(st.just("conditional"), conditions().map(lambda c: {"conditions": c}), st.just(("true", "false"))),
        st.tuples(st.just("percentage"), st.just(empty), two_shares),
    )


@lru_cache
def routes(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[Route]:
    """A route of any form."""
    raw: SearchStrategy[Any] = graphs(tuple(wire_providers(providers))).map(RawElements)
    flow = st.one_of(flows(providers), flows(providers), raw)
    return st.builds(Route, names, flow, st.none() | names.map(lambda name: f"old-{name}"))


caches = st.builds(Cache, st.one_of(st.just(0), st.integers(60, MONTH)), st.booleans())
rate_limits = st.one_of(
    st.just(RateLimit()), st.builds(RateLimit, st.integers(1, 10_000), st.integers(1, 86_400), techniques)
)
retries = st.builds(
    Retries,
    st.none() | st.integers(1, 5),
    st.none() | st.integers(0, 60_000),
    st.none() | st.sampled_from(["constant", "linear", "exponential"]),
)


loggings = st.builds(
    Logging,
    st.booleans(),
    st.integers(10_000, 10_000_000),
    st.sampled_from(["delete_oldest", "stop_inserting"]),
    st.booleans(),
    st.booleans(),
    st.none() | st.from_regex(r"[A-Za-z0-9+/]{16,40}", fullmatch=True),
).filter(lambda logging: logging.collect or not logging.classification)


@lru_cache
def spend_limits(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[SpendLimits]:
    """Spend limits with up to three rules, in the order of their ids."""
    values = st.lists(names, min_size=1, max_size=2, unique=True).map(tuple)
    rule = st.builds(
        SpendRule,
        id=names.filter(lambda name: name != "6fb25042"),
        cost=dollars,
        per=st.integers(1, MONTH),
        technique=techniques,
        enabled=st.booleans(),
        models=st.just(()) | values,
        providers=st.just(()) | st.sampled_from(providers).map(lambda name: (name,)),
        metadata=st.dictionaries(names, st.none() | values, max_size=2),
    )
    rules = st.lists(rule, max_size=3, unique_by=lambda item: item.id)
    return st.builds(SpendLimits, st.booleans(), rules.map(lambda items: tuple(sorted(items, key=lambda i: i.id))))


guardrails = st.builds(
    Guardrails,
    st.dictionaries(st.sampled_from(sorted(GUARDRAIL_CATEGORIES)), guard_actions, max_size=3),
    st.dictionaries(st.sampled_from(sorted(GUARDRAIL_CATEGORIES)), guard_actions, max_size=3),
)
profiles = st.lists(names, min_size=1, max_size=3, unique=True).map(tuple)
checks: SearchStrategy[Any] = st.sampled_from([("request",), ("response",), ("request", "response")])
dlp_policies = st.builds(DlpPolicy, names, profiles, guard_actions, checks, st.booleans())
dlps = st.one_of(
    st.just(Dlp()),
    st.builds(Dlp, st.booleans(), guard_actions, profiles),
    st.builds(
        Dlp,
        st.booleans(),
        policies=st.lists(dlp_policies, min_size=1, max_size=3, unique_by=lambda policy: policy.id).map(tuple),
    ),
)
header_maps = st.dictionaries(st.from_regex(r"x-[a-z]{1,8}", fullmatch=True), secret_references | names, max_size=2)
otel_exporters: SearchStrategy[OtelExporter] = st.builds(
    OtelExporter, urls, header_maps, st.none() | secret_references, st.sampled_from(["json", "protobuf"])
)
stripes = st.builds(
    Stripe, secret_references, st.lists(names.map(lambda name: f'{{"event_name": "{name}"}}'), max_size=2).map(tuple)
)
custom_providers = st.builds(
    CustomProvider,
    slug=st.sampled_from(CUSTOM_SLUGS),
    base_url=hostnames.map(lambda host: f"https://{host}"),
    name=sentences,
    description=st.none() | sentences,
    link=st.none() | urls,
    enabled=st.booleans(),
    beta=st.booleans(),
    headers=header_maps,
    curl_example=st.none() | sentences,
    js_example=st.none() | sentences,
    position=st.none() | st.integers(0, 100),
)


key_limits = st.none() | st.builds(RateLimit, st.integers(1, 1000), st.integers(1, 3600))
second_aliases = st.none() | names.filter(lambda name: name != "default")


@lru_cache
def provider_keys(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[tuple[ProviderKey, ...]]:
    """Keys of up to three providers, one of each provider the default, in the order of wire slug and alias."""
    wire = dict(zip(providers, wire_providers(providers), strict=True))
    slots = st.tuples(st.sampled_from(providers), second_aliases, secret_references, key_limits)

    def arrange(chosen: list[tuple[str, str | None, str, RateLimit | None]]) -> tuple[ProviderKey, ...]:
        keys = [ProviderKey(provider, key, "default", True, limit) for provider, _, key, limit in chosen]
        keys += [ProviderKey(provider, key, alias, False) for provider, alias, key, _ in chosen if alias]
        return tuple(sorted(keys, key=lambda key: (wire[key.provider], key.alias)))

    return st.lists(slots, max_size=3, unique_by=lambda slot: slot[0]).map(arrange)


stores = st.one_of(
    st.none(), st.from_regex(r"[0-9a-f]{32}", fullmatch=True), names.map(lambda name: f"{name[:12]}-store")
)


def gateways() -> SearchStrategy[Gateway]:
    """A whole gateway with every part."""
    customs = st.lists(custom_providers, max_size=2, unique_by=lambda provider: provider.slug)
    return customs.map(lambda items: tuple(sorted(items, key=lambda item: item.slug))).flatmap(_gateways_with)


def _gateways_with(customs: tuple[CustomProvider, ...]) -> SearchStrategy[Gateway]:
    parts = _parts((*USED, *(provider.slug for provider in customs)))
    return parts.map(lambda fields: Gateway(custom_providers=customs, **fields))


@lru_cache
def _parts(providers: tuple[str, ...]) -> SearchStrategy[dict[str, Any]]:
    listed = st.lists(routes(providers), max_size=3, unique_by=lambda route: route.name)
    return st.fixed_dictionaries(
        {
            "id": names,
            "description": st.none() | sentences,
            "labels": st.dictionaries(names, names, max_size=2),
            "protect": st.booleans(),
            "allow": st.lists(names.map(lambda name: f"delete:route/x/{name}"), max_size=1).map(tuple),
            "authentication": st.booleans(),
            "byok_only": st.booleans(),
            "zero_data_retention": st.booleans(),
            "workers_ai_billing": st.sampled_from(["postpaid", "unified"]),
            "store": stores,
            "cache": caches,
            "rate_limit": rate_limits,
            "retries": retries,
            "logging": loggings,
            "spend_limits": spend_limits(providers),
            "guardrails": guardrails,
            "dlp": dlps,
            "otel": st.lists(otel_exporters, max_size=2).map(tuple),
            "stripe": st.none() | stripes,
            "provider_keys": provider_keys(providers),
            "domains": st.sets(hostnames, max_size=2).map(lambda hosts: tuple(sorted(hosts))),
            "routes": listed.map(lambda items: tuple(sorted(items, key=lambda route: route.name))),
        }
    )
