"""Pulumi programs to measure. Each leaves the times of its own steps in a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from bench.process import Done
from cfaig.deploy.names import INPUT_NAMES
from cfaig.deploy.resources import official_plugin_version

STAMPS: Final = "stamps.json"

# Only modules that the language host has loaded already, so that the stamps cost nothing.
_FRAME: Final = Template("""\
import json, time
stamps = [time.time()]
$imports
stamps.append(time.time())
$body
stamps.append(time.time())
with open("$stamps", "w") as file:
    json.dump(stamps, file)
""")

# The settings of the plain programs. All flags are stated: with one left out, the official resource sends null for it
# in its first update after a refresh, and that is refused.
_SETTINGS: Final = {
    "authentication": True,
    "byok_only": False,
    "cache_invalidate_on_update": True,
    "cache_ttl": 60,
    "collect_logs": True,
    "dlp": {"enabled": False, "policies": []},
    "log_classification": False,
    "log_management": 200_000,
    "log_management_strategy": "DELETE_OLDEST",
    "logpush": False,
    "rate_limiting_interval": 60,
    "rate_limiting_limit": 100,
    "rate_limiting_technique": "sliding",
    "retry_backoff": "exponential",
    "retry_delay": 500,
    "retry_max_attempts": 3,
    "zdr": False,
}


@dataclass(frozen=True, slots=True)
class Steps:
    """A run of a program, in seconds: until its first line, its imports, its body, and all that came after."""

    before: float
    imports: float
    body: float
    after: float


def _framed(imports: str, body: str) -> str:
    return _FRAME.substitute(imports=imports, body=body, stamps=STAMPS)


def steps(folder: Path, done: Done) -> Steps:
    """What the program of this folder noted in the run `done`."""
    first, imported, declared = json.loads((folder / STAMPS).read_text())
    return Steps(first - done.started, imported - first, declared - imported, done.started + done.seconds - declared)


def empty() -> str:
    """Declares nothing: what Pulumi costs in itself."""
    return _framed("", "")


def own() -> str:
    """What __main__.py of a cfaig project does."""
    return _framed("from cfaig.deploy.program import run", "run()")


def thin(account: str) -> str:
    """One gateway, as a resource of the official type without the official package."""
    settings = {INPUT_NAMES[name]: value for name, value in _SETTINGS.items()}
    inputs = {"accountId": account, "aiGatewayId": "bench", **settings}
    version = official_plugin_version()
    body = (
        f'pulumi.CustomResource("cloudflare:index/aiGateway:AiGateway", "bench", {inputs!r}, '
        f'pulumi.ResourceOptions(version="{version}"))'
    )
    return _framed("import pulumi", body)


def official_import() -> str:
    """The official package, and nothing made with it."""
    return _framed("import pulumi_cloudflare", "")


def official(account: str, count: int) -> str:
    """Gateways with their settings, as the official package has them."""
    body = f"""\
for number in range({count}):
    pulumi_cloudflare.AiGateway(
        f"bench-{{number:04}}",
        account_id="{account}",
        ai_gateway_id=f"bench-{{number:04}}",
        **{_SETTINGS!r},
    )"""
    return _framed("import pulumi_cloudflare", body)
