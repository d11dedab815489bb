"""The Worker's own tests, which run on real workerd, and the one module that is deployed."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from tests.npm import SECONDS, installed_node, registries_in

FOLDER = Path(__file__).parents[2] / "edge"
BUNDLE = "import('./build.js').then(async ({bundle}) => process.stdout.write(await bundle()))"


@pytest.fixture(scope="module")
def node() -> str:
    return installed_node(FOLDER)


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=SECONDS, check=False)


def test_on_workerd(node: str) -> None:
    tests = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob("test/*.test.js"))
    done = run(node, "--test", "--test-concurrency=2", "--test-reporter=spec", *tests)
    assert done.returncode == 0, done.stdout.partition("failing tests:")[2] or done.stdout + done.stderr


@pytest.mark.parametrize("project", ["tsconfig.json", "test/tsconfig.json"])
def test_types(node: str, project: str) -> None:
    done = run(node, "node_modules/typescript/bin/tsc", "--project", project)
    assert done.returncode == 0, done.stdout


def test_the_bundle_is_made_from_these_sources(node: str) -> None:
    done = run(node, "--input-type=module", "--eval", BUNDLE)
    assert done.returncode == 0, done.stderr
    deployed = files("cfaig.edge").joinpath("worker.js").read_text(encoding="utf-8")
    assert deployed == done.stdout, "run `npm run build` in edge/"


def test_the_bundle_stands_alone() -> None:
    deployed = files("cfaig.edge").joinpath("worker.js").read_text(encoding="utf-8")
    date = json.loads((FOLDER / "package.json").read_text())["config"]["compatibility_date"]
    assert deployed.splitlines()[0].endswith(f"Compatibility date {date}.")
    assert "import " not in deployed.replace("import(", "")
    assert "eval(" not in deployed
    assert len(deployed) < 200_000


def test_the_lock_names_no_registry() -> None:
    assert registries_in(FOLDER / "package-lock.json") == []
