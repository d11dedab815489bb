"""The real Pulumi engine for tests, and projects to run it on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cfaig.local.engine.environment import pulumi_environment
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine
from cfaig.local.engine.progress import told_on
from cfaig.project import LOCAL_ENVIRONMENT, Project

ROOT = Path(__file__).parent.parent
COMMAND_SECONDS = 120.0


@dataclass
class PulumiProject:
    """A project in a temporary folder, its state in a folder there too; `more_env` is set for every command."""

    root: Path
    engine: Engine
    more_env: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Project:
        return Project(self.root)

    def env(self) -> dict[str, str]:
        ours = pulumi_environment(self.engine, self.project, LOCAL_ENVIRONMENT)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLOUDFLARE_", "PULUMI_"))}
        return {**kept, **ours, "PULUMI_COLOR": "never", **self.more_env}

    def command(self, *arguments: str) -> list[str]:
        return [str(self.engine.pulumi), "--non-interactive", *arguments]

    def pulumi(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """Run one command; `code` is the exit code it must have, None for any."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.env(),
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )
        assert code is None or done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine of this machine; made first where there is none, which takes minutes."""
    return ensure_engine(told_on(sys.stderr))


@pytest.fixture
def pulumi_project(tmp_path: Path, engine: Engine) -> PulumiProject:
    """A copy of this project without its definitions; stack `local` is made and selected."""
    root = tmp_path / "project"
    (root / "gateways").mkdir(parents=True)
    for name in ("Pulumi.yaml", "__main__.py", *(path.name for path in ROOT.glob("Pulumi.*.yaml"))):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "policies", root / "policies")
    (root / ".venv").symlink_to(sys.prefix)
    made = PulumiProject(root, engine)
    made.pulumi("stack", "init", "local")
    return made


@pytest.fixture
def tiny_project(tmp_path: Path, engine: Engine) -> Callable[[str, Mapping[str, str]], PulumiProject]:
    """Makes a project from the text of its program and of other files; stack `local` is made and selected."""

    def make(program: str, files: Mapping[str, str]) -> PulumiProject:
        root = tmp_path / "tiny"
        for name, text in {"Pulumi.yaml": "name: tiny\nruntime: python\n", "__main__.py": program, **files}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        made = PulumiProject(root, engine)
        made.pulumi("stack", "init", "local")
        return made

    return make
