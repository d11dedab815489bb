"""What the local Cloudflare tells of the Workers that it runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Edge:
    """A Worker and where it answers. `url` has no slash at its end; it is empty when `problem` keeps it from serving.

    `gateway` is empty for a Worker that is no edge; `open` says that clients need no token of its own.
    """

    worker: str
    gateway: str
    url: str
    hostnames: tuple[str, ...]
    open: bool
    problem: str = ""

    @property
    def line(self) -> str:
        """For people: where it is."""
        where = self.url or f"not served: {self.problem}"
        names = f" ({', '.join(self.hostnames)})" if self.hostnames and self.url else ""
        return f"edge {self.worker}: {where}{names}"


def read_edges(told: Iterable[Mapping[str, Any]]) -> tuple[Edge, ...]:
    """The edges that `GET /__local/edges` tells of."""
    return tuple(Edge(**{**one, "hostnames": tuple(one["hostnames"])}) for one in told)
