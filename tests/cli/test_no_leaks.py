"""Secrets are planted wherever cfaig reads them, and looked for wherever it, Pulumi or a plugin writes."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from cfaig.local.engine.model import Engine
from tests.cli.conftest import Shell
from tests.local.running import RunningCloudflare
from tests.secrets.door import Door, open_door

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine_ready")]

# Quotes, a backslash, a percent sign and a letter outside ASCII: what escaping could turn into something not found.
ODD = 'planted-"odd"-\\-%41-ü-{name}'
GATEWAY = "/ai-gateway/gateways/support"
DEFINITION = """\
gateway: support
cache: {ttl: 1h}
otel:
  - url: https://otel.example.com/v1/traces
    headers: {x-key: "file://FOLDER/otel"}
    authorization: env://OTEL_AUTHORIZATION
stripe: {authorization: env://STRIPE_KEY, usage_events: ['{"event": "usage"}']}
providers:
  openai: {key: env://OPENAI_API_KEY}
  anthropic: {key: "vault://kv/ai#anthropic"}
  groq: {key: pulumi://groq}
  lab: {base_url: https://lab.example.com, headers: {x-lab: "vault://kv/ai#lab"}}
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 30s}
"""


class Planted:
    """The secrets of one round, and where they are put."""

    def __init__(self, number: int) -> None:
        names = ("OPENAI_API_KEY", "OTEL_AUTHORIZATION", "STRIPE_KEY", "otel", "anthropic", "lab", "groq")
        self.by_name = {name: ODD.format(name=f"{name}-{number}") for name in names}
        self.by_name["otel"] = f"planted-header-{number}"  # HTTP allows less in a header

    def plant(self, dev: Shell, engine: Engine, vault: Door) -> None:
        """Put each secret where its reference points."""
        values = self.by_name
        dev.environ["OPENAI_API_KEY"] = values["OPENAI_API_KEY"]
        dev.environ["OTEL_AUTHORIZATION"] = values["OTEL_AUTHORIZATION"]
        (dev.root / ".env").write_text(f"# for this project\nSTRIPE_KEY='{values['STRIPE_KEY']}'\n")
        (dev.root.parent / "otel").write_text(values["otel"] + "\n")
        mount = {"data": {"path": "kv/", "type": "kv", "options": {"version": "2"}}}
        secret = {"anthropic": values["anthropic"], "lab": values["lab"]}
        vault.answers["GET /v1/sys/internal/ui/mounts/kv/ai"] = 200, mount
        vault.answers["GET /v1/kv/data/ai"] = 200, {"data": {"data": secret, "metadata": {"version": 1}}}
        environ = {**dev.env(), **engine.env}
        for arguments in ("stack select dev --create", "config set --secret groq --stack dev"):
            command = [str(engine.pulumi), "--non-interactive", *arguments.split()]
            subprocess.run(command, cwd=dev.root, env=environ, input=values["groq"], text=True, check=True)


def spellings(secret: str) -> Iterator[str]:
    """A secret as it would look in text, JSON, JSON in JSON, a URL, a repr, or encoded."""
    yield secret
    once = json.dumps(secret)[1:-1]
    yield from (once, json.dumps(once)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1])
    yield from (quote(secret), quote(secret, safe=""), repr(secret)[1:-1])
    yield base64.b64encode(secret.encode()).decode().rstrip("=")[:-1]


def found_in(text: str, secrets: list[str]) -> list[str]:
    return [spelling for secret in secrets for spelling in spellings(secret) if spelling in text]


def written_since(start: float, *folders: Path) -> dict[Path, str]:
    """The text of all files below `folders` that are newer than `start`."""
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    fresh = (path for path in files if ".venv" not in path.parts and path.stat().st_mtime >= start)
    return {path: path.read_text("utf-8", errors="replace") for path in fresh}


@pytest.fixture
def vault() -> Iterator[Door]:
    with open_door(Door()) as door:
        yield door


def test_no_secret_is_written_anywhere(
    dev: Shell, local_cloudflare: RunningCloudflare, vault: Door, engine: Engine
) -> None:
    start = time.time()
    token = "planted-vault-token"
    dev.environ |= {"VAULT_ADDR": vault.url, "VAULT_TOKEN": token, "PULUMI_CONFIG_PASSPHRASE": "planted-passphrase"}
    dev.environ["CFAIG_STANDIN_RETRY_SECONDS"] = "0.2"
    dev.define("support", DEFINITION.replace("FOLDER", str(dev.root.parent)))
    told: list[str] = []

    def run(*arguments: str, code: int) -> str:
        done = subprocess.run(
            dev.command(*arguments), cwd=dev.root, env=dev.env(), capture_output=True, text=True, check=False
        )
        told.append(f"$ cfaig {' '.join(arguments)}\n{done.stdout}{done.stderr}")
        assert done.returncode == code, told[-1]
        return done.stdout + done.stderr

    first, second = Planted(1), Planted(2)
    first.plant(dev, engine, vault)
    assert "only the form was checked, Vault was not asked: vault://kv/ai#anthropic" in run("validate", code=0)
    run("validate", "--json", code=0)
    run("plan", "--details", code=2)
    run("plan", "--json", code=2)
    local_cloudflare.fault("/routes$", method="POST", status=403, times=100)
    assert "Traceback" in run("--debug", "apply", "--yes", code=1)
    local_cloudflare.clear_faults()
    run("apply", "--yes", code=0)
    asked = len(vault.asked)
    run("plan", code=0)
    assert len(vault.asked) == asked + 2  # once for the engine, once for both fields

    _nothing_can_be_read(dev, vault, run)
    live: dict[str, Any] = local_cloudflare.result("GET", GATEWAY)
    live["otel"][0]["headers"]["x-key"] = "planted-by-hand"
    local_cloudflare.result("PUT", GATEWAY, live)
    assert "(hidden)" in run("plan", "--details", code=2)
    second.plant(dev, engine, vault)
    assert "5 to change" in run("plan", code=2)  # the gateway, a custom provider, three keys
    run("plan", "-o", "plan.json", code=2)
    local_cloudflare.fault("/gateways/support$", method="PUT", status=500, times=100)
    run("apply", "--yes", code=1)
    local_cloudflare.clear_faults()
    del dev.environ["OTEL_AUTHORIZATION"]
    run("plan", "--need-secrets", code=1)
    run("destroy", "--yes", "--allow", "delete:gateway/support", code=0)

    secrets = [*first.by_name.values(), *second.by_name.values(), "planted-by-hand", token, "planted-passphrase"]
    secrets.append(local_cloudflare.token)
    assert found_in("\n".join(told), secrets) == []
    written = written_since(start, dev.root, Path(dev.environ["HOME"]), *homes(engine))
    del written[dev.root / ".env"]
    assert len(written) > 5
    assert {path: leaked for path, text in written.items() if (leaked := found_in(text, secrets))} == {}


def _nothing_can_be_read(dev: Shell, vault: Door, run: Callable[..., str]) -> None:
    """A plan without Vault and the stack's passphrase: everything counts as unchanged, and that is told."""
    answers, passphrase = dict(vault.answers), dev.environ["PULUMI_CONFIG_PASSPHRASE"]
    vault.answers |= dict.fromkeys(answers, (503, {"errors": ["Vault is sealed"]}))
    dev.environ["PULUMI_CONFIG_PASSPHRASE"] = "planted-wrong"
    told = run("plan", code=0)
    assert "Vault is sealed (for custom_provider/lab, provider_key/support/anthropic:default): it cannot" in told
    assert "the configuration of stack dev cannot be opened" in told
    vault.answers |= answers
    dev.environ["PULUMI_CONFIG_PASSPHRASE"] = passphrase


def homes(engine: Engine) -> list[Path]:
    """The engine's own folder: its logs would be there."""
    home = engine.env.get("PULUMI_HOME")
    return [Path(home)] if home and Path(home).is_dir() else []
