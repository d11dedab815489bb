"""The Workers in front of gateways, as they are in the account.

Source: the SDK's types/workers. The token needs “Workers Scripts: Read”.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from cfaig.live.api import ApiError, CloudflareApi
from cfaig.live.expected import Expectations
from cfaig.state.edge_bindings import joined_rules, stamp_of
from cfaig.state.model import EdgeState

EDGES_UNKNOWN: Final = (
    "the token may not read Workers (it lacks “Workers Scripts: Read”): "
    "Workers in front of gateways were not looked for"
)
PERMISSION: Final = "add “Workers Scripts: Edit” to the token’s permissions (Read is enough for plan and drift)"
_SECRET_TYPES: Final = frozenset({"secret_text", "secrets_store_secret"})

Wanted: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The host names of the Workers of gateways, as in `Expectations`."""


@dataclass(frozen=True, slots=True)
class LiveEdges:
    """What was found: the Workers in front of each gateway, and which Worker each host name leads to.

    `searched` is false when the token may not read Workers and none of them was asked for by name.
    """

    edges: Mapping[str, tuple[EdgeState, ...]]
    hostnames: Mapping[str, str]
    searched: bool = True


def read_edges(
    api: CloudflareApi, account: str, pool: ThreadPoolExecutor, expected: Expectations, gateways: Collection[str]
) -> LiveEdges:
    """The edges of `gateways` that are expected, and those that can be found if that is asked for.

    Raises ApiError, which names the permission, when the token may not read a Worker that is asked for by name.
    """
    reader = _Reader(api, f"/accounts/{account}/workers", account)
    wanted = {gateway: expected.edges[gateway] for gateway in sorted(gateways) if gateway in expected.edges}
    try:
        found, domains = reader.named(pool, wanted)
        searched = not expected.find_edges or reader.search(pool, gateways, found, domains)
        reader.taken(pool, wanted, domains)
    except ApiError as error:
        if error.status == 403:
            error.hint = PERMISSION
        raise
    edges: dict[str, tuple[EdgeState, ...]] = {}
    for gateway, worker in sorted(found, key=lambda place: _rank(place[0], place[1], wanted)):
        own = [domain for domain in domains if domain.worker == worker]
        state = _at_hostname(found[gateway, worker], own, wanted.get(gateway, {}).get(worker, ()))
        edges[gateway] = (*edges.get(gateway, ()), state)
    return LiveEdges(edges, {domain.hostname: domain.worker for domain in domains}, searched)


def _rank(gateway: str, worker: str, wanted: Wanted) -> tuple[str, int, bool, str]:
    """The order of the Workers of a gateway: as they are expected, then the one that is called as usual."""
    from cfaig.state.compile_edge import usual_worker  # takes 0.01 s, and most gateways have no edge

    names = [*wanted.get(gateway, {})]
    return gateway, names.index(worker) if worker in names else len(names), worker != usual_worker(gateway), worker


def _at_hostname(state: EdgeState, domains: Sequence[_Domain], wanted: Iterable[str]) -> EdgeState:
    """The Worker at the one of its host names that is meant, or else at the first."""
    ids = {domain.hostname: domain.id for domain in domains}
    hostname = next((name for name in wanted if name in ids), None) or min(ids, default="")
    return replace(state, hostname=hostname, domain_id=ids.get(hostname))


@dataclass(frozen=True, slots=True)
class _Domain:
    """A host name and the Worker that it leads to."""

    id: str
    hostname: str
    worker: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """The calls."""

    api: CloudflareApi
    path: str
    account: str

    def named(self, pool: ThreadPoolExecutor, wanted: Wanted) -> tuple[dict[tuple[str, str], EdgeState], list[_Domain]]:
        """The Workers that are asked for by name, as far as they are there, and their host names."""
        places = [(gateway, worker) for gateway, workers in wanted.items() for worker in workers]
        states = pool.map(self.worker, [worker for _, worker in places])
        domains = pool.map(self.domains, [{"service": worker} for worker in sorted({worker for _, worker in places})])
        found = {place: state for place, state in zip(places, states, strict=True) if state is not None}
        return found, [domain for listed in domains for domain in listed]

    def search(
        self,
        pool: ThreadPoolExecutor,
        gateways: Collection[str],
        found: dict[tuple[str, str], EdgeState],
        domains: list[_Domain],
    ) -> bool:
        """Add every other Worker whose rules lead to one of `gateways`; false if the token may not look for them."""
        try:
            listed = self.api.result("GET", f"{self.path}/scripts") or ()
        except ApiError as error:
            if error.status != 403 or found:
                raise
            return False
        known = {worker for _, worker in found}
        names = [str(script["id"]) for script in listed if _may_be_an_edge(script) and script["id"] not in known]
        states = [state for state in pool.map(self.worker, names) if state and self._gateway(state) in gateways]
        found |= {(self._gateway(state), state.worker): state for state in states}
        for more in pool.map(self.domains, [{"service": state.worker} for state in states]):
            domains += more
        return True

    def taken(self, pool: ThreadPoolExecutor, wanted: Wanted, domains: list[_Domain]) -> None:
        """Add where those of the wanted host names lead that lead to none of the Workers."""
        names = {name for workers in wanted.values() for each in workers.values() for name in each}
        for more in pool.map(
            self.domains, [{"hostname": name} for name in sorted(names - {one.hostname for one in domains})]
        ):
            domains += more

    def worker(self, name: str) -> EdgeState | None:
        """A Worker without its host name; one that is no edge has no rules. None where there is none."""
        try:
            settings = self.api.result("GET", f"{self.path}/scripts/{quote(name, safe='')}/settings")
        except ApiError as error:
            if error.gone:
                return None
            raise
        return _state(name, settings.get("bindings") or ())

    def domains(self, filters: Mapping[str, str]) -> list[_Domain]:
        """The host names of a `service`, or the one `hostname`."""
        listed = self.api.request("GET", f"{self.path}/domains", params=filters).get("result") or ()
        return [
            _Domain(str(item["id"]), str(item["hostname"]), str(item["service"]))
            for item in listed
            if all(item.get(name) == value for name, value in filters.items())
        ]

    def _gateway(self, state: EdgeState) -> str:
        """The gateway that the rules lead to; empty when it is none of this account."""
        before, slash, gateway = state.url.rstrip("/").rpartition(f"/{self.account}/")
        return gateway if slash and before else ""


def _may_be_an_edge(script: Mapping[str, Any]) -> bool:
    """Whether a Worker in the list answers requests, as far as the list tells."""
    return "fetch" in (script.get("handlers") or ("fetch",))


def _state(worker: str, bindings: Iterable[Mapping[str, Any]]) -> EdgeState:
    from cfaig.state.canonical_edge import canonical_rules  # for the same reason

    listed = list(bindings)
    said = {str(binding["name"]): binding.get("json") for binding in listed if binding.get("type") == "json"}
    secrets = sorted(str(binding["name"]) for binding in listed if binding.get("type") in _SECRET_TYPES)
    stamp = stamp_of(said)
    rules, url = joined_rules(said) or ({}, "")
    rules = canonical_rules(rules) or rules
    return EdgeState(worker, "", rules, tuple(secrets), module=stamp.module, url=url, fingerprints=stamp.secrets)
