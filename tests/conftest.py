"""What several test packages share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest_plugins = ["tests.engine_fixtures"]


if TYPE_CHECKING:
    from tests.local.running import RunningCloudflare


def pytest_configure() -> None:
    # A shell starts what it puts in the background with Ctrl-C ignored, and every child inherits that; some tests
    # press Ctrl-C. The workers of pytest-xdist and all programs that tests start are children of this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # They start again and again, and need not translate cfaig's modules each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="module")
def local_cloudflare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloudflare]:
    """A fresh local Cloudflare for a test module: `.url`, `.token`, `.account`, `.api()`, `.reset()` and more."""
    from tests.local.running import running_cloudflare

    with running_cloudflare(tmp_path_factory.mktemp("cloudflare")) as running:
        yield running
