"""`cfaig connect --write`: what the file had stays, what it says is right, and no secret of it is shown."""

from __future__ import annotations

import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from cfaig.connect import dotenv_file, json_file
from tests.cli.conftest import Shell

SECRET = "sk-proj-0123456789abcdef"
ACCOUNT = "0123456789abcdef0123456789abcdef"
BASE = f"https://gateway.ai.cloudflare.com/v1/{ACCOUNT}/shop"
CHAT = ("--route", "shop/chat", "-e", "prod")
DOTENV = f"""\
# the service
export OPENAI_API_KEY="{SECRET}"  # of the team

DEBUG=1
#OPENAI_API_KEY={SECRET}-old
CERTIFICATE="-----
{SECRET}"
"""
SETTINGS = {
    "permissions": {"allow": ["Bash(ls:*)"]},
    "env": {"ANTHROPIC_API_KEY": SECRET, "ANTHROPIC_CUSTOM_HEADERS": "x-team: a", "FOO": "bar"},
    "model": "opus",
}
LITELLM = f"""\
# our proxy
model_list:
- model_name: mine  # stays
  litellm_params:
    model: openai/gpt-4o
    api_key: "{SECRET}"
- model_name: shop/chat
  litellm_params: {{model: old, api_key: "{SECRET}", timeout: 5}}
general_settings:
  master_key: {SECRET}  # keep
"""


def write(shell: Shell, file: Path, *arguments: str) -> str:
    """Write, and make sure that a second time there is nothing to do; the diff."""
    shell.environ["CLOUDFLARE_ACCOUNT_ID"] = ACCOUNT
    done = shell.cfaig("connect", *arguments, "--write", str(file), "--yes")
    written = file.read_bytes()
    again = shell.cfaig("connect", *arguments, "--write", str(file))
    assert "nothing to change" in again.stderr
    assert (again.stdout, file.read_bytes()) == ("", written)
    assert SECRET not in done.stdout + done.stderr
    return done.stdout


def test_a_dotenv_file(project: Shell, tmp_path: Path) -> None:
    file = tmp_path / "app.env"
    file.write_text(DOTENV)
    file.chmod(0o640)
    diff = write(project, file, "openai", *CHAT)
    assert "+export OPENAI_API_KEY=${CF_AIG_TOKEN}  # of the team" in diff
    assert "-export OPENAI_API_KEY=(hidden)" in diff
    changed = DOTENV.replace(f'"{SECRET}"  #', "${CF_AIG_TOKEN}  #")
    assert file.read_text() == f"{changed}OPENAI_BASE_URL={BASE}/compat\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    os.environ.pop("CF_AIG_TOKEN", None)
    read = dotenv_values(stream=io.StringIO("CF_AIG_TOKEN=token\n" + file.read_text()))
    assert read["OPENAI_API_KEY"] == "token"


