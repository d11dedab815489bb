"""docs/fidelity.md names tests that exist, and each behaviour has one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "fidelity.md"
HEAD = ["behaviour", "what the runtime does", "source", "tested by", "deliberately not imitated"]


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if row != HEAD and set(row) != {"---"}]


def known_tests() -> set[str]:
    tests = Path(__file__).parents[1]
    folders = {"": tests / "runtime", "local/gateway/": tests / "local" / "gateway"}
    return {
        f"{written}{file.name}::{node.name}"
        for written, folder in folders.items()
        for file in folder.glob("test_*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def test_each_named_test_exists() -> None:
    named = {name for row in rows() for name in re.findall(r"[\w/]+\.py::\w+", row[3])}
    assert len(named) > 60
    assert named - known_tests() == set()


def test_each_behaviour_has_a_test_and_a_source() -> None:
    for row in rows():
        assert len(row) == len(HEAD), row
        assert row[2], row
        assert "::" in row[3] or (row[3] == "–" and row[4]), row
