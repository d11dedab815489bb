"""Which engine is taken, and what is said when there is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cfaig.errors import CfaigError
from cfaig.local.engine.cache import EngineCache, engine_cache
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import Engine, Step
from tests.engine import programs

pytestmark = pytest.mark.usefixtures("bare")


def found(steps: list[Step] | None = None) -> Engine:
    return ensure_engine((steps if steps is not None else []).append)


def refusal() -> CfaigError:
    with pytest.raises(CfaigError) as raised:
        found()
    return raised.value


def test_pulumi_on_path_is_taken_as_it_is(bare: EngineCache, tools: Path) -> None:
    pulumi = programs.pulumi(tools, "v3.251.2")
    engine = found()
    assert (engine.pulumi, engine.source, engine.version, engine.stand_ins) == (pulumi, "path", "3.251.2", ())
    assert "PULUMI_HOME" not in engine.env
    assert "PATH" not in engine.env
    assert not bare.root.exists()


@pytest.mark.parametrize("version", ["v3.250.0", "3.250.1", "v3.999.0-dev.0", "v3.250.0-alpha.x1"])
def test_versions_that_are_taken(tools: Path, version: str) -> None:
    programs.pulumi(tools, version)
    assert found().source == "path"


@pytest.mark.parametrize(
    ("version", "reason"),
    [
        ("v3.249.9", "is version 3.249.9; cfaig needs 3.250.0 or newer"),
        ("v4.0.0", "is version 4.0.0; cfaig needs 3.250.0 or newer, below 4"),
        ("'hello there'", "does not tell its version: it says 'hello there'"),
        ("v3.300.0; exit 2", "does not run"),
    ],
)
def test_unfit_pulumi_is_named(tools: Path, monkeypatch: pytest.MonkeyPatch, version: str, reason: str) -> None:
    programs.pulumi(tools, version)
    monkeypatch.setenv("CFAIG_ENGINE", "path")
    assert reason in refusal().message
    assert str(tools / "pulumi") in refusal().message


def test_pulumi_without_language_host_is_not_taken(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs.pulumi(tools, "v3.250.0", language_host=False)
    monkeypatch.setenv("CFAIG_ENGINE", "path")
    assert "has no Python language host" in refusal().message


def test_language_host_may_be_where_a_link_leads(tools: Path, tmp_path: Path) -> None:
    (tools / "pulumi").symlink_to(programs.pulumi(tmp_path / "opt", "v3.250.0"))
    assert found().source == "path"


def test_unfit_pulumi_on_path_gives_way_to_the_cache(bare: EngineCache, tools: Path) -> None:
    programs.pulumi(tools, "v3.100.0")
    programs.program(bare.built / "bin", "pulumi", "echo v3.250.0")
    engine = found()
    assert engine.source == "built"
    assert engine.pulumi == bare.built / "bin" / "pulumi"


def test_installed_engine_is_taken_before_the_built_one(bare: EngineCache) -> None:
    programs.program(bare.built / "bin", "pulumi", "echo v3.250.0")
    programs.pulumi(bare.installed / "bin", "v3.250.0")
    engine = found()
    assert (engine.source, engine.stand_ins) == ("installer", ())
    assert "PULUMI_HOME" not in engine.env


def test_built_engine_gets_its_stand_ins_and_a_home_of_its_own(bare: EngineCache) -> None:
    programs.program(bare.built / "bin", "pulumi", "echo v3.250.0")
    engine = found()
    assert engine.stand_ins == ("pulumi-language-python", "pulumi-resource-cloudflare")
    assert engine.env["PULUMI_HOME"] == str(bare.home)
    assert engine.env["PATH"].split(os.pathsep)[0] == str(bare.built / "bin")


def test_our_own_engine_on_path_is_still_ours(bare: EngineCache, tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `eval "$(cfaig env)"` the built engine is first on PATH; it still needs its stand-ins and home."""
    programs.program(bare.built / "bin", "pulumi", "echo v3.250.0")
    first = found()
    monkeypatch.setenv("PATH", first.env["PATH"])
    assert found() == first
    programs.pulumi(tools, "v3.260.0")
    assert found().source == "path"


@pytest.mark.parametrize(
    ("variables", "folder"),
    [
        ({"CFAIG_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a/cfaig/engine"),
        ({"XDG_CACHE_HOME": "/b"}, "/b/cfaig/engine"),
        ({"CFAIG_CACHE": ""}, "~/.cache/cfaig/engine"),
    ],
)
def test_place_of_the_cache(variables: dict[str, str], folder: str) -> None:
    assert engine_cache(variables).root == Path(folder).expanduser()


def test_no_engine_tells_every_reason_and_both_ways_out() -> None:
    error = refusal()
    assert "there is no pulumi on PATH" in error.message
    assert "official installer cannot be reached: Connection refused" in error.message
    assert "Go is not on PATH" in error.message
    assert error.hint is not None
    assert error.hint.index("get.pulumi.com") < error.hint.index("install Go")
    assert "Traceback" not in error.message


def test_unknown_way_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CFAIG_ENGINE", "magic")
    assert "'magic'" in refusal().message


def test_cache_that_cannot_be_made_is_named(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    programs.go(tools)
    monkeypatch.setenv("CFAIG_CACHE", str(tmp_path / "file"))
    monkeypatch.setenv("CFAIG_ENGINE", "build")
    assert "cannot be written" in refusal().message
    assert "CFAIG_CACHE" in (refusal().hint or "")
