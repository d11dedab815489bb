"""Completion, the list of environments, and what runs cfaig without a person: hooks and editors."""

from __future__ import annotations

import json
import re
import shlex
import subprocess

import pytest
import yaml

from tests.cli.conftest import SUPPORT, Shell
from tests.engine_fixtures import ROOT


def test_environments_are_the_stack_files_without_local(shell: Shell) -> None:
    assert shell.cfaig("environments").stdout.split() == ["dev", "prod", "staging"]
    for name in ("dev", "prod", "staging"):
        (shell.root / f"Pulumi.{name}.yaml").unlink()
    assert shell.cfaig("environments").stdout == ""
    assert json.loads(shell.cfaig("environments", "--json").stdout) == []


def test_completion_in_bash_completes_commands_and_options(shell: Shell) -> None:
    (shell.root / "bin").mkdir()
    program = shell.root / "bin/cfaig"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(shell.command())} "$@"\n')
    program.chmod(0o755)
    (shell.root / "completion").write_text(shell.cfaig("completion", "bash").stdout)
    asked = (
        "PATH=$PWD/bin:$PATH; source completion; "
        'COMP_WORDS=(cfaig environ); COMP_CWORD=1; _cfaig_completion cfaig; echo "${COMPREPLY[@]}"; '
        'COMP_WORDS=(cfaig plan --detai); COMP_CWORD=2; _cfaig_completion cfaig; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["/bin/bash", "-c", asked], cwd=shell.root, env=shell.env(), capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["environments", "--details"], done.stderr


SCENARIO = """\
gateway: support
scenarios:
  - name: The first model answers
    steps:
      - request: {route: chat}
        expect: {status: 200, provider: openai}
"""


@pytest.mark.parametrize("name", ["bash", "zsh", "fish", "powershell"])
def test_completion_is_there_for_every_shell(shell: Shell, name: str) -> None:
    assert "_CFAIG_COMPLETE" in shell.cfaig("completion", name).stdout


def test_completion_of_another_shell_is_an_error(shell: Shell) -> None:
    assert "tcsh" in shell.cfaig("completion", "tcsh", code=1).stderr


def test_the_hooks_run_and_look_at_the_right_files(shell: Shell) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    (shell.root / "scenarios").mkdir()
    (shell.root / "scenarios/support.yaml").write_text(SCENARIO)
    assert "cfaig-validate" in [hook["id"] for hook in hooks]
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "cfaig"
        files = re.compile(hook["files"])
        assert files.search("gateways/support.yaml")
        assert not files.search("docs/gateways.md")
        assert not files.search("other/gateways/support.yaml")
        shell.define("support", SUPPORT)
        shell.cfaig(*arguments)
        shell.define("support", "gateway: [\n")
        shell.cfaig(*arguments, code=1)


def test_the_settings_for_editors_are_json() -> None:
    text = (ROOT / "docs/editors.md").read_text()
    settings, *_ = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL))
    for path in settings["yaml.schemas"]:
        name, _, part = path.partition("#/")
        found = json.loads((ROOT / name).read_text())
        for key in part.split("/") if part else ():
            found = found[key]
        assert found["type"] == "object"
