"""Example files: what is in positive/ is without mistakes, what is in negative/ has exactly those that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cfaig.definition.diagnostics import DefinitionError
from cfaig.definition.load import load_text
from cfaig.definition.render import render_json, render_text

HERE = Path(__file__).parent
EXPECTED = re.compile(r"^# expect: (AIG\d{3}) (\d+)$", re.MULTILINE)


def files(folder: str) -> list[Path]:
    return sorted((HERE / folder).glob("*.yaml"))


@pytest.mark.parametrize("path", files("positive"), ids=lambda path: path.stem)
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_positive(path: Path, environment: str) -> None:
    loaded = load_text(path.read_bytes(), environment, account="0" * 32)
    assert loaded.diagnostics == ()
    assert len(loaded.gateways) == 1


@pytest.mark.parametrize("path", files("negative"), ids=lambda path: path.stem)
def test_negative(path: Path) -> None:
    text = path.read_text()
    expected = sorted((int(line), code) for code, line in EXPECTED.findall(text))
    with pytest.raises(DefinitionError) as raised:
        load_text(text, "staging")
    assert [(found.position.line, found.code) for found in raised.value.diagnostics] == sorted(expected)


@pytest.mark.parametrize("path", files("negative"), ids=lambda path: path.stem)
def test_nothing_secret_is_shown(path: Path) -> None:
    with pytest.raises(DefinitionError) as raised:
        load_text(path.read_text(), "staging")
    shown = render_text(raised.value.diagnostics) + render_json(raised.value.diagnostics) + repr(raised.value)
    assert "TOPSECRET" not in shown + repr(raised.value.diagnostics)
    assert "not-a-real-key" not in shown
