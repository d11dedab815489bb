"""The project's own definitions, in each environment: applied once, there is nothing left to do."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.deploy.conftest import Deployed
from tests.engine_fixtures import ROOT

pytestmark = pytest.mark.engine

REFERENCE = re.compile(r"env://([A-Za-z_][A-Za-z0-9_]*)")


@pytest.mark.parametrize("environment", ["local", "dev", "staging", "prod"])
def test_the_examples_settle(deployed: Deployed, environment: str) -> None:
    texts = [path.read_text() for path in (ROOT / "gateways").glob("*.yaml")]
    secrets = {name: f"secret-of-{environment}" for text in texts for name in REFERENCE.findall(text)}
    shutil.copytree(ROOT / "gateways", deployed.project.root / "gateways", dirs_exist_ok=True)
    deployed.project.more_env |= {**secrets, "CLOUDFLARE_ACCOUNT_ID": deployed.cloudflare.account}
    deployed.project.pulumi("stack", "select", "--create", environment)
    deployed.up()
    live = {gateway["id"] for gateway in deployed.cloudflare.result("GET", "/ai-gateway/gateways")}
    assert live == set(deployed.outputs()["gateways"])
    assert len(live) == 3
    assert f"secret-of-{environment}" not in deployed.exported()
    deployed.settled()
