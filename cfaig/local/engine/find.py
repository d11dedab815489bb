"""Finding a Pulumi engine, or getting one: PATH, the cache, the official installer, a build from Go modules."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError
from cfaig.local.engine.build import build_engine
from cfaig.local.engine.cache import EngineCache, engine_cache, pulumi_of
from cfaig.local.engine.installer import install_engine
from cfaig.local.engine.model import (
    ENGINE_VERSION,
    FIRST_TOO_NEW_VERSION,
    OLDEST_VERSION,
    Engine,
    EngineError,
    Progress,
    Source,
)
from cfaig.local.engine.stand_ins import LANGUAGE_HOST, install_stand_ins

WAYS_VARIABLE: Final = "CFAIG_ENGINE"
VERSION_SECONDS: Final = 30.0

BOTH_WAYS: Final = (
    "install Pulumi (curl -fsSL https://get.pulumi.com | sh), "
    "or install Go 1.25 or newer and run this again: cfaig then builds Pulumi itself, once"
)

# None: nothing is there, and that is no reason worth telling. EngineError: a reason.
Way = Callable[[EngineCache, Progress], Engine | None]


def ensure_engine(progress: Progress) -> Engine:
    """A usable engine: the user's own, one from the cache, or a new one, which may take minutes.

    The environment variable CFAIG_ENGINE (`path`, `installer` or `build`) leaves only that way.
    Raises CfaigError, with the reason of every way, when none works.
    """
    reasons: list[EngineError] = []
    for way in _ways(os.environ.get(WAYS_VARIABLE, "")):
        try:
            engine = way(engine_cache(os.environ), progress)
        except EngineError as reason:
            reasons.append(reason)
        else:
            if engine is not None:
                return engine
    hints = [reason.hint for reason in reasons if reason.hint]
    raise CfaigError(
        "there is no Pulumi engine here:\n" + "\n".join(f"  - {reason.message}" for reason in reasons),
        "\n".join([*hints, BOTH_WAYS]),
    )


def find_engine() -> Engine | None:
    """The engine that `ensure_engine` would use without getting a new one; None where it would have to."""
    for way in (_from_path, _installed, _built):
        try:
            engine = way(engine_cache(os.environ), lambda _step: None)
        except EngineError:
            continue
        if engine is not None:
            return engine
    return None


def _ways(only: str) -> tuple[Way, ...]:
    ways: dict[str, tuple[Way, ...]] = {
        "": (_from_path, _installed, _built, _install, _build),
        "path": (_from_path,),
        "installer": (_installed, _install),
        "build": (_built, _build),
    }
    if only not in ways:
        raise CfaigError(f"CFAIG_ENGINE is {only!r}", "set it to path, installer or build, or leave it out")
    return ways[only]


def _from_path(cache: EngineCache, _progress: Progress) -> Engine:
    """The first `pulumi` on PATH that is not one of ours, if it can be used."""
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        found = shutil.which("pulumi", path=folder) if folder else None
        if found is None or cache.holds(Path(found)):
            continue
        version = engine_version(Path(found))
        if not _has_language_host(Path(found)):
            raise EngineError(f"{found} has no Python language host ({LANGUAGE_HOST}) next to it or on PATH")
        return Engine(Path(found), _variables(), "path", version)
    raise EngineError("there is no pulumi on PATH")


def _has_language_host(pulumi: Path) -> bool:
    beside = pulumi.resolve().parent / LANGUAGE_HOST
    return os.access(beside, os.X_OK) or shutil.which(LANGUAGE_HOST) is not None


def engine_version(pulumi: Path) -> str:
    """The version that an engine says it has, such as `3.250.0`.

    Raises EngineError when it does not run, is too old or too new.
    """
    environ = {**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"}
    try:
        answer = subprocess.run(
            [pulumi, "version"], env=environ, capture_output=True, text=True, timeout=VERSION_SECONDS, check=True
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError) as error:
        raise EngineError(f"{pulumi} does not run: {error}") from error
    match = re.fullmatch(r"v?((\d+)\.(\d+)\.(\d+)\S*)", answer)
    if match is None:
        raise EngineError(f"{pulumi} does not tell its version: it says {answer[:80]!r}")
    version = tuple(int(part) for part in match.groups()[1:])
    if not OLDEST_VERSION <= version < FIRST_TOO_NEW_VERSION:
        wanted = f"{'.'.join(map(str, OLDEST_VERSION))} or newer, below {FIRST_TOO_NEW_VERSION[0]}"
        raise EngineError(f"{pulumi} is version {match[1]}; cfaig needs {wanted}")
    return match[1]


def _installed(cache: EngineCache, _progress: Progress) -> Engine | None:
    return _from_cache(cache.installed, "installer", ())


def _built(cache: EngineCache, _progress: Progress) -> Engine | None:
    if not pulumi_of(cache.built):
        return None
    return _from_cache(cache.built, "built", install_stand_ins(cache), {"PULUMI_HOME": str(cache.home)})


def _install(cache: EngineCache, progress: Progress) -> Engine | None:
    install_engine(cache, progress)
    return _installed(cache, progress)


def _build(cache: EngineCache, progress: Progress) -> Engine | None:
    build_engine(cache, progress)
    return _built(cache, progress)


def _from_cache(
    folder: Path, source: Source, stand_ins: tuple[str, ...], more: Mapping[str, str] | None = None
) -> Engine | None:
    pulumi = pulumi_of(folder)
    if pulumi is None:
        return None
    folders = [part for part in os.environ.get("PATH", os.defpath).split(os.pathsep) if part != str(pulumi.parent)]
    path = os.pathsep.join([str(pulumi.parent), *folders])
    return Engine(pulumi, {"PATH": path, **_variables(), **(more or {})}, source, ENGINE_VERSION, stand_ins)


def _variables() -> dict[str, str]:
    """What every engine is given: no check for newer versions, and the Python for our launchers."""
    return {"PULUMI_SKIP_UPDATE_CHECK": "true", "CFAIG_PYTHON": sys.executable}
