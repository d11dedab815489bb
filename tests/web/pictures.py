"""Makes the pictures of docs/web-client.md: `python -m tests.web.pictures [FOLDER]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from cfaig.workerd.find import ensure_workerd
from tests.local.running import running_cloudflare
from tests.npm import installed_node
from tests.web.chromium import chromium
from tests.web.running import FOLDER, fill, run_node

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"


def main(folder: Path) -> None:
    """Show the chat page with a gateway called `support`."""
    ensure_workerd(print)
    with tempfile.TemporaryDirectory() as data, running_cloudflare(Path(data), edges=True) as cloudflare:
        fill(cloudflare, "support")
        command = (installed_node(FOLDER), "test/browser/pictures.js", str(folder.resolve()))
        done = run_node(*command, CFAIG_LOCAL=cloudflare.root, CFAIG_CHROMIUM=chromium())
    if done.returncode != 0:
        sys.exit(done.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
