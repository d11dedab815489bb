"""Where engines are kept: outside of any project, shared by all of them."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cfaig.errors import CfaigError
from cfaig.local.engine.model import ENGINE_VERSION, Progress, Step
from cfaig.project import user_cache


@dataclass(frozen=True, slots=True)
class EngineCache:
    """The folder of the engines. What is in `installed` and `built` is whole: it is renamed into its place."""

    root: Path

    @property
    def version_folder(self) -> Path:
        """The folder of the version that cfaig gets for itself."""
        return self.root / ENGINE_VERSION

    @property
    def installed(self) -> Path:
        """What the official installer made; `bin/pulumi` in it."""
        return self.version_folder / "installed"

    @property
    def built(self) -> Path:
        """What was built from Go modules; `bin/pulumi` in it."""
        return self.version_folder / "built"

    @property
    def build_log(self) -> Path:
        """What the last failed build said."""
        return self.version_folder / "build.log"

    @property
    def home(self) -> Path:
        """PULUMI_HOME of the built engine: plugins, logins and logs, apart from the user's own `~/.pulumi`.

        Not in the version's folder: logins outlive an engine.
        """
        return self.root / "home"

    def holds(self, path: Path) -> bool:
        """Whether `path` is one of our own engines."""
        return path.resolve().is_relative_to(self.root.resolve())


def engine_cache(environ: Mapping[str, str]) -> EngineCache:
    """The cache of this user.

    Raises CfaigError for a user without a home.
    """
    folder = user_cache(environ)
    if folder is None:
        raise CfaigError("no folder for Pulumi engines: this user has no home", "set CFAIG_CACHE to a folder")
    return EngineCache(folder / "engine")


@contextmanager
def one_at_a_time(cache: EngineCache, progress: Progress) -> Iterator[None]:
    """Hold the cache's lock; wait for another process that has it. The lock ends with its process.

    Raises CfaigError when the cache cannot be written.
    """
    try:
        cache.version_folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(cache.version_folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CfaigError(
            f"the cache for Pulumi engines cannot be written: {error.filename}: {error.strerror}",
            "set CFAIG_CACHE to a folder that you may write",
        ) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress(Step("waiting for another cfaig, which is getting the Pulumi engine"))
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


@contextmanager
def work_folder(cache: EngineCache) -> Iterator[Path]:
    """A folder next to the final place, so that a rename is atomic; gone afterwards whatever happens.

    What a killed process left behind is removed first: the caller holds the lock, so nobody is using it.
    """
    prefix = "work-"
    for left_over in cache.version_folder.glob(f"{prefix}*"):
        shutil.rmtree(left_over, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=cache.version_folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def pulumi_of(engine: Path) -> Path | None:
    """The `pulumi` of an engine's folder, if there is one."""
    pulumi = engine / "bin" / "pulumi"
    return pulumi if os.access(pulumi, os.X_OK) else None


def put_in_place(made: Path, place: Path) -> None:
    """Move a finished engine to where engines are looked for; what is there, but is no engine, goes."""
    if place.exists():
        shutil.rmtree(place)
    made.rename(place)
