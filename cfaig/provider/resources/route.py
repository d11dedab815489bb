"""`Route`: a dynamic route whose changed graph becomes a new version and a deployment, in place and with no gap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from cfaig.errors import CfaigError
from cfaig.live.api import ApiError
from cfaig.live.wire import version_elements
from cfaig.provider.difference import Difference
from cfaig.provider.fields import Failure, Field
from cfaig.provider.kind import Found, HalfMadeError, Kind, Made
from cfaig.provider.resources.access import ACCOUNT, GATEWAY, Access, gateway_path, split_id
from cfaig.provider.values import UNKNOWN, Properties, has_unknown
from cfaig.state.graph import same_graph

ID_SHAPE: Final = "<account>/<gateway>/<route id or name>"
_PER_PAGE: Final = 50


def _name_problem(name: str) -> str | None:
    return None if name.strip() else "must not be empty"


class Route(Kind):
    """A dynamic route, called as model `dynamic/<name>`."""

    token = "cfaig:index:Route"  # noqa: S105 (a type token)
    description = "A dynamic route of an AI Gateway; a changed graph is deployed as a new version, without a gap."
    inputs = (
        ACCOUNT,
        GATEWAY,
        Field("name", "string", "Its name; a new one renames it.", required=True, problem=_name_problem),
        Field("elements", "array", "The graph, in the shape of the API.", required=True),
    )
    outputs = (
        Field("routeId", "string", "Its id, which stays."),
        Field("versionId", "string", "The deployed version."),
        Field("deploymentId", "string", "The deployment of that version."),
        Field("createdAt", "string", "When it was created."),
        Field("modifiedAt", "string", "When it was changed last."),
    )

    def __init__(self, access: Access) -> None:
        self._access = access

    def check(self, news: Properties, olds: Properties) -> tuple[Properties, list[Failure]]:
        """Fields, and that every element has what the API cannot do without."""
        inputs, failures = super().check(news, olds)
        elements = inputs.get("elements")
        if isinstance(elements, list) and not has_unknown(elements):
            failures.extend(_element_failures(elements))
        return inputs, failures

    def diff(self, identity: str, old_inputs: Properties, old_outputs: Properties, news: Properties) -> Difference:
        """By field; two graphs that behave alike are no change."""
        elements, wanted = old_inputs.get("elements"), news.get("elements")
        alike = elements and wanted and not has_unknown(wanted) and same_graph(elements, wanted)
        return super().diff(identity, old_inputs, old_outputs, news | {"elements": elements} if alike else news)

    def plan_update(self, old_outputs: Properties, inputs: Properties) -> Properties:
        """A rename keeps the version; a changed graph makes a new one."""
        planned = super().plan_update(old_outputs, inputs) | {"modifiedAt": UNKNOWN}
        elements = inputs["elements"]
        if has_unknown(elements) or not same_graph(elements, old_outputs.get("elements") or ()):
            planned |= {"versionId": UNKNOWN, "deploymentId": UNKNOWN}
        return planned

    def create(self, inputs: Properties) -> Made:
        """POST, which deploys version 1; a route of that name is brought to the graph instead."""
        routes = _routes_path(inputs["accountId"], inputs["gatewayId"])
        body = {"name": inputs["name"], "elements": inputs["elements"]}
        route, existed = self._access.make(
            lambda: self._access.api.result("POST", routes, body=body), lambda: self._named(routes, inputs["name"])
        )
        identity = f"{inputs['accountId']}/{inputs['gatewayId']}/{route['id']}"
        path = f"{routes}/{route['id']}"
        live = self._live(path) if existed else route
        if live is None:
            raise _vanished(inputs)
        if existed and not same_graph(version_elements(live["version"]), inputs["elements"]):
            live = self._redeploy(identity, path, live, inputs)
        return Made(identity, inputs | _outputs(live))

    def read(self, identity: str, inputs: Properties, outputs: Properties) -> Found | None:  # noqa: ARG002
        """The deployed graph; the elements stay as they were given while the live graph behaves like them."""
        account, gateway, key = split_id(identity, ID_SHAPE)
        routes = _routes_path(account, gateway)
        live = self._live(f"{routes}/{quote(key, safe='')}")
        if live is None and not inputs:
            named = self._named(routes, key)
            live = self._live(f"{routes}/{named['id']}") if named else None
        if live is None:
            return None
        elements = list(version_elements(live["version"]))
        given = inputs.get("elements")
        if given and same_graph(given, elements):
            elements = given
        found = {"accountId": account, "gatewayId": gateway, "name": live["name"], "elements": elements}
        return Found(f"{account}/{gateway}/{live['id']}", found, found | _outputs(live))

    def update(self, identity: str, old_inputs: Properties, old_outputs: Properties, inputs: Properties) -> Properties:  # noqa: ARG002
        """Rename by PATCH, then version and deployment where the deployed graph differs."""
        account, gateway, key = split_id(identity, ID_SHAPE)
        path = f"{_routes_path(account, gateway)}/{quote(key, safe='')}"
        live = self._live(path)
        if live is None:
            raise _vanished(inputs)
        if live["name"] != inputs["name"]:
            self._access.api.request("PATCH", path, body={"name": inputs["name"]})
            live = live | {"name": inputs["name"]}
        if not same_graph(version_elements(live["version"]), inputs["elements"]):
            live = self._redeploy(identity, path, live, inputs)
        return inputs | _outputs(live)

    def delete(self, identity: str, inputs: Properties, outputs: Properties) -> None:  # noqa: ARG002
        """DELETE; gone already is fine, with or without its gateway."""
        account, gateway, key = split_id(identity, ID_SHAPE)
        try:
            self._access.api.request("DELETE", f"{_routes_path(account, gateway)}/{quote(key, safe='')}")
        except ApiError as error:
            if not error.gone:
                raise

    def _named(self, routes: str, name: str) -> Mapping[str, Any] | None:
        try:
            listed = self._access.api.pages(routes, per_page=_PER_PAGE, key="routes")
            return next((route for route in listed if route["name"] == name), None)
        except ApiError as error:
            if error.gone:
                return None
            raise

    def _live(self, path: str) -> dict[str, Any] | None:
        """The route with the version that is deployed, None when it is gone."""
        try:
            route: dict[str, Any] = self._access.api.result("GET", path)
        except ApiError as error:
            if error.gone:
                return None
            raise
        version, deployment = route.get("version") or {}, route.get("deployment") or {}
        deployed = deployment.get("version_id") or version.get("version_id")
        if deployed and deployed != version.get("version_id"):
            version = self._access.api.result("GET", f"{path}/versions/{deployed}")
        return route | {"version": version or {"elements": route.get("elements")}, "deployment": deployment}

    def _redeploy(self, identity: str, path: str, live: Mapping[str, Any], inputs: Properties) -> dict[str, Any]:
        """Bring the graph live. Whatever stops it, the next run goes on from there."""
        try:
            version, _ = self._access.make(
                lambda: self._prepared(path, inputs["elements"]) or self._version(path, inputs["elements"]),
                lambda: self._prepared(path, inputs["elements"]),
            )
            self._access.make(
                lambda: self._access.api.result("POST", f"{path}/deployments", body={"version_id": version}) or {},
                lambda: self._deployed(path, version),
            )
            after = self._live(path)
        except ApiError as error:
            reason = f"its new graph is not live yet: {error.message}"
            graph = {"elements": list(version_elements(live["version"])), "name": live["name"]}
            raise HalfMadeError(Made(identity, inputs | graph | _outputs(live)), [reason]) from error
        if after is None:
            raise _vanished(inputs)
        return after

    def _version(self, path: str, elements: Sequence[Any]) -> str:
        return str(self._access.api.result("POST", f"{path}/versions", body={"elements": elements})["version_id"])

    def _prepared(self, path: str, elements: Sequence[Any]) -> str | None:
        """The newest version, when it holds this graph: an earlier run stopped before it deployed it."""
        listed = self._access.api.request("GET", f"{path}/versions")["data"]["versions"]
        newest = max(listed, key=lambda version: str(version.get("created_at") or ""), default=None)
        if newest is None:
            return None
        graph = version_elements(newest)
        if not graph:
            graph = version_elements(self._access.api.result("GET", f"{path}/versions/{newest['version_id']}"))
        return str(newest["version_id"]) if same_graph(graph, elements) else None

    def _deployed(self, path: str, version: str) -> dict[str, Any] | None:
        live = self._live(path)
        return live if live and live["version"].get("version_id") == version else None


def _routes_path(account: str, gateway: str) -> str:
    return f"{gateway_path(account, gateway)}/routes"


def _outputs(route: Mapping[str, Any]) -> Properties:
    return {
        "routeId": route["id"],
        "versionId": route["version"].get("version_id"),
        "deploymentId": route["deployment"].get("deployment_id"),
        "createdAt": route.get("created_at"),
        "modifiedAt": route.get("modified_at"),
    }


def _element_failures(elements: Sequence[Any]) -> Iterator[Failure]:
    if not elements:
        yield Failure("elements", "must not be empty: a graph has at least a start and an end")
    for index, element in enumerate(elements):
        missing = [
            name for name in ("id", "type", "outputs") if not isinstance(element, Mapping) or name not in element
        ]
        if missing:
            yield Failure(f"elements[{index}]", f"lacks {', '.join(missing)}")


def _vanished(inputs: Properties) -> CfaigError:
    return CfaigError(
        f"the route {inputs['name']} of the gateway {inputs['gatewayId']} is gone from Cloudflare",
        "run `pulumi refresh`, then again: it will be created anew",
    )
