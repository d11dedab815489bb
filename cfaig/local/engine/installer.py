"""Pulumi's official installer, through the Automation API, bounded in time."""

from __future__ import annotations

import os
import re
import sys
import threading
import time
from pathlib import Path
from typing import Final

from cfaig.local.engine.cache import EngineCache, one_at_a_time, pulumi_of, put_in_place, work_folder
from cfaig.local.engine.model import ENGINE_VERSION, EngineError, Progress, Step
from cfaig.local.engine.process import end_group, running

# The installer has no time-out of its own. It is given up when nothing has arrived for so long.
STALL_SECONDS: Final = 20.0
CHECK_SECONDS: Final = 0.25
MIB: Final = 2**20

# In a process of its own, so that it can be given up.
_INSTALL: Final = """
import socket, sys
socket.setdefaulttimeout(float(sys.argv[3]))
from pulumi.automation import PulumiCommand
from semver import VersionInfo
PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
"""


def install_engine(cache: EngineCache, progress: Progress, stall_seconds: float = STALL_SECONDS) -> None:
    """Install the official engine into the cache, unless another process just has.

    Raises EngineError when the network does not serve it, or stops to for `stall_seconds`; nothing of a partial
    download is left.
    """
    with one_at_a_time(cache, progress):
        if pulumi_of(cache.installed):
            return
        with work_folder(cache) as work:
            engine = work / "installed"
            _run(engine, work, progress, stall_seconds)
            if not pulumi_of(engine):
                raise EngineError("the official installer of Pulumi installed nothing")
            put_in_place(engine, cache.installed)


def _run(engine: Path, work: Path, progress: Progress, stall_seconds: float) -> None:
    progress(Step("asking for Pulumi's official installer"))
    command = [sys.executable, "-P", "-c", _INSTALL, str(engine), ENGINE_VERSION, str(stall_seconds)]
    # Everything that it downloads is below `work`, so its growth shows that something arrives.
    with running(command, cwd=work, env={**os.environ, "TMPDIR": str(work)}) as process:
        said: list[str] = []
        reader = threading.Thread(target=lambda: said.extend(process.stdout or ()), daemon=True)
        reader.start()
        size, grown = 0, time.monotonic()
        while process.poll() is None:
            time.sleep(CHECK_SECONDS)
            now = _size(work)
            if now != size:
                size, grown = now, time.monotonic()
                progress(Step(f"downloading Pulumi {ENGINE_VERSION}: {size // MIB} MiB"))
            elif time.monotonic() - grown > stall_seconds:
                end_group(process)
                raise EngineError(f"Pulumi's official installer was given up: nothing arrived for {stall_seconds:g} s")
        reader.join()
    if process.returncode:
        last = next((line.strip() for line in reversed(said) if line.strip()), f"exit code {process.returncode}")
        unreachable = re.search(r"<urlopen error (?:\[Errno -?\d+\] )?(.*)>", last)
        if unreachable:
            raise EngineError(f"Pulumi's official installer cannot be reached: {unreachable[1]}")
        raise EngineError(f"Pulumi's official installer does not work here: {last}")


def _size(folder: Path) -> int:
    """The bytes in all files below a folder, which others are changing."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(parent, name)).st_size  # noqa: PTH118 hot, and the file may be gone
            except FileNotFoundError:
                continue
    return total
