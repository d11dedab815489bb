"""The live account, read into canonical state.

The API has its oddities (facts/ai-gateway.md, 2.1 and 4.5–4.7): the list of routes has no graphs, a graph may be an
array or a JSON text, truth may be `true`, `"true"` or 1. None of them gets past this module.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final
from urllib.parse import quote

from cfaig.json_types import Json, JsonObject
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.live.at_once import reading_at_once
from cfaig.live.edges import EDGES_UNKNOWN, read_edges
from cfaig.live.expected import EVERYTHING, Expectations
from cfaig.live.wire import decoded_json, truth, understood, version_elements
from cfaig.state.model import AccountState, CustomProviderState, EdgeState, GatewayState, ProviderKeyState, RouteState
from cfaig.state.settings import DEFAULT_SETTINGS, canonical_settings

PER_PAGE: Final = 50
# Source: facts/ai-gateway.md 1.2. Files are named by ids: a longer one is not taken for granted.
LONGEST_ID: Final = 64
STORES_UNKNOWN: Final = (
    "the token may not read Secrets Stores (it lacks “Secrets Store: Read”): which store a gateway uses is not compared"
)


@dataclass(frozen=True, slots=True)
class LiveRead:
    """The account as it was read.

    `stores_known` is false when the token may not list the Secrets Stores; `warnings` then says so. `calls` counts
    the requests that were sent. `hostnames` tells which Worker the host names of edges lead to.
    """

    state: AccountState
    warnings: tuple[str, ...]
    calls: int
    stores_known: bool
    hostnames: Mapping[str, str] = field(default_factory=dict)


def read_account(api: CloudflareApi, account: str, *, only: Collection[str] | None = None) -> AccountState:
    """The account's live state; see `read_live`."""
    return read_live(api, account, only=only).state


