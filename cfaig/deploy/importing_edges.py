"""Edges of live gateways as parts of definitions: which of them a definition can say, and which secrets they need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cfaig.definition.model import Gateway
from cfaig.state.canonical_edge import canonical_rules
from cfaig.state.model import AccountState, EdgeState, GatewayState


def with_edges_to_import(live: AccountState) -> tuple[AccountState, tuple[str, ...]]:
    """`live` with at most one edge for each gateway, one that a definition can say; and a word about each other."""
    gateways: list[GatewayState] = []
    notes: list[str] = []
    for gateway in live.gateways:
        sayable = [edge for edge in gateway.edges if _problem(edge) is None]
        for edge in gateway.edges:
            if edge not in sayable[:1]:
                why = _problem(edge) or "a definition has one edge"
                notes.append(f"the Worker {edge.worker} of gateway {gateway.id} was left alone: {why}")
        gateways.append(replace(gateway, edge=next(iter(sayable), None), other_edges=()))
    return replace(live, gateways=tuple(gateways)), tuple(notes)


def edge_secrets(gateway: Gateway) -> Iterator[tuple[str, str]]:
    """The references to secrets of a definition's edge, and what needs them."""
    if gateway.edge is None:
        return
    if gateway.edge.gateway_token is not None:
        yield gateway.edge.gateway_token, f"the edge of gateway {gateway.id}: the gateway's token"
    for key in gateway.edge.keys:
        yield key.key, f"the edge of gateway {gateway.id}: key {key.provider}"


def _problem(edge: EdgeState) -> str | None:
    """Why a definition cannot say it."""
    if not edge.hostname:
        return "it has no host name"
    if canonical_rules(edge.rules) is None:
        return "it would refuse its own rules; see schemas/edge-rules.schema.json"
    return None
