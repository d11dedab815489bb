"""Files that are no definitions at all: each gets a clear word and a place, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cfaig.definition.diagnostics import DefinitionError, Diagnostic
from cfaig.definition.load import load_project, load_text
from cfaig.errors import CfaigError
from cfaig.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "gateways").mkdir()
    (tmp_path / "Pulumi.yaml").touch()
    (tmp_path / "Pulumi.dev.yaml").touch()
    return Project(tmp_path)


def diagnostics(text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(DefinitionError) as raised:
        load_text(text, "dev")
    return raised.value.diagnostics


def only(text: str | bytes) -> tuple[str, int, int]:
    found = diagnostics(text)
    assert len(found) == 1, found
    return found[0].code, found[0].position.line, found[0].position.column


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("AIG004", 1, 1)),
        ("# nothing\n\n", ("AIG004", 1, 1)),
        (b"\xef\xbb\xbf", ("AIG004", 1, 1)),
        ("null\n", ("AIG020", 1, 1)),
        ("- a\n- b\n", ("AIG020", 1, 1)),
        ("support\n", ("AIG020", 1, 1)),
        (b"gateway: support\nlabels: {a: \xe9}\n", ("AIG003", 2, 13)),
        (b"\x7fELF\x02\x01\x01\x00\x00\xff", ("AIG003", 1, 10)),
        ("gateway: a\0b\n", ("AIG003", 1, 11)),
        ("gateway: support\ndescription: a\x1bb\n", ("AIG003", 2, 15)),
        ("gateway: support\n".encode("utf-16"), ("AIG003", 1, 1)),
        ("gateway: support\ncache:\n\tttl: 1h\n", ("AIG006", 3, 1)),
        ("gateway:\tsupport\n\tcache: x\n", ("AIG006", 2, 1)),
        ("gateway: support\n---\ngateway: b\n", ("AIG007", 2, 1)),
        ("gateway: a: b\n", ("AIG005", 1, 11)),
        ("gateway: [a\n", ("AIG005", 2, 1)),
        ("gateway: 'a\n", ("AIG005", 2, 1)),
        ("gateway: *nobody\n", ("AIG005", 1, 10)),
        ("gateway: @here\n", ("AIG005", 1, 10)),
        ("gateway: support\n cache: x\n", ("AIG005", 2, 7)),
        ("gateway: !!python/object:os.system x\n", ("AIG013", 1, 10)),
        ("gateway: !!int abc\n", ("AIG013", 1, 10)),
        ("gateway: support\nlabels: &a {a: *a}\n", ("AIG010", 2, 9)),
        ("gateway: support\nlabels: {<<: 3}\n", ("AIG010", 2, 14)),
        ("gateway: support\nroutes: " + "[" * 5000, ("AIG011", 2, 71)),
        ("gateway: support\nroutes: " + "{a: " * 5000, ("AIG011", 2, 257)),
        ("gateway: support\n? {a: b}\n: c\n", ("AIG009", 2, 3)),
        ("gateway: support\n3.5: c\n", ("AIG009", 2, 1)),
        ("gateway: support\ntrue: c\n", ("AIG009", 2, 1)),
        ("gateway: support\n~: c\n", ("AIG009", 2, 1)),
        ("gateway: support\n" * 2, ("AIG008", 2, 1)),
    ],
)
def test_texts(text: str | bytes, expected: tuple[str, int, int]) -> None:
    assert only(text) == expected


def test_alias_bomb() -> None:
    lines = ["gateway: support", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 12)]
    found = diagnostics("\n".join(lines))
    assert [diagnostic.code for diagnostic in found] == ["AIG010"]


def test_aliases_nested_too_deep() -> None:
    lines = ["gateway: support", "a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 3000))]
    assert [diagnostic.code for diagnostic in diagnostics("\n".join(lines))] == ["AIG011"]


def test_a_huge_file_is_not_read(project: Project) -> None:
    path = project.gateways / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)  # sparse: reading it whole would fail the test
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev")
    (found,) = raised.value.diagnostics
    assert found.code == "AIG002"
    assert "50,000,000,000 bytes" in found.message


def test_huge_text() -> None:
    assert only("# " + "x" * 1_100_000)[0] == "AIG002"


def test_what_is_no_file(project: Project) -> None:
    (project.gateways / "folder.yaml").mkdir()
    (project.gateways / "dangling.yml").symlink_to("nowhere")
    os.mkfifo(project.gateways / "pipe.yaml")
    (project.gateways / ".hidden.yaml").write_text("{")
    (project.gateways / "notes.txt").write_text("{")
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev")
    assert [(found.code, found.position.file.name) for found in raised.value.diagnostics] == [
        ("AIG001", "dangling.yml"),
        ("AIG001", "folder.yaml"),
        ("AIG001", "pipe.yaml"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(project: Project) -> None:
    path = project.gateways / "locked.yaml"
    path.write_text("gateway: a")
    path.chmod(0)
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev")
    assert [found.code for found in raised.value.diagnostics] == ["AIG001"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(CfaigError, match="cannot read the definitions") as raised:
        load_project(Project(tmp_path), "local")
    assert "cfaig init" in (raised.value.hint or "")


def test_all_files_are_told_about(project: Project) -> None:
    (project.gateways / "a.yaml").write_text("gateway: [")
    (project.gateways / "b.yaml").write_text("gateway: b\nfoo: bar\n")
    (project.gateways / "c.yml").write_text("")
    with pytest.raises(DefinitionError) as raised:
        load_project(project, "dev")
    places = [(found.position.file.as_posix(), found.code) for found in raised.value.diagnostics]
    assert places == [("gateways/a.yaml", "AIG005"), ("gateways/b.yaml", "AIG012"), ("gateways/c.yml", "AIG004")]


def test_secrets_in_a_text_that_is_no_yaml() -> None:
    for text in (
        "gateway: support\nproviders: {openai: {key: TOPSECRET: x}}\n",
        "gateway: support\nproviders:\n  openai:\n    headers:\n      x-a: TOPSECRET: x\n",
        "gateway: support\notel:\n  - authorization: 'TOPSECRET\n",
    ):
        (found,) = diagnostics(text)
        assert found.code == "AIG005"
        assert "TOPSECRET" not in repr(found)


def test_a_secret_in_a_value_that_is_dropped() -> None:
    text = "gateway: support\nproviders: {openai: {key: env://A, key: TOPSECRET}}\n"
    (found,) = diagnostics(text)
    assert found.code == "AIG008"
    assert "TOPSECRET" not in repr(found)
