"""`.env` as the commands take it."""

from __future__ import annotations

from tests.cli.conftest import SUPPORT, Shell


def test_it_gives_what_the_environment_lacks_and_a_wrong_line_is_told(shell: Shell) -> None:
    shell.define("support", SUPPORT)
    assert "OPENAI_API_KEY is not set" in shell.cfaig("validate", "-e", "dev", code=1).stderr
    (shell.root / ".env").write_text("OPENAI_API_KEY=sk-planted\nCFAIG_ENVIRONMENT=dev\n")
    assert "valid: support in dev" in shell.cfaig("validate").stderr
    shell.environ["OPENAI_API_KEY"] = ""
    assert "OPENAI_API_KEY is empty" in shell.cfaig("validate", code=1).stderr
    (shell.root / ".env").write_text("A=1\nsk-planted\n")
    told = shell.cfaig("validate", code=1)
    assert f"error: {shell.root}/.env:2: this is no NAME=value" in told.stderr
    assert "planted" not in told.stderr
