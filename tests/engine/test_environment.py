"""The environment for plain `pulumi` commands, and the project's own Pulumi files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cfaig.local.engine.environment import LocalCloudflare, pulumi_environment, shell_exports
from cfaig.local.engine.model import Engine
from cfaig.project import Project
from tests.engine_fixtures import ROOT, PulumiProject

ENGINE = Engine(Path("/opt/pulumi/bin/pulumi"), {"PATH": "/opt/pulumi/bin:/bin"}, "installer", "3.250.0")
LOCAL = LocalCloudflare("http://127.0.0.1:8790/client/v4", "10ca", "local-token")


def test_local_environment_has_state_passphrase_and_the_local_cloudflare(tmp_path: Path) -> None:
    variables = pulumi_environment(ENGINE, Project(tmp_path), "local", LOCAL)
    assert variables["PULUMI_BACKEND_URL"] == f"file://{tmp_path}/.cfaig/pulumi"
    assert (tmp_path / ".cfaig" / "pulumi").is_dir()
    assert variables["PULUMI_CONFIG_PASSPHRASE"] == "local"
    assert variables["CLOUDFLARE_BASE_URL"] == LOCAL.base_url
    assert variables["CLOUDFLARE_API_TOKEN"] == LOCAL.api_token
    assert variables["PATH"] == ENGINE.env["PATH"]


def test_other_environments_are_left_to_the_user(tmp_path: Path) -> None:
    variables = pulumi_environment(ENGINE, Project(tmp_path), "prod")
    assert not [name for name in variables if name.startswith("CLOUDFLARE_")]
    assert "PULUMI_BACKEND_URL" not in variables
    assert "PULUMI_CONFIG_PASSPHRASE" not in variables
    assert not (tmp_path / ".cfaig").exists()


@given(value=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
@settings(max_examples=25, deadline=None)
def test_exports_give_a_shell_the_same_values(value: str) -> None:
    script = shell_exports({"FIRST": value, "SECOND": "2"}) + 'printf "%s|%s" "$FIRST" "$SECOND"'
    done = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == f"{value}|2"


def test_stack_files_are_readable_and_name_the_four_environments() -> None:
    assert Project(ROOT).stacks() == ("dev", "local", "prod", "staging")
    for environment in Project(ROOT).stacks():
        settings_of = yaml.safe_load(Project(ROOT).stack_file(environment).read_text())
        assert set(settings_of) <= {"encryptionsalt", "config"}


@pytest.mark.engine
def test_local_stack_file_is_never_changed(pulumi_project: PulumiProject) -> None:
    (pulumi_project.root / "__main__.py").write_text("import pulumi\npulumi.export('x', pulumi.Output.secret(1))")
    pulumi_project.pulumi("up", "--yes")
    pulumi_project.pulumi("refresh", "--yes")
    pulumi_project.pulumi("destroy", "--yes")
    for name in ("Pulumi.local.yaml", "Pulumi.yaml"):
        assert (pulumi_project.root / name).read_bytes() == (ROOT / name).read_bytes()


@pytest.mark.engine
def test_hints_in_a_stack_file_outlive_its_making(pulumi_project: PulumiProject) -> None:
    pulumi_project.pulumi("stack", "init", "prod")
    pulumi_project.pulumi("config", "set", "cfaig:account", "0" * 32)
    text = pulumi_project.project.stack_file("prod").read_text()
    assert "# Its account is CLOUDFLARE_ACCOUNT_ID" in text
    assert yaml.safe_load(text)["config"] == {"cfaig:account": "0" * 32}


@pytest.mark.engine
def test_project_in_a_folder_with_an_awkward_name(tmp_path: Path, engine: Engine) -> None:
    root = tmp_path / "a b#c%20d'é"
    root.mkdir()
    shutil.copy(ROOT / "Pulumi.local.yaml", root)
    (root / "Pulumi.yaml").write_text("name: cfaig\nruntime: python\n")
    (root / "__main__.py").write_text("")
    awkward = PulumiProject(root, engine)
    awkward.pulumi("stack", "init", "local")
    awkward.pulumi("up", "--yes")
    assert (root / ".cfaig" / "pulumi" / ".pulumi" / "stacks").is_dir()
