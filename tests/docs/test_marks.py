"""How pages are read and played, on pages made for it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

import pytest

from docs.site.blocks import Command, File, MarkError, NotRun, Output, read_blocks, without_marks
from tests.docs.session import is_like, play

PAGE: Final = """\
1. In a list

    ```sh
    # a comment
    a \\
      b   # same command
    cat <<END
    x
    END
    ```

    <!-- docs: output -->
    ```text
    shown …
    ```

<!-- docs: file a/b.yaml -->
```yaml
key: 1
```

<!-- docs: exit 0|2 -->
<!-- docs: not run "--watch" person: it goes on -->
```console
$ c
said
$ d --watch
```
"""


def test_marks_that_are_wrong_are_told_with_their_place() -> None:
    for text, told in (
        ("```\nls\n```\n", "x.md:1: a block without a language"),
        ("<!-- docs: run away -->\n", "there is no mark"),
        ("\n<!-- docs: not run maybe: because -->\n```sh\nls\n```\n", "x.md:2: maybe is none of"),
        ("<!-- docs: exit 0 2 -->\n```sh\nls\n```\n", "2 exit codes for 1 commands"),
        ("<!-- docs: not run account: why -->\n", "a mark at the end has no block"),
    ):
        with pytest.raises(MarkError, match=re.escape(told)):
            read_blocks(text, "x.md")


def test_a_block_is_read_into_commands_files_and_outputs() -> None:
    command, heredoc, output, file, third, said, watch = read_blocks(PAGE, "x.md").steps
    assert command == Command("a \\\n  b   # same command", 5, 3)
    assert heredoc == Command("cat <<END\nx\nEND", 7, 3)
    assert output == Output("shown …\n", 13)
    assert file == File("a/b.yaml", "key: 1\n", 18)
    assert third == Command("c", 25, 25, frozenset({0, 2}))
    assert said == Output("said\n", 26)
    assert watch == NotRun("d --watch", 27, "person", "it goes on")


@pytest.mark.parametrize(
    ("printed", "wanted", "like"),
    [
        ("a\nb\n", "a\nb", True),
        ("a\nb\n", "a", False),
        ("a 1.5 s\n", "a … s", True),
        ("x\na\ny\n", "…\na\n…", True),
        ("a\n", "…\na\n…", True),
        ("x\ny\n", "…\na\n…", False),
        ("a\n", "a…b", False),
        ("", "a", False),
    ],
)
def test_an_output_is_compared_line_by_line(printed: str, wanted: str, like: bool) -> None:
    assert is_like(printed, wanted) == like


@pytest.mark.parametrize("command", ["false", "exit 3", "echo wrong", "exec true"])
def test_a_page_that_is_wrong_fails(command: str, tmp_path: Path) -> None:
    text = f"```sh\n{command}\n```\n\n<!-- docs: output -->\n```text\nright\n```\n"
    (tmp_path / "project").mkdir()
    with pytest.raises(AssertionError, match=r"x\.md"):
        play(read_blocks(text, "x.md"), "x.md", tmp_path / "project", {"PATH": os.environ["PATH"]}, {})


def test_readers_see_no_mark() -> None:
    shown = without_marks(PAGE)
    assert "docs:" not in shown
    assert "cat <<END" in shown
