"""`cfaig test` and `cfaig simulate`, as people run them."""

from __future__ import annotations

import json
import signal
import subprocess
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import SUPPORT, Shell
from tests.engine_fixtures import ROOT

PASSING = """\
gateway: support
scenarios:
  - name: OpenAI answers
    steps: [{request: {route: chat}, expect: {provider: openai}}]
  - name: OpenAI is down
    upstreams: [{provider: openai, status: 500}]
    steps: [{request: {route: chat}, expect: {provider: anthropic}}]
"""
SECONDS = 120.0


@pytest.fixture
def tested(shell: Shell) -> Shell:
    """A project with a definition and two scenarios."""
    shell.define("support", SUPPORT)
    (shell.root / "scenarios").mkdir()
    scenario(shell, PASSING)
    return shell


def scenario(shell: Shell, text: str, name: str = "support") -> Path:
    path = shell.root / "scenarios" / f"{name}.yaml"
    path.write_text(text)
    return path


def test_passing_and_failing_by_exit_code(tested: Shell) -> None:
    told = tested.cfaig("test")
    assert told.stdout == "scenarios/support.yaml (local)  ..\n"
    assert told.stderr == "2 passed; 2 requests in 0 s of virtual time\n"
    scenario(tested, PASSING.replace("provider: anthropic", "provider: groq"))
    failed = tested.cfaig("test", "-v", code=1)
    assert "  FAILED   OpenAI is down (1 request, 0 s)" in failed.stdout
    assert "scenarios/support.yaml:7:57: error AIG210: OpenAI is down: expected provider: groq; " in failed.stdout
    assert failed.stdout == tested.cfaig("test", "-v", code=1).stdout
    assert "1 passed, 1 failed" in failed.stderr
    scenario(tested, PASSING.replace("route: chat", "route: chta", 1))
    wrong = tested.cfaig("test", code=1)
    assert wrong.stdout == ""
    assert "scenarios/support.yaml:4:31: error AIG201: the gateway support has no route chta" in wrong.stderr
    assert "did you mean chat?" in wrong.stderr


def test_choosing_what_runs(tested: Shell) -> None:
    other = scenario(tested, PASSING.replace("provider: openai", "provider: groq"), "other")
    assert tested.cfaig("test", "-k", "is DOWN", code=1).stdout.startswith("scenarios/other.yaml (local)    F\n")
    assert tested.cfaig("test", "scenarios/support.yaml").stderr.startswith("2 passed;")
    assert tested.cfaig("test", "-x", code=1).stderr.startswith("0 passed, 1 failed;")
    assert tested.cfaig("test", str(other.parent), code=1).stderr.startswith("2 passed, 2 failed;")
    assert "no scenario has “nothing” in its name" in tested.cfaig("test", "-k", "nothing", code=1).stderr
    scenario(tested, f"environment: prod\n{PASSING}", "other")
    assert tested.cfaig("test").stdout == "scenarios/other.yaml (prod)     ..\nscenarios/support.yaml (local)  ..\n"
    skipping = tested.cfaig("test", "-e", "dev", "-v")
    assert "skipped  OpenAI answers (the file is for prod)" in skipping.stdout
    assert "2 passed, 2 skipped" in skipping.stderr


def test_coverage_and_its_least(tested: Shell) -> None:
    told = tested.cfaig("test", "--coverage")
    assert "  support/chat (local)    3 of 4     75 %" in told.stdout
    assert "    not reached: anthropic/claude-sonnet-5 failed  gateways/support.yaml:10:9" in told.stdout
    tested.cfaig("test", "--min-coverage", "75")
    low = tested.cfaig("test", "--min-coverage", "80", code=1)
    assert "coverage is 75.0 %, which is below 80 %" in low.stderr


def test_reports_for_machines(tested: Shell) -> None:
    scenario(tested, PASSING.replace("provider: anthropic", "provider: groq"))
    told = tested.cfaig("test", "--json", "--coverage", "--junit", "out/junit.xml", code=1)
    schema = json.loads(tested.cfaig("schema", "test-report").stdout)
    assert schema == json.loads((ROOT / "schemas/test-report.schema.json").read_text())
    jsonschema.validate(json.loads(told.stdout), schema)
    root = ET.fromstring((tested.root / "out/junit.xml").read_text())  # noqa: S314 (our own)
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    wrong = tested.cfaig("test", "--json", "--watch", code=1)
    assert "exclude each other" in wrong.stderr


