"""Edges must not take what is somebody else's.

Cloudflare replaces a Worker without a word. A host name that leads to another Worker it refuses, but the official
plugin takes that for something passing, and tries again for minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from cfaig.errors import CfaigError
from cfaig.live.read import LiveRead
from cfaig.reconcile.change import Kind, ResourceKey
from cfaig.reconcile.owned import Owned
from cfaig.state.model import AccountState


def require_free_edges(desired: AccountState, live: LiveRead, owned: Owned) -> None:
    """Refuse Workers and host names that are in use for something else, all of them at once.

    Raises CfaigError.
    """
    if problems := [*_other_workers(desired, live.state, owned), *_taken_hostnames(desired, live, owned)]:
        raise CfaigError(
            "\n".join(problems),
            "take other names in the definition (edge: worker, edge: hostname), or free these in Cloudflare first: "
            "Workers & Pages, the Worker, Settings, Domains & Routes",
        )


def _other_workers(desired: AccountState, live: AccountState, owned: Owned) -> Iterator[str]:
    """Live Workers of a wanted name that have no rules: no edge of anybody."""
    wanted = {ResourceKey.of_edge(one.id, one.edge.worker) for one in desired.gateways if one.edge is not None}
    for gateway in live.gateways:
        for edge in gateway.edges:
            key = ResourceKey.of_edge(gateway.id, edge.worker)
            if key in wanted and not edge.rules and key not in owned.resources | owned.unfinished:
                yield (
                    f"the Worker {edge.worker} is there already, and is no edge: "
                    f"an apply for the gateway {gateway.id} would replace its code, bindings and secrets"
                )


def _taken_hostnames(desired: AccountState, live: LiveRead, owned: Owned) -> Iterator[str]:
    workers = {key.name for key in owned.resources | owned.unfinished if key.kind is Kind.EDGE}
    workers |= {one.edge.worker for one in desired.gateways if one.edge is not None}
    for gateway in desired.gateways:
        if gateway.edge is None:
            continue
        leads_to = live.hostnames.get(gateway.edge.hostname)
        if leads_to is not None and leads_to not in workers:
            yield f"{gateway.edge.hostname} leads to the Worker {leads_to} already, which no definition names"
