"""Wheel and sdist: complete, reproducible, and at work in an environment with nothing but the runtime lock."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest

from cfaig import __version__
from tests.engine_fixtures import ROOT

SECONDS: Final = 280
SOURCE: Final = ("cfaig", "schemas", "pyproject.toml", "README.md", "LICENSE")
# Folders of the repository, and what they are in the package, where links lead to them.
INSIDE: Final = {"cfaig": "cfaig", "schemas": "cfaig/schemas", "policies": "cfaig/templates/policies"}
EPOCH: Final = "1767225600"
INSTALL: Final = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
NO_FILES: Final = ("__pycache__", ".mypy_cache", ".ruff_cache", "*.egg-info", "node_modules")
# `make build` installs these with pip, from the same lock file; here they are taken from the environment of the tests.
LOCKED: Final = re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE | re.IGNORECASE)
PLATFORM_ONLY: Final = {"colorama", "pywin32", "tzdata", "pyreadline3", "win32-setctime"}


@dataclass(frozen=True)
class Built:
    """What one build has made; `again` is the wheel of a second one, from the sources and not from the sdist."""

    wheel: Path
    sdist: Path
    again: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Wheel and sdist of the sources as they are."""
    folder = tmp_path_factory.mktemp("build")
    for name in SOURCE:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns(*NO_FILES)
            shutil.copytree(ROOT / name, folder / "source" / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder / "source" / name)
    build = ("-m", "build", "--no-isolation", "--outdir")
    run([sys.executable, *build, str(folder / "dist"), "."], folder / "source")
    run([sys.executable, *build, str(folder / "again"), "--wheel", "."], folder / "source")
    name = f"cfaig-{__version__}"
    wheel = f"{name}-py3-none-any.whl"
    return Built(folder / "dist" / wheel, folder / "dist" / f"{name}.tar.gz", folder / "again" / wheel)


def run(command: Sequence[str], folder: Path = ROOT) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CFAIG", "CLOUDFLARE"))}
    environ = {**kept, "SOURCE_DATE_EPOCH": EPOCH, "HOME": str(folder)}
    done = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_the_wheel_has_every_file_of_the_package_and_no_other(built: Built) -> None:
    listed = run(["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", *INSIDE])
    wanted = set()
    for name in filter(None, listed.splitlines()):
        top = name.split("/")[0]
        if (ROOT / name).is_file() and "__pycache__" not in name:
            wanted.add(name.replace(top, INSIDE[top], 1))
    with zipfile.ZipFile(built.wheel) as wheel:
        found = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert found == wanted


def test_a_second_build_gives_the_same_bytes_and_the_sdist_is_enough_for_it(built: Built) -> None:
    assert built.wheel.read_bytes() == built.again.read_bytes()
    with tarfile.open(built.sdist) as sdist:
        assert not [name for name in sdist.getnames() if "/tests/" in name or "node_modules" in name]


def test_the_installed_wheel_works_with_what_the_lock_file_names(built: Built, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, with_pip=False)
    (site,) = (place / "lib").glob("python*/site-packages")
    for name in LOCKED:
        if name not in PLATFORM_ONLY:
            lend(name, site)
    run([sys.executable, "-m", "pip", "--python", str(place / "bin/python"), *INSTALL, str(built.wheel)], tmp_path)
    said = run(["bash", str(ROOT / "tests/release/try.sh"), str(place / "bin")], tmp_path)
    assert said.startswith(f"cfaig {__version__}")
    where = run([str(place / "bin/python"), "-c", "import cfaig; print(cfaig.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(site)


def lend(name: str, site: Path) -> None:
    """Let an environment have a distribution of this one, without a copy."""
    files = distribution(name).files or []
    for top in {file.parts[0] for file in files if file.parts[0] not in ("..", "__pycache__")}:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(distribution(name).locate_file(top))))
