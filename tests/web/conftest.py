"""A local Cloudflare for web clients: `web` has a cache, a route and an edge, `limited` takes one request a day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cfaig.workerd.find import ensure_workerd
from tests.local.bodies import gateway_body
from tests.local.running import RunningCloudflare, running_cloudflare
from tests.npm import installed_node
from tests.web.running import FOLDER, fill


@pytest.fixture(scope="module")
def node() -> str:
    """Node's path; what the tests need of npm is installed."""
    return installed_node(FOLDER)


@pytest.fixture(scope="module")
def cloudflare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCloudflare]:
    """A local Cloudflare with the gateways, and the edge on workerd."""
    ensure_workerd(print)
    with running_cloudflare(tmp_path_factory.mktemp("cloudflare"), edges=True) as running:
        fill(running)
        limited = gateway_body("limited", rate_limiting_limit=1, rate_limiting_interval=86_400)
        running.result("POST", "/ai-gateway/gateways", limited)
        yield running
