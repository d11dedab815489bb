"""`python -m docs.site [FOLDER]`: makes the site in FOLDER/site (`build/site`), strictly.

A link or an anchor that leads nowhere ends it with exit code 1. What the tests do not run of the pages is counted.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

from docs.site.blocks import KINDS, MarkError, pages, read_blocks
from docs.site.reference import reference_pages
from docs.site.staging import ROOT, StagingError, stage

CONFIGURATION: Final = ROOT / "mkdocs.yml"
SHIM: Final = Path(__file__).with_name("iframe-worker.js")
SHIM_ELSEWHERE: Final = "https://unpkg.com/iframe-worker/shim"


def main(folder: Path) -> int:
    """Stage, generate, build; the exit code."""
    try:
        print(_count(), file=sys.stderr)
        staged = stage(folder / "docs", reference_pages())
    except (StagingError, MarkError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{staged} pages staged in {folder / 'docs'}", file=sys.stderr)
    shutil.copy(CONFIGURATION, folder)
    program = Path(sys.executable).with_name("zensical")
    build = [str(program), "build", "--clean", "--strict", "--config-file", str(folder / CONFIGURATION.name)]
    code = subprocess.run(build, cwd=folder, check=False).returncode
    if code == 0:
        _keep_here(folder / "site")
    return code


def _keep_here(site: Path) -> None:
    """Take the one script that the generator would load from a server from the site itself."""
    shutil.copy(SHIM, site / "assets")
    for page in site.rglob("*.html"):
        way = os.path.relpath(site / "assets" / SHIM.name, page.parent)
        page.write_text(page.read_text("utf-8").replace(SHIM_ELSEWHERE, way), encoding="utf-8")


def _count() -> str:
    """How many commands of the pages the tests run, and how many not, with each reason."""
    run, left_out = 0, []
    for page in pages(ROOT):
        name = page.relative_to(ROOT).as_posix()
        blocks = read_blocks(page.read_text("utf-8"), name)
        run += len(blocks.commands)
        left_out += [(name, each) for each in blocks.left_out]
    kinds = Counter(each.kind for _, each in left_out)
    lines = [f"commands in the documentation: {run} run by tests/docs, {len(left_out)} not"]
    for kind, told in KINDS.items():
        if kinds[kind]:
            lines.append(f"  {kinds[kind]} {kind}: {told}")
            reasons = dict.fromkeys(f"    {name}: {each.reason}" for name, each in left_out if each.kind == kind)
            lines += reasons
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "build"))
