"""The commands that need nothing but the definitions."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import yaml

from tests.cli.conftest import PLANTED, SUPPORT, Shell

TEN_MISTAKES = """\
gateway: Support!
cach: {ttl: 1h}
rate_limit: {requests: many, per: 1m, technique: slidng}
retries: {attempts: 9}
logging: {keep: 5}
providers:
  openai: {key: sk-clear-0123456789abcdefgh}
routes:
  chat:
    chain:
      - {provider: openai, modle: gpt-4o}
      - {provider: openai, model: gpt-4o, timeout: soon}
authentication: no
"""
TEN_LINES = [1, 2, 3, 3, 4, 5, 7, 11, 12, 13]


def test_ten_mistakes_give_ten_diagnostics_on_the_right_lines(shell: Shell) -> None:
    shell.define("support", TEN_MISTAKES)
    told = shell.cfaig("validate", "--json", code=1)
    found = [item for item in json.loads(told.stdout) if item["severity"] == "error"]
    assert [item["line"] for item in found] == TEN_LINES
    text = shell.cfaig("validate", code=1).stderr
    assert "gateways/support.yaml:2:1: error AIG" in text
    assert "did you mean" in text
    assert "sk-clear" not in text + told.stdout


def test_validate_counts_and_ends_well(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    told = shell.cfaig("validate")
    assert told.stdout == ""
    assert "valid: support in dev, local, prod, staging" in told.stderr


def test_validate_reads_standard_input_and_files_outside_a_project(shell: Shell) -> None:
    shell.cfaig("validate", "-", stdin=SUPPORT)
    told = shell.cfaig("validate", "-", stdin=SUPPORT.replace("ttl", "tll"), code=1)
    assert "<stdin>:2:9: error AIG" in told.stderr
    (shell.root / "Pulumi.yaml").unlink()
    shell.cfaig("validate", str(shell.define("support", SUPPORT)))
    assert "no Pulumi.yaml" in shell.cfaig("validate", code=1).stderr


def test_secrets_matter_only_for_a_named_environment(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    assert "OPENAI_API_KEY" in shell.cfaig("validate", "-e", "prod", code=1).stderr
    shell.environ["OPENAI_API_KEY"] = PLANTED
    assert PLANTED not in shell.cfaig("validate", "-e", "prod").stderr
    shell.cfaig("validate", "-e", "local")


def test_the_worst_case_of_each_route_is_shown(shell: Shell) -> None:
    shell.define("support", SUPPORT.replace("timeout: 20s", "timeout: 20s, retries: 1"))
    told = shell.cfaig("routes", "worst").stdout
    way = "openai/gpt-4o (30s) → anthropic/claude-sonnet-5 (20s × 2)"
    assert told.splitlines()[1].split(maxsplit=3) == ["support/chat", "70s", "3", way]
    [route] = json.loads(shell.cfaig("routes", "worst", "-e", "prod", "--json").stdout)["routes"]
    assert route == {"gateway": "support", "name": "chat", "latency_ms": 70_000, "attempts": 3}


def test_an_unknown_environment_is_named_with_the_nearest(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    told = shell.cfaig("validate", "-e", "prud", code=1)
    assert "there is no environment prud" in told.stderr
    assert "did you mean prod" in told.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty", b"", "empty"),
        ("binary", bytes(range(256)), "binary"),
        ("huge", b"# " + b"x" * 50_000_000, "50,000,002 bytes"),
        ("tabs", b"gateway: a\ncache:\n\tttl: 1h\n", "tab"),
        ("twice", b"gateway: a\ngateway: b\n", "twice"),
        ("numbers", b"gateway: a\n1: b\n", "1"),
        ("norway", b"gateway: a\nauthentication: no\n", "false"),
        ("bomb", b"gateway: a\nlabels: &a [x,x,x,x,x,x,x,x,x]\n" + b"b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" * 1, ""),
        ("list", b"- a\n- b\n", "mapping"),
    ],
)
def test_bad_files_are_told_without_a_traceback(shell: Shell, name: str, content: bytes, said: str) -> None:
    (shell.root / "gateways" / f"{name}.yaml").write_bytes(content)
    told = shell.cfaig("validate", code=1, seconds=20)
    assert f"gateways/{name}.yaml:" in told.stderr
    assert said in told.stderr
    assert len(told.stderr) < 20_000


def test_explain_tells_about_every_code(shell: Shell) -> None:
    codes = [line.split()[0] for line in shell.cfaig("explain").stdout.splitlines()]
    assert len(codes) > 30
    text = shell.cfaig("explain", codes[0].lower()).stdout
    assert text.startswith(f"{codes[0]}: ")
    assert "right:" in text
    assert "there is no code AIG999" in shell.cfaig("explain", "AIG999", code=1).stderr


def test_schema_is_a_json_schema(shell: Shell) -> None:
    schema = json.loads(shell.cfaig("schema").stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    shell.cfaig("schema", "-o", "out.json")
    assert json.loads((shell.root / "out.json").read_text()) == schema


def test_init_writes_a_valid_project_and_keeps_what_is_there(shell: Shell) -> None:
    first = shell.cfaig("init", "new", "--gateway", "first")
    assert "gateways/first.yaml" in first.stderr
    shell.cfaig("-C", "new", "validate")
    (shell.root / "new/gateways/first.yaml").write_text("gateway: mine\n")
    assert (
        json.loads(shell.cfaig("init", "new", "--gateway", "first", "--json").stdout)["gateways/first.yaml"] == "kept"
    )
    assert (shell.root / "new/gateways/first.yaml").read_text() == "gateway: mine\n"
    for name in ("Pulumi.yaml", "Pulumi.local.yaml", "__main__.py"):
        assert (shell.root / "new" / name).read_text() == (shell.root / name).read_text()
    pack = {path.name: path.read_bytes() for path in (shell.root / "policies").iterdir() if path.is_file()}
    assert {path.name: path.read_bytes() for path in (shell.root / "new/policies").iterdir()} == pack
    assert "is no gateway id" in shell.cfaig("init", "other", "--gateway", "No Good", code=1).stderr


def test_the_policy_pack_comes_into_a_project_that_is_there(shell: Shell) -> None:
    shutil.rmtree(shell.root / "policies")
    (shell.root / "policies").mkdir()
    (shell.root / "policies/rules.py").write_text("# ours\n")
    (shell.root / "Pulumi.staging.yaml").unlink()
    written = json.loads(shell.cfaig("init", "--policies", "--json").stdout)
    assert written["policies/levels.yaml"] == "wrote"
    assert written["policies/rules.py"] == "kept"
    assert {name.partition("/")[0] for name in written} == {"policies"}
    levels = yaml.safe_load((shell.root / "policies/levels.yaml").read_text())
    assert set(levels["environments"]) == {"local", "prod"}


def test_wrong_usage_is_an_error_and_not_pending_changes(shell: Shell) -> None:
    assert "No such option" in shell.cfaig("plan", "--nonsense", code=1).stderr
    assert "cfaig --help" in shell.cfaig("nonsense", code=1).stderr


def test_the_help_says_what_needs_an_account(shell: Shell) -> None:
    text = shell.cfaig("--help").stdout
    assert text.index("Offline: no account") < text.index("validate") < text.index("Against an environment")
    assert "2 changes pending" in text
    assert shell.cfaig("--version").stdout.startswith("cfaig 0.")


def test_a_reader_that_goes_away_is_no_error(shell: Shell) -> None:
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f"{' '.join(shell.command('explain'))} | head -1"],
        cwd=shell.root,
        env=shell.env(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr
