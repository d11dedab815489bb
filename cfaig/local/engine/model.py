"""What a Pulumi engine is to the rest of cfaig."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cfaig.errors import CfaigError

# The version that cfaig installs or builds: the newest one that is served as Go modules.
ENGINE_VERSION: Final = "3.250.0"
OLDEST_VERSION: Final = (3, 250, 0)
FIRST_TOO_NEW_VERSION: Final = (4, 0, 0)

Source = Literal["path", "installer", "built"]


@dataclass(frozen=True, slots=True)
class Engine:
    """A usable `pulumi`.

    `env` holds the variables that it needs, to be set over the caller's own. `source` is where it comes from: the
    user's PATH, the official installer, or a build from Go modules. `stand_ins` names the programs of ours that take
    the place of official ones which that source does not have.
    """

    pulumi: Path
    env: dict[str, str]
    source: Source
    version: str
    stand_ins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How far getting an engine has come; `done` of `total` where that can be counted."""

    text: str
    done: int | None = None
    total: int | None = None


Progress = Callable[[Step], None]


class EngineError(CfaigError):
    """One way of getting an engine does not work here; there may be another."""
