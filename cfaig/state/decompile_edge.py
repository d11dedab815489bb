"""The Worker of an edge back to its section: `compile_edge(decompile_edge(x))` equals `x`.

Cloudflare does not give back secrets: live ones become references to variables (see `references`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from cfaig.definition.model import Retries
from cfaig.definition.model_edge import (
    DEFAULT_MAX_AGE,
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
from cfaig.state.compile_edge import usual_worker
from cfaig.state.decompile_routes import to_decimal
from cfaig.state.edge_bindings import GATEWAY_TOKEN
from cfaig.state.model import EdgeState
from cfaig.state.references import gateway_token_reference, key_reference

Data: TypeAlias = Mapping[str, Any]
ToName: TypeAlias = Callable[[str], str]


def decompile_edge(state: EdgeState, gateway: str, to_name: ToName) -> Edge:
    """The section of a definition of `gateway` that asks for `state`."""
    rules: Data = state.rules
    keys: Data = rules.get("keys", {})
    named = sorted((to_name(slug), key) for slug, key in keys.items())
    return Edge(
        hostname=state.hostname,
        rules=tuple(_rule(rule, to_name) for rule in rules["rules"]),
        zone=state.zone,
        worker=None if state.worker == usual_worker(gateway) else state.worker,
        auth=_auth(rules["auth"]) if "auth" in rules else None,
        cors=_cors(rules["cors"]) if "cors" in rules else None,
        deny_headers=tuple(rules.get("deny_headers", ())),
        gateway_token=_token_reference(state, gateway) if GATEWAY_TOKEN in state.secrets else None,
        keys=tuple(
            EdgeKey(name, _key_reference(state, name, key["binding"]), key.get("header"), key.get("scheme"))
            for name, key in named
        ),
        explain=rules.get("explain", False),
    )


def edge_providers(state: EdgeState) -> tuple[str, ...]:
    """The wire slugs that the Worker's keys and rules name."""
    rules: Data = state.rules
    matched = [name for rule in rules["rules"] for name in _several(rule.get("match", {}).get("provider", ()))]
    rewritten = [rule["then"].get("rewrite", {}).get("provider") for rule in rules["rules"]]
    return tuple(name for name in (*rules.get("keys", ()), *matched, *rewritten) if name)


def _token_reference(state: EdgeState, gateway: str) -> str:
    return state.references.get(GATEWAY_TOKEN) or gateway_token_reference(gateway)


def _key_reference(state: EdgeState, provider: str, binding: str) -> str:
    return state.references.get(binding) or key_reference(provider, "default")


def _auth(auth: Data) -> Auth:
    access: Data | None = auth.get("access")
    return Auth(
        auth.get("open", False),
        {client["name"]: client["sha256"] for client in auth.get("bearer", ())},
        None if access is None else Access(access["team"], tuple(access["aud"])),
    )


def _cors(cors: Data) -> Cors:
    headers = tuple(cors["headers"]) if "headers" in cors else None
    return Cors(tuple(cors["origins"]), headers, cors.get("max_age", DEFAULT_MAX_AGE))


def _rule(rule: Data, to_name: ToName) -> Rule:
    then: Data = rule["then"]
    return Rule(
        name=rule.get("name"),
        match=_match(rule.get("match", {}), to_name),
        goes_on=rule.get("continue", False),
        cache=_cache(then["cache"]) if "cache" in then else None,
        timeout_ms=then.get("timeout_ms"),
        retries=Retries(**then["retries"]) if "retries" in then else None,
        custom_cost={name: to_decimal(cost) for name, cost in then.get("custom_cost", {}).items()},
        metadata=then.get("metadata", {}),
        log=then.get("log"),
        key_alias=then.get("byok_alias"),
        zero_data_retention=then.get("zdr"),
        unified_billing=not then["no_wholesale"] if "no_wholesale" in then else None,
        rewrite=_rewrite(then["rewrite"], to_name) if "rewrite" in then else None,
        reject=Reject(**then["reject"]) if "reject" in then else None,
        queue=Queue(**then["queue"]) if "queue" in then else None,
        headers=then.get("headers", {}),
    )


def _match(match: Data, to_name: ToName) -> Match:
    given = {name: _several(value) for name, value in match.items()}
    if "provider" in given:
        given["provider"] = tuple(to_name(slug) for slug in given["provider"])
    return Match(**given)


def _several(value: Any) -> Any:
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list | tuple) else value


def _cache(cache: Data) -> RuleCache:
    return RuleCache(cache.get("off", False), cache.get("ttl"), tuple(cache.get("key", ())))


def _rewrite(rewrite: Data, to_name: ToName) -> Rewrite:
    provider = rewrite.get("provider")
    return Rewrite(None if provider is None else to_name(provider), rewrite.get("model"))
