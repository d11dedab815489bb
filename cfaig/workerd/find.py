"""Finding workerd: one on PATH, or the one in the cache, which npm puts there."""

from __future__ import annotations

import fcntl
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError
from cfaig.project import user_cache

OLDEST: Final = "2026-07-01"
"""A workerd knows the behaviour of all days up to its own; the Worker of the edge was tested with this one's."""
HOW_TO_GET: Final = "install Node with npm and run cfaig local workerd, or put a workerd on PATH"
VERSION_SECONDS: Final = 30.0
INSTALL_SECONDS: Final = 600.0

_PACKAGES: Final = {
    ("darwin", "x86_64"): "@cloudflare/workerd-darwin-64",
    ("darwin", "arm64"): "@cloudflare/workerd-darwin-arm64",
    ("linux", "x86_64"): "@cloudflare/workerd-linux-64",
    ("linux", "aarch64"): "@cloudflare/workerd-linux-arm64",
}
_LISTS: Final = ("package.json", "package-lock.json")


def find_workerd() -> Path | None:
    """The workerd of this machine: the first on PATH that is new enough, or that in the cache; None without one."""
    on_path = shutil.which("workerd")
    if on_path is not None and (version_of(Path(on_path)) or "") >= OLDEST:
        return Path(on_path)
    place = _place()
    return place if place is not None and os.access(place, os.X_OK) else None


def ensure_workerd(say: Callable[[str], None]) -> Path:
    """As `find_workerd`; without one it is installed with npm, which takes seconds and loads 40 MB.

    Raises CfaigError when that does not work here.
    """
    found = find_workerd()
    if found is not None:
        return found
    place, npm = _place(), shutil.which("npm")
    if place is None:
        raise CfaigError(
            f"workerd is not made for this machine ({sys.platform}, {platform.machine()}), or this user has no home",
            "put a workerd on PATH",
        )
    if npm is None:
        raise CfaigError("there is no workerd here, and no npm to get it with", HOW_TO_GET)
    say("getting workerd, Cloudflare's runtime for Workers, with npm (once; 40 MB)")
    _install(npm, place)
    return place


@cache
def version_of(workerd: Path) -> str | None:
    """The day of a workerd, such as 2026-10-23; None when it does not run."""
    try:
        answer = subprocess.run(
            [workerd, "--version"], capture_output=True, text=True, timeout=VERSION_SECONDS, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.strip().removeprefix("workerd ")


def _place() -> Path | None:
    """Where the cache has workerd, or would have it; None on machines that it is not made for."""
    package = _PACKAGES.get((sys.platform, platform.machine()))
    folder = user_cache(os.environ)
    if package is None or folder is None:
        return None
    version: str = json.loads(_text("package.json"))["optionalDependencies"][package]
    return folder / "workerd" / version / "node_modules" / package / "bin" / "workerd"


def _text(name: str) -> str:
    return files("cfaig.workerd").joinpath("npm", name).read_text("utf-8")


def _install(npm: str, place: Path) -> None:
    """Install what the lock file names, checked by its hashes, next to its place; then rename it there."""
    target = place.parents[4]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (target.parent / "lock").open("w") as lock, tempfile.TemporaryDirectory(dir=target.parent) as folder:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.access(place, os.X_OK):
                return  # another process was quicker
            made = Path(folder) / "made"
            made.mkdir()
            for name in _LISTS:
                (made / name).write_text(_text(name), encoding="utf-8")
            _run(npm, made)
            if not os.access(made / place.relative_to(target), os.X_OK):
                raise CfaigError("npm did not get workerd: its registry does not answer, or has none", HOW_TO_GET)
            shutil.rmtree(target, ignore_errors=True)
            made.rename(target)
    except OSError as error:
        raise CfaigError(
            f"the cache cannot be written: {error.filename}: {error.strerror}", "set CFAIG_CACHE to another folder"
        ) from error


def _run(npm: str, folder: Path) -> None:
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise CfaigError(f"npm did not end within {INSTALL_SECONDS:g} s", HOW_TO_GET) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise CfaigError(f"npm could not get workerd: {said[0] if said else 'it does not say why'}", HOW_TO_GET)
