"""Every test of this package begins with an empty account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.local.running import RunningCloudflare


@pytest.fixture
def cloudflare(local_cloudflare: RunningCloudflare) -> Iterator[RunningCloudflare]:
    """The module's local Cloudflare, emptied."""
    local_cloudflare.reset()
    yield local_cloudflare
    local_cloudflare.clear_faults()
