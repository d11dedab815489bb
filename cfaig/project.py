"""Where things are: the project's folder, its definitions, its stack files and its own work folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError

LOCAL_ENVIRONMENT: Final = "local"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with a `Pulumi.yaml`; `gateways` may be elsewhere when CFAIG_GATEWAYS names another folder."""

    root: Path

    @property
    def gateways(self) -> Path:
        """The folder of the definitions."""
        return self.root / os.environ.get("CFAIG_GATEWAYS", "gateways")

    @property
    def scenarios(self) -> Path:
        """The folder of the behaviour tests."""
        return self.root / "scenarios"

    @property
    def work(self) -> Path:
        """The folder for what machines write: local state, logs; not in Git."""
        return self.root / ".cfaig"

    @property
    def policies(self) -> Path:
        """The folder of the policy pack."""
        return self.root / "policies"

    def stack_file(self, environment: str) -> Path:
        """The settings of the environment's stack."""
        return self.root / f"Pulumi.{environment}.yaml"

    def stacks(self) -> tuple[str, ...]:
        """The environments that have a stack file."""
        return tuple(sorted(path.name.split(".", 2)[1] for path in self.root.glob("Pulumi.*.yaml")))


def find_project(start: Path | None = None) -> Project:
    """The project that holds `start` (the working folder by default).

    Raises CfaigError when no folder up to the root has a Pulumi.yaml.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "Pulumi.yaml").is_file():
            return Project(folder)
    raise CfaigError(f"no Pulumi.yaml in {here} or above it", "run cfaig inside a project, or make one: cfaig init")


def user_cache(environ: Mapping[str, str]) -> Path | None:
    """The folder of what cfaig keeps for this user over all projects: below CFAIG_CACHE, XDG_CACHE_HOME or `~/.cache`.

    None for a user without a home.
    """
    base = environ.get("CFAIG_CACHE") or environ.get("XDG_CACHE_HOME") or "~/.cache"
    try:
        return Path(base).expanduser() / "cfaig"
    except RuntimeError:
        return None
