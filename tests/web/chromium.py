"""Finding Chromium: the browser that the chat page is tested in."""

from __future__ import annotations

import os
import shutil
from typing import Final

import pytest

VARIABLE: Final = "CFAIG_CHROMIUM"
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_MISSING: Final = (
    f"NOT TESTED: the chat page, because there is no Chromium: `apt-get install chromium`, or name one in {VARIABLE}"
)


def chromium() -> str:
    """The path of a Chromium; skips the test, with the reason, where there is none.

    A path in the environment has to be right: who names one does not want the tests to be left out.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        assert os.access(named, os.X_OK), f"{VARIABLE}={named} is no program"
        return named
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip(_MISSING)
    return found
