"""LiteLLM's proxy, the peer of the runtime: installed once, served with one worker, cache in memory."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from bench.report import ROOT
from cfaig.local.listen import bind

FOLDER: Final = ROOT / ".cfaig" / "bench" / "litellm"
# Whoever calls has to have it, as cfaig's callers have a token.
KEY: Final = f"sk-{secrets.token_hex(32)}"
INSTALL_SECONDS: Final = 900
START_SECONDS: Final = 180


def install() -> Path | None:
    """LiteLLM's command in a virtual environment of its own, which is kept; None where that is not possible."""
    python, command = FOLDER / "bin" / "python", FOLDER / "bin" / "litellm"
    if command.exists():
        return command
    steps: Sequence[Sequence[str | Path]] = (
        (sys.executable, "-m", "venv", FOLDER),
        (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "litellm[proxy]"),
    )
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    return command


def version(command: Path) -> str:
    """Its version."""
    code = "from importlib.metadata import version; print(version('litellm'))"
    done = subprocess.run([command.parent / "python", "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def _settings(provider: str) -> dict[str, Any]:
    """Four models: a good one, and a chain of three of which two are down."""

    def model(name: str, real: str) -> dict[str, Any]:
        parameters = {"model": f"openai/{real}", "api_base": f"{provider}/v1", "api_key": "sk-bench"}
        return {"model_name": name, "litellm_params": parameters}

    return {
        "model_list": [model("tiny", "tiny"), model("a", "down-a"), model("b", "down-b"), model("c", "tiny")],
        "router_settings": {"fallbacks": [{"a": ["b", "c"]}], "num_retries": 0, "disable_cooldowns": True},
        "litellm_settings": {"cache": True, "cache_params": {"type": "local"}, "telemetry": False},
        "general_settings": {"disable_spend_logs": True, "master_key": KEY},
    }


def _environment() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if "KEY" not in name and "TOKEN" not in name}
    return kept | {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_LOG": "ERROR", "NO_PROXY": "127.0.0.1"}


@contextmanager
def running_litellm(command: Path, provider: str, folder: Path) -> Iterator[str]:
    """The address of a proxy in front of this provider.

    Raises RuntimeError when it does not come up.
    """
    settings = folder / "litellm.yaml"
    settings.write_text(json.dumps(_settings(provider)))
    with bind(0) as free:
        port = int(free.getsockname()[1])
    arguments = ["--config", str(settings), "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    log = folder / "litellm.log"
    with log.open("wb") as out:
        process = subprocess.Popen([command, *arguments], stdout=out, stderr=out, env=_environment(), cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address, log)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    with httpx.Client(trust_env=False, timeout=5) as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get(f"{address}/health/liveliness").status_code == 200:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
    raise RuntimeError(f"LiteLLM's proxy did not come up\n{log.read_text(errors='replace')[-2000:]}")
