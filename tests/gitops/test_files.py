"""The CI files by themselves: valid, the same as the templates, pinned, and with no more rights than they need."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from cfaig.pipelines import FILES, Ci, ci_files, secret_references
from cfaig.project import Project
from cfaig.scaffold import write_project
from tests.engine_fixtures import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("cfaig-*.yml"))
# Those who maintain the runner itself.
OWNER = "actions/"


def document(path: Path) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(path.read_text())
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = document(path)["jobs"]
    return found


def test_this_repository_uses_the_files_that_init_writes() -> None:
    for path, text in ci_files("github", Project(ROOT)).items():
        if path.startswith(".github/workflows/") or path.endswith(".json"):
            assert (ROOT / path).read_text() == text, f"{path} differs: delete it and run cfaig init --ci github"


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_files_are_valid(tmp_path: Path, ci: Ci) -> None:
    written = dict(write_project(tmp_path, "my-gateway", ci))
    assert {written[path] for path in FILES[ci]} == {"wrote"}
    schemas = {
        "vendor.github-workflows": sorted(tmp_path.glob(".github/workflows/*.yml")),
        "vendor.github-actions": sorted(tmp_path.glob(".github/actions/*/action.yml")),
        "vendor.gitlab-ci": [*tmp_path.glob(".gitlab/*.yml"), *tmp_path.glob(".gitlab-ci.yml")],
    }
    assert sum(map(len, schemas.values())) == (4 if ci == "github" else 2)
    for schema, files in schemas.items():
        if files:
            command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
            more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
            done = subprocess.run([*command, *more], capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout


def test_the_files_name_the_secrets_and_environments_of_the_project(tmp_path: Path) -> None:
    write_project(tmp_path, "my-gateway")
    (tmp_path / "gateways/my-gateway.yaml").write_text(
        "gateway: my-gateway\nproviders:\n"
        "  openai: {key: 'env://OPENAI_${environment}_KEY'}\n"
        "  groq: {key: vault://kv/ai#groq}\n"
        "# anthropic: {key: env://NOT_THIS}\n"
    )
    (tmp_path / "Pulumi.staging.yaml").unlink()
    files = ci_files("github", Project(tmp_path))
    apply = jobs_of(files[".github/workflows/cfaig-apply.yml"])["apply"]
    environ = next(step for step in apply["steps"] if step.get("name") == "Apply the plan")["env"]
    assert environ["OPENAI_prod_KEY"] == "${{ secrets.OPENAI_prod_KEY }}"
    assert environ["VAULT_ADDR"] == "${{ vars.VAULT_ADDR }}"
    assert {"OPENAI_dev_KEY", "VAULT_ROLE_ID", "VAULT_SECRET_ID"} <= environ.keys()
    assert not {"OPENAI_local_KEY", "OPENAI_staging_KEY", "NOT_THIS"} & environ.keys()
    gitlab = yaml.safe_load(ci_files("gitlab", Project(tmp_path))[".gitlab/cfaig.yml"])
    assert gitlab[".cfaig-environments"]["parallel"]["matrix"] == [{"CFAIG_ENVIRONMENT": ["dev", "prod"]}]
    assert secret_references(Project(tmp_path / "nowhere")) == frozenset()


def jobs_of(text: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)["jobs"]
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_has_no_more_rights_than_it_needs(path: Path) -> None:
    assert "pull_request_target" not in path.read_text()
    assert document(path)["permissions"] == {"contents": "read"}
    assert "concurrency" in document(path)
    for name, job in jobs(path).items():
        rights = job.get("permissions", {"contents": "read"})
        writes = {scope for scope, right in rights.items() if right == "write"}
        assert writes == {"comment": {"pull-requests"}, "issue": {"issues"}}.get(name, set())
        text = json.dumps(job)
        assert ("secrets." in text) == ("environment" in job), f"{name} has secrets outside an environment"
        assert not (writes and "secrets." in text), f"{name} can write and sees secrets"
        assert job["timeout-minutes"] <= 60


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_trusts_pinned_actions_only_and_no_expression_in_scripts(path: Path) -> None:
    for job in jobs(path).values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert re.fullmatch(rf"{OWNER}[a-z-]+@v\d+|\./\.github/actions/cfaig|", step.get("uses", ""))
            if step.get("uses", "").startswith("actions/checkout"):
                assert step["with"].items() >= {"persist-credentials": False}.items()


def test_only_apply_may_write_to_an_account() -> None:
    for path in WORKFLOWS:
        for name, job in jobs(path).items():
            if "environment" in job and name != "apply":
                assert job["environment"] == {"name": "${{ matrix.environment }}-plan", "deployment": False}
                assert "PULUMI_CONFIG_PASSPHRASE" not in json.dumps(job)
                assert "OPENAI_API_KEY" not in json.dumps(job), f"{name} needs no provider key"


def test_scripts_are_bash(tmp_path: Path) -> None:
    scripts = [
        step["run"] for path in WORKFLOWS for job in jobs(path).values() for step in job["steps"] if "run" in step
    ]
    write_project(tmp_path, "my-gateway", "gitlab")
    gitlab = document(tmp_path / ".gitlab/cfaig.yml")
    scripts += ["\n".join(job["script"]) for job in gitlab.values() if isinstance(job, dict) and "script" in job]
    checkers = [["/bin/bash", "-n"]]
    if shellcheck := shutil.which("shellcheck"):
        checkers.append([shellcheck, "--shell=bash", "-"])
    for script in scripts:
        for checker in checkers:
            done = subprocess.run(checker, input=script, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr + script


def test_the_annotations_find_the_place(tmp_path: Path) -> None:
    (tmp_path / "gateways").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: cfaig\n")
    (tmp_path / "gateways/a.yaml").write_text("gateway: a\ncach: {ttl: 1h}\n")
    command = [sys.executable, "-m", "cfaig", "validate"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    matcher = json.loads((ROOT / ".github/actions/cfaig/problems.json").read_text())["problemMatcher"][0]
    pattern = matcher["pattern"][0]
    found = [match for line in done.stderr.splitlines() if (match := re.match(pattern["regexp"], line))]
    assert [match[pattern["file"]] for match in found] == ["gateways/a.yaml"]
    assert found[0][pattern["line"]] == "2"
    assert found[0][pattern["severity"]] == "error"
