"""Which gateway and which route somebody means."""

from __future__ import annotations

from collections.abc import Sequence

from cfaig.connect.connection import ROUTE_PREFIX
from cfaig.connect.model import Client
from cfaig.definition.model import Gateway
from cfaig.definition.spelling import did_you_mean
from cfaig.errors import CfaigError


def choose(
    gateways: Sequence[Gateway], client: Client, gateway: str | None, route: str | None, environment: str
) -> tuple[Gateway, str | None]:
    """The gateway and the name of the route: `chat`, `dynamic/chat` or `support/chat`.

    Raises CfaigError for names that are unknown, or fit several.
    """
    name = None if route is None else route.removeprefix(ROUTE_PREFIX)
    if name is not None and gateway is None and "/" in name:
        gateway, _, name = name.partition("/")
    if name is not None and not client.routes:
        raise CfaigError(
            f"{client.title} cannot call a route: routes speak OpenAI's chat completions, not Anthropic's Messages",
            "leave --route out, or take another client: cfaig connect openai --route …",
        )
    found = [one for one in gateways if gateway in (None, one.id)]
    if not found:
        known = [one.id for one in gateways]
        guess = did_you_mean(gateway, known) if gateway else ""
        raise CfaigError(
            f"there is no gateway {gateway} in {environment}" if gateway else f"there is no gateway in {environment}",
            f"{guess}there are: {', '.join(known) or 'none'}",
        )
    if name is not None:
        return _with_route(found, gateway, name, environment), name
    if len(found) > 1:
        raise CfaigError(
            f"there are {len(found)} gateways in {environment}",
            f"name one: {', '.join(f'--gateway {one.id}' for one in found)}",
        )
    return found[0], None


def _with_route(gateways: Sequence[Gateway], gateway: str | None, name: str, environment: str) -> Gateway:
    having = [one for one in gateways if any(route.name == name for route in one.routes)]
    if len(having) == 1:
        return having[0]
    if having:
        raise CfaigError(
            f"{len(having)} gateways have a route {name}",
            f"name one: {', '.join(f'{one.id}/{name}' for one in having)}",
        )
    own = [route.name for one in gateways for route in one.routes]
    full = [f"{one.id}/{route.name}" for one in gateways for route in one.routes]
    raise CfaigError(
        f"{gateway} has no route {name}" if gateway else f"no gateway has a route {name} in {environment}",
        f"{did_you_mean(name, own)}there are: {', '.join(full) or 'none'}",
    )