def test_a_dotenv_file_from_local_to_a_real_account_and_a_provider_without_a_stored_key(
    project: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "app.env"
    write(project, file, "openai", "--gateway", "shop")
    assert "OPENAI_API_KEY=local-run-token" in file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    write(project, file, "openrouter", "--gateway", "shop", "-e", "prod")
    wanted = [
        f"OPENAI_BASE_URL={BASE}/openrouter",
        "OPENAI_API_KEY=${OPENROUTER_API_KEY}",
        'OPENAI_CUSTOM_HEADERS="cf-aig-authorization: Bearer ${CF_AIG_TOKEN}"',
    ]
    assert sorted(file.read_text().splitlines()) == sorted(wanted)
    write(project, file, "openai", *CHAT)
    assert "OPENAI_CUSTOM_HEADERS" not in file.read_text()


def test_the_projects_own_dotenv_is_not_for_clients(project: Shell) -> None:
    told = project.cfaig("connect", "openai", *CHAT, "--write", ".env", "--yes", code=1)
    assert "where cfaig itself looks for the keys" in told.stderr
    assert not (project.root / ".env").exists()


def test_the_settings_of_claude_code(project: Shell, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(SETTINGS, indent=4))
    link = tmp_path / "link.json"
    link.symlink_to(file)
    write(project, link, "claude-code", "--gateway", "shop", "-e", "prod")
    assert link.is_symlink()
    env = {**SETTINGS["env"], "ANTHROPIC_BASE_URL": f"{BASE}/anthropic"}  # type: ignore[dict-item]
    assert file.read_text() == json.dumps({**SETTINGS, "env": env}, indent=4)
    write(project, file, "claude-code", "--gateway", "shop")
    local: dict[str, Any] = json.loads(file.read_text())["env"]
    assert local["ANTHROPIC_API_KEY"] == "local-run-token"
    assert local["ANTHROPIC_CUSTOM_HEADERS"] == "x-team: a\ncf-aig-authorization: Bearer local-run-token"
    write(project, file, "claude-code", "--gateway", "shop", "-e", "prod")
    del env["ANTHROPIC_API_KEY"]
    assert json.loads(file.read_text())["env"] == env


def test_the_settings_of_cline_keep_what_a_person_filled_in(project: Shell, tmp_path: Path) -> None:
    file = tmp_path / "globalState.json"
    write(project, file, "cline", *CHAT)
    settings = json.loads(file.read_text())
    assert settings["openAiApiKey"] == "<CF_AIG_TOKEN>"
    file.write_text(json.dumps({**settings, "openAiApiKey": SECRET, "openAiBaseUrl": "https://example.com"}))
    write(project, file, "cline", *CHAT)
    assert json.loads(file.read_text()) == {**settings, "openAiApiKey": SECRET}


def test_the_configuration_of_litellm(project: Shell, tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(LITELLM)
    write(project, file, "litellm", *CHAT)
    text = file.read_text()
    assert text.startswith(LITELLM[: LITELLM.index("- model_name: shop/chat")])
    assert text.endswith(LITELLM[LITELLM.index("general_settings") :])
    parameters = yaml.safe_load(text)["model_list"][1]["litellm_params"]
    assert parameters == {
        "model": "openai/dynamic/chat",
        "api_key": "os.environ/CF_AIG_TOKEN",
        "timeout": 5,
        "api_base": f"{BASE}/compat",
    }


@pytest.mark.parametrize(
    ("client", "name", "text", "said"),
    [
        ("claude-code", "a.json", '{"env": {},}', "a.json:1:12: this is no JSON"),
        ("claude-code", "a.json", '{"env": {}, "env": {}}', "the key env is there twice"),
        ("claude-code", "a.json", "[]", "is not a JSON object"),
        ("litellm", "a.yaml", "a: [", "a.yaml:1:5: this is no YAML"),
        ("litellm", "a.yaml", "- a", "is not a mapping"),
        ("openai", "a.env", "A=1\n\n'B\n", "a.env:3: this is no NAME=value"),
        ("openai", "a.env", "A=\udcff", "is not UTF-8 text"),
        ("curl", "a.env", "", "curl has no file to write into"),
    ],
)
def test_bad_files_are_told_and_left_alone(
    project: Shell, tmp_path: Path, client: str, name: str, text: str, said: str
) -> None:
    file = tmp_path / name
    file.write_bytes(before := text.encode("utf-8", "surrogateescape"))
    told = project.cfaig("connect", client, "--gateway", "shop", "--write", str(file), "--yes", code=1)
    assert said in told.stderr
    assert file.read_bytes() == before


def test_nobody_is_asked_without_a_terminal_and_nothing_is_written(project: Shell, tmp_path: Path) -> None:
    file = tmp_path / "app.env"
    told = project.cfaig("connect", "openai", *CHAT, "--write", str(file), code=1)
    assert "+OPENAI_BASE_URL=" in told.stdout
    assert "add --yes" in told.stderr
    assert not file.exists()
    told = project.cfaig("connect", "openai", *CHAT, "--write", str(tmp_path / "no" / "app.env"), code=1)
    assert "there is no folder" in told.stderr


NAMES = st.from_regex(r"[A-Z_][A-Z0-9_]{0,8}", fullmatch=True)
VALUES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f"), max_size=12)


@given(st.dictionaries(NAMES, VALUES, max_size=4), st.dictionaries(NAMES, VALUES, max_size=3))
def test_any_variables_are_written_so_that_they_are_read_again(there: dict[str, str], wanted: dict[str, str]) -> None:
    text = dotenv_file.patch("# first\n", {}, there)
    assert dotenv_file.load(text, "x") == there
    after = dotenv_file.patch(text, there, {**there, **wanted})
    assert dotenv_file.load(after, "x") == {**there, **wanted}
    assert after.startswith("# first\n")


@given(
    st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda s: st.lists(s) | st.dictionaries(st.text(), s))
)
def test_any_json_survives(value: Any) -> None:
    document = {"value": value}
    for text in (json.dumps(document), json.dumps(document, indent=3) + "\n"):
        assert json_file.dump(json_file.load(text, "x"), text) == text or "[]" in text or "{}" in text
        assert json_file.load(json_file.dump(document, text), "x") == document
