"""The environment variables under which plain `pulumi` commands work in a project."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cfaig.local.engine.model import Engine
from cfaig.project import LOCAL_ENVIRONMENT, Project

# The passphrase of the stack `local`. No secret: local state holds only stand-ins for keys.
LOCAL_PASSPHRASE: Final = "local"  # noqa: S105
LOCAL_STATE: Final = "pulumi"


@dataclass(frozen=True, slots=True)
class LocalCloudflare:
    """Where the local Cloudflare answers, and as whom to call it."""

    base_url: str
    account: str
    api_token: str


def pulumi_environment(
    engine: Engine, project: Project, environment: str, local: LocalCloudflare | None = None
) -> dict[str, str]:
    """The variables to set over the caller's own, for running the engine on the environment's stack.

    For `local`, that is the state in the project's work folder, which is made, and the local Cloudflare when `local`
    names it. For another environment, backend and credentials are the user's business.
    """
    variables = {
        **engine.env,
        # No offers of Pulumi's online assistant in the output.
        "PULUMI_SUPPRESS_NEO_LINK": "true",
    }
    if environment != LOCAL_ENVIRONMENT:
        return variables
    (project.work / LOCAL_STATE).mkdir(parents=True, exist_ok=True)
    variables |= {
        "PULUMI_BACKEND_URL": local_backend(project),
        "PULUMI_CONFIG_PASSPHRASE": LOCAL_PASSPHRASE,
    }
    if local is not None:
        variables |= {
            "CLOUDFLARE_BASE_URL": local.base_url,
            "CLOUDFLARE_ACCOUNT_ID": local.account,
            "CLOUDFLARE_API_TOKEN": local.api_token,
        }
    return variables


def local_backend(project: Project) -> str:
    """Where the stack `local` is kept, as Pulumi wants it told."""
    return (project.work / LOCAL_STATE).as_uri()


def shell_exports(variables: Mapping[str, str]) -> str:
    """The variables as POSIX shell commands, for `eval "$(cfaig env)"`."""
    return "".join(f"export {name}={shlex.quote(value)}\n" for name, value in variables.items())
