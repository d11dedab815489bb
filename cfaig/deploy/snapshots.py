"""The copies of a stack that the engine keeps beside it in a folder: cleared of what an import left in clear text."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cfaig.deploy.sealing import sealed_deployment


def clear_snapshots(backend: str | None, project: str, stack: str) -> None:
    """Remove the copies of the stack in history and backups that hold a secret in clear text.

    Does nothing for a backend that is no folder. The history still tells that there was an import, and when.
    """
    address = urlsplit(backend or "")
    if address.scheme != "file":
        return
    folder = Path(unquote(address.path)) / ".pulumi"
    copies = chain(
        (folder / "history" / project / stack).glob("*.checkpoint.json"),
        (folder / "backups" / project / stack).glob("*.json"),
        (folder / "stacks" / project).glob(f"{stack}.json.bak"),
    )
    for copy in copies:
        if _in_clear(copy):
            copy.unlink(missing_ok=True)
            copy.with_name(f"{copy.name}.attrs").unlink(missing_ok=True)


def _in_clear(file: Path) -> bool:
    try:
        deployment = json.loads(file.read_bytes())["checkpoint"].get("latest") or {}
    except (OSError, ValueError, KeyError):
        return False
    return sealed_deployment(deployment) != deployment
