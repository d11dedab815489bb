"""Checks of the edge: rules that do something and can be reached, secrets that not everybody may spend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from cfaig.checks.finding import Finding, warning
from cfaig.definition.catalog import CUSTOM_PREFIX
from cfaig.definition.diagnostics import KeyPath
from cfaig.definition.model import Gateway
from cfaig.definition.model_edge import Edge, Match, Rule
from cfaig.errors import CfaigError
from cfaig.state.compile import wire_slugs
from cfaig.state.compile_edge import compile_edge, usual_worker
from cfaig.state.edge_bindings import rule_bindings

# Source: https://developers.cloudflare.com/workers/platform/limits/ (a Worker's name in a host name).
MAX_WORKER_NAME: Final = 63
# As long as any address of a gateway is: its account and its id have so many digits and letters at most.
_LONGEST_URL: Final = f"https://gateway.ai.cloudflare.com/v1/{'0' * 32}/{'x' * 64}"


def edge_findings(gateway: Gateway, edge: Edge) -> Iterator[Finding]:
    """Everything about the edge of a gateway; names of providers are the matter of `providers`."""
    yield from _access_findings(edge)
    yield from _name_findings(gateway, edge)
    for index, rule in enumerate(edge.rules):
        yield from _rule_findings(edge, index, rule)
    yield from _reach_findings(edge.rules)
    yield from _size_findings(gateway, edge)


def edge_providers(gateway: Gateway) -> Iterator[tuple[KeyPath, str]]:
    """Every provider that the edge names as such, not by a pattern: where it was written, and its wire slug."""
    if gateway.edge is None:
        return
    to_wire = wire_slugs(gateway.custom_providers)
    for key in gateway.edge.keys:
        yield ("edge", "keys", key.provider), to_wire(key.provider)
    for index, rule in enumerate(gateway.edge.rules):
        for place, name in enumerate(rule.match.provider):
            if "*" not in name:
                wire = to_wire(name)
                own = wire.startswith(CUSTOM_PREFIX)
                yield ("edge", "rules", index, "match", "provider", place), wire if own else wire.lower()
        if rule.rewrite is not None and rule.rewrite.provider is not None:
            yield ("edge", "rules", index, "rewrite", "provider"), to_wire(rule.rewrite.provider)


def shared_edge_findings(gateways: Sequence[Gateway]) -> Iterator[tuple[str, Finding]]:
    """What only one gateway can have: a host name, the name of a Worker."""
    domains = {domain: gateway.id for gateway in gateways for domain in gateway.domains}
    hostnames: dict[str, str] = {}
    workers: dict[str, str] = {}
    for gateway in gateways:
        if gateway.edge is None:
            continue
        hostname, worker = gateway.edge.hostname, gateway.edge.worker or usual_worker(gateway.id)
        if hostname in domains:
            message = f"{hostname} is also among the domains of the gateway {domains[hostname]}"
            hint = "a host name leads to the Worker or to the gateway: give the edge one of its own"
            yield gateway.id, Finding("AIG163", message, ("edge", "hostname"), hint)
        if (owner := hostnames.setdefault(hostname, gateway.id)) != gateway.id:
            message = f"{hostname} is the host name of the edge of {owner} already"
            yield gateway.id, Finding("AIG163", message, ("edge", "hostname"), "a host name serves one Worker")
        if (owner := workers.setdefault(worker, gateway.id)) != gateway.id:
            message = f"the Worker {worker} is the edge of {owner} already"
            yield gateway.id, Finding("AIG164", message, ("edge", "worker"), "each gateway has a Worker of its own")


def _access_findings(edge: Edge) -> Iterator[Finding]:
    if edge.auth is None and (edge.keys or edge.gateway_token is not None):
        message = "the edge adds secrets for everybody who calls, and nobody is asked who they are"
        hint = "write auth: {tokens: {NAME: SHA-256}}, or auth: {open: true} if that is meant"
        yield Finding("AIG162", message, ("edge",), hint)


def _name_findings(gateway: Gateway, edge: Edge) -> Iterator[Finding]:
    name = edge.worker or usual_worker(gateway.id)
    if len(name) > MAX_WORKER_NAME:
        message = f"the Worker's name {name} is longer than {MAX_WORKER_NAME} characters"
        yield Finding("AIG164", message, ("edge", "worker"), "write a shorter one: edge: {worker: NAME}")


def _rule_findings(edge: Edge, index: int, rule: Rule) -> Iterator[Finding]:
    path: KeyPath = ("edge", "rules", index)
    if rule == Rule(rule.name, rule.match, rule.goes_on):
        hint = "say what happens: cache, timeout, retries, metadata, rewrite, reject, queue, …"
        yield Finding("AIG160", "the rule chooses requests, and does nothing with them", path, hint)
    asked = edge.auth is not None and not edge.auth.open
    if rule.match.client and not asked:
        message = "no client has a name: the edge asks nobody who they are"
        hint = "write auth: {tokens: {NAME: SHA-256}}, or leave client out"
        yield warning("AIG165", message, (*path, "match", "client"), hint)
    elif edge.auth is not None and edge.auth.access is None:
        known = sorted(edge.auth.tokens)
        for place, name in enumerate(rule.match.client):
            if "*" not in name and name.lower() not in {one.lower() for one in known}:
                message = f"no client is called {name}"
                yield warning(
                    "AIG165", message, (*path, "match", "client", place), f"the tokens are of {', '.join(known)}"
                )


def _reach_findings(rules: Sequence[Rule]) -> Iterator[Finding]:
    last = next((index for index, rule in enumerate(rules) if rule.match == Match() and _ends(rule)), len(rules))
    for index in range(last + 1, len(rules)):
        message = f"no request gets here: rule {last + 1} takes every one, and does not continue"
        hint = "put it before that rule, or write continue: true there"
        yield warning("AIG161", message, ("edge", "rules", index), hint)


def _ends(rule: Rule) -> bool:
    return rule.reject is not None or not rule.goes_on


def _size_findings(gateway: Gateway, edge: Edge) -> Iterator[Finding]:
    state = compile_edge(edge, gateway.id, wire_slugs(gateway.custom_providers))
    try:
        rule_bindings(state.rules, _LONGEST_URL)
    except CfaigError as error:
        yield Finding("AIG166", error.message, ("edge", "rules"), error.hint)
