"""Routes of an environment: what is live, how it stands to Git, and the way back to an earlier version.

Works without an engine, and with definitions that have mistakes: in an incident a route must be brought back.
"""

from __future__ import annotations

from cfaig.definition.load import load_project
from cfaig.deploy.session import Session
from cfaig.errors import CfaigError
from cfaig.live.route_versions import deploy_version, read_history, read_routes
from cfaig.state.compile import compile_account
from cfaig.state.model import AccountState
from cfaig.state.versions import LiveRoute, RouteHistory, RouteVersion


def split_address(address: str) -> tuple[str, str]:
    """Gateway and route of `support/chat`.

    Raises CfaigError for anything else.
    """
    gateway, slash, name = address.partition("/")
    if not (slash and gateway and name):
        raise CfaigError(f"“{address}” is no route", "name the gateway and the route, as in support/chat")
    return gateway, name


def desired_account(session: Session) -> AccountState | CfaigError:
    """What the definitions ask of the environment, or why they cannot be read."""
    try:
        return compile_account(
            load_project(session.project, session.target.environment, account=session.target.account).gateways
        )
    except CfaigError as error:
        return error


def live_routes(session: Session) -> tuple[LiveRoute, ...]:
    """All routes of the account; raises ApiError when they cannot be read."""
    with session.api() as api:
        return read_routes(api, session.target.account)


def route_history(session: Session, address: str) -> RouteHistory:
    """The history of `support/chat`.

    Raises CfaigError when there is no such live route.
    """
    gateway, name = split_address(address)
    with session.api() as api:
        return read_history(api, session.target.account, gateway, name)


def rollback_target(history: RouteHistory, wanted: str | None) -> RouteVersion:
    """The version to bring back: `wanted`, or the one that was deployed before.

    Raises CfaigError when there is no such version, or it is not valid.
    """
    version = history.previous() if wanted is None else history.find(wanted)
    if not version.valid:
        raise CfaigError(
            f"version {version.number} of {history.route.address} is not valid: Cloudflare would not deploy it",
            f"take another one: cfaig routes history {history.route.address}",
        )
    return version


def roll_back(session: Session, history: RouteHistory, version: RouteVersion) -> LiveRoute:
    """Deploy the version, unless it is the one that answers; gives the route as it is then.

    Raises ApiError when Cloudflare refuses or does not answer.
    """
    if version.id == history.route.version.id:
        return history.route
    with session.api() as api:
        return deploy_version(api, session.target.account, history.route, version)
