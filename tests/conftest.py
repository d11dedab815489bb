"""What several test packages share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest_plugins = ["tests.engine_fixtures"]


if TYPE_CHECKING:
    from tests.local.running import RunningCloudflare


@pytest.fixture(scope="module")
def local_cloudflare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloudflare]:
    """A fresh local Cloudflare for a test module: `.url`, `.token`, `.account`, `.api()`, `.reset()` and more."""
    from tests.local.running import running_cloudflare

    with running_cloudflare(tmp_path_factory.mktemp("cloudflare")) as running:
        yield running