def read_live(
    api: CloudflareApi, account: str, *, only: Collection[str] | None = None, expected: Expectations = EVERYTHING
) -> LiveRead:
    """Read gateways, what hangs on them, custom providers and Secrets Stores.

    All gateways are listed, but only those whose ids are in `only` are read with their routes, keys and domains
    (`None`: all of them), which costs three calls per gateway and one per route; only the routes where `expected`
    tells their ids and that there is nothing else. A token without the permission for Secrets Store, or for Workers
    where edges are only looked for, gets a warning.
    Raises ApiError for everything else that cannot be read.
    """
    calls_before = api.calls
    reader = _Reader(api, f"/accounts/{account}", expected)
    with understood(), reading_at_once(api) as pool:
        listed_stores = pool.submit(reader.stores) if expected.stores else None
        listed_providers = pool.submit(reader.custom_providers) if expected.custom_providers else None
        bodies = sorted(reader.gateways(), key=lambda body: str(body["id"]))
        if listed_stores is None and any(body.get("store_id") for body in bodies):
            listed_stores = pool.submit(reader.stores)
        ids = [str(body["id"]) for body in bodies if only is None or body["id"] in only]
        parts = reader.parts(pool, ids)
        edges = read_edges(api, account, pool, expected, ids)
        providers = listed_providers.result() if listed_providers else ()
        stores = listed_stores.result() if listed_stores else {}
        gateways = tuple(_gateway(body, parts.get(str(body["id"]), _Parts()), edges.edges) for body in bodies)
    known = stores is not None
    return LiveRead(
        state=AccountState(gateways, providers, stores or {}),
        warnings=(*(() if known else (STORES_UNKNOWN,)), *(() if edges.searched else (EDGES_UNKNOWN,))),
        calls=api.calls - calls_before,
        stores_known=known,
        hostnames=edges.hostnames,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What hangs on one gateway."""

    routes: tuple[RouteState, ...] = ()
    keys: tuple[ProviderKeyState, ...] = ()
    domains: tuple[str, ...] = ()


def _gateway(body: Mapping[str, Any], parts: _Parts, edges: Mapping[str, Sequence[EdgeState]]) -> GatewayState:
    settings = canonical_settings({name: _setting(name, value) for name, value in body.items()})
    id_ = str(body["id"])
    edge, *others = edges.get(id_) or (None,)
    return GatewayState(
        id_, settings, parts.routes, parts.keys, parts.domains, edge, other_edges=tuple(item for item in others if item)
    )


def _setting(name: str, value: Json) -> Json:
    return truth(value) if isinstance(DEFAULT_SETTINGS.get(name), bool) and value is not None else value


@dataclass(frozen=True, slots=True)
class _Reader:
    """The calls, each giving canonical values in order."""

    api: CloudflareApi
    account_path: str
    expected: Expectations

    def _of(self, gateway: str) -> str:
        return f"{self.account_path}/ai-gateway/gateways/{quote(gateway, safe='')}"

    def parts(self, pool: ThreadPoolExecutor, gateways: Sequence[str]) -> dict[str, _Parts]:
        """Routes, keys and domains of many gateways at once."""
        known = self.expected.gateways
        keys = pool.map(self.provider_keys, [id_ for id_ in gateways if id_ not in known or known[id_].keys])
        domains = pool.map(self.domains, [id_ for id_ in gateways if id_ not in known or known[id_].domains])
        routes = self.routes(pool, gateways)
        keys_of, domains_of = dict(keys), dict(domains)
        return {
            id_: _Parts(
                tuple(sorted(routes[id_], key=attrgetter("name"))), keys_of.get(id_, ()), domains_of.get(id_, ())
            )
            for id_ in gateways
        }

    def routes(self, pool: ThreadPoolExecutor, gateways: Sequence[str]) -> dict[str, list[RouteState]]:
        """The routes of each gateway. Where an expected one is not there, somebody may have made it anew: all."""
        expected = [(id_, self.expected.gateways[id_].routes) for id_ in gateways if id_ in self.expected.gateways]
        asked = [(id_, identity) for id_, identities in expected for identity in identities or ()]
        found = list(zip(asked, pool.map(lambda place: self.route_if_there(*place), asked), strict=True))
        gone = {id_ for (id_, _), route in found if route is None}
        known = {id_ for id_, identities in expected if identities is not None and id_ not in gone}
        listed = [id_ for id_ in gateways if id_ not in known]
        ids = zip(listed, pool.map(self.route_ids, listed), strict=True)
        places = [(id_, identity) for id_, identities in ids for identity in identities]
        read = list(zip(places, pool.map(lambda place: self.route(*place), places), strict=True))
        routes: dict[str, list[RouteState]] = {id_: [] for id_ in gateways}
        for (id_, _), route in (*read, *(each for each in found if each[0][0] in known)):
            if route is not None:
                routes[id_].append(route)
        return routes

    def gateways(self) -> list[dict[str, Any]]:
        listed = list(self.api.pages(f"{self.account_path}/ai-gateway/gateways", per_page=PER_PAGE))
        if any(len(str(body["id"])) > LONGEST_ID for body in listed):
            raise ValueError("an id that is longer than a gateway's can be")
        return listed

    def route_ids(self, gateway: str) -> list[str]:
        listed = self.api.pages(f"{self._of(gateway)}/routes", per_page=PER_PAGE, key="routes")
        return [str(route["id"]) for route in listed]

    def route_if_there(self, gateway: str, identity: str) -> RouteState | None:
        try:
            return self.route(gateway, identity)
        except ApiError as error:
            if error.gone:
                return None
            raise

    def route(self, gateway: str, identity: str) -> RouteState:
        path = f"{self._of(gateway)}/routes/{quote(identity, safe='')}"
        body = self.api.result("GET", path)
        version = body.get("version") or {}
        deployment = body.get("deployment") or {}
        deployed = deployment.get("version_id") or version.get("version_id")
        if deployed != version.get("version_id"):
            version = self.api.result("GET", f"{path}/versions/{quote(str(deployed), safe='')}")
        return RouteState(
            name=str(body["name"]),
            elements=version_elements(version),
            id=identity,
            version_id=deployed,
            deployment_id=deployment.get("deployment_id"),
            deployed_at=deployment.get("created_at") or version.get("created_at"),
        )

    def provider_keys(self, gateway: str) -> tuple[str, tuple[ProviderKeyState, ...]]:
        listed = self.api.pages(f"{self._of(gateway)}/provider_configs", per_page=PER_PAGE)
        return gateway, tuple(sorted((_provider_key(body) for body in listed), key=attrgetter("provider", "alias")))

    def domains(self, gateway: str) -> tuple[str, tuple[str, ...]]:
        listed = self.api.result("GET", f"{self._of(gateway)}/custom-domains") or ()
        return gateway, tuple(sorted(str(domain["hostname"]) for domain in listed))

    def custom_providers(self) -> tuple[CustomProviderState, ...]:
        listed = self.api.pages(f"{self.account_path}/ai-gateway/custom-providers", per_page=PER_PAGE)
        return tuple(sorted((_custom_provider(body) for body in listed), key=attrgetter("slug")))

    def stores(self) -> dict[str, str] | None:
        """Names and ids; `None` when the token may not list them."""
        try:
            listed = list(self.api.pages(f"{self.account_path}/secrets_store/stores", per_page=PER_PAGE))
        except ApiError as error:
            if error.status == 403:
                return None
            raise
        return {str(store["name"]): str(store["id"]) for store in sorted(listed, key=lambda store: str(store["name"]))}


def _provider_key(body: Mapping[str, Any]) -> ProviderKeyState:
    limit = body.get("rate_limit") or None
    return ProviderKeyState(
        provider=str(body["provider_slug"]),
        alias=str(body["alias"]),
        default=truth(body.get("default_config")),
        rate_limit=limit,
        rate_limit_period=(body.get("rate_limit_period") or None) if limit else None,
        id=str(body["id"]),
    )


def _custom_provider(body: Mapping[str, Any]) -> CustomProviderState:
    return CustomProviderState(str(body["slug"]), _provider_settings(body), id=str(body["id"]))


def _provider_settings(body: Mapping[str, Any]) -> JsonObject:
    return {
        "name": body.get("name"),
        "base_url": body.get("base_url"),
        "description": body.get("description"),
        "link": body.get("link"),
        "enable": truth(body.get("enable")),
        "beta": truth(body.get("beta")),
        "headers": _headers(body.get("headers")),
        "curl_example": body.get("curl_example"),
        "js_example": body.get("js_example"),
        "position": body.get("position"),
    }


def _headers(value: Any) -> JsonObject:
    decoded = decoded_json(value) if value else {}
    return decoded if isinstance(decoded, dict) else {"(not a JSON object)": str(value)}
