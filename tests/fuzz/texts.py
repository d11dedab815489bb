"""Readers of text: definitions, the formatter, scenarios, other gateways' configurations, `.env`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from cfaig.checks import check_gateways
from cfaig.convert.convert import convert
from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.files import split_lines
from cfaig.definition.load import load_text
from cfaig.definition.render import render_json, render_text
from cfaig.definition.write import write_gateway
from cfaig.errors import CfaigError
from cfaig.formatting.formatting import format_text
from cfaig.scenarios.load import load_suite
from cfaig.secrets.dotenv import with_dotenv
from cfaig.state.compile import compile_account
from tests.fuzz.damage import damaged_text
from tests.fuzz.model import ROOT, Target

NAME = Path("fuzzed.yaml")
PLANTED = "sk-planted0123456789planted"


def read(*patterns: str) -> list[str]:
    return [path.read_text() for pattern in patterns for path in sorted(ROOT.glob(pattern))]


DEFINITIONS = read("gateways/*.yaml", "tests/definition/positive/*.yaml", "tests/definition/negative/*.yaml")
SCENARIOS = read("scenarios/*.yaml")
CONFIGURATIONS = read("tests/convert/samples/*")
DOTENV = [
    "# for this project\nOPENAI_API_KEY='sk-1 #2'\nexport A=b\n\nC=\"d\\n$e ${F}\"\n",
    "A=1\r\nB = 2 # two\r\nexport C='x\ny'\nD=\n",
]


def check_definition(text: str) -> None:
    """It loads, or its mistakes are told; what loads can be checked, compiled, written and read again as the same."""
    try:
        loaded = load_text(text, "dev")
    except DefinitionError as error:
        _check_told(error.diagnostics, text)
        return
    _check_told(loaded.diagnostics, text)
    _check_told(check_gateways(loaded, environ=None, environment="dev"), text)
    state = compile_account(loaded.gateways)
    again = load_text(write_gateway(loaded.gateways[0]), "dev").gateways
    assert compile_account(again) == state


def _check_told(diagnostics: tuple[Diagnostic, ...], text: str) -> None:
    lines = len(split_lines(text))
    assert all(1 <= one.position.line <= lines and one.position.column >= 1 for one in diagnostics)
    told = render_text(diagnostics)
    render_json(diagnostics)
    assert all(char == "\n" or char.isprintable() for char in told)


def check_formatting(text: str) -> None:
    """It is refused with a reason, or formatted; then formatting again changes nothing, and it asks for the same."""
    try:
        once = format_text(text, NAME, "definition")
    except CfaigError:
        return
    assert format_text(once, NAME, "definition") == once
    try:
        before = load_text(text, "dev").gateways
    except DefinitionError:
        return
    assert compile_account(load_text(once, "dev").gateways) == compile_account(before)


def check_scenario(text: str) -> None:
    """It loads, or its mistakes are told."""
    found = load_suite(text, NAME)
    if isinstance(found, list):
        assert found
        _check_told(tuple(found), text)


def check_conversion(text: str) -> None:
    """It is refused with a reason, or made a definition that can be read; no key comes through in clear text."""
    planted = text.replace("sk-", PLANTED)
    try:
        found = convert(planted.encode("utf-8", "surrogatepass"), NAME)
    except CfaigError:
        return
    try:
        load_text(found.text, "local")
    except DefinitionError as error:
        _check_told(error.diagnostics, found.text)
    assert PLANTED not in found.text


def check_dotenv(text: str) -> None:
    """It gives text for names, or says which line is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".env").write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            values = with_dotenv(Path(folder), {"SET": "before"})
        except CfaigError:
            return
    assert values["SET"] == "before"
    assert all("\0" not in value and "=" not in name and name for name, value in values.items())


def raw(texts: list[str]) -> Any:
    """Damaged texts mostly, and now and then any text at all."""
    return st.one_of(*[damaged_text(texts)] * 9, st.text(max_size=200))


TARGETS = {
    "definitions": Target(raw(DEFINITIONS), check_definition),
    "formatting": Target(raw(DEFINITIONS), check_formatting),
    "scenarios": Target(raw(SCENARIOS), check_scenario),
    "convert": Target(raw(CONFIGURATIONS), check_conversion),
    "dotenv": Target(raw(DOTENV), check_dotenv),
}
