"""The machine it runs on: versions, the engine and its plugins, and the project's files."""

from __future__ import annotations

import importlib.metadata
import os
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cfaig import __version__
from cfaig.health.finding import Area, Finding
from cfaig.local.engine.cache import engine_cache
from cfaig.local.engine.find import BOTH_WAYS, engine_version, find_engine
from cfaig.local.engine.model import Engine, EngineError
from cfaig.project import LOCAL_ENVIRONMENT, Project
from cfaig.workerd.find import find_workerd

AREA: Final = Area("machine")
OLDEST_PYTHON: Final = (3, 11)
PLUGIN: Final = "pulumi-resource-cfaig"


@dataclass(frozen=True, slots=True)
class Versions:
    """What is installed. `pinned` is the version of pulumi-cloudflare that cfaig wants, `official` the one that is."""

    cfaig: str
    python: tuple[int, ...]
    sdk: str
    official: str
    pinned: str | None


def look_at_versions() -> Versions:
    """The versions of the Python side."""
    return Versions(
        __version__,
        tuple(sys.version_info[:3]),
        _version("pulumi"),
        _version("pulumi-cloudflare"),
        _pinned("pulumi-cloudflare"),
    )


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _pinned(package: str) -> str | None:
    try:
        wanted = importlib.metadata.requires("cfaig") or ()
    except importlib.metadata.PackageNotFoundError:
        return None
    found = (re.fullmatch(rf"{package}==([\w.]+)", line.replace(" ", "")) for line in wanted)
    return next((match[1] for match in found if match), None)


def check_versions(versions: Versions) -> Iterator[Finding]:
    """Whether the installed packages fit each other."""
    python = ".".join(map(str, versions.python))
    if versions.python < OLDEST_PYTHON:
        yield AREA.problem("cfaig", f"{versions.cfaig} on Python {python}, too old", "use Python 3.11 or newer")
    else:
        yield AREA.ok("cfaig", f"{versions.cfaig} on Python {python}")
    if not versions.sdk or not versions.official:
        missing = "pulumi" if not versions.sdk else "pulumi-cloudflare"
        yield AREA.problem("packages", f"the package {missing} is not installed", "install cfaig again: make setup")
    elif versions.pinned not in {None, versions.official}:
        told = f"pulumi-cloudflare is {versions.official}; this cfaig was made for {versions.pinned}"
        yield AREA.warning("packages", told, f"pip install pulumi-cloudflare=={versions.pinned}")
    else:
        yield AREA.ok("packages", f"pulumi {versions.sdk}, pulumi-cloudflare {versions.official}")


@dataclass(frozen=True, slots=True)
class Engines:
    """The engine that is used, if there is one; `unfit`: why that on PATH is not; `go`: what could build one."""

    used: Engine | None
    unfit: str | None
    go: str | None


def look_at_engine() -> Engines:
    """The engine on this machine, without getting one."""
    return Engines(find_engine(), _unfit(), shutil.which("go"))


def _unfit() -> str | None:
    """Why the first `pulumi` on PATH that is not ours cannot be used; None where it can, or there is none."""
    cache = engine_cache(os.environ)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("pulumi", path=folder) if folder else None
        if found is not None and not cache.holds(Path(found)):
            try:
                engine_version(Path(found))
            except EngineError as error:
                return error.message
            return None
    return None


def check_engine(engines: Engines) -> Iterator[Finding]:
    """Whether there is a Pulumi engine that fits."""
    if engines.unfit:
        yield AREA.warning(
            "Pulumi on PATH", engines.unfit, "bring it up to date: curl -fsSL https://get.pulumi.com | sh"
        )
    if engines.used is not None:
        engine = engines.used
        stand_ins = f", with stand-ins for {', '.join(engine.stand_ins)}" if engine.stand_ins else ""
        yield AREA.ok("Pulumi", f"{engine.version} at {engine.pulumi} ({engine.source}){stand_ins}")
    elif engines.go:
        yield AREA.ok("Pulumi", f"not here yet: the first apply gets it (installer, or a build with {engines.go})")
    else:
        yield AREA.problem("Pulumi", "not here, and no Go to build it", BOTH_WAYS)


@dataclass(frozen=True, slots=True)
class ProjectFiles:
    """Which files there are; `plugin` is where this cfaig has its Pulumi plugin, `expected` where Pulumi.yaml looks."""

    root: Path
    environment: str
    stack_file: bool
    program: bool
    plugin: Path
    plugin_there: bool
    expected_there: bool


def look_at_files(project: Project, environment: str) -> ProjectFiles:
    """The files that Pulumi and cfaig need in the project."""
    plugin = Path(sys.executable).with_name(PLUGIN)
    return ProjectFiles(
        root=project.root,
        environment=environment,
        stack_file=project.stack_file(environment).is_file(),
        program=(project.root / "__main__.py").is_file(),
        plugin=plugin,
        plugin_there=plugin.is_file(),
        expected_there=(project.root / ".venv" / "bin" / PLUGIN).is_file(),
    )


def check_files(files: ProjectFiles) -> Iterator[Finding]:
    """Whether the project is complete."""
    if not files.program:
        yield AREA.problem("project", f"{files.root} has no __main__.py, the Pulumi program", "cfaig init")
    elif files.environment != LOCAL_ENVIRONMENT and not files.stack_file:
        told = f"there is no Pulumi.{files.environment}.yaml"
        yield AREA.warning("project", told, f"the first apply makes it, or: pulumi stack init {files.environment}")
    else:
        yield AREA.ok("project", str(files.root))
    if not files.plugin_there:
        yield AREA.problem("plugin cfaig", f"{files.plugin} is missing", "install again: make setup")
    elif not files.expected_there:
        yield AREA.problem(
            "plugin cfaig",
            "Pulumi.yaml names .venv/bin for it, and it is not there",
            f"install cfaig into {files.root / '.venv'}, or write `path: {files.plugin.parent}` in Pulumi.yaml",
        )
    else:
        yield AREA.ok("plugin cfaig", "Pulumi.yaml finds it in .venv/bin")


@dataclass(frozen=True, slots=True)
class EdgeTools:
    """What runs Workers on a laptop: workerd, and npm, which gets it; None where they are not here."""

    workerd: Path | None
    npm: str | None


def look_at_edge_tools() -> EdgeTools:
    """What is here, without getting anything."""
    return EdgeTools(find_workerd(), shutil.which("npm"))


def check_edge_tools(tools: EdgeTools, edges: tuple[str, ...]) -> Iterator[Finding]:
    """Whether this machine can run the edges that are defined; Cloudflare runs them without its help."""
    if not edges:
        return
    told = f"is not here, so the edge of {', '.join(edges)} cannot run on this machine"
    if tools.workerd is not None:
        yield AREA.ok("workerd", str(tools.workerd))
    elif tools.npm:
        yield AREA.warning("workerd", told, "cfaig local workerd gets it")
    else:
        yield AREA.warning("workerd", told, "install Node with npm, then: cfaig local workerd")
