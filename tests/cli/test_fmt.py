"""`cfaig fmt` as people and pre-commit run it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from tests.cli.conftest import Shell
from tests.engine_fixtures import ROOT

UGLY = "cache: {ttl: 3600}\ngateway:   ugly # mine\n"
TIDY = "gateway: ugly # mine\ncache: {ttl: 1h}\n"


def test_files_are_written_and_those_that_are_right_stay_untouched(shell: Shell) -> None:
    ugly, tidy = shell.define("ugly", UGLY), shell.define("tidy", TIDY.replace("ugly", "tidy"))
    ugly.chmod(0o640)
    old = tidy.stat()
    told = shell.cfaig("fmt")
    assert ugly.read_text() == TIDY
    assert ugly.stat().st_mode & 0o777 == 0o640
    assert (tidy.stat().st_ino, tidy.stat().st_mtime_ns) == (old.st_ino, old.st_mtime_ns)
    assert (told.stdout, told.stderr) == ("", "formatted 1 file\n1 file formatted already\n")
    assert "2 files formatted already" in shell.cfaig("fmt").stderr
    assert sorted(path.name for path in ugly.parent.iterdir()) == ["tidy.yaml", "ugly.yaml"]


def test_check_and_diff_write_nothing(shell: Shell) -> None:
    ugly = shell.define("ugly", UGLY)
    told = shell.cfaig("fmt", "--check", "gateways", code=1)
    assert (told.stdout, told.stderr) == ("gateways/ugly.yaml\n", "would format 1 file\n")
    diff = shell.cfaig("fmt", "--diff", code=1).stdout
    assert diff.startswith("--- gateways/ugly.yaml\n+++ gateways/ugly.yaml\n@@")
    assert "-cache: {ttl: 3600}\n" in diff
    assert "+cache: {ttl: 1h}\n" in diff
    assert ugly.read_text() == UGLY
    shell.cfaig("fmt", "gateways/ugly.yaml")
    assert shell.cfaig("fmt", "--check", "--diff").stdout == ""


def test_standard_input_goes_to_standard_output(shell: Shell) -> None:
    assert shell.cfaig("fmt", "-", stdin=UGLY).stdout == TIDY
    assert "+cache: {ttl: 1h}" in shell.cfaig("fmt", "-", "--diff", stdin=UGLY, code=1).stdout
    assert "goes with no other file" in shell.cfaig("fmt", "-", "gateways", code=1).stderr
    assert "<stdin>:1:5: error AIG005" in shell.cfaig("fmt", "-", stdin="a: [", code=1).stderr


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_written(shell: Shell) -> None:
    broken, ugly = shell.define("broken", "a: 1\na:   2\n"), shell.define("ugly", UGLY)
    told = shell.cfaig("fmt", code=1).stderr
    assert "gateways/broken.yaml:2:1: error AIG008" in told
    assert (broken.read_text(), ugly.read_text()) == ("a: 1\na:   2\n", TIDY)
    assert "there is no such file" in shell.cfaig("fmt", "gateways/none.yaml", code=1).stderr


def test_routes_that_the_defaults_name_keep_their_form(shell: Shell) -> None:
    flow = "    if: {metadata.plan: {$eq: paid}}\n    then: [{provider: openai, model: a}]\n    else: []\n"
    shell.define("_defaults", f"routes:\n  shared:\n{flow}")
    both = shell.define("both", f"gateway: both\nroutes:\n  shared:\n{flow}  own:\n{flow}")
    shell.cfaig("fmt")
    assert both.read_text() == f"gateway: both\nroutes:\n  shared:\n{flow}  own:\n{flow.replace('{$eq: paid}', 'paid')}"


def test_a_link_stays_a_link(shell: Shell, tmp_path: Path) -> None:
    real = tmp_path / "real.yaml"
    real.write_text(UGLY)
    (shell.root / "gateways/ugly.yaml").symlink_to(real)
    shell.cfaig("fmt")
    assert (shell.root / "gateways/ugly.yaml").is_symlink()
    assert real.read_text() == TIDY


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(shell: Shell) -> None:
    shell.define("ugly", UGLY)
    (shell.root / "gateways").chmod(0o500)
    assert "cannot be written" in shell.cfaig("fmt", code=1).stderr


def test_what_init_and_convert_write_is_formatted(shell: Shell) -> None:
    shell.cfaig("init", "new", "--gateway", "first")
    shell.cfaig("-C", "new", "fmt", "--check")
    for sample in sorted((ROOT / "tests/convert/samples").iterdir()):
        shell.cfaig("convert", str(sample), "--write", "--gateway", sample.stem)
    assert "6 files formatted already" in shell.cfaig("fmt", "--check").stderr
    assert "valid:" in shell.cfaig("validate").stderr


def test_the_hooks_of_pre_commit() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert hooks["cfaig-fmt"]["entry"] == "cfaig fmt"
    assert hooks["cfaig-validate"]["entry"] == "cfaig validate"
