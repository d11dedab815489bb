"""Building the engine: what is left behind, and what is said, when it works and when it does not."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from cfaig.errors import CfaigError
from cfaig.local.engine.build import MODULE_FILES, parse_version, wanted_version
from cfaig.local.engine.cache import EngineCache
from cfaig.local.engine.find import ensure_engine
from cfaig.local.engine.model import ENGINE_VERSION, Step
from tests.engine import programs
from tests.engine.processes import runs, wait_until

MODULE = Path(__file__).parents[2] / "cfaig" / "local" / "engine" / "build"
ENSURE = "from cfaig.local.engine.find import ensure_engine\nprint(ensure_engine(lambda step: None).pulumi)"


pytestmark = pytest.mark.usefixtures("bare")


@pytest.fixture(autouse=True)
def _only_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CFAIG_ENGINE", "build")


def refusal() -> CfaigError:
    with pytest.raises(CfaigError) as raised:
        ensure_engine(lambda _step: None)
    return raised.value


def left_over(cache: EngineCache) -> list[str]:
    return sorted(path.name for path in cache.version_folder.iterdir() if path.name != "lock")


def test_build_is_kept_and_told(bare: EngineCache, tools: Path) -> None:
    programs.go(tools)
    steps: list[Step] = []
    engine = ensure_engine(steps.append)
    assert engine.source == "built"
    assert left_over(bare) == ["built"]
    assert Step("downloading Pulumi's Go modules", 1) in steps
    assert Step("compiling Pulumi", 2, 3) in steps
    assert subprocess.run([engine.pulumi], capture_output=True, text=True, check=True).stdout == "v3.250.0\n"
    ensure_engine(steps.append)
    assert (tools / "go-cache" / "builds").read_text() == "built\n"


def test_package_folder_is_not_written(tools: Path) -> None:
    before = {file.name: file.read_bytes() for file in MODULE.iterdir()}
    programs.go(tools, build="echo changed > go.mod; echo changed > go.sum; touch new")
    ensure_engine(lambda _step: None)
    assert {file.name: file.read_bytes() for file in MODULE.iterdir()} == before
    assert set(before) == set(MODULE_FILES)


def test_module_asks_for_the_version_that_is_said() -> None:
    assert f"github.com/pulumi/pulumi/pkg/v3 v{ENGINE_VERSION}" in (MODULE / "go.mod").read_text()
    assert wanted_version(MODULE / "go.mod") >= (1, 25)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("write /x: no space left on device", "the disk is full"),
        ("go: go.mod requires go >= 1.25.11 (running go 1.24.1; GOTOOLCHAIN=local)", "Go is too old"),
        ('go: example.org/x: Get "https://proxy/x": dial tcp 10.0.0.1:443: i/o timeout', "could not be downloaded"),
        ("go: example.org/x@v1: reading https://proxy/x: 403 Forbidden", "could not be downloaded"),
        ("verifying example.org/x@v1.0.0: checksum mismatch", "not the one that cfaig names"),
        ("example.org/x: /usr/lib/go/compile: signal: killed", "too little memory"),
        ("open /x/y: permission denied", "cannot be written"),
        ("internal compiler error", "Go ended with exit code 7"),
    ],
)
def test_failed_build_says_why_and_keeps_its_log(bare: EngineCache, tools: Path, said: str, reason: str) -> None:
    programs.go(tools, build=f"echo '{said}'; exit 7")
    error = refusal()
    assert reason in error.message
    assert str(bare.build_log) in error.message
    assert said in bare.build_log.read_text()
    assert left_over(bare) == ["build.log"]


def test_build_after_a_failed_one_works(bare: EngineCache, tools: Path) -> None:
    programs.go(tools, build="exit 1")
    refusal()
    programs.go(tools)
    assert ensure_engine(lambda _step: None).source == "built"
    assert left_over(bare) == ["built"]


def test_folder_without_an_engine_is_no_engine(bare: EngineCache, tools: Path) -> None:
    (bare.built / "bin").mkdir(parents=True)
    programs.go(tools)
    assert ensure_engine(lambda _step: None).pulumi.is_file()


@pytest.mark.parametrize(
    ("version", "toolchain", "taken"),
    [
        ("go1.25.11", "local", True),
        ("go1.26rc1", "local", True),
        ("go1.25.3", "auto", True),
        ("go1.25.3", "local", False),
        ("go1.20.5", "auto", False),
        ("devel", "local", False),
    ],
)
def test_go_that_is_too_old(tools: Path, version: str, toolchain: str, *, taken: bool) -> None:
    programs.go(tools, version=version, toolchain=toolchain)
    if taken:
        assert ensure_engine(lambda _step: None).source == "built"
    else:
        assert "Go is too old to build Pulumi" in refusal().message


@pytest.mark.parametrize(("text", "numbers"), [("go1.25.11", (1, 25, 11)), ("1.26rc1", (1, 26)), ("devel x", ())])
def test_versions_of_go(text: str, numbers: tuple[int, ...]) -> None:
    assert parse_version(text) == numbers


def test_go_that_does_not_work_is_named(tools: Path) -> None:
    programs.program(tools, "go", "echo broken; exit 1")
    assert "Go does not work" in refusal().message


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_too_little_disk_is_told_before_anything_is_built(
    bare: EngineCache, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs.go(tools)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(2**40, 2**40, 100 * 2**20))
    error = refusal()
    assert "100 MiB are free" in error.message
    assert left_over(bare) == []
    assert not (tools / "go-cache" / "builds").exists()


def start() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ENSURE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


def test_two_at_a_time_build_once(bare: EngineCache, tools: Path) -> None:
    programs.go(tools, build="sleep 1")
    both = [start(), start()]
    said = [process.communicate(timeout=30)[0].strip() for process in both]
    assert said == [str(bare.built / "bin" / "pulumi")] * 2
    assert (tools / "go-cache" / "builds").read_text() == "built\n"


def test_interrupted_build_leaves_nothing(bare: EngineCache, tools: Path) -> None:
    programs.go(tools, build=f'echo $$ > "{tools}/pid"; sleep 60')
    process = start()
    wait_until((tools / "pid").exists)
    # Go runs before the call that started it has returned; a person does not press Ctrl-C in that instant.
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert left_over(bare) == ["build.log"]
    go = int((tools / "pid").read_text())
    wait_until(lambda: not runs(go))


def test_build_after_a_killed_one_works(bare: EngineCache, tools: Path) -> None:
    programs.go(tools, build=f'touch "{tools}/begun"; sleep 60')
    process = start()
    wait_until((tools / "begun").exists)
    process.kill()
    process.communicate(timeout=30)
    assert any(name.startswith("work-") for name in left_over(bare))
    programs.go(tools)
    assert ensure_engine(lambda _step: None).source == "built"
    assert left_over(bare) == ["built"]


def test_go_gets_only_our_flags(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOFLAGS", "-mod=vendor -tags=theirs")
    monkeypatch.setenv("GOWORK", "/elsewhere/go.work")
    programs.go(tools, build=f'printf \'["%s", "%s"]\' "$GOFLAGS" "$GOWORK" > "{tools}/flags"')
    ensure_engine(lambda _step: None)
    assert json.loads((tools / "flags").read_text()) == ["-mod=readonly", "off"]
