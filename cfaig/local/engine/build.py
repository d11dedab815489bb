"""Building the Pulumi command line from its Go modules, where neither it nor its installer can be had."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import IO, Final

from cfaig.local.engine.build_failure import explain
from cfaig.local.engine.cache import EngineCache, one_at_a_time, pulumi_of, put_in_place, work_folder
from cfaig.local.engine.model import ENGINE_VERSION, EngineError, Progress, Step
from cfaig.local.engine.process import running

PACKAGE: Final = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
VERSION_SYMBOL: Final = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"
MODULE_FILES: Final = ("go.mod", "go.sum", "tools.go")
MIB: Final = 2**20
# Measured with Go 1.26: what a first build leaves in each folder, rounded up.
MODULES_BYTES: Final = 1600 * MIB
COMPILED_BYTES: Final = 1600 * MIB
WORK_BYTES: Final = 1200 * MIB
FIRST_GO_WITH_TOOLCHAINS: Final = (1, 21)
GO_ANSWER_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Go:
    """The Go on PATH: its version, whether it may fetch a newer one, and where it keeps modules and compiled code."""

    command: str
    version: tuple[int, ...]
    fetches_newer: bool
    modules: Path
    compiled: Path


def build_engine(cache: EngineCache, progress: Progress) -> None:
    """Build the engine into the cache, unless another process just has.

    Raises EngineError, with the reason, when it cannot be built here.
    """
    with one_at_a_time(cache, progress):
        if pulumi_of(cache.built):
            return
        with work_folder(cache) as work:
            module = work / "module"
            _copy_module(module)
            go = find_go(work)
            check_version(go, wanted_version(module / "go.mod"))
            check_space(go, work)
            progress(Step("building Pulumi from its Go modules, once; this takes some minutes"))
            engine = work / "built"
            _build(go, module, engine / "bin" / "pulumi", cache.build_log, progress)
            put_in_place(engine, cache.built)


def _copy_module(place: Path) -> None:
    """The build's module, where Go may write: the package's own folder may be read only."""
    place.mkdir()
    source = resources.files("cfaig.local.engine") / "build"
    for name in MODULE_FILES:
        (place / name).write_bytes((source / name).read_bytes())


def find_go(folder: Path) -> Go:
    """Ask the Go on PATH about itself; `folder` is one that is in no module, for a module may ask for another Go.

    Raises EngineError when there is none, or it does not answer.
    """
    command = shutil.which("go")
    if command is None:
        raise EngineError("Go is not on PATH, so Pulumi cannot be built")
    names = ("GOVERSION", "GOTOOLCHAIN", "GOMODCACHE", "GOCACHE")
    try:
        answer = subprocess.run(
            [command, "env", "-json", *names],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=GO_ANSWER_SECONDS,
            check=True,
        )
        told = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise EngineError(f"Go does not work: {command} env: {error}") from error
    return Go(
        command=command,
        version=parse_version(told.get("GOVERSION", "")),
        fetches_newer=told.get("GOTOOLCHAIN", "") not in {"local", "path"},
        modules=Path(told.get("GOMODCACHE", "")),
        compiled=Path(told.get("GOCACHE", "")),
    )


def parse_version(text: str) -> tuple[int, ...]:
    """The numbers of a version such as `go1.25.11` or `1.25rc1`."""
    match = re.match(r"(?:go)?(\d+(?:\.\d+)*)", text)
    return tuple(int(part) for part in match[1].split(".")) if match else ()


def wanted_version(go_mod: Path) -> tuple[int, ...]:
    """The `go` line of a go.mod: the oldest Go that can build it."""
    line = next(line for line in go_mod.read_text().splitlines() if line.startswith("go "))
    return parse_version(line.removeprefix("go "))


def check_version(go: Go, wanted: tuple[int, ...]) -> None:
    """Raise EngineError when this Go is too old and cannot fetch a newer one itself."""
    if go.version >= wanted or (go.fetches_newer and go.version >= FIRST_GO_WITH_TOOLCHAINS):
        return
    has, needs = (".".join(map(str, version)) for version in (go.version, wanted))
    raise EngineError(
        f"Go is too old to build Pulumi: {go.command} is {has or 'of no known version'}, {needs} is needed",
        f"install Go {needs} or newer, or let Go fetch it: GOTOOLCHAIN=auto",
    )


def check_space(go: Go, work: Path) -> None:
    """Raise EngineError when a disk has too little room for the build.

    Modules and compiled code of an earlier build are used again, so they are not counted twice.
    """
    escaped = PACKAGE.removesuffix("/cmd/pulumi")
    downloaded = (go.modules / f"{escaped}@v{ENGINE_VERSION}").is_dir()
    needs = [(work, WORK_BYTES)]
    if not downloaded:
        needs += [(go.modules, MODULES_BYTES), (go.compiled, COMPILED_BYTES)]
    disks: dict[int, tuple[Path, int]] = {}
    for folder, size in needs:
        there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
        disk = there.stat().st_dev
        disks[disk] = (there, disks.get(disk, (there, 0))[1] + size)
    for there, size in disks.values():
        free = shutil.disk_usage(there).free
        if free < size:
            raise EngineError(
                f"building Pulumi needs {size // MIB} MiB of disk at {there}; {free // MIB} MiB are free",
                "make room, or set CFAIG_CACHE, GOMODCACHE and GOCACHE to folders with more of it",
            )


def _build(go: Go, module: Path, result: Path, log: Path, progress: Progress) -> None:
    result.parent.mkdir(parents=True)
    temporary = module.parent / "tmp"
    temporary.mkdir()
    env = {
        **os.environ,
        # Not the user's own flags: they may ask for vendoring, or let Go change which modules are built.
        "GOFLAGS": "-mod=readonly",
        "GOWORK": "off",
        "CGO_ENABLED": "0",
        "GOTMPDIR": str(temporary),
    }
    flags = f"-s -w -X {VERSION_SYMBOL}=v{ENGINE_VERSION}"
    with log.open("w") as written:
        run = _Run(go.command, module, env, written, progress)
        packages = run.list_packages()
        run.compile(["-v", "-trimpath", "-ldflags", flags, "-o", str(result), PACKAGE], packages)
    log.unlink()


@dataclass(frozen=True)
class _Run:
    """The two commands of a build, their output told as progress and kept in the log."""

    go: str
    module: Path
    env: Mapping[str, str]
    log: IO[str]
    progress: Progress

    def list_packages(self) -> int:
        """How many packages there are to compile; Go downloads their modules to find out."""
        downloaded = packages = 0
        self.progress(Step("downloading Pulumi's Go modules"))
        for line in self._lines(["list", "-deps", PACKAGE]):
            if line.startswith("go: downloading "):
                downloaded += 1
                self.progress(Step("downloading Pulumi's Go modules", downloaded))
            elif not line.startswith("go: "):
                packages += 1
        return packages

    def compile(self, arguments: Sequence[str], packages: int) -> None:
        """Compile; Go names each package that it had not compiled before."""
        compiled = 0
        self.progress(Step("compiling Pulumi", 0, packages))
        for line in self._lines(["build", *arguments]):
            if not line.startswith(("go: ", "#", "\t")):
                compiled += 1
                self.progress(Step("compiling Pulumi", min(compiled, packages), packages))

    def _lines(self, arguments: Sequence[str]) -> Iterator[str]:
        """The lines of a Go command.

        Raises EngineError, which says why and names the log, when it fails.
        """
        command = [self.go, *arguments]
        self.log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {' '.join(command)}\n")
        try:
            with running(command, cwd=self.module, env=self.env) as process:
                for line in process.stdout or ():
                    self.log.write(line)
                    yield line.rstrip("\n")
        except OSError as error:
            raise EngineError(f"Go does not run: {error}") from error
        if process.returncode:
            self.log.flush()
            raise explain(Path(self.log.name), process.returncode)
