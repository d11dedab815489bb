"""Every explanation is true: its bad example yields the code, its good one does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cfaig.checks import check_gateways
from cfaig.checks.codes import EXPLANATIONS
from cfaig.definition.codes import EXPLANATIONS as DEFINITION_EXPLANATIONS
from cfaig.definition.diagnostics import Diagnostic, Severity
from cfaig.definition.load import load_project
from cfaig.explaining import explanations
from cfaig.project import Project
from cfaig.scenarios.codes import EXPLANATIONS as SCENARIO_EXPLANATIONS

ENVIRON = {"OPENAI_API_KEY": "set"}
WITH_BAD = [code for code, explanation in EXPLANATIONS.items() if explanation.bad]


def found(tmp_path: Path, text: str) -> tuple[Diagnostic, ...]:
    folder = tmp_path / "gateways"
    folder.mkdir()
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {}\n")
    named = re.split(r"^# file: (\S+)\n", text, flags=re.MULTILINE)
    for name, content in zip(named[1::2], named[2::2], strict=True) if len(named) > 1 else [("one.yaml", text)]:
        (folder / name).write_text(content)
    loaded = load_project(Project(tmp_path), "dev")
    return check_gateways(loaded, environ=ENVIRON, environment="dev")


@pytest.mark.parametrize("code", WITH_BAD)
def test_the_bad_example_yields_the_code(tmp_path: Path, code: str) -> None:
    told = [diagnostic for diagnostic in found(tmp_path, EXPLANATIONS[code].bad) if diagnostic.code == code]
    assert told
    assert all(diagnostic.position.line > 0 and diagnostic.source_line for diagnostic in told)
    is_warning = all(diagnostic.severity is Severity.WARNING for diagnostic in told)
    assert is_warning == ("(warning)" in EXPLANATIONS[code].title) or code == "AIG107"


@pytest.mark.parametrize("code", EXPLANATIONS)
def test_the_good_example_is_good(tmp_path: Path, code: str) -> None:
    left = found(tmp_path, EXPLANATIONS[code].good)
    assert code not in {diagnostic.code for diagnostic in left}
    assert not [diagnostic for diagnostic in left if diagnostic.severity is Severity.ERROR]


def test_codes_are_in_their_range_and_nobody_elses() -> None:
    assert all(re.fullmatch(r"AIG1\d\d", code) for code in EXPLANATIONS)
    assert not EXPLANATIONS.keys() & DEFINITION_EXPLANATIONS.keys()
    assert not SCENARIO_EXPLANATIONS.keys() & {*EXPLANATIONS, *DEFINITION_EXPLANATIONS}
    assert list(explanations()) == sorted({*EXPLANATIONS, *DEFINITION_EXPLANATIONS, *SCENARIO_EXPLANATIONS})


def test_every_code_that_the_checks_use_is_explained() -> None:
    folder = Path(__file__).parents[2] / "cfaig" / "checks"
    used = {code for file in folder.glob("*.py") for code in re.findall(r'"(AIG\d+)"', file.read_text())}
    assert used == set(EXPLANATIONS)
