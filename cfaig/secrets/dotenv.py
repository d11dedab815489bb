"""The project's `.env`: variables for this project, for whoever has not set them otherwise.

Read with python-dotenv's grammar (comments, quotes, `export`), but strictly: a line that it would skip is an error
here. `${NAME}` in a value stays as it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError

FILE: Final = ".env"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# They decide which programs and libraries are run, by cfaig itself too. A folder that somebody has sent must not.
_STEERING: Final = re.compile(
    r"PATH|HOME|SHELL|IFS|BASH_ENV|ENV|CFAIG_CACHE|PULUMI_HOME|NODE_OPTIONS|GO(?:ENV|FLAGS|ROOT|PROXY|SUMDB|TOOLCHAIN)"
    r"|(?:LD|DYLD|GIT|XDG)_\w+|PYTHON\w*",
    re.IGNORECASE,
)


def with_dotenv(root: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """`environ`, and what the `.env` in `root` has besides; what is set already, also to nothing, stays.

    Raises CfaigError for a file that cannot be read or has a wrong line.
    """
    path = root / FILE
    # A folder of that name is somebody's virtual environment.
    return {**(_read(path) if path.is_file() else {}), **environ}


def _read(path: Path) -> dict[str, str]:
    from dotenv.parser import parse_stream

    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CfaigError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CfaigError(f"{path} is not UTF-8 text") from None
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for binding in parse_stream(io.StringIO(text)):
        name, value = binding.key, binding.value
        # The text of a binding begins with the empty lines before it.
        given = binding.original.string
        line = binding.original.line + given[: len(given) - len(given.lstrip())].count("\n")
        if name is None and not binding.error:
            continue  # a comment or an empty line
        if name is None or value is None or not _NAME.fullmatch(name) or "\0" in value:
            raise CfaigError(f"{path}:{line}: this is no NAME=value", "write one per line; quote what has spaces or #")
        if _STEERING.fullmatch(name):
            what = f"{path}:{line}: {name} decides which programs are run, and a file of the project must not"
            raise CfaigError(what, f"set it yourself, if you mean it: export {name}=…")
        if name in values:
            raise CfaigError(f"{path}:{line}: {name} is set in line {lines[name]} already", "keep one of the two lines")
        values[name], lines[name] = value, line
    return values
