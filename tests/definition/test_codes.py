"""The registry of explanations: complete, and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cfaig.definition
from cfaig.definition.codes import EXPLANATIONS, Explanation
from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.load import load_project
from cfaig.project import Project

CODE = re.compile(r'"(AIG0\d{2})"')
FILE = re.compile(r"^# file: (.+)$", re.MULTILINE)


def found_in(text: str, folder: Path) -> tuple[Diagnostic, ...]:
    (folder / "gateways").mkdir()
    for name in ("dev", "prod"):
        (folder / f"Pulumi.{name}.yaml").touch()
    parts = FILE.split(text)
    files = dict(zip(parts[1::2], parts[2::2], strict=True)) if len(parts) > 1 else {"support.yaml": text}
    for name, content in files.items():
        (folder / "gateways" / name).write_text(content)
    try:
        return load_project(Project(folder), "dev").diagnostics
    except DefinitionError as error:
        return error.diagnostics


def test_every_code_in_the_source_is_explained_and_the_other_way_round() -> None:
    (folder,) = cfaig.definition.__path__
    used = {
        code for path in Path(folder).glob("*.py") if path.name != "codes.py" for code in CODE.findall(path.read_text())
    }
    assert used == set(EXPLANATIONS)


@pytest.mark.parametrize(("code", "explanation"), EXPLANATIONS.items(), ids=list(EXPLANATIONS))
def test_examples(code: str, explanation: Explanation, tmp_path: Path) -> None:
    if explanation.bad:
        (tmp_path / "bad").mkdir()
        assert {found.code for found in found_in(explanation.bad, tmp_path / "bad")} == {code}
    (tmp_path / "good").mkdir()
    assert found_in(explanation.good, tmp_path / "good") == ()


def test_explanations_are_for_people() -> None:
    for explanation in EXPLANATIONS.values():
        assert explanation.title[0].isupper()
        assert explanation.text.endswith(".")
    assert list(EXPLANATIONS) == sorted(EXPLANATIONS)
    unshown = {code for code, explanation in EXPLANATIONS.items() if not explanation.bad}
    assert unshown == {"AIG001", "AIG002", "AIG003"}, "tests/definition/test_hard_files.py shows these"
