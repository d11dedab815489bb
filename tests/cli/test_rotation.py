"""A provider key is changed where it is kept, with nothing missing in between; with a global key as credentials."""

from __future__ import annotations

import pytest

from tests.cli.conftest import PLANTED, Shell
from tests.local.running import RunningCloudflare

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

NEW = "sk-planted-rotated-0123456789"
CONFIGS = "/ai-gateway/gateways/support/provider_configs"


def test_a_rotated_key_is_one_patch_of_its_secret(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    # Our client, our plugin and the official one (or its stand-in) all have to take the other kind of credentials.
    token = dev.environ.pop("CLOUDFLARE_API_TOKEN")
    dev.environ |= {"CLOUDFLARE_API_KEY": token, "CLOUDFLARE_EMAIL": "ops@example.com"}
    first = dev.cfaig("apply", "--yes")
    dev.cfaig("plan")
    [config] = local_cloudflare.result("GET", CONFIGS)

    dev.environ["OPENAI_API_KEY"] = NEW
    told = dev.cfaig("plan", code=2)
    assert "key changed (hidden)" in told.stdout
    assert "Plan: 0 to create, 1 to change, 0 to delete." in told.stdout
    local_cloudflare.clear_requests()
    done = dev.cfaig("apply", "--yes")
    writes = [(method, path) for method, path, _ in local_cloudflare.requests() if method != "GET"]
    [store] = local_cloudflare.result("GET", "/secrets_store/stores")
    [secret] = local_cloudflare.result("GET", f"/secrets_store/stores/{store['id']}/secrets")
    assert writes == [("PATCH", f"/secrets_store/stores/{store['id']}/secrets/{secret['id']}")]
    assert local_cloudflare.result("GET", CONFIGS) == [config | {"secret_preview": f"…{NEW[-4:]}"}]
    dev.cfaig("plan")
    everything = "".join(each.stdout + each.stderr for each in (first, told, done))
    assert NEW not in everything
    assert PLANTED not in everything
