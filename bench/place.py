"""Projects in temporary folders, each with its own local Cloudflare and stack, to run commands on."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import httpx

from bench.process import Done, run
from bench.report import ROOT
from cfaig.local.engine.environment import LocalCloudflare, pulumi_environment
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine
from cfaig.local.engine.progress import told_on
from cfaig.local.listen import bind
from cfaig.local.process import LocalServer, start, stop
from cfaig.project import LOCAL_ENVIRONMENT, Project

# More than any benchmark makes, so that the local Cloudflare takes them all.
GATEWAY_LIMIT: Final = 5000
PROGRAMS: Final = Path(sys.executable).parent
PULUMI_YAML: Final = "name: bench\nruntime: {name: python, options: {toolchain: pip, virtualenv: .venv}}\n"


@cache
def engine() -> Engine:
    """The engine of this machine; made first where there is none, which takes minutes."""
    return ensure_engine(told_on(sys.stderr))


def plain_environ() -> dict[str, str]:
    """The environment without what could lead a command to another account, stack or folder.

    Nor does it keep Python from writing bytecode: pip does that for what it installs, and the first run here.
    """
    kept = {"CFAIG_CACHE", "CFAIG_ENGINE"}
    dropped = ("CLOUDFLARE_", "PULUMI_", "CFAIG_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name in kept or not name.startswith(dropped)}


@dataclass(frozen=True, slots=True)
class Place:
    """A project's folder and the local Cloudflare that runs for it."""

    root: Path
    server: LocalServer

    @property
    def project(self) -> Project:
        """The folder as cfaig sees it."""
        return Project(self.root)

    def cfaig(
        self,
        *arguments: str,
        codes: Sequence[int] = (0,),
        memory: bool = False,
        environ: Mapping[str, str] | None = None,
    ) -> Done:
        """Run cfaig in the project, with variables of `environ` besides the usual ones."""
        command, env = [str(PROGRAMS / "cfaig"), *arguments], {**plain_environ(), **(environ or {})}
        return run(command, cwd=self.root, env=env, codes=codes, memory=memory)

    def pulumi(self, *arguments: str, memory: bool = False) -> Done:
        """Run the engine in the project, with everything set as `cfaig env` sets it."""
        command = [str(engine().pulumi), "--non-interactive", *arguments]
        return run(command, cwd=self.root, env=self.pulumi_environ(), memory=memory)

    def pulumi_environ(self) -> dict[str, str]:
        """The variables for the engine."""
        local = LocalCloudflare(self.server.url, self.server.account, self.server.token)
        ours = pulumi_environment(engine(), self.project, LOCAL_ENVIRONMENT, local)
        return {**plain_environ(), **ours, "PULUMI_COLOR": "never"}

    def calls(self) -> Counter[str]:
        """The calls that the local Cloudflare answered since it was asked last, by method; the newest 10,000."""
        return Counter(str(entry["method"]) for entry in self.answers())

    def answers(self) -> list[dict[str, Any]]:
        """What the local Cloudflare answered since it was asked last; the newest 10,000."""
        address = f"{self.server.page}__local/requests"
        headers = {"Authorization": f"Bearer {self.server.token}"}
        with httpx.Client(headers=headers, trust_env=False, timeout=60) as client:
            entries: list[dict[str, Any]] = client.get(address).raise_for_status().json()["result"]
            client.delete(address).raise_for_status()
        return entries


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="cfaig-bench-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def cfaig_place() -> Iterator[Place]:
    """A copy of this project without its definitions; the stack does not exist yet."""
    with temporary_folder() as root:
        for path in (ROOT / "Pulumi.yaml", ROOT / "__main__.py", *ROOT.glob("Pulumi.*.yaml")):
            shutil.copy(path, root / path.name)
        shutil.copytree(ROOT / "policies", root / "policies", ignore=shutil.ignore_patterns("__pycache__"))
        with _served(root) as place:
            yield place


@contextmanager
def accounts_place(*accounts: str) -> Iterator[Place]:
    """A project without definitions and stacks, and a local Cloudflare that has these accounts besides its own."""
    with temporary_folder() as root:
        shutil.copy(ROOT / "Pulumi.yaml", root / "Pulumi.yaml")
        with _served(root, *(f"--account={account}" for account in accounts)) as place:
            yield place


@contextmanager
def program_place(program: str) -> Iterator[Place]:
    """A project with only this Pulumi program; its stack does not exist yet."""
    with temporary_folder() as root:
        (root / "Pulumi.yaml").write_text(PULUMI_YAML)
        (root / "__main__.py").write_text(program)
        with _served(root) as place:
            yield place


@contextmanager
def _served(root: Path, *arguments: str) -> Iterator[Place]:
    (root / ".venv").symlink_to(sys.prefix)
    project = Project(root)
    with bind(0) as free:
        port = int(free.getsockname()[1])
    server = start(project, port=port, arguments=["--gateway-limit", str(GATEWAY_LIMIT), *arguments])
    try:
        yield Place(root, server)
    finally:
        stop(project)
