from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench import opentofu
from bench.generate import write_definitions
from bench.opentofu import COMMAND, PROVIDER, MissingError, found
from cfaig.definition.load import load_project
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.state.compile import compile_account


def test_a_machine_without_opentofu_is_told_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(COMMAND, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingError, match="no tofu on PATH"), found():
        pass


@pytest.mark.parametrize("name", [None, "terraform-provider-cloudflare", "terraform-provider-cloudflare_v5.22.0"])
def test_a_machine_without_the_provider_is_told_which_file_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    monkeypatch.setenv(COMMAND, str(shutil.which("true")))
    monkeypatch.delenv(PROVIDER, raising=False)
    if name:
        monkeypatch.setenv(PROVIDER, str(tmp_path / name))
    with pytest.raises(MissingError, match=PROVIDER), found():
        pass


def test_both_tools_are_asked_for_the_same_settings(tmp_path: Path) -> None:
    project = Project(tmp_path)
    write_definitions(project.gateways, 1, keys=False, route=False)
    (gateway,) = compile_account(load_project(project, LOCAL_ENVIRONMENT).gateways).gateways
    text = opentofu.resource(gateway, "account")
    given = dict(line.strip().split(" = ", 1) for line in text.splitlines()[1:-1])
    stated = {name for name, value in gateway.settings.items() if value not in (None, [])}
    assert given.keys() == stated | {"id", "account_id"}
    assert given["guardrails"] == '{"prompt": {"p1": "BLOCK", "s10": "FLAG"}, "response": {"s7": "FLAG"}}'
    assert '"metadata": {"user_id": {"mode": "partition"}}' in given["spend_limits"]
    assert '"limit_type": "cost"' in given["spend_limits"]
