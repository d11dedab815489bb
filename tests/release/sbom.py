"""`python -m tests.release.sbom LOCK OUTPUT`: the bill of materials of a lock file, as CycloneDX."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Final

from cfaig import __version__
from tests.engine_fixtures import ROOT

TOOL: Final = ROOT / "build" / "sbom"
TOOL_VERSION: Final = "cyclonedx-bom==7.5.0"


def write(lock: Path, output: Path) -> None:
    """Write the bill: the same bytes for the same lock file. Raises CalledProcessError when it cannot be made."""
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        # The tool takes what stands in the file, and the version is in cfaig/__init__.py.
        told = Path(folder) / "pyproject.toml"
        told.write_text(project.replace('dynamic = ["version"]', f'version = "{__version__}"'), encoding="utf-8")
        command = [str(_tool()), "requirements", "--pyproject", str(told)]
        options = ["--output-reproducible", "--output-file", str(output), str(lock)]
        # It warns that the root has no list of direct dependencies: a lock file does not tell them apart.
        subprocess.run([*command, *options], check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})


def _tool() -> Path:
    """The program, in an environment of its own: what it brings along makes jsonschema take 2 s to import."""
    program = TOOL / "bin" / "cyclonedx-py"
    if not program.is_file():
        venv.create(TOOL, with_pip=True, clear=True)
        subprocess.run([TOOL / "bin" / "python", "-m", "pip", "install", "--quiet", TOOL_VERSION], check=True)
    return program


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
