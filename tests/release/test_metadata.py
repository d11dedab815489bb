"""What goes with a release: bill of materials, action, workflow, container file."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from cfaig import __version__
from tests.engine_fixtures import ROOT
from tests.release.sbom import write

ACTION: Final[dict[str, Any]] = yaml.safe_load((ROOT / "action.yml").read_text())
RELEASE: Final[dict[str, Any]] = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())
TRUSTED: Final = re.compile(r"actions/[a-z-]+@v\d+|pypa/gh-action-pypi-publish@release/v1")


def steps() -> list[dict[str, Any]]:
    return [*ACTION["runs"]["steps"], *(step for job in RELEASE["jobs"].values() for step in job["steps"])]


def test_the_bill_of_materials_names_what_the_lock_file_names(tmp_path: Path) -> None:
    lock = ROOT / "requirements.lock"
    write(lock, tmp_path / "bill.json")
    bill = json.loads((tmp_path / "bill.json").read_text())
    locked = set(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", lock.read_text(), re.MULTILINE))
    assert {(part["name"], part["version"]) for part in bill["components"]} == locked
    assert all(reference["hashes"] for part in bill["components"] for reference in part["externalReferences"])
    assert (bill["metadata"]["component"]["name"], bill["metadata"]["component"]["version"]) == ("cfaig", __version__)


@pytest.mark.parametrize(
    ("schema", "file"),
    [("vendor.github-actions", "action.yml"), ("vendor.github-workflows", ".github/workflows/release.yml")],
)
def test_action_and_workflow_are_valid(schema: str, file: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_script_holds_an_expression_and_every_script_is_bash() -> None:
    for script in (step["run"] for step in steps() if "run" in step):
        assert "${{" not in script
        done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + script
    assert all(TRUSTED.fullmatch(step["uses"]) for step in steps() if "uses" in step)


def test_the_release_has_no_more_rights_than_it_needs() -> None:
    assert RELEASE["permissions"] == {"contents": "read"}
    assert {name: sorted(job["permissions"].items()) for name, job in RELEASE["jobs"].items()} == {
        "build": [("attestations", "write"), ("contents", "read"), ("id-token", "write")],
        "publish": [("id-token", "write")],
        "release": [("contents", "write")],
    }
    assert "secrets." not in json.dumps(RELEASE)


def play_action(tmp_path: Path, code: int, **inputs: str) -> tuple[int, str, str]:
    """Run the action's step `Run` with a cfaig that ends with `code`: exit code, calls, summary."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin/cfaig"
    program.write_text(
        f'#!/bin/sh\necho "cfaig $* [${{CFAIG_ENVIRONMENT-}}]" >> {tmp_path}/calls\necho plan\nexit {code}\n'
    )
    program.chmod(0o755)
    (script,) = (step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == "Run")
    environ = {
        "PATH": f"{tmp_path / 'bin'}:/usr/bin:/bin",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "COMMAND": "validate",
        "CFAIG_ENVIRONMENT": "",
        "PLAN_FILE": "",
        **inputs,
    }
    for name in ("output", "summary", "calls"):
        (tmp_path / name).touch()
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    return done.returncode, (tmp_path / "calls").read_text(), (tmp_path / "summary").read_text()


@pytest.mark.parametrize(
    ("code", "inputs", "ended", "called"),
    [
        (0, {}, 0, "cfaig validate []\n"),
        (1, {}, 1, "cfaig validate []\n"),
        (2, {"COMMAND": "plan", "CFAIG_ENVIRONMENT": "dev"}, 0, "cfaig plan --format markdown [dev]\n"),
        (3, {"COMMAND": "plan", "CFAIG_ENVIRONMENT": "dev"}, 3, "cfaig plan --format markdown [dev]\n"),
        (
            0,
            {"COMMAND": "plan", "CFAIG_ENVIRONMENT": "dev", "PLAN_FILE": "a b.json"},
            0,
            "cfaig plan --format markdown --output a b.json [dev]\n",
        ),
        (
            0,
            {"COMMAND": "apply", "CFAIG_ENVIRONMENT": "dev", "PLAN_FILE": "a b.json"},
            0,
            "cfaig apply a b.json --yes [dev]\n",
        ),
        (0, {"COMMAND": "apply"}, 1, ""),
        (0, {"COMMAND": "destroy", "CFAIG_ENVIRONMENT": "dev"}, 1, ""),
    ],
)
def test_the_action_runs_one_command(
    tmp_path: Path, code: int, inputs: dict[str, str], ended: int, called: str
) -> None:
    found, calls, summary = play_action(tmp_path, code, **inputs)
    assert (found, calls) == (ended, called)
    assert summary == ("plan\n" if inputs.get("COMMAND") == "plan" else "")
    assert (tmp_path / "output").read_text() == (f"exit-code={code}\n" if called else "")


def test_the_container_copies_what_is_there_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Containerfile").read_text()
    copied = {name for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for name in line.split()}
    allowed = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
    links = (path.resolve() for path in (ROOT / "cfaig").rglob("*") if path.is_symlink())
    assert {link.relative_to(ROOT).parts[0] for link in links} <= copied
    assert re.findall(r"^USER (.+)$", text, re.MULTILINE) == ["cfaig"]
    assert all(":" in image for image in re.findall(r"^FROM (\S+)", text, re.MULTILINE))
