"""From an `Edge` to what its section says, in the shortest readable form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from cfaig.definition.durations import duration_text
from cfaig.definition.model_edge import DEFAULT_MAX_AGE, Auth, Cors, Edge, EdgeKey, Match, Queue, Rule, RuleCache
from cfaig.definition.write_routes import written_number


def written_edge(edge: Edge) -> dict[str, Any]:
    """What the section says, in the order that people read it."""
    return _said(
        hostname=edge.hostname,
        zone=edge.zone,
        worker=edge.worker,
        auth=None if edge.auth is None else _auth(edge.auth),
        cors=None if edge.cors is None else _cors(edge.cors),
        deny_headers=list(edge.deny_headers) or None,
        gateway_token=edge.gateway_token,
        keys={key.provider: _key(key) for key in edge.keys} or None,
        explain=edge.explain or None,
        rules=[written_rule(rule) for rule in edge.rules],
    )


def written_rule(rule: Rule) -> dict[str, Any]:
    """What one rule says."""
    retries, reject, rewrite = rule.retries, rule.reject, rule.rewrite
    return _said(
        **{"name": rule.name, "match": _match(rule.match) or None, "continue": rule.goes_on or None},
        cache=None if rule.cache is None else _cache(rule.cache),
        timeout=_time(rule.timeout_ms),
        retries=retries and _said(attempts=retries.attempts, delay=_time(retries.delay_ms), backoff=retries.backoff),
        custom_cost={name: written_number(cost) for name, cost in rule.custom_cost.items()} or None,
        metadata=dict(rule.metadata) or None,
        log=rule.log,
        key_alias=rule.key_alias,
        zero_data_retention=rule.zero_data_retention,
        unified_billing=rule.unified_billing,
        rewrite=rewrite and _said(provider=rewrite.provider, model=rewrite.model),
        reject=reject and _said(status=reject.status, message=reject.message, code=reject.code),
        queue=rule.queue and _queue(rule.queue),
        headers=dict(rule.headers) or None,
    )


def _said(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _time(length_ms: int | None) -> str | int | None:
    return None if length_ms is None else duration_text(length_ms, unit="ms")


def _auth(auth: Auth) -> dict[str, Any]:
    access = auth.access and {"team": auth.access.team, "audience": list(auth.access.audience)}
    return _said(open=auth.open or None, tokens=dict(auth.tokens) or None, access=access)


def _cors(cors: Cors) -> dict[str, Any]:
    headers = None if cors.headers is None else list(cors.headers)
    max_age = None if cors.max_age == DEFAULT_MAX_AGE else duration_text(cors.max_age)
    return _said(origins=list(cors.origins), headers=headers, max_age=max_age)


def _key(key: EdgeKey) -> str | dict[str, Any]:
    said = _said(key=key.key, header=key.header, scheme=key.scheme)
    return key.key if said.keys() == {"key"} else said


def _match(match: Match) -> dict[str, Any]:
    said = {item.name: getattr(match, item.name) for item in fields(match)}
    return {name: _one_or_several(value) for name, value in said.items() if value}


def _one_or_several(value: Mapping[str, Any] | tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return value[0] if len(value) == 1 else list(value)


def _cache(cache: RuleCache) -> dict[str, Any] | bool:
    if cache.off:
        return False
    return _said(ttl=None if cache.ttl is None else duration_text(cache.ttl), key=list(cache.key) or None)


def _queue(queue: Queue) -> dict[str, Any]:
    return _said(wait=_time(queue.wait_ms), attempts=queue.attempts, waiting=queue.waiting)
