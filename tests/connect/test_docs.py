"""docs/connect.md shows what the commands print. `python -m tests.connect.test_docs` brings it up to date."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.cli.conftest import Shell
from tests.connect.conftest import environ, project_in
from tests.engine_fixtures import ROOT

PAGE: Final = ROOT / "docs" / "connect.md"
EXAMPLE: Final = re.compile(r"```sh\ncfaig (?P<arguments>.+)\n```\n\n```text\n(?P<shown>(?:.*\n)*?)```\n")


def page_now(folder: Path) -> str:
    """The page with the output of its commands as it is now, for the examples in gateways/."""
    shell = Shell(project_in(folder / "project"), environ())
    shutil.copytree(ROOT / "gateways", shell.root / "gateways", dirs_exist_ok=True)

    def run(match: re.Match[str]) -> str:
        told = shell.cfaig(*match["arguments"].split()).stdout
        shown = "".join(f"{line.rstrip()}\n" for line in told.rstrip().splitlines())
        return f"```sh\ncfaig {match['arguments']}\n```\n\n```text\n{shown}```\n"

    return EXAMPLE.sub(run, PAGE.read_text(encoding="utf-8"))


def test_the_page_shows_what_is_printed(tmp_path: Path) -> None:
    assert page_now(tmp_path) == PAGE.read_text(encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(page_now(Path(folder)), encoding="utf-8")
    sys.stdout.write(f"wrote {PAGE.name}\n")
