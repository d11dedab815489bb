"""A project whose gateways really are in a local Cloudflare of its own, so that what is printed can be tried."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from cfaig.local.process import start, stop
from cfaig.project import Project
from tests.cli.conftest import PLANTED, Shell
from tests.engine_fixtures import ROOT
from tests.local.bodies import END, gateway_body, model
from tests.local.bodies import start as first
from tests.local.gateway.calls import Gateway
from tests.local.running import RunningCloudflare

SHOP = """\
gateway: shop
authentication: true
providers:
  openai: {key: "env://OPENAI_API_KEY"}
  anthropic: {key: "env://ANTHROPIC_API_KEY"}
  ollama-lab: {base_url: https://ollama.example.com}
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o-mini, timeout: 30s}
      - {provider: anthropic, model: claude-sonnet-5, timeout: 30s}
      - {provider: ollama-lab, model: llama3.3, timeout: 30s}
environments:
  dev:
    edge:
      hostname: ai.example.com
      auth: {tokens: {app: 0c57e1fce5ec68c49609ced456988871f4a53e5455ec3d5ae93e5af938d8b050}}
      gateway_token: env://TOKEN
      rules: []
  prod: {edge: {hostname: ai.example.com, rules: [{match: {path: "**"}, cache: {ttl: 1h}}]}}
"""
OPEN = """\
gateway: open
authentication: false
"""
CLIENTS = ("openai", "anthropic", "openrouter", "ollama", "cline", "litellm", "vercel-ai", "claude-code", "curl")
ROUTE_CLIENTS = ("openai", "openrouter", "ollama", "cline", "litellm", "vercel-ai", "curl")


class Connected(Shell):
    """The project `shell`, and the local Cloudflare that runs for it."""

    cloudflare: RunningCloudflare

    def gateway(self, name: str = "shop") -> Gateway:
        return Gateway(self.cloudflare, name)

    def text(self, *arguments: str, form: str | None = None) -> str:
        """What `cfaig connect` prints."""
        chosen = () if form is None else ("--format", form)
        return self.cfaig("connect", *arguments, *chosen).stdout

    def parts(self, *arguments: str) -> dict[str, dict[str, Any]]:
        """The forms of a client's settings."""
        told = json.loads(self.text(*arguments, "--json"))
        return {part["format"]: part for part in told["parts"]}


def project_in(root: Path) -> Path:
    """A project without definitions."""
    (root / "gateways").mkdir(parents=True)
    for name in ("Pulumi.yaml", "__main__.py", *(path.name for path in ROOT.glob("Pulumi.*.yaml"))):
        shutil.copy(ROOT / name, root / name)
    return root


def environ() -> dict[str, str]:
    """Variables that hide those of whoever runs the tests."""
    mine = re.compile(r"(OPENAI|ANTHROPIC|OPENROUTER|CF|CFAIG|EDGE)_")
    hidden = {name: "" for name in os.environ if mine.match(name) and name != "CFAIG_CACHE"}
    return {**hidden, "CFAIG_ENVIRONMENT": "local"}


@pytest.fixture(scope="module")
def connected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connected]:
    """Gateways `shop` (wants a token, holds keys, has a route) and `open` (neither), at a running local Cloudflare."""
    shell = Connected(project_in(tmp_path_factory.mktemp("connect") / "project"), environ())
    shell.define("shop", SHOP)
    shell.define("open", OPEN)
    server = start(Project(shell.root))
    try:
        with httpx.Client(timeout=30) as client:
            shell.cloudflare = RunningCloudflare(server.page.rstrip("/"), client)
            make_gateways(shell)
            yield shell
    finally:
        stop(Project(shell.root))


def make_gateways(shell: Connected) -> None:
    """Make in the account what the definitions say, without an engine."""
    cloudflare = shell.cloudflare
    store = cloudflare.result("POST", "/secrets_store/stores", {"name": "default"})["id"]
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("shop", authentication=True, store_id=store))
    cloudflare.result("POST", "/ai-gateway/gateways", gateway_body("open", authentication=False))
    for provider in ("openai", "anthropic"):
        key = {"provider_slug": provider, "alias": "default", "default_config": True, "secret": f"{PLANTED}-{provider}"}
        cloudflare.result("POST", "/ai-gateway/gateways/shop/provider_configs", key)
    own = {"name": "lab", "slug": "ollama-lab", "base_url": "https://ollama.example.com", "enable": True}
    cloudflare.result("POST", "/ai-gateway/custom-providers", own)
    claude = {"provider": "anthropic", "model": "claude-sonnet-5"}
    chain = [first("a"), model("a", "b", retries=0), model("b", **claude), END]
    shell.gateway().route("chat", chain)


@pytest.fixture
def project(tmp_path: Path) -> Shell:
    """The same definitions, with nothing running."""
    shell = Shell(project_in(tmp_path / "project"), environ() | {"PATH": os.environ["PATH"]})
    shell.define("shop", SHOP)
    shell.define("open", OPEN)
    return shell
