"""The folders in which pages are played: what a reader has at the beginning of a page."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cfaig.local.options import ACCOUNT, TOKEN
from docs.site.blocks import Start
from tests.engine_fixtures import ROOT

COPIED: Final = (
    *("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock", ".gitignore", "__main__.py"),
    *("gateways", "scenarios", "policies", "schemas"),
)
KEYS: Final = (
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "GOOGLE_AI_STUDIO_API_KEY",
    "OLLAMA_LAB_KEY",
    "CODING_GATEWAY_TOKEN",
)


SNAPSHOTS: Final[Mapping[Start, str]] = {
    "applied": "make up",
    "deployed": "rm */coding* */tiered* && git commit -qam 'Support only' && cfaig apply -e dev --yes",
}
"""Beginnings that take a while: how they are made from the repository, once for all pages."""


def environment(project: Path, url: str) -> dict[str, str]:
    """What a reader has set up, with a local Cloudflare in place of the account of `-e dev` and the like."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CLOUDFLARE_", "PULUMI_"))}
    state = project / ".cfaig/state"
    state.mkdir(parents=True, exist_ok=True)
    cache = os.environ.get("CFAIG_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    author = {f"GIT_{who}_{what}": "docs@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return {
        **kept,
        **author,
        **{name: f"docs-{name.lower()}" for name in KEYS},
        "REPOSITORY": str(ROOT),
        "CLOUDFLARE_BASE_URL": url,
        "CLOUDFLARE_API_TOKEN": TOKEN,
        "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
        "PULUMI_BACKEND_URL": state.as_uri(),
        "PULUMI_CONFIG_PASSPHRASE": "docs",
        "NO_COLOR": "1",
        "COLUMNS": "100",
        "HOME": str(project.with_name("home")),
        "CFAIG_CACHE": cache,
        "PATH": os.pathsep.join((str(project / ".venv/bin"), os.environ["PATH"])),
    }


def begin(project: Path, start: Start, shared: Path) -> None:
    """Put into the empty folder `project` what a page begins with; `shared` is for what pages have in common."""
    if start in SNAPSHOTS:
        shutil.copytree(_snapshot(start, shared), project, symlinks=True, dirs_exist_ok=True)
        return
    venv = project / ".venv"
    venv.mkdir()
    for entry in Path(sys.prefix).iterdir():
        if not entry.name.startswith("."):
            (venv / entry.name).symlink_to(entry)
    environ = environment(project, "")
    if start == "repository":
        for name in (*COPIED, *(path.name for path in ROOT.glob("Pulumi*.yaml"))):
            source = ROOT / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
    elif start == "init":
        _run("cfaig init", project, environ)
    # As `make setup` leaves it: what the lock files name is there.
    for mark in (".ready", ".ready-dev"):
        (venv / mark).touch()
    if start != "none":
        _run("git init -q -b main && git add -A && git commit -q -m 'As the page begins'", project, environ)


def _snapshot(start: Start, shared: Path) -> Path:
    """The folder of a beginning that takes a while, made by the first worker of pytest-xdist; its server is stopped."""
    folder = shared / start
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / f"{start}-making"
            making.mkdir()
            begin(making, "repository", shared)
            environ = environment(making, serve(making))
            _run(f"{SNAPSHOTS[start]} && cfaig local down", making, environ)
            making.rename(folder)
    return folder


def serve(project: Path) -> str:
    """Start the project's local Cloudflare on a free port; the base address of its API."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
    _run(f"cfaig local up --port {port}", project, environment(project, ""))
    return f"http://127.0.0.1:{port}/client/v4"


def stop(project: Path) -> None:
    """Stop the project's local Cloudflare, if there is one."""
    if (project / ".cfaig/local").exists():
        _run("cfaig local down", project, environment(project, ""))


def _run(script: str, folder: Path, environ: Mapping[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
