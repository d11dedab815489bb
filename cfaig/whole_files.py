"""Writing a file so that nobody ever sees half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str, mode: int | None = None) -> None:
    """Put `text` in the place of what is at `path`, at once, with these permissions; a link is replaced, not followed.

    Without `mode` a file that is there keeps its permissions, and a new one has those that are usual for the user.
    Raises OSError where that cannot be; then the old file is there as it was, and nothing beside it.
    """
    wanted = _usual_mode(path) if mode is None else mode
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        made.chmod(wanted)
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def write_output(path: Path, text: str, mode: int | None = None) -> None:
    """Write what a person wants in the file that they named: a link is followed, a pipe or a device is written to.

    A file is replaced as by `write_whole`. Raises OSError where that cannot be.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_text(text, encoding="utf-8")
    else:
        write_whole(target, text, mode)


def _usual_mode(path: Path) -> int:
    if path.is_file() and not path.is_symlink():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
