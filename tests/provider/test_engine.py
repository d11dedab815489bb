"""The plugin under the real engine, against the local Cloudflare."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from cfaig.local.options import ACCOUNT
from tests.engine_fixtures import PulumiProject
from tests.provider.cloud import A_ROUTE, Cloud
from tests.provider.graphs import chain, route

pytestmark = pytest.mark.engine

TinyProject = Callable[[str, Mapping[str, str]], PulumiProject]
KEY = "sk-a-very-secret-key"
PULUMI_YAML = f"""name: tiny
runtime: python
plugins:
  providers:
    - name: cfaig
      path: {Path(sys.prefix) / "bin"}
"""
PROGRAM = """
import json, pathlib, pulumi

def resource(kind, name, outputs, inputs, depends_on=()):
    return pulumi.CustomResource(
        f"cfaig:index:{kind}", name, {**inputs, **dict.fromkeys(outputs)},
        pulumi.ResourceOptions(version="0.1.0", depends_on=list(depends_on)))

told = json.loads(pathlib.Path("told.json").read_text())
account = told["account"]
store = resource("SecretsStore", "store", ["storeId", "adopted"], {"accountId": account, "name": told["store"]})
for name, more in told["providers"].items():
    resource("CustomProvider", name, ["providerId"], {"accountId": account, "slug": name, **more})
for name, more in told["keys"].items():
    resource("ProviderKey", name, ["configId", "secretId", "secretName", "keyFingerprint"],
        {"accountId": account, "gatewayId": "support", "storeId": store.storeId, "alias": "default",
         "provider": name, "key": pulumi.Output.secret(more.pop("key")), **more})
for name, more in told["routes"].items():
    resource("Route", name, ["routeId", "versionId"], {**more})
