"""`cfaig convert` as people run it."""

from __future__ import annotations

import json

from tests.cli.conftest import Shell
from tests.engine_fixtures import ROOT

SAMPLES = ROOT / "tests/convert/samples"
LITELLM = str(SAMPLES / "litellm.yaml")
CLEAN = '{"provider": "openai", "override_params": {"model": "gpt-4o"}}'


def test_the_definition_goes_to_stdout_and_the_report_to_stderr(shell: Shell) -> None:
    told = shell.cfaig("convert", LITELLM, "--gateway", "team-proxy")
    assert "gateway: team-proxy\n" in told.stdout
    assert f"{LITELLM}:19:46: a secret, not copied: `model_list[2].litellm_params.api_key`" in told.stderr
    assert f"{LITELLM}:39:3: not carried over: `litellm_settings.telemetry`" in told.stderr
    assert "planted" not in told.stdout + told.stderr
    shell.cfaig("validate", "-", stdin=told.stdout)


def test_writing(shell: Shell) -> None:
    told = shell.cfaig("convert", LITELLM, "--write")
    path = shell.root / "gateways/litellm.yaml"
    assert (told.stdout, path.read_text().splitlines()[1]) == ("", "gateway: litellm")
    assert "nothing was written" in shell.cfaig("convert", LITELLM, "--write", code=1).stderr
    shell.cfaig("convert", LITELLM, "--write", "--force")
    shell.cfaig("convert", LITELLM, "-o", "other/x.yaml")
    assert (shell.root / "other/x.yaml").read_text() == path.read_text()
    assert "keep one of them" in shell.cfaig("convert", LITELLM, "--write", "-o", "x", code=1).stderr


def test_machines_get_everything_in_one_document(shell: Shell) -> None:
    document = json.loads(shell.cfaig("convert", LITELLM, "--json").stdout)
    assert (document["format"], document["from"], document["gateway"]) == (1, "litellm", "litellm")
    assert (document["lossless"], document["written"]) == (False, None)
    first = document["notes"][0]
    assert set(first) == {"fate", "path", "file", "line", "column", "meaning", "advice"}
    assert {note["fate"] for note in document["notes"]} == {"changed", "dropped", "secret", "unneeded"}
    assert "planted" not in json.dumps(document)
    assert {one["severity"] for one in document["diagnostics"]} <= {"warning"}


def test_strict_is_for_what_is_lost(shell: Shell) -> None:
    shell.cfaig("convert", LITELLM, "--strict", code=1)
    told = shell.cfaig("convert", "-", "--strict", stdin=CLEAN)
    assert "gateway: converted\n" in told.stdout
    assert "everything is carried over" in told.stderr


def test_what_is_none_of_the_formats(shell: Shell) -> None:
    told = shell.cfaig("convert", "-", stdin='{"what": "ever"}', code=1).stderr
    assert all(name in told for name in ("rules", "deck", "litellm", "portkey"))
    assert "<stdin>:1:5" in shell.cfaig("convert", "-", stdin="a: [", code=1).stderr
    assert "cannot be read" in shell.cfaig("convert", "none.json", code=1).stderr
    assert "no gateway id" in shell.cfaig("convert", "-", "--gateway", "No Good", stdin=CLEAN, code=1).stderr
    assert "'litellm'" in shell.cfaig("convert", "-", "--from", "nginx", stdin=CLEAN, code=1).stderr


def test_a_definition_that_needs_a_hand_is_given_with_its_mistakes(shell: Shell) -> None:
    budget = {"max_budget": 1, "budget_duration": "1d"}
    models = [
        {"model_name": "chat", "litellm_params": {"model": f"openai/m{number}", **budget}} for number in range(21)
    ]
    source = json.dumps({"model_list": models})
    told = shell.cfaig("convert", "-", stdin=source, code=1)
    assert "spend_limits:" in told.stdout
    assert "converted.yaml:" in told.stderr
