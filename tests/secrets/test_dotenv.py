"""The project's `.env`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.secrets.dotenv import with_dotenv


def read(tmp_path: Path, text: str | bytes) -> dict[str, str]:
    (tmp_path / ".env").write_bytes(text if isinstance(text, bytes) else text.encode())
    return with_dotenv(tmp_path, {})


def test_what_it_may_hold(tmp_path: Path) -> None:
    text = (
        "\ufeff# keys of the laptop\n\nA=1\nexport B=two words # comment\nC='single # quoted'\n"
        'D="double \\"quoted\\"\\nline"\nE=\nF=a#b\nG = spaced\r\nH="${A}"\nI="two\nlines"\n'
    )
    assert read(tmp_path, text) == {
        "A": "1",
        "B": "two words",
        "C": "single # quoted",
        "D": 'double "quoted"\nline',
        "E": "",
        "F": "a#b",
        "G": "spaced",
        "H": "${A}",
        "I": "two\nlines",
    }


def test_it_never_overrides_the_environment(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("A=file\nB=file\nC=file\n")
    assert with_dotenv(tmp_path, {"A": "environment", "B": ""}) == {"A": "environment", "B": "", "C": "file"}


def test_it_need_not_be_there_and_may_be_a_folder(tmp_path: Path) -> None:
    assert with_dotenv(tmp_path, {"A": "1"}) == {"A": "1"}
    (tmp_path / ".env").mkdir()
    assert with_dotenv(tmp_path, {"A": "1"}) == {"A": "1"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A=1\nsk-planted\n", 2),
        ("A=1\n\n\n  sk planted\n", 4),
        ('A=1\nB="sk-planted\nC=2\n', 2),
        ("A=1\n\nsk-planted = 1\n", 3),
        ("=sk-planted\n", 1),
        ("A=1\nA=sk-planted\n", 2),
        ("A=sk-planted\0\n", 1),
        ("1A=sk-planted\n", 1),
    ],
)
def test_a_wrong_line_is_told_by_its_number_and_not_shown(tmp_path: Path, text: str, line: int) -> None:
    with pytest.raises(CfaigError, match=rf"\.env:{line}: ") as caught:
        read(tmp_path, text)
    assert "planted" not in caught.value.message + str(caught.value.hint)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(CfaigError, match="not UTF-8"):
        read(tmp_path, b"A=\xff\n")
    if os.geteuid():
        (tmp_path / ".env").chmod(0)
        with pytest.raises(CfaigError, match="Permission denied"):
            with_dotenv(tmp_path, {})
