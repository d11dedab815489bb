"""`cfaig local`: real providers are chosen, remembered and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Shell

REAL = "openai: http://127.0.0.1:9"
SCRIPTED = "providers are scripted: nothing leaves this machine"


@pytest.fixture
def laptop(shell: Shell) -> Iterator[Shell]:
    yield shell
    shell.cfaig("local", "down")


def test_upstreams(laptop: Shell) -> None:
    told = laptop.cfaig("local", "up").stdout
    assert told.splitlines()[-1] == SCRIPTED
    assert "/v1/10ca10ca10ca10ca10ca10ca10ca10ca/<gateway>" in told
    wrong = laptop.cfaig("local", "up", "--upstream", "openai=http", code=1)
    assert "not an http(s) address" in wrong.stderr
    assert "SLUG=URL" in wrong.stderr
    both = laptop.cfaig("local", "up", "--upstream", "openai=http://127.0.0.1:9", "--upstream", "groq=real").stdout
    assert both.splitlines()[-2:] == ["groq: real", REAL]
    laptop.cfaig("local", "down")
    assert laptop.cfaig("local", "up").stdout.splitlines()[-1] == REAL
    assert laptop.cfaig("local", "up", "--upstream", "scripted").stdout.splitlines()[-1] == SCRIPTED
