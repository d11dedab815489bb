"""The section `edge` to desired state: the Worker, its secrets, and its rules as the Worker reads them.

The format of the rules is `schemas/edge-rules.schema.json`; what a definition leaves open is left out there, too, so
that what says the same is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from cfaig.definition.model import Retries
from cfaig.definition.model_edge import DEFAULT_MAX_AGE, Auth, Cors, Edge, Match, Reject, Rule, RuleCache
from cfaig.edge import module_digest
from cfaig.json_types import Json
from cfaig.state.edge_bindings import GATEWAY_TOKEN
from cfaig.state.model import EdgeState
from cfaig.state.routes import number

RULES_VERSION: Final = 1
_KEY_PREFIX: Final = "KEY_"
_MAX_KEY_NAME: Final = 60

ToWire: TypeAlias = Callable[[str], str]


def compile_edge(edge: Edge, gateway: str, to_wire: ToWire) -> EdgeState:
    """The desired state of the Worker in front of `gateway`."""
    bindings = _key_bindings(to_wire(key.provider) for key in edge.keys)
    references = {bindings[to_wire(key.provider)]: key.key for key in edge.keys}
    if edge.gateway_token is not None:
        references[GATEWAY_TOKEN] = edge.gateway_token
    keys = {
        to_wire(key.provider): _said(binding=bindings[to_wire(key.provider)], header=key.header, scheme=key.scheme)
        for key in sorted(edge.keys, key=lambda key: to_wire(key.provider))
    }
    rules = _said(
        version=RULES_VERSION,
        auth=None if edge.auth is None else _auth(edge.auth),
        cors=None if edge.cors is None else _cors(edge.cors),
        deny_headers=list(edge.deny_headers) or None,
        keys=keys or None,
        explain=edge.explain or None,
        rules=[compile_rule(rule, to_wire) for rule in edge.rules],
    )
    worker = edge.worker or usual_worker(gateway)
    secrets = tuple(sorted(references))
    return EdgeState(worker, edge.hostname, rules, secrets, edge.zone, references, module=module_digest())


def usual_worker(gateway: str) -> str:
    """What the Worker is called in the account if nothing else is said."""
    return f"{gateway}-edge"


def compile_rule(rule: Rule, to_wire: ToWire) -> Json:
    """One rule, as the Worker reads it."""
    match = _match(rule.match, to_wire)
    return _said(
        **{"name": rule.name, "match": match or None, "continue": rule.goes_on or None, "then": _then(rule, to_wire)}
    )


def _said(**values: Any) -> dict[str, Json]:
    return {name: value for name, value in values.items() if value is not None}


def _key_bindings(slugs: Iterable[str]) -> dict[str, str]:
    """The name of the binding for each provider's key; the same slugs always give the same names."""
    names: dict[str, str] = {}
    for slug in sorted(slugs):
        plain = re.sub("[^A-Z0-9]", "_", slug.upper())
        name, count = plain[:_MAX_KEY_NAME], 1
        while _KEY_PREFIX + name in names.values():
            count += 1
            name = f"{plain[: _MAX_KEY_NAME - 4]}_{count}"
        names[slug] = _KEY_PREFIX + name
    return names


def _auth(auth: Auth) -> dict[str, Json]:
    bearer = [{"name": name, "sha256": auth.tokens[name]} for name in sorted(auth.tokens)]
    access = auth.access and {"team": auth.access.team, "aud": list(auth.access.audience)}
    return _said(open=auth.open or None, bearer=bearer or None, access=access)


def _cors(cors: Cors) -> dict[str, Json]:
    headers = None if cors.headers is None else list(cors.headers)
    max_age = None if cors.max_age == DEFAULT_MAX_AGE else cors.max_age
    return _said(origins=list(cors.origins), headers=headers, max_age=max_age)


def _match(match: Match, to_wire: ToWire) -> dict[str, Json]:
    globs = {
        "path": match.path,
        "method": match.method,
        "provider": tuple(to_wire(name) for name in match.provider),
        "model": match.model,
        "client": match.client,
    }
    conditions = {"headers": match.headers, "metadata": match.metadata, "body": match.body}
    said: dict[str, Json] = {name: _one_or_several(values) for name, values in globs.items() if values}
    return said | {name: dict(fields) for name, fields in conditions.items() if fields}


def _one_or_several(values: tuple[str, ...]) -> Json:
    return values[0] if len(values) == 1 else list(values)


def _then(rule: Rule, to_wire: ToWire) -> dict[str, Json]:
    rewrite, queue = rule.rewrite, rule.queue
    provider = None if rewrite is None or rewrite.provider is None else to_wire(rewrite.provider)
    return _said(
        cache=None if rule.cache is None else _cache(rule.cache),
        timeout_ms=rule.timeout_ms,
        retries=None if rule.retries is None else _retries(rule.retries),
        custom_cost={name: number(cost) for name, cost in rule.custom_cost.items()} or None,
        metadata=dict(rule.metadata) or None,
        log=rule.log,
        byok_alias=rule.key_alias,
        zdr=rule.zero_data_retention,
        no_wholesale=None if rule.unified_billing is None else not rule.unified_billing,
        rewrite=None if rewrite is None else _said(provider=provider, model=rewrite.model),
        reject=None if rule.reject is None else _reject(rule.reject),
        queue=None if queue is None else _said(wait_ms=queue.wait_ms, attempts=queue.attempts, waiting=queue.waiting),
        headers=dict(rule.headers) or None,
    )


def _cache(cache: RuleCache) -> dict[str, Json]:
    return {"off": True} if cache.off else _said(ttl=cache.ttl, key=list(cache.key) or None)


def _retries(retries: Retries) -> dict[str, Json]:
    return _said(attempts=retries.attempts, delay_ms=retries.delay_ms, backoff=retries.backoff)


def _reject(reject: Reject) -> dict[str, Json]:
    return _said(status=reject.status, message=reject.message, code=reject.code)
