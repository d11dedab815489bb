"""Which account an environment means, and how to get into it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import yaml

from cfaig.errors import CfaigError
from cfaig.live.api import Credentials
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.secrets import resolve

TOKEN_SETTING: Final = "cfaig:token"  # noqa: S105 (a name)


@dataclass(frozen=True, slots=True)
class Target:
    """The account of an environment and the way to it; `own_token` says that its stack file names the token."""

    environment: str
    account: str
    credentials: Credentials
    own_token: bool = False

    @property
    def local(self) -> bool:
        """Whether it is the bundled local Cloudflare."""
        return self.environment == LOCAL_ENVIRONMENT


def account_of(project: Project, environment: str, environ: Mapping[str, str] | None = None) -> str | None:
    """The account that the stack file names (`cfaig:account`), or else CLOUDFLARE_ACCOUNT_ID."""
    env = os.environ if environ is None else environ
    return _account_in(stack_settings(project, environment), env)


def _account_in(settings: Mapping[str, object], env: Mapping[str, str]) -> str | None:
    return str(settings.get("cfaig:account") or env.get("CLOUDFLARE_ACCOUNT_ID") or "") or None


def stack_settings(project: Project, environment: str) -> Mapping[str, object]:
    """The `config` of the environment's stack file; empty where there is none.

    Raises CfaigError when the file is not YAML.
    """
    path = project.stack_file(environment)
    if not path.is_file():
        return {}
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CfaigError(f"{path.name} is not YAML: {error}") from error
    config = document.get("config") if isinstance(document, dict) else None
    return config if isinstance(config, dict) else {}


def remote_target(project: Project, environment: str, environ: Mapping[str, str] | None = None) -> Target:
    """The target of any environment but `local`.

    The token is the one that the stack file refers to (`cfaig:token`), or else what the official tools would take.
    Raises CfaigError when the account or the credentials are missing.
    """
    env = os.environ if environ is None else environ
    settings = stack_settings(project, environment)
    token = settings.get(TOKEN_SETTING)
    own = {}
    if token is not None:
        place = f"{TOKEN_SETTING} in {project.stack_file(environment).name}"
        own = {"CLOUDFLARE_API_TOKEN": resolve(str(token), env, used_by=place)}
    credentials = Credentials.from_environment({**env, **own})
    account = _account_in(settings, env)
    if account is None:
        raise CfaigError(
            f"no account for environment {environment}",
            f"write `cfaig:account: <account id>` under `config:` in Pulumi.{environment}.yaml, "
            "or set CLOUDFLARE_ACCOUNT_ID",
        )
    return Target(environment, account, credentials, own_token=bool(own))
