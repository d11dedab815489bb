"""Secret references: what definitions say in place of a key, and how a key is found when it is needed.

`env://NAME` is an environment variable, `file://PATH` a file (a newline at its end does not count). A value is never
part of an error, a log line or a repr.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cfaig.errors import CfaigError

ENV_SCHEME: Final = "env://"
FILE_SCHEME: Final = "file://"
STAND_IN_PREFIX: Final = "local-stand-in-"


def is_reference(text: str) -> bool:
    """Whether `text` points to a secret and is not a value itself."""
    return text.startswith((ENV_SCHEME, FILE_SCHEME))


def stand_in(reference: str) -> str:
    """The value that takes a secret's place in the environment `local`: tells which secret, and is none."""
    name = reference.removeprefix(ENV_SCHEME).removeprefix(FILE_SCHEME)
    return STAND_IN_PREFIX + (Path(name).name if reference.startswith(FILE_SCHEME) else name)


def resolve(reference: str, environ: Mapping[str, str], *, used_by: str | None = None) -> str:
    """The secret that `reference` points to; `used_by` says in an error what needs it.

    Raises CfaigError when it is not there, is empty, or `reference` is none.
    """
    place = f" (for {used_by})" if used_by else ""
    if reference.startswith(ENV_SCHEME):
        return _from_environment(reference.removeprefix(ENV_SCHEME), environ, place)
    if reference.startswith(FILE_SCHEME):
        return _from_file(Path(reference.removeprefix(FILE_SCHEME)), place)
    raise CfaigError(f"a secret is given in clear text{place}", "write env://NAME or file://PATH in its place")


def _from_environment(name: str, environ: Mapping[str, str], place: str) -> str:
    value = environ.get(name, "")
    if not value:
        state = "is empty" if name in environ else "is not set"
        raise CfaigError(f"the environment variable {name} {state}{place}", f"set it first: export {name}=…")
    return value


def _from_file(path: Path, place: str) -> str:
    try:
        value = path.expanduser().read_text("utf-8").removesuffix("\n").removesuffix("\r")
    except OSError as error:
        raise CfaigError(f"cannot read the secret file {path}{place}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CfaigError(f"the secret file {path}{place} is not UTF-8 text") from None
    if not value:
        raise CfaigError(f"the secret file {path}{place} is empty")
    return value


@dataclass(frozen=True, slots=True)
class Resolver:
    """Gives values for references: the real ones, or stand-ins where nothing secret may be stored."""

    environ: Mapping[str, str] = field(repr=False)
    stand_ins: bool = False

    def value(self, reference: str, used_by: str) -> str:
        """The value for `reference`, needed by `used_by`.

        Raises CfaigError as `resolve` does, also with stand-ins when `reference` is clear text.
        """
        if self.stand_ins and is_reference(reference):
            return stand_in(reference)
        return resolve(reference, self.environ, used_by=used_by)
