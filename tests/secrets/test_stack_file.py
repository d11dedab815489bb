"""What a stack file tells of `pulumi://` references, without opening anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.checks import check_gateways
from cfaig.definition.diagnostics import Severity
from cfaig.definition.load import load_project
from cfaig.project import Project
from cfaig.secrets.stack_file import written_config

DEFINITION = """\
gateway: g
providers:
  openai: {key: pulumi://openai}
  groq: {key: "pulumi://team:groq"}
  cohere: {key: pulumi://open}
  mistral: {key: pulumi://none}
"""
STACK = """\
config:
  mine:openai:
    secure: v1:sealed
  team:groq: {secure: v1:sealed}
  mine:open: planted
encryptionsalt: v1:salt
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "gateways").mkdir()
    (tmp_path / "gateways" / "g.yaml").write_text(DEFINITION)
    (tmp_path / "Pulumi.yaml").write_text("name: mine\nruntime: python\nconfig: {region: {value: eu}}\n")
    (tmp_path / "Pulumi.prod.yaml").write_text(STACK)
    return Project(tmp_path)


def test_names_and_whether_they_are_sealed(project: Project) -> None:
    config = written_config(project, "prod")
    assert config == {
        "region": False,
        "mine:openai": True,
        "openai": True,
        "team:groq": True,
        "mine:open": False,
        "open": False,
    }
    assert written_config(project, "other") == {"region": False}


@pytest.mark.parametrize("text", ["environment: [team/prod]\nconfig: {}\n", "config: [\n"])
def test_files_that_do_not_tell_all(project: Project, text: str) -> None:
    project.stack_file("prod").write_text(text)
    assert written_config(project, "prod") is None


def test_missing_and_open_secrets_are_told(project: Project) -> None:
    loaded = load_project(project, "prod")
    found = check_gateways(loaded, environ={}, environment="prod", stack_config=written_config(project, "prod"))
    assert [(one.code, one.position.line, one.severity) for one in found] == [
        ("AIG143", 5, Severity.WARNING),
        ("AIG142", 6, Severity.ERROR),
    ]
    assert found[1].hint == "pulumi config set --secret none --stack ENVIRONMENT"
    assert all("planted" not in f"{one.message} {one.hint}" for one in found)
    assert check_gateways(loaded, environ={}, environment="prod") == ()
    assert check_gateways(loaded, environ=None, environment="prod") == ()
