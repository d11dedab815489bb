from __future__ import annotations

import os
from pathlib import Path

import pytest

from cfaig.local.engine.cache import EngineCache, engine_cache

SYSTEM_PATH = os.pathsep.join(("/usr/local/bin", "/usr/bin", "/bin"))


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """The first folder on the PATH of a bare machine."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


@pytest.fixture
def bare(tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EngineCache:
    """A machine without Pulumi, Go and network: an empty cache, an empty `tools` folder first on PATH."""
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{SYSTEM_PATH}")
    monkeypatch.setenv("CFAIG_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CFAIG_ENGINE", raising=False)
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # refuses
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return engine_cache(os.environ)
