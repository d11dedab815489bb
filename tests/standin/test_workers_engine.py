"""The stand-in's Workers under the real engine: they settle, and no secret is shown or kept in clear text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

import pytest

from tests.engine_fixtures import PulumiProject
from tests.local.running import RunningCloudflare

pytestmark = pytest.mark.engine

PROGRAM = """\
import json
import pulumi

said = json.load(open("edge.json"))

def declare(kind, name, props, **more):
    options = pulumi.ResourceOptions(version="6.23.1", **more)
    return pulumi.CustomResource(f"cloudflare:index/{kind[0].lower()}{kind[1:]}:{kind}", name, props, options)

bindings = [
    {"name": "RULES", "type": "json", "json": said["rules"]},
    {"name": "KEY_OPENAI", "type": "secret_text", "text": pulumi.Output.secret("TOPSECRET-key")},
]
script = declare("WorkersScript", "w", {
    "accountId": said["account"], "scriptName": "support-edge", "content": "export default {}",
    "mainModule": "worker.js", "compatibilityDate": "2026-07-01", "bindings": bindings,
})
declare("WorkersCustomDomain", "d", {
    "accountId": said["account"], "hostname": said["hostname"], "service": "support-edge",
}, depends_on=[script])
"""
Make = Callable[[str, Mapping[str, str]], PulumiProject]


def test_a_worker_settles_changes_and_goes(tiny_project: Make, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.reset()
    project = tiny_project(PROGRAM, {"edge.json": "{}"})
    project.more_env = {**local_cloudflare.environ, "CFAIG_STANDIN_RETRY_SECONDS": "0.5"}

    def say(rules: str, hostname: str) -> None:
        told = {"rules": rules, "hostname": hostname, "account": local_cloudflare.account}
        (project.root / "edge.json").write_text(json.dumps(told))

    say('{"rules":[],"version":1}', "ai.example.com")
    shown = [project.pulumi("up", "--yes").stdout]
    shown.append(project.pulumi("preview", "--expect-no-changes", "--refresh", "--diff").stdout)
    say('{"rules":[1],"version":1}', "other.example.com")
    shown += [project.pulumi("preview", "--diff").stdout, project.pulumi("up", "--yes", "--skip-preview").stdout]
    rules, secret = local_cloudflare.result("GET", "/workers/scripts/support-edge/settings")["bindings"]
    assert rules["json"] == {"rules": [1], "version": 1}
    assert secret == {"name": "KEY_OPENAI", "type": "secret_text"}
    (domain,) = local_cloudflare.result("GET", "/workers/domains")
    assert (domain["hostname"], domain["service"]) == ("other.example.com", "support-edge")
    shown.append(project.pulumi("stack", "export").stdout)
    assert "TOPSECRET" not in "".join(shown)
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert local_cloudflare.result("GET", "/workers/scripts") == []
