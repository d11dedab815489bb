"""Which account an environment means, without starting or changing anything for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cfaig.definition.load import require_environment
from cfaig.deploy.session import Session
from cfaig.deploy.target import TOKEN_SETTING, Target, remote_target
from cfaig.errors import CfaigError
from cfaig.health.at_once import Failed
from cfaig.health.finding import Area, Finding
from cfaig.health.token import source_of
from cfaig.live.api import Credentials
from cfaig.local.process import LocalServer, status
from cfaig.project import LOCAL_ENVIRONMENT, Project

LOCAL: Final = Area("local Cloudflare")
ACCOUNT: Final = Area("account")


@dataclass(frozen=True, slots=True)
class Place:
    """An account and the way into it; `source` says where the credentials come from."""

    target: Target
    source: str
    server: LocalServer | None = None

    @property
    def local_api(self) -> str | None:
        """The address of the API where it is a local Cloudflare's, which has its gateways there, too."""
        credentials = self.target.credentials
        return credentials.base_url if credentials.loopback else None

    def session(self, project: Project) -> Session:
        """The environment, opened; asked for more than it has, it does not go and get an engine."""
        return Session(project, self.target, self.server, lambda _: None)


@dataclass(frozen=True, slots=True)
class Stopped:
    """The local Cloudflare does not run, or hangs (`log`)."""

    log: str | None = None


def find_place(project: Project, environment: str) -> Place | Stopped:
    """Where the environment is.

    Raises CfaigError when it is unknown, or its account or credentials are missing.
    """
    if environment == LOCAL_ENVIRONMENT:
        return _local(project)
    require_environment(project, environment)
    target = remote_target(project, environment)
    own = f"{TOKEN_SETTING} of {project.stack_file(environment).name}" if target.own_token else None
    return Place(target, source_of(target.credentials, own))


def _local(project: Project) -> Place | Stopped:
    found = status(project)
    if found.server is None or not found.answers:
        return Stopped(None if found.server is None else str(found.log))
    server = found.server
    target = Target(LOCAL_ENVIRONMENT, server.account, Credentials(server.url, api_token=server.token))
    return Place(target, "the local Cloudflare's own", server)


def running_place(project: Project, environment: str) -> Place:
    """Where the environment is, for those who cannot do without.

    Raises CfaigError as `find_place` does, and when the local Cloudflare does not answer.
    """
    place = find_place(project, environment)
    if isinstance(place, Stopped):
        if place.log:
            raise CfaigError(f"the local Cloudflare runs, but does not answer (log: {place.log})", "cfaig local down")
        raise CfaigError("the local Cloudflare does not run", "start it: cfaig local up")
    return place


def check_place(place: Place | Stopped | Failed) -> Iterator[Finding]:
    """Whether there is an account to look at."""
    match place:
        case Failed(why, hint):
            yield ACCOUNT.problem("account", why, hint)
        case Stopped(None):
            yield LOCAL.ok("server", "does not run, so it was not looked at; the next plan or apply starts it")
        case Stopped(log):
            yield LOCAL.problem("server", f"runs, but does not answer (log: {log})", "cfaig local down")
        case Place(target, _, None):
            yield ACCOUNT.ok("account", f"{target.account} at {target.credentials.base_url}")
        case Place(_, _, server) if server is not None:
            yield LOCAL.ok("server", f"answers at {server.page}")
