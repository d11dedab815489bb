"""What is private is written for its owner alone, whole or not at all, and never through somebody else's link."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.local import process
from cfaig.project import Project
from cfaig.scaffold import write_project
from cfaig.secrets.dotenv import with_dotenv
from cfaig.whole_files import write_output, write_whole


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_permissions_are_those_asked_for_those_there_or_the_usual(tmp_path: Path) -> None:
    path, mask = tmp_path / "a", os.umask(0o027)
    try:
        write_whole(path, "1")
        assert mode(path) == 0o640
        write_whole(path, "2", 0o600)
        write_whole(path, "3")
        assert (mode(path), path.read_text()) == (0o600, "3")
    finally:
        os.umask(mask)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_link_is_replaced_where_cfaig_chose_the_name_and_followed_where_a_person_did(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "link").symlink_to("precious")
    write_output(tmp_path / "link", "mine")
    assert (tmp_path / "precious").read_text() == "mine"
    write_whole(tmp_path / "link", "other")
    assert ((tmp_path / "precious").read_text(), (tmp_path / "link").is_symlink()) == ("mine", False)


def test_an_output_may_be_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", str(tmp_path / "pipe")], stdout=subprocess.PIPE, text=True) as reader:
        write_output(tmp_path / "pipe", "told", 0o600)
        assert reader.communicate()[0] == "told"


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "a", "half\ud800")
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("a", "before")]


def test_a_new_project_is_not_written_through_links(tmp_path: Path) -> None:
    folder, outside = tmp_path / "sent", tmp_path / "outside"
    folder.mkdir()
    (folder / ".gitignore").symlink_to(outside)
    with pytest.raises(CfaigError, match="cannot be written"):
        write_project(folder, "my-gateway")
    assert not outside.exists()


@pytest.mark.parametrize("before", [0o755, None])
def test_all_that_the_local_cloudflare_keeps_is_its_owners(tmp_path: Path, before: int | None) -> None:
    project = Project(tmp_path)
    folder = process.files_of(project).folder
    if before is not None:
        folder.mkdir(parents=True)
        folder.chmod(before)
    process.start(project)
    try:
        assert mode(folder) == 0o700
        private = {"cloudflare.db", "server.json", "port"}
        assert {path.name: mode(path) for path in folder.iterdir() if path.name in private} == dict.fromkeys(
            private, 0o600
        )
    finally:
        process.stop(project)


STEERING = ("PATH", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES", "PYTHONPATH", "GIT_SSH_COMMAND", "BASH_ENV", "CFAIG_CACHE")


@pytest.mark.parametrize("name", [*STEERING, "Path", "GIT_TRACE", "XDG_CACHE_HOME", "PULUMI_HOME", "GOFLAGS"])
def test_a_projects_env_file_does_not_decide_which_programs_run(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text(f"A=1\n{name}=./evil\n")
    with pytest.raises(CfaigError, match=rf"\.env:2: {name} decides which programs are run"):
        with_dotenv(tmp_path, {})


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GOOGLE_AI_STUDIO_API_KEY", "PULUMI_ACCESS_TOKEN", "LDAP_PASSWORD"])
def test_secrets_and_settings_may_stand_there(tmp_path: Path, name: str) -> None:
    (tmp_path / ".env").write_text(f"{name}=x\n")
    assert with_dotenv(tmp_path, {})[name] == "x"


def test_a_stranger_s_folder_runs_nothing_when_it_is_validated(tmp_path: Path) -> None:
    """Not its program, not its policies, not modules beside them."""
    planted = f"import pathlib; pathlib.Path({str(tmp_path / 'ran')!r}).touch()\n"
    (tmp_path / "policies").mkdir()
    (tmp_path / "gateways").mkdir()
    (tmp_path / "gateways/a.yaml").write_text("gateway: a\n")
    (tmp_path / "Pulumi.yaml").write_text("name: cfaig\nruntime: python\n")
    for name in ("__main__.py", "policies/__main__.py", "sitecustomize.py", "yaml.py", "typer.py", "conftest.py"):
        (tmp_path / name).write_text(planted)
    script = Path(sys.executable).with_name("cfaig")
    for arguments in (["validate"], ["fmt", "--check"], ["environments"], ["routes", "worst"], ["test"]):
        subprocess.run([str(script), *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=120)
        assert not (tmp_path / "ran").exists(), arguments
