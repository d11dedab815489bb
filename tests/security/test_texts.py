"""Names and messages of strangers: no text steers a terminal, a runner of CI, or the commands that cfaig starts."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cfaig.cli.console import harmless
from cfaig.connect.dotenv_file import patch
from cfaig.errors import CfaigError
from cfaig.project import Project
from cfaig.reconcile.change import Action, Change, Plan, ResourceKey
from cfaig.reconcile.render_text import ANSI, render_text
from cfaig.revisions.git import Repository

STEERING = "\x1b]0;owned\x07\x1b[2J\x1b[8m\x9b31m\u202e\r\x08"


def on_a_terminal(root: Path, *arguments: str) -> str:
    """What a terminal gets of a command, on stdout and stderr together."""
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "cfaig", *arguments]
    environ = {**os.environ, "TERM": "xterm", "HOME": str(root)}
    with subprocess.Popen(command, cwd=root, env=environ, stdin=subprocess.DEVNULL, stdout=writer, stderr=writer):
        os.close(writer)
        told = b""
        while chunk := _read(reader):
            told += chunk
    os.close(reader)
    return told.decode("utf-8", "replace").replace("\r\n", "\n")


def _read(reader: int) -> bytes:
    try:
        return os.read(reader, 10_000)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "gateways").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: cfaig\n")
    (tmp_path / "Pulumi.dev.yaml").touch()
    return Project(tmp_path)


def test_what_steers_a_terminal_is_made_visible_and_our_colours_stay() -> None:
    assert harmless("a\tb\nc") == "a\tb\nc"
    assert harmless(STEERING) == r"\x1b]0;owned\x07\x1b[2J\x1b[8m\x9b31m\x202e\x0d\x08"
    plan = render_text(plan_of_everything(), style=ANSI)
    assert "\x1b[31m" in plan
    assert harmless(plan) == plan


def plan_of_everything() -> Plan:
    return Plan((Change(Action.DELETE, ResourceKey.of_route("g", STEERING), before={}),), warnings=(STEERING,))


def test_files_and_messages_cannot_steer_the_terminal(project: Project) -> None:
    (project.gateways / f"{STEERING}.yaml".replace("/", "")).write_text(f"gateway: a\nlabels: {{a: '{STEERING}'}}\n")
    for arguments in (["validate"], ["validate", "--json"], ["explain", STEERING], ["convert", f"no{STEERING}"]):
        told = on_a_terminal(project.root, *arguments)
        assert "owned" in told
        for steering in ("\x1b]", "\x1b[2J", "\x1b[8m", "\x9b", "\u202e", "\x07", "\x08"):
            assert steering not in told, arguments


@pytest.fixture
def repository(project: Project) -> Repository:
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "first"]):
        git(project, *arguments)
    return Repository(project)


def git(project: Project, *arguments: str) -> None:
    own = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
    subprocess.run(["git", *own, *arguments], cwd=project.root, check=True, capture_output=True)


@pytest.mark.parametrize(
    "ref", ["--output=planted", "-n", "--upload-pack=touch planted", "HEAD; touch planted", "$(touch x)"]
)
def test_a_ref_is_never_an_option_of_git(project: Project, repository: Repository, ref: str) -> None:
    with pytest.raises(CfaigError, match="there is no commit"):
        repository.commit(ref)
    assert not list(project.root.rglob("planted*"))


def test_no_line_of_an_env_file_takes_long() -> None:
    """Before, 3,000 spaces that are no blanks took minutes: the pattern tried all ways to share them out."""
    odd = "\xa0"
    for hard in (f'A={odd * 3_000}"', f"A={' #' * 3_000}'", f'{" " * 3_000}A"', f"A=x{' ' * 3_000}#'\n\n"):
        patch(hard, {"A": "x"}, {"A": "y"})


def test_a_file_name_cannot_put_words_into_the_dialogue_with_git(project: Project, repository: Repository) -> None:
    (project.gateways / "a\nHEAD:Pulumi.yaml").write_text("gateway: a\n")
    (project.gateways / "b\n.yaml").write_text("gateway: b\n")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "second")
    with pytest.raises(CfaigError, match="line break"), repository.snapshot(repository.commit("HEAD")):
        pass
