"""Live routes with their versions and deployments, and the one call that brings a version live.

Source: facts/ai-gateway.md 2.1. Cloudflare keeps every version and every deployment; neither can be deleted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final
from urllib.parse import quote

from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError
from cfaig.live.api import ApiError, CloudflareApi
from cfaig.live.at_once import reading_at_once
from cfaig.live.retrying import backoff
from cfaig.live.wire import truth, version_elements
from cfaig.state.versions import Deployment, LiveRoute, RouteHistory, RouteVersion

PER_PAGE: Final = 50
ATTEMPTS: Final = 4


def read_routes(api: CloudflareApi, account: str) -> tuple[LiveRoute, ...]:
    """All routes of the account in order of their addresses: one call per gateway, two or more per route.

    Raises ApiError when something cannot be read.
    """
    gateways = [str(body["id"]) for body in api.pages(f"/accounts/{account}/ai-gateway/gateways", per_page=PER_PAGE)]
    with reading_at_once(api) as pool:
        listed = pool.map(lambda gateway: _route_ids(api, account, gateway), gateways)
        routes = [
            _Route(api, account, gateway, identity)
            for gateway, ids in zip(gateways, listed, strict=True)
            for identity in ids.values()
        ]
        return tuple(sorted(pool.map(_Route.live, routes), key=attrgetter("gateway", "name")))


def read_history(api: CloudflareApi, account: str, gateway: str, name: str) -> RouteHistory:
    """All versions and deployments of the route called `name`.

    Raises CfaigError when there is no such gateway or route, ApiError when something cannot be read.
    """
    try:
        ids = _route_ids(api, account, gateway)
    except ApiError as error:
        if not error.gone:
            raise
        raise CfaigError(
            f"there is no gateway {gateway} in the account", "list what is live: cfaig routes list"
        ) from error
    if name not in ids:
        known = ", ".join(sorted(ids)) or "none"
        hint = f"{did_you_mean(name, tuple(ids))}its live routes: {known}"
        raise CfaigError(f"the gateway {gateway} has no live route {name}", hint)
    return _Route(api, account, gateway, ids[name]).history()


def read_numbers(api: CloudflareApi, account: str, gateway: str, route: str) -> dict[str, int]:
    """The numbers of a route's versions by their ids; `route` is its id. Raises ApiError."""
    bodies = _Route(api, account, gateway, route).bodies("versions")
    return {str(body["version_id"]): number for number, body in enumerate(bodies, 1)}


def deploy_version(
    api: CloudflareApi,
    account: str,
    route: LiveRoute,
    version: RouteVersion,
    sleep: Callable[[float], None] = time.sleep,
) -> LiveRoute:
    """Make `version` the one that answers; gives the route as it is then.

    The present version answers until the new one does. An unclear answer is looked into: deploying a version that is
    deployed already would only add to the history. Raises ApiError when Cloudflare refuses, or does not answer.
    """
    place = _Route(api, account, route.gateway, route.id)
    unclear: ApiError | None = None
    for attempt in range(ATTEMPTS):
        if attempt:
            sleep(backoff(attempt))
        if attempt == 0 or unclear is not None:
            unclear = place.deploy(version.id)
        after = place.live()
        if after.version.id == version.id:
            return after
    if unclear is not None:
        raise unclear
    raise CfaigError(
        f"{route.address} was told to answer with version {version.number}, but still does with {after.version.number}",
        f"look again in a minute: cfaig routes history {route.address}",
    )


def _route_ids(api: CloudflareApi, account: str, gateway: str) -> dict[str, str]:
    """The ids of a gateway's routes by their names."""
    path = f"/accounts/{account}/ai-gateway/gateways/{quote(gateway, safe='')}/routes"
    return {str(route["name"]): str(route["id"]) for route in api.pages(path, per_page=PER_PAGE, key="routes")}


@dataclass(frozen=True, slots=True)
class _Route:
    """The calls about one route."""

    api: CloudflareApi
    account: str
    gateway: str
    identity: str

    @property
    def path(self) -> str:
        gateway, route = quote(self.gateway, safe=""), quote(self.identity, safe="")
        return f"/accounts/{self.account}/ai-gateway/gateways/{gateway}/routes/{route}"

    def deploy(self, version: str) -> ApiError | None:
        """Ask for the deployment; the error of an answer that leaves open whether it was made."""
        try:
            self.api.request("POST", f"{self.path}/deployments", body={"version_id": version})
        except ApiError as error:
            if not error.maybe_done:
                raise
            return error
        return None

    def live(self) -> LiveRoute:
        return self._live(self.bodies("versions"))

    def history(self) -> RouteHistory:
        bodies = self.bodies("versions")
        route = self._live(bodies)
        versions = tuple(self._version(number, body) for number, body in enumerate(bodies, 1))
        return RouteHistory(route, versions, tuple(_deployment(body) for body in self.bodies("deployments")))

    def bodies(self, kind: str) -> list[dict[str, Any]]:
        """All versions or deployments, the oldest first. Cloudflare lists the newest first."""
        listed = list(self.api.pages(f"{self.path}/{kind}", per_page=PER_PAGE, key=kind))
        listed.reverse()  # of two in the same millisecond, the one listed first is the newer
        return sorted(listed, key=lambda body: str(body.get("created_at") or ""))

    def _live(self, versions: Sequence[Mapping[str, Any]]) -> LiveRoute:
        body = self.api.result("GET", self.path)
        version, deployment = body.get("version") or {}, body.get("deployment") or {}
        deployed = str(deployment.get("version_id") or version.get("version_id"))
        numbers = {str(each["version_id"]): number for number, each in enumerate(versions, 1)}
        # Made between the two calls, it is the newest.
        number = numbers.get(deployed, len(versions) + 1)
        if version.get("version_id") != deployed or not version_elements(version):
            version = self.api.result("GET", f"{self.path}/versions/{quote(deployed, safe='')}")
        return LiveRoute(
            gateway=self.gateway,
            name=str(body["name"]),
            id=self.identity,
            version=self._version(number, version),
            versions=max(number, len(versions)),
            deployed_at=str(deployment.get("created_at") or version.get("created_at") or ""),
        )

    def _version(self, number: int, body: Mapping[str, Any]) -> RouteVersion:
        identity = str(body["version_id"])
        elements = version_elements(body)
        if not elements:
            elements = version_elements(self.api.result("GET", f"{self.path}/versions/{quote(identity, safe='')}"))
        valid = body.get("is_valid")
        return RouteVersion(
            number, identity, str(body.get("created_at") or ""), elements, valid is None or truth(valid)
        )


def _deployment(body: Mapping[str, Any]) -> Deployment:
    return Deployment(str(body.get("deployment_id")), str(body.get("version_id")), str(body.get("created_at") or ""))