def test_schemas_by_name(shell: Shell) -> None:
    names = shell.cfaig("schema", "list").stdout.split()
    assert {"gateway", "scenario", "plan", "test-report"} <= set(names)
    for name in names:
        assert json.loads(shell.cfaig("schema", name).stdout)["$schema"].endswith("2020-12/schema")
    shell.cfaig("schema", "scenario", "-o", "out.json")
    assert (shell.root / "out.json").read_text() == (ROOT / "schemas/scenario.schema.json").read_text()
    assert "did you mean scenario?" in shell.cfaig("schema", "scenarios", code=1).stderr


def test_watching_runs_again_and_ends_clean(tested: Shell) -> None:
    with subprocess.Popen(
        tested.command("test", "--watch"),
        cwd=tested.root,
        env=tested.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "scenarios/support.yaml (local)  ..\n"
            scenario(tested, PASSING.replace("provider: anthropic", "provider: groq"))
            assert process.stdout.readline() == "scenarios/support.yaml (local)  .F\n"
            tested.define("support", SUPPORT.replace("anthropic", "groq"))
            _read_until(process, "scenarios/support.yaml (local)  ..\n")
            tested.define("support", "gateway: [\n")
            _read_error(process, "AIG005")
        finally:
            process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=SECONDS)[1]
    assert process.returncode == 130
    assert "stopped" in rest
    assert "Traceback" not in rest


def _read_until(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    end = time.monotonic() + SECONDS
    while (found := process.stdout.readline()) != line:
        assert found, "the command has ended"
        assert time.monotonic() < end


def _read_error(process: subprocess.Popen[str], word: str) -> None:
    assert process.stderr is not None
    while word not in (found := process.stderr.readline()):
        assert found, "the command has ended"


def test_simulate_answers_in_one_line_and_as_a_picture(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    told = shell.cfaig("simulate", "chat", "--down", "openai").stdout
    assert told.startswith(
        "dynamic/chat → anthropic/claude-sonnet-5 (step 1) after openai/gpt-4o failed with 500; 200, 0 s, $"
    )
    assert told == shell.cfaig("simulate", "support/chat", "--down", "openai").stdout
    drawn = shell.cfaig("simulate", "chat", "--slow", "openai=40s", "-o", "way.svg")
    assert drawn.stdout == ""
    assert "after openai/gpt-4o timed out; 200, 30 s, $" in drawn.stderr
    root = ET.fromstring((shell.root / "way.svg").read_text())  # noqa: S314 (our own)
    paths = [element for element in root.iter() if element.tag.endswith("path") and element.get("data-from")]
    taken = {(path.get("data-from"), path.get("data-to")) for path in paths if "taken" in str(path.get("class"))}
    assert taken == {
        ("start", "openai-gpt-4o"),
        ("openai-gpt-4o", "anthropic-claude-sonnet-5"),
        ("anthropic-claude-sonnet-5", "anthropic-claude-sonnet-5/success"),
    }
    assert "linkStyle 0" in shell.cfaig("simulate", "chat", "--format", "mermaid").stdout
    assert "penwidth=3" in shell.cfaig("simulate", "chat", "--format", "dot").stdout
    document = json.loads(shell.cfaig("simulate", "chat", "--times", "5", "-m", "plan=free", "-f", "json").stdout)
    assert document["requests"] == sum(entry["requests"] for entry in document["distribution"]) == 5
    assert "a,b is no name with a value" in shell.cfaig("simulate", "chat", "-H", "a,b", code=1).stderr
    assert "did you mean" in shell.cfaig("simulate", "chatt", code=1).stderr


def test_init_writes_scenarios_that_pass(shell: Shell) -> None:
    shell.cfaig("init", "new", "--gateway", "first")
    told = shell.cfaig("-C", "new", "test", "--min-coverage", "100")
    assert told.stdout.startswith("scenarios/first.yaml (local)  ....\n")
    for name in ("gateway", "scenario"):
        assert (shell.root / f"new/schemas/{name}.schema.json").is_file()
    assert [path.name for path in (shell.root / "new/scenarios").iterdir()] == ["first.yaml"]
