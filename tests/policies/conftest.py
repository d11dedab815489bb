"""A project with the real pack and levels of the test's own."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LEVELS = """\
default:
  authentication: advisory
  logging: disabled
  cache-ttl: {level: mandatory, max: 30d}
  limit: disabled
  fallback: disabled
  names: disabled
environments:
  dev: {cache-ttl: {max: 1h}, names: advisory}
  prod: {authentication: mandatory, logging: advisory}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "policies" / "levels.yaml").write_text(LEVELS, encoding="utf-8")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    (tmp_path / "Pulumi.yaml").write_text(
        "name: sample\nruntime: {name: python, options: {virtualenv: .venv}}\n", encoding="utf-8"
    )
    for environment in ("dev", "prod"):
        (tmp_path / f"Pulumi.{environment}.yaml").write_text("config: {}\n", encoding="utf-8")
    return tmp_path
