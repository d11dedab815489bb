"""One environment, opened: its account, the engine for it, and what its stack remembers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cfaig.definition.load import Definitions, read_definitions, require_environment
from cfaig.deploy import stack_config
from cfaig.deploy.checkpoint import read_checkpoint
from cfaig.deploy.shared import Shared
from cfaig.deploy.stack_state import StackState, parse_deployment
from cfaig.deploy.target import Target, remote_target
from cfaig.errors import CfaigError
from cfaig.live.api import CloudflareApi, Credentials
from cfaig.local.engine.environment import LocalCloudflare, local_backend, pulumi_environment
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine as FoundEngine
from cfaig.local.engine.model import Progress
from cfaig.local.process import LocalServer, start
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.secrets import Resolver

if TYPE_CHECKING:
    from cfaig.deploy.engine import Engine


@dataclass(frozen=True)
class Session:
    """An environment of a project. The engine is found, or made, when it is needed first.

    `shared` is what it has in common with others that are open at the same time; `waits` says long waits for the API.
    """

    project: Project
    target: Target
    server: LocalServer | None
    progress: Progress
    shared: Shared | None = None
    waits: Callable[[str], None] | None = None

    @cached_property
    def found(self) -> FoundEngine:
        """The engine on this machine; finding it may mean to build it, which takes minutes.

        Raises CfaigError when there is no way to get one.
        """
        return self.shared.engine(self.progress) if self.shared else ensure_engine(self.progress)

    @cached_property
    def environ(self) -> dict[str, str]:
        """The variables under which plain `pulumi` works on this environment; without a token of the stack's own."""
        return pulumi_environment(self.found, self.project, self.target.environment, self._local)

    @cached_property
    def engine(self) -> Engine:
        """The engine for this environment; raises as `found` does."""
        from cfaig.deploy.engine import Engine  # a plan needs no engine, and Pulumi takes 0.3 s to import

        token = self.target.credentials.api_token
        own = {"CLOUDFLARE_API_TOKEN": token or ""} if self.target.own_token else {}
        return Engine(self.project, self.target.environment, self.found, self.environ | own)

    @cached_property
    def resolver(self) -> Resolver:
        """The values of secret references in this environment: stand-ins in `local`. The engine is asked at need."""
        return Resolver(os.environ, stand_ins=self.target.local, stack_config=stack_config.through(lambda: self.engine))

    @property
    def backend(self) -> str | None:
        """Where the stack's state is kept, if that is known without asking the engine."""
        if self.target.local:
            return local_backend(self.project)
        return os.environ.get("PULUMI_BACKEND_URL")

    @property
    def _local(self) -> LocalCloudflare | None:
        if self.server is None:
            return None
        return LocalCloudflare(self.server.url, self.server.account, self.server.token)

    def definitions(self) -> Definitions:
        """The project's definitions; raises CfaigError where the folder is missing."""
        return self.shared.definitions(self.project) if self.shared else read_definitions(self.project)

    @contextmanager
    def api(self) -> Iterator[CloudflareApi]:
        """The API of the account."""
        credentials = self.target.credentials
        connections = self.shared.connections(credentials.base_url) if self.shared else None
        with CloudflareApi(credentials, connections=connections, tell=self.waits) as api:
            yield api

    def stack_state(self) -> StackState | None:
        """What the stack remembers, or None when that cannot be found out (no login, say)."""
        if (state := read_checkpoint(self.project, self.target.environment, self.backend)) is not None:
            return state
        exported = self.engine.export()
        return None if exported is None else parse_deployment(exported.deployment)


def open_session(
    project: Project,
    environment: str,
    progress: Progress,
    tell: Callable[[str], None],
    shared: Shared | None = None,
) -> Session:
    """Open an environment; for `local` this starts the local Cloudflare if it does not run.

    With `shared` it is one of several at the same time, which all speak through their own `tell`.
    Raises CfaigError when the environment is unknown, or its account or credentials are missing.
    """
    if environment != LOCAL_ENVIRONMENT:
        require_environment(project, environment)
        waits = tell if shared else None
        return Session(project, remote_target(project, environment), None, progress, shared, waits)
    server = start(project)
    if server.fresh:
        tell(f"started the local Cloudflare: {server.page}")
    target = Target(environment, server.account, Credentials(server.url, api_token=server.token))
    return Session(project, target, server, progress)


def require_state(session: Session) -> StackState:
    """What the stack remembers, for those who write.

    Raises CfaigError when it cannot be found out.
    """
    state = session.stack_state()
    if state is None:
        raise CfaigError(
            f"the state of stack {session.target.environment} cannot be read",
            "log in where it is kept (pulumi login), or name the place: export PULUMI_BACKEND_URL=…",
        )
    return state