"""


def tell(project: PulumiProject, **told: Any) -> None:
    empty: dict[str, Any] = {"providers": {}, "keys": {}, "routes": {}}
    everything = {"account": ACCOUNT, "store": "default_secrets_store"} | empty | told
    (project.root / "told.json").write_text(json.dumps(everything))


@pytest.fixture
def project(tiny_project: TinyProject, cloud: Cloud) -> PulumiProject:
    made = tiny_project(PROGRAM, {"Pulumi.yaml": PULUMI_YAML})
    made.more_env |= cloud.environ
    store = cloud.call("POST", "/secrets_store/stores", {"name": "default_secrets_store"})["id"]
    cloud.make_gateway(store_id=store)
    cloud.requests()
    return made


def summary(preview: subprocess.CompletedProcess[str]) -> dict[str, int]:
    told: dict[str, int] = json.loads(preview.stdout)["changeSummary"]
    return {name: count for name, count in told.items() if name != "same"}


def resources(project: PulumiProject) -> dict[str, Any]:
    exported = json.loads(project.pulumi("stack", "export").stdout)
    return {each["urn"].rsplit("::", 1)[1]: each for each in exported["deployment"]["resources"]}


def test_up_change_refresh_destroy(project: PulumiProject, cloud: Cloud) -> None:
    provider = {"name": "Lab", "baseUrl": "https://lab.example.com", "enable": True}
    keys = {"openai": {"key": KEY, "default": True}}
    tell(project, providers={"lab": provider}, keys=keys, routes={"chat": route()})
    assert summary(project.pulumi("preview", "--json")) == {"create": 5}
    project.pulumi("up", "--yes", "--skip-preview")
    before = resources(project)["chat"]["outputs"]
    assert KEY not in json.dumps(resources(project))
    project.pulumi("refresh", "--yes", "--skip-preview")
    assert summary(project.pulumi("preview", "--json")) == {}

    changed = route("talk", "gpt-4o", "claude", "gpt-4o-mini")
    tell(project, providers={"lab": provider | {"beta": True}}, keys=keys, routes={"chat": changed})
    cloud.requests()
    shown = project.pulumi("preview", "--diff").stdout
    assert '"chat" => "talk"' in shown
    assert 'model     : "gpt-4o-mini" => "claude"' in shown or '"gpt-4o-mini" => "claude"' in shown
    project.pulumi("up", "--yes", "--skip-preview")
    after = resources(project)["chat"]["outputs"]
    path = f"{A_ROUTE}/{before['routeId']}"
    assert [entry for entry in cloud.requests() if "/routes/" in entry] == [
        f"PATCH {path}",
        f"POST {path}/versions",
        f"POST {path}/deployments",
    ]
    assert after["routeId"] == before["routeId"]
    assert after["versionId"] != before["versionId"]

    cloud.call("POST", f"{path}/deployments", {"version_id": before["versionId"]})
    assert summary(project.pulumi("preview", "--json", "--refresh")) == {"update": 1}
    project.pulumi("up", "--yes", "--skip-preview", "--refresh")
    assert cloud.deployed(before["routeId"]) == changed["elements"]
    assert len(cloud.versions(before["routeId"])) == 2

    cloud.call("DELETE", path)
    project.pulumi("destroy", "--yes", "--skip-preview")
    assert cloud.call("GET", "/ai-gateway/custom-providers") == []
    assert cloud.call("GET", "/ai-gateway/gateways/support/provider_configs") == []


def test_import_then_nothing_to_do(project: PulumiProject, cloud: Cloud) -> None:
    made = cloud.call("POST", A_ROUTE, {"name": "chat", "elements": chain("a", "b")})
    other = cloud.call("POST", A_ROUTE, {"name": "talk", "elements": chain("a")})
    tell(project)
    project.pulumi(
        "import",
        "--yes",
        "--protect=false",
        "--generate-code=false",
        "cfaig:index:Route",
        "chat",
        f"{ACCOUNT}/support/{made['id']}",
    )
    project.pulumi(
        "import",
        "--yes",
        "--protect=false",
        "--generate-code=false",
        "cfaig:index:Route",
        "talk",
        f"{ACCOUNT}/support/talk",
    )
    assert resources(project)["talk"]["id"] == f"{ACCOUNT}/support/{other['id']}"
    routes = {"chat": route("chat", "a", "b"), "talk": route("talk", "a")}
    tell(project, routes=routes)
    assert summary(project.pulumi("preview", "--json")) == {"create": 1}  # the store


def test_all_failures_of_a_check_are_told_without_a_traceback(project: PulumiProject) -> None:
    broken = route() | {"elements": [], "colour": "red"}
    tell(project, routes={"chat": broken})
    told = project.pulumi("preview", code=None)
    assert told.returncode != 0
    text = told.stdout + told.stderr
    assert "colour" in text
    assert "must not be empty: a graph has at least a start and an end" in text
    assert "Traceback" not in text


def test_a_half_made_change_is_kept_and_finished_by_the_next_run(project: PulumiProject, cloud: Cloud) -> None:
    tell(project, routes={"chat": route()})
    project.pulumi("up", "--yes", "--skip-preview")
    cloud.fault("/deployments$", method="POST", status=400)
    tell(project, routes={"chat": route("talk", "a")})
    failed = project.pulumi("up", "--yes", "--skip-preview", code=None)
    assert failed.returncode != 0
    assert "its new graph is not live yet" in failed.stdout + failed.stderr
    kept = resources(project)["chat"]
    assert kept["outputs"]["name"] == "talk"
    assert kept["outputs"]["elements"] == route()["elements"]
    assert kept["initErrors"]
    project.pulumi("up", "--yes", "--skip-preview")
    assert cloud.deployed(kept["outputs"]["routeId"]) == chain("a")
    assert len(cloud.versions(kept["outputs"]["routeId"])) == 2
    assert summary(project.pulumi("preview", "--json", "--refresh")) == {}


@pytest.mark.parametrize("stopped_at", ["/routes$", "/deployments$", "/provider_configs$"])
def test_killed_at_a_call_the_next_run_converges(project: PulumiProject, cloud: Cloud, stopped_at: str) -> None:
    first = route("chat", "old")
    if stopped_at == "/deployments$":
        tell(project, routes={"chat": first})
        project.pulumi("up", "--yes", "--skip-preview")
    keys = {"openai": {"key": KEY}}
    tell(project, keys=keys, routes={"chat": route()})
    cloud.fault(stopped_at, method="POST", delay=2.0)
    cloud.requests()
    running = subprocess.Popen(
        project.command("up", "--yes", "--skip-preview"),
        cwd=project.root,
        env=project.env(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while not cloud.faults_met():
        assert running.poll() is None
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    time.sleep(2.5)  # the call that was under way may still be carried out
    project.pulumi("cancel", "--yes", code=None)
    project.pulumi("up", "--yes", "--skip-preview")
    assert summary(project.pulumi("preview", "--json", "--refresh")) == {}
    (live,) = cloud.call("GET", A_ROUTE)["data"]["routes"]
    assert cloud.deployed(live["id"]) == route()["elements"]
    assert len(cloud.versions(live["id"])) <= 2
    assert len(cloud.call("GET", "/ai-gateway/gateways/support/provider_configs")) == 1
    project.pulumi("destroy", "--yes", "--skip-preview")
