"""check-jsonschema, a well-known peer of `validate`: JSON Schema for files, and nothing beyond."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from bench.place import plain_environ
from bench.process import Done, run
from bench.report import ROOT

SCHEMA = ROOT / "schemas" / "gateway.schema.json"


def install(folder: Path) -> Path | None:
    """Put check-jsonschema into a virtual environment of its own; None where that is not possible."""
    python = folder / "bin" / "python"
    steps: Sequence[Sequence[str | Path]] = (
        (sys.executable, "-m", "venv", folder),
        (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "check-jsonschema"),
    )
    try:
        for step in steps:
            subprocess.run(step, check=True, capture_output=True, timeout=180)
    except (OSError, subprocess.SubprocessError):
        return None
    return folder / "bin" / "check-jsonschema"


def version(program: Path) -> str:
    """What the program says about itself."""
    return subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.strip()


def as_json(files: Iterable[Path], folder: Path) -> list[Path]:
    """The same documents as JSON files in `folder`."""
    folder.mkdir()
    written = []
    for file in files:
        written.append(folder / f"{file.stem}.json")
        written[-1].write_text(json.dumps(yaml.safe_load(file.read_text()), indent=2))
    return written


def check(program: Path, files: Sequence[Path]) -> Done:
    """Check these files by the schema of definitions."""
    folder = files[0].parent
    command = [str(program), "--quiet", "--schemafile", str(SCHEMA), *(file.name for file in files)]
    return run(command, cwd=folder, env=plain_environ())
