"""A project with definitions, deployed by the real engine to the local Cloudflare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engine_fixtures import PulumiProject
from tests.local.running import RunningCloudflare


@dataclass
class Deployed:
    """A project, and the account that it is deployed to."""

    project: PulumiProject
    cloudflare: RunningCloudflare

    def define(self, gateway: str, text: str) -> None:
        """Write the definition of `gateway`."""
        (self.project.root / "gateways" / f"{gateway}.yaml").write_text(f"gateway: {gateway}\n{text}")

    def forget(self, gateway: str) -> None:
        """Remove the definition of `gateway`."""
        (self.project.root / "gateways" / f"{gateway}.yaml").unlink()

    def up(self, *, code: int | None = 0) -> str:
        """Apply; all that Pulumi says."""
        done = self.project.pulumi("up", "--yes", "--skip-preview", code=code)
        return done.stdout + done.stderr

    def settled(self) -> None:
        """The two-run rule: a refresh finds nothing, and then there is nothing to do."""
        self.project.pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes")
        self.project.pulumi("preview", "--expect-no-changes")

    def resources(self) -> dict[str, Mapping[str, Any]]:
        """The resources in the stack's state by `<type>::<name>`, providers left out."""
        state = json.loads(self.exported())["deployment"].get("resources", [])
        named = {f"{item['type']}::{item['urn'].rsplit('::', 1)[-1]}": item for item in state}
        return {name: item for name, item in named.items() if not name.startswith("pulumi:")}

    def exported(self) -> str:
        """The stack as `pulumi stack export` gives it."""
        return self.project.pulumi("stack", "export").stdout

    def outputs(self) -> Any:
        """The stack's outputs."""
        return json.loads(self.project.pulumi("stack", "output", "--json").stdout)

    def routes(self, gateway: str) -> dict[str, str]:
        """The live routes: ids by name."""
        answer = self.cloudflare.call("GET", f"/ai-gateway/gateways/{gateway}/routes").json()
        return {route["name"]: route["id"] for route in answer["data"]["routes"]}

    def versions(self, gateway: str, route: str) -> list[Any]:
        """The live versions of a route."""
        path = f"/ai-gateway/gateways/{gateway}/routes/{self.routes(gateway)[route]}/versions"
        versions = self.cloudflare.call("GET", path).json()["data"]["versions"]
        assert isinstance(versions, list)
        return versions


@pytest.fixture
def deployed(pulumi_project: PulumiProject, local_cloudflare: RunningCloudflare) -> Deployed:
    local_cloudflare.reset()
    pulumi_project.more_env = dict(local_cloudflare.environ)
    return Deployed(pulumi_project, local_cloudflare)
