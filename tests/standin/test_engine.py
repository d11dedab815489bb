"""The stand-in under the real engine and against the local Cloudflare: what a user of it sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from tests.engine_fixtures import PulumiProject
from tests.local.running import RunningCloudflare
from tests.standin.samples import COMPLETE, REQUIRED

pytestmark = pytest.mark.engine

PROGRAM = """\
import json
import pulumi

class AiGateway(pulumi.CustomResource):
    def __init__(self, name, props):
        options = pulumi.ResourceOptions(version="6.23.1")
        super().__init__("cloudflare:index/aiGateway:AiGateway", name, props, options)

for name, props in json.load(open("gateways.json")).items():
    AiGateway(name, props)
"""
Make = Callable[[str, Mapping[str, str]], PulumiProject]


@pytest.fixture
def project(tiny_project: Make, local_cloudflare: RunningCloudflare) -> PulumiProject:
    local_cloudflare.reset()
    made = tiny_project(PROGRAM, {"gateways.json": "{}"})
    made.more_env = {**local_cloudflare.environ, "CFAIG_STANDIN_RETRY_SECONDS": "0.5"}
    return made


def declare(project: PulumiProject, cloudflare: RunningCloudflare, inputs: Mapping[str, Any], **more: Any) -> None:
    gateway = {**inputs, "accountId": cloudflare.account, **more}
    (project.root / "gateways.json").write_text(json.dumps({"g": gateway}))


def test_a_complete_gateway_settles(project: PulumiProject, local_cloudflare: RunningCloudflare) -> None:
    declare(project, local_cloudflare, COMPLETE)
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes", "--expect-no-changes")
    project.pulumi("preview", "--expect-no-changes")
    outputs = json.loads(project.pulumi("stack", "export").stdout)["deployment"]["resources"][-1]["outputs"]
    assert outputs["aiGatewayId"] == "g"
    assert outputs["isDefault"] is False
    assert outputs["createdAt"]


def test_a_bare_gateway_never_settles_after_a_refresh(
    project: PulumiProject, local_cloudflare: RunningCloudflare
) -> None:
    declare(project, local_cloudflare, REQUIRED)
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("preview", "--expect-no-changes")
    project.pulumi("refresh", "--yes")
    told = project.pulumi("preview", "--diff").stdout
    assert "~ 1 to update" in told
    assert "logpush" not in told


def test_problems_are_told_at_preview(project: PulumiProject, local_cloudflare: RunningCloudflare) -> None:
    declare(project, local_cloudflare, COMPLETE, retryDelay=70_000)
    told = project.pulumi("preview", code=None)
    assert told.returncode != 0
    assert "cloudflare:index/aiGateway:AiGateway resource 'g' has a problem: Invalid Attribute Value." in told.stdout
    assert "Examine values at 'g.retryDelay'." in told.stdout


def test_an_existing_gateway_is_not_adopted(project: PulumiProject, local_cloudflare: RunningCloudflare) -> None:
    body = dict.fromkeys(("cache_invalidate_on_update", "collect_logs"), False)
    numbers = dict.fromkeys(("cache_ttl", "rate_limiting_interval", "rate_limiting_limit"), 0)
    local_cloudflare.result("POST", "/ai-gateway/gateways", {"id": "g", **body, **numbers})
    declare(project, local_cloudflare, COMPLETE)
    told = project.pulumi("up", "--yes", "--skip-preview", code=None)
    assert told.returncode != 0
    assert "409 Conflict" in told.stdout
    assert len(local_cloudflare.requests("POST")) == 12


def test_deleted_by_hand(project: PulumiProject, local_cloudflare: RunningCloudflare) -> None:
    declare(project, local_cloudflare, COMPLETE)
    project.pulumi("up", "--yes", "--skip-preview")
    local_cloudflare.result("DELETE", "/ai-gateway/gateways/g")
    told = project.pulumi("destroy", "--yes", "--skip-preview", code=None)
    assert told.returncode != 0
    assert "404 Not Found" in told.stdout
    told = project.pulumi("refresh", "--yes")
    assert "The resource was not found on the server and will be removed from state" in told.stdout + told.stderr
    project.pulumi("destroy", "--yes", "--skip-preview")


def test_import(project: PulumiProject, local_cloudflare: RunningCloudflare) -> None:
    declare(project, local_cloudflare, COMPLETE)
    project.pulumi("up", "--yes", "--skip-preview")
    project.pulumi("stack", "init", "other")
    identity = f"{local_cloudflare.account}/g"
    project.pulumi("import", "--yes", "--protect=false", "cloudflare:index/aiGateway:AiGateway", "g", identity)
    project.pulumi("preview", "--expect-no-changes")


def test_another_id_is_created_before_the_old_one_goes(
    project: PulumiProject, local_cloudflare: RunningCloudflare
) -> None:
    declare(project, local_cloudflare, COMPLETE)
    project.pulumi("up", "--yes", "--skip-preview")
    local_cloudflare.clear_requests()
    declare(project, local_cloudflare, COMPLETE, aiGatewayId="g2")
    project.pulumi("up", "--yes", "--skip-preview")
    changes = [(method, path) for method, path, _ in local_cloudflare.requests() if method != "GET"]
    assert changes == [("POST", "/ai-gateway/gateways"), ("DELETE", "/ai-gateway/gateways/g")]
