"""Generated sections `edge`: hypothesis strategies for whole `Edge` values and their rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from cfaig.definition.model import Gateway, Retries
from cfaig.definition.model_edge import (
    Access,
    Auth,
    Cors,
    Edge,
    EdgeKey,
    Match,
    Queue,
    Reject,
    Rewrite,
    Rule,
    RuleCache,
)
from tests.strategies import KNOWN, MONTH, USED, gateways, hostnames, model_names, names, secret_references

header_names = st.from_regex(r"x-[a-z]{1,8}", fullmatch=True)
token_hashes = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
words = st.from_regex(r"[!-~]{1,20}", fullmatch=True)
rule_names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 _.@/-]{0,20}", fullmatch=True)
body_fields = st.sampled_from(["model", "messages", "messages.-1.role", "a.b.0", "/a~1b/0", "/"])
scalars: SearchStrategy[Any] = st.one_of(
    st.none(), st.booleans(), st.integers(-9, 9), st.floats(-1, 1, width=32), st.text(max_size=8)
)
_numbers = st.integers(-9, 9) | st.floats(-1, 1, width=32)


def conditions() -> SearchStrategy[Any]:
    """A value, a list of values, or comparisons."""
    compared: SearchStrategy[Any] = st.fixed_dictionaries(
        {},
        optional={
            "$eq": scalars,
            "$ne": scalars,
            "$in": st.lists(scalars, min_size=1, max_size=3),
            "$nin": st.lists(scalars, min_size=1, max_size=3),
            "$exists": st.booleans(),
            "$gt": _numbers,
            "$lte": _numbers,
            "$glob": st.text(max_size=8),
        },
    ).filter(bool)
    return st.one_of(scalars, st.lists(scalars, min_size=1, max_size=3), compared)


def _globs(one: SearchStrategy[str]) -> SearchStrategy[tuple[str, ...]]:
    return st.lists(one, max_size=3).map(tuple)


@lru_cache
def matches(providers: tuple[str, ...]) -> SearchStrategy[Match]:
    """What a request must be."""
    return st.builds(
        Match,
        path=_globs(st.sampled_from(["/chat/completions", "/**/embeddings", "/openai/**", "**", "/a b/*"])),
        method=_globs(st.sampled_from(["GET", "POST", "DELETE"])),
        provider=_globs(st.sampled_from([*providers, "custom-*", "open*"])),
        model=_globs(model_names | st.just("gpt-*")),
        client=_globs(rule_names),
        headers=st.dictionaries(header_names, conditions(), max_size=2),
        metadata=st.dictionaries(names, conditions(), max_size=2),
        body=st.dictionaries(body_fields, conditions(), max_size=2),
    )


_key_fields = st.one_of(body_fields, st.just("$client"), st.just("$header.x-team"), st.just("$metadata.plan"))
caches = st.one_of(
    st.just(RuleCache(off=True)),
    st.builds(RuleCache, ttl=st.integers(60, MONTH), key=st.lists(_key_fields, max_size=4).map(tuple)),
    st.builds(RuleCache, key=st.lists(_key_fields, min_size=1, max_size=4).map(tuple)),
)
retries = st.builds(
    Retries,
    st.none() | st.integers(1, 5),
    st.none() | st.integers(0, 60_000),
    st.none() | st.sampled_from(["constant", "linear", "exponential"]),
).filter(lambda said: said != Retries())
_costs = st.sampled_from(["per_token_in", "per_token_out", "per_cache_read_token", "total_cost"])
_prices = st.decimals(0, 10, places=7).map(lambda price: Decimal(str(float(price))))
_entries: SearchStrategy[Any] = st.one_of(st.booleans(), st.integers(-9, 9), st.just("$client"), words)


@lru_cache
def rules(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[Rule]:
    """One rule that does something."""
    provider = st.sampled_from(providers)
    return st.builds(
        Rule,
        name=st.none() | rule_names,
        match=st.just(Match()) | matches(providers),
        goes_on=st.booleans(),
        cache=st.none() | caches,
        timeout_ms=st.none() | st.integers(1, 86_400_000),
        retries=st.none() | retries,
        custom_cost=st.dictionaries(_costs, _prices, max_size=2),
        metadata=st.dictionaries(names, _entries, max_size=3),
        log=st.sampled_from([None, True, False, "metadata"]),
        key_alias=st.none() | names,
        zero_data_retention=st.none() | st.booleans(),
        unified_billing=st.none() | st.booleans(),
        rewrite=st.none() | st.builds(Rewrite, provider, st.none() | words) | st.builds(Rewrite, model=words),
        reject=st.none()
        | st.builds(
            Reject, st.integers(400, 599), st.text(min_size=1, max_size=20), st.none() | st.integers(1, 99_999)
        ),
        queue=st.none()
        | st.builds(Queue, st.integers(1, 300_000), st.none() | st.integers(1, 20), st.none() | st.integers(1, 1000)),
        headers=st.dictionaries(header_names, words, max_size=2),
    ).filter(lambda rule: rule != Rule(rule.name, rule.match, rule.goes_on))


auths = st.one_of(
    st.just(Auth(open=True)),
    st.builds(Auth, tokens=st.dictionaries(rule_names, token_hashes, min_size=1, max_size=2)),
    st.builds(
        Auth,
        tokens=st.dictionaries(rule_names, token_hashes, max_size=1),
        access=st.builds(Access, names.filter(lambda name: "_" not in name), st.lists(names, min_size=1).map(tuple)),
    ),
)


@lru_cache
def edges(providers: tuple[str, ...] = KNOWN) -> SearchStrategy[Edge]:
    """A whole edge; it asks who calls, or says that it does not."""
    key = st.builds(
        EdgeKey,
        st.sampled_from(providers),
        secret_references,
        st.none() | st.sampled_from(["authorization", "x-lab-key"]),
        st.none() | st.sampled_from(["", "Bearer"]),
    )
    keys = st.lists(key, max_size=3, unique_by=lambda item: item.provider)
    origins = st.lists(hostnames.map(lambda host: f"https://{host}"), min_size=1, max_size=2) | st.just(["*"])
    return st.builds(
        Edge,
        hostname=hostnames,
        rules=st.lists(rules(providers), max_size=4).map(tuple),
        zone=st.none() | st.from_regex(r"[0-9a-f]{32}", fullmatch=True),
        worker=st.none() | names,
        auth=auths,
        cors=st.none()
        | st.builds(
            Cors,
            origins.map(tuple),
            st.none() | st.lists(header_names, max_size=2).map(tuple),
            st.integers(0, 86_400),
        ),
        deny_headers=st.lists(header_names | st.just("cf-aig-*"), max_size=2).map(tuple),
        gateway_token=st.none() | secret_references,
        keys=keys.map(lambda items: tuple(sorted(items, key=lambda item: item.provider))),
        explain=st.booleans(),
    )


def gateways_with_edges() -> SearchStrategy[Gateway]:
    """A whole gateway with an edge that knows its providers."""

    def with_edge(gateway: Gateway) -> SearchStrategy[Gateway]:
        providers = (*USED, *(provider.slug for provider in gateway.custom_providers))
        return edges(providers).map(lambda edge: replace(gateway, edge=edge))

    return gateways().flatmap(with_edge)
