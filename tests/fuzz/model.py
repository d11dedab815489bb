"""What a target of the fuzzing is, and what counts as a finding."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis.strategies import SearchStrategy

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Target:
    """A reader: what is drawn for it, and what must hold of anything drawn. `check` raises when it does not."""

    inputs: SearchStrategy[Any]
    check: Callable[[Any], None]


@dataclass(frozen=True)
class Finding:
    """Something that did not hold: which kind of thing, and an input that shows it."""

    kind: str
    shown: str
    trace: str

    @classmethod
    def of(cls, given: Any, error: BaseException) -> Finding:
        """Two errors from the same line of cfaig (or else of the check) are one finding."""
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if f"{ROOT}/cfaig/" in frame.filename] or frames
        place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}"
        what = type(error).__name__
        if isinstance(error, AssertionError):
            check = next(frame for frame in reversed(frames) if "/tests/fuzz/" in frame.filename)
            place = f"{Path(check.filename).name}:{check.lineno} {check.line}"
        trace = "".join(traceback.format_exception(error))
        return cls(f"{what} at {place}", given if isinstance(given, str) else repr(given), trace)
