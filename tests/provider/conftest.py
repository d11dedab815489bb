from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.local.running import RunningCloudflare
from tests.provider.cloud import Cloud, PluginClient, serve_plugin


@pytest.fixture
def cloud(local_cloudflare: RunningCloudflare) -> Cloud:
    local_cloudflare.reset()
    return Cloud(local_cloudflare)


@pytest.fixture
def plugin(cloud: Cloud) -> Iterator[PluginClient]:
    with serve_plugin(cloud.environ) as client:
        yield client
