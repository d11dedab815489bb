"""Programs of Node that tests run: installed once, beside the lock file that names them."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SECONDS = 240


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Several workers of pytest do not install at once."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def installed_node(folder: Path) -> str:
    """Node's path, after `folder`/package-lock.json was installed; skips the test where there is no Node."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        pytest.skip("Node and npm are not installed")
    lock_file, installed = folder / "package-lock.json", folder / "node_modules" / ".installed"
    with _only_one(folder):
        if not installed.exists() or installed.read_bytes() != lock_file.read_bytes():
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
            assert done.returncode == 0, done.stderr
            shutil.copy(lock_file, installed)
    return found


def registries_in(lock_file: Path) -> list[str]:
    """The packages whose place a lock file names; there should be none, because registries differ."""
    packages = json.loads(lock_file.read_text())["packages"]
    return [name for name, package in packages.items() if "resolved" in package]
