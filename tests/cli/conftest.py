"""Projects on which the tests run `cfaig` as people do: another process, its exit code and its two streams."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.progress import told_on
from tests.engine_fixtures import ROOT
from tests.local.running import RunningCloudflare

SECONDS = 240.0
SUPPORT = """\
gateway: support
cache: {ttl: 1h}
rate_limit: {requests: 100, per: 1m}
providers:
  openai: {key: "env://OPENAI_API_KEY"}
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 30s}
      - {provider: anthropic, model: claude-sonnet-5, timeout: 20s}
"""
PLANTED = "sk-planted-0123456789abcdef"


@dataclass
class Shell:
    """A project folder and the variables in which commands run there; nothing of the caller's credentials."""

    root: Path
    environ: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "cfaig", *arguments]

    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLOUDFLARE_", "PULUMI_"))}
        return {**kept, "NO_COLOR": "1", **self.environ}

    def cfaig(
        self, *arguments: str, code: int | None = 0, stdin: str | None = None, seconds: float = SECONDS
    ) -> subprocess.CompletedProcess[str]:
        """Run one command; `code` is the exit code it must have, None for any."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.env(),
            input=stdin if stdin is not None else "",
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert code is None or done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def define(self, name: str, text: str) -> Path:
        """Write a file in `gateways/`."""
        path = self.root / "gateways" / f"{name}.yaml"
        path.write_text(text)
        return path


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A project without definitions and without credentials."""
    root = tmp_path / "project"
    (root / "gateways").mkdir(parents=True)
    for name in ("Pulumi.yaml", "__main__.py", *(path.name for path in ROOT.glob("Pulumi.*.yaml"))):
        shutil.copy(ROOT / name, root / name)
    shutil.copytree(ROOT / "policies", root / "policies")
    (root / ".venv").symlink_to(sys.prefix)
    return Shell(root, {"HOME": str(tmp_path / "home"), "CFAIG_CACHE": os.environ.get("CFAIG_CACHE", _cache())})


def _cache() -> str:
    """The caller's cache, so that an empty HOME does not mean another build of the engine."""
    return os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")


@pytest.fixture
def dev(shell: Shell, local_cloudflare: RunningCloudflare) -> Shell:
    """The project with environment `dev` in an account of its own, its stack in a folder."""
    local_cloudflare.reset()
    (shell.root / "state").mkdir()
    shell.environ |= local_cloudflare.environ | {
        "CLOUDFLARE_ACCOUNT_ID": local_cloudflare.account,
        "CFAIG_ENVIRONMENT": "dev",
        "PULUMI_BACKEND_URL": (shell.root / "state").as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "test",
        "OPENAI_API_KEY": PLANTED,
    }
    shell.define("support", SUPPORT)
    return shell


@pytest.fixture(scope="session")
def engine_ready() -> None:
    """Makes the engine where there is none, so that no command under test has to."""
    ensure_engine(told_on(sys.stderr))
