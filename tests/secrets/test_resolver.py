"""References to secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.secrets import Resolver, is_reference, resolve


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


def test_the_resolver_never_reads_the_secret_where_stand_ins_are_wanted() -> None:
    environ = {"KEY": "s3cret"}
    assert Resolver(environ).value("env://KEY", "x") == "s3cret"
    assert Resolver(environ, stand_ins=True).value("env://KEY", "x") == "local-stand-in-KEY"
    assert Resolver({}, stand_ins=True).value("env://KEY", "x") == "local-stand-in-KEY"
    with pytest.raises(CfaigError):
        Resolver(environ, stand_ins=True).value("clear", "x")
    assert "s3cret" not in repr(Resolver(environ))


def test_a_secret_is_looked_up_once_and_so_is_a_missing_one(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("s3cret")
    resolver = Resolver({})
    assert resolver.value(f"file://{file}", "a") == "s3cret"
    file.unlink()
    assert resolver.value(f"file://{file}", "b") == "s3cret"
    for used_by in ("first", "second"):
        with pytest.raises(CfaigError, match=rf"NONE is not set \(for {used_by}\)"):
            resolver.value("env://NONE", used_by)
    assert "s3cret" not in repr(resolver)


def test_the_stacks_configuration_is_asked_for_its_own_references_only() -> None:
    asked: list[str] = []

    def configured(name: str) -> str:
        asked.append(name)
        return {"openai": "s3cret", "empty": ""}[name]

    resolver = Resolver({"KEY": "x"}, stack_config=configured)
    resolver.value("env://KEY", "a")
    assert asked == []
    assert [resolver.value("pulumi://openai", each) for each in ("a", "b")] == ["s3cret", "s3cret"]
    assert asked == ["openai"]
    with pytest.raises(CfaigError, match="empty in the stack's configuration is empty"):
        resolver.value("pulumi://empty", "a")
    with pytest.raises(CfaigError, match="where the stack is known"):
        Resolver({}).value("pulumi://openai", "a")
    assert Resolver({}, stand_ins=True).value("pulumi://openai", "a") == "local-stand-in-openai"


def test_a_wrong_form_is_told() -> None:
    with pytest.raises(CfaigError, match="vault://kv/ai is not a reference") as caught:
        resolve("vault://kv/ai", {})
    assert "vault://MOUNT/PATH#FIELD" in str(caught.value.hint)
