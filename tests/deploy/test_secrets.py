"""References to secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.secrets import Resolver, is_reference, resolve, stand_in


def test_from_the_environment() -> None:
    assert resolve("env://KEY", {"KEY": "s3cret"}) == "s3cret"


def test_from_a_file_without_its_last_newline(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("s3cret\n")
    assert resolve(f"file://{file}", {}) == "s3cret"


@pytest.mark.parametrize(
    ("environ", "told"),
    [({}, "the environment variable KEY is not set (for gateway x)"), ({"KEY": ""}, "KEY is empty (for gateway x)")],
)
def test_a_missing_variable_is_told_with_its_use(environ: dict[str, str], told: str) -> None:
    with pytest.raises(CfaigError, match="KEY") as caught:
        resolve("env://KEY", environ, used_by="gateway x")
    assert told in caught.value.message


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty", tmp_path / "binary"
    empty.write_text("\n")
    binary.write_bytes(b"\xff\xfe")
    wrong = {tmp_path / "none": "No such file", empty: "is empty", binary: "not UTF-8", tmp_path: "Is a directory"}
    for path, told in wrong.items():
        with pytest.raises(CfaigError, match=told):
            resolve(f"file://{path}", {})


def test_clear_text_is_refused_and_not_repeated() -> None:
    with pytest.raises(CfaigError) as caught:
        resolve("sk-very-secret", {}, used_by="gateway x")
    assert "sk-very-secret" not in str(caught.value)
    assert not is_reference("sk-very-secret")


def test_stand_ins_tell_the_name_only() -> None:
    assert stand_in("env://OPENAI_API_KEY") == "local-stand-in-OPENAI_API_KEY"
    assert stand_in("file:///run/secrets/openai") == "local-stand-in-openai"


def test_the_resolver_never_reads_the_secret_where_stand_ins_are_wanted() -> None:
    environ = {"KEY": "s3cret"}
    assert Resolver(environ).value("env://KEY", "x") == "s3cret"
    assert Resolver(environ, stand_ins=True).value("env://KEY", "x") == "local-stand-in-KEY"
    assert Resolver({}, stand_ins=True).value("env://KEY", "x") == "local-stand-in-KEY"
    with pytest.raises(CfaigError):
        Resolver(environ, stand_ins=True).value("clear", "x")
    assert "s3cret" not in repr(Resolver(environ))
