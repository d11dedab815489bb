"""What is known beforehand to be in an account, so that nothing else has to be looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Expected:
    """What hangs on a gateway: the ids of its routes (None: they have to be listed), and whether there is more."""

    routes: Collection[str] | None
    keys: bool
    domains: bool


@dataclass(frozen=True, slots=True)
class Expectations:
    """What an account holds; gateways that are not in `gateways` are read with everything but their edges.

    `edges` names, for each gateway, the Workers in front of it, and the host names that they are to have: the one that
    the stack holds first. With `find_edges` all Workers of the account are looked at, for those in front of a gateway.
    """

    gateways: Mapping[str, Expected] = field(default_factory=dict)
    custom_providers: bool = True
    stores: bool = True
    edges: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    find_edges: bool = False


EVERYTHING = Expectations()
