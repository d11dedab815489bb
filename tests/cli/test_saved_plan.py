"""`cfaig plan -o`, `cfaig show` and `cfaig apply FILE`: exactly what was reviewed, or nothing."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import PLANTED, SUPPORT, Shell
from tests.local.running import RunningCloudflare

GATEWAYS = "/ai-gateway/gateways"
BARE = {
    "cache_ttl": 0,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
    "collect_logs": True,
    "cache_invalidate_on_update": False,
}
KEY = "k" * 32


def save(shell: Shell, *more: str, name: str = "plan.json", code: int = 2) -> Path:
    shell.cfaig("plan", "-o", name, *more, code=code)
    return shell.root / name


def edited(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def only_read(cloudflare: RunningCloudflare) -> bool:
    return all(method == "GET" for method, _, _ in cloudflare.requests())


def test_a_saved_plan_is_private_tells_no_secret_and_can_be_shown(dev: Shell) -> None:
    told = dev.cfaig("plan", "-o", "plan.json", code=2)
    assert "Plan: 4 to create" in told.stdout
    assert "cfaig apply plan.json" in told.stderr
    path = dev.root / "plan.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PLANTED not in path.read_text()
    shown = dev.cfaig("show", "plan.json")
    assert shown.stdout == told.stdout
    assert "saved plan for environment dev, account" in shown.stderr
    assert dev.cfaig("show", "plan.json", "--json").stdout == dev.cfaig("plan", "--json", code=2).stdout
    assert [each.name for each in dev.root.iterdir() if each.name.startswith(".plan")] == []


def test_standard_output_and_input(dev: Shell) -> None:
    text = dev.cfaig("plan", "-o", "-", code=2).stdout
    assert json.loads(text)["environment"] == "dev"
    assert "+ gateway support" in dev.cfaig("show", "-", stdin=text).stdout


@pytest.mark.usefixtures("engine_ready")
@pytest.mark.engine
def test_what_was_reviewed_is_applied_once(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    path = _save_without_key(dev)
    del dev.environ["CFAIG_ENVIRONMENT"]
    done = dev.cfaig("apply", "plan.json")
    assert "created gateway support" in done.stderr
    assert [gateway["id"] for gateway in local_cloudflare.result("GET", GATEWAYS)] == ["support"]
    local_cloudflare.clear_requests()
    again = dev.cfaig("apply", "-", stdin=path.read_text(), code=1)
    assert "it was probably applied already" in again.stderr
    assert only_read(local_cloudflare)
    dev.environ["CFAIG_ENVIRONMENT"] = "dev"
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 90m"))
    assert "1 to change" in dev.cfaig("show", _save_without_key(dev).name).stdout
    dev.environ["OPENAI_API_KEY"] = PLANTED[::-1]
    assert "done: 2 changes" in dev.cfaig("apply", "plan.json").stderr
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 2h"))
    save(dev)
    _change_by_hand(local_cloudflare, cache_invalidate_on_update=True)
    local_cloudflare.clear_requests()
    refused = dev.cfaig("apply", "plan.json", code=1).stderr
    assert "live state of gateway support has changed: cache_invalidate_on_update" in refused
    assert "nothing was written" in refused
    assert only_read(local_cloudflare)


def _save_without_key(shell: Shell) -> Path:
    """Plan where there is no key, and find that apply there refuses it."""
    key = shell.environ.pop("OPENAI_API_KEY")
    path = save(shell)
    told = shell.cfaig("show", path.name).stdout
    assert "OPENAI_API_KEY is not set (for provider_key/support/openai:default): it cannot be compared" in told
    for command in ("apply", "plan.json"), ("plan", "--need-secrets"):
        assert "AIG140" in shell.cfaig(*command, code=1).stderr
    shell.environ["OPENAI_API_KEY"] = key
    return path


def _change_by_hand(cloudflare: RunningCloudflare, **settings: Any) -> None:
    body = cloudflare.result("GET", f"{GATEWAYS}/support")
    cloudflare.result("PUT", f"{GATEWAYS}/support", body | settings)


def test_a_changed_definition_is_refused(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    save(dev)
    changes = {
        "cache_ttl": ("ttl: 1h", "ttl: 2h"),
        "elements": ("gpt-4o,", "gpt-4o-mini,"),
        "description": ("gateway: support", "gateway: support\ndescription: new"),
        "key": ("env://OPENAI_API_KEY", "env://HOME"),
    }
    local_cloudflare.clear_requests()
    for field, (old, new) in changes.items():
        dev.define("support", SUPPORT.replace(old, new))
        told = dev.cfaig("apply", "plan.json", code=1).stderr
        assert "  the definition of " in told
        assert f"has changed: {field}\n" in told
    assert only_read(local_cloudflare)


def test_what_appeared_or_changed_elsewhere_is_refused(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    save(dev)
    dev.environ["OPENAI_API_KEY"] = "another"
    assert "the secret of env://OPENAI_API_KEY is another one now" in dev.cfaig("apply", "plan.json", code=1).stderr
    dev.environ["OPENAI_API_KEY"] = PLANTED
    dev.define("_defaults", "safety: {refuse: [create]}\n")
    told = dev.cfaig("apply", "plan.json", code=1).stderr
    assert "the definition of safety has changed: refuse" in told
    (dev.root / "gateways/_defaults.yaml").unlink()
    local_cloudflare.result("POST", GATEWAYS, {"id": "support", **BARE})
    told = dev.cfaig("apply", "plan.json", code=1).stderr
    assert "live state of gateway support is there now, and was not" in told
    assert "the planned change of gateway support is another one now" in told


def test_gateways_of_others_may_change(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    save(dev)
    local_cloudflare.result("POST", GATEWAYS, {"id": "foreign", **BARE})
    dev.define("_defaults", "safety: {refuse: [create]}\n")
    save(dev, code=3)
    local_cloudflare.result("PUT", f"{GATEWAYS}/foreign", BARE | {"cache_ttl": 60})
    dev.cfaig("apply", "plan.json", code=3)


def test_refusals_and_permissions_travel_with_the_plan(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    local_cloudflare.result("POST", GATEWAYS, {"id": "support", **BARE})
    save(dev, code=3)
    assert "--allow adopt:gateway/support" in dev.cfaig("show", "plan.json").stdout
    assert "adopt:gateway/support" in dev.cfaig("apply", "plan.json", code=3).stderr
    assert "does not go with a saved plan" in dev.cfaig("apply", "plan.json", "--adopt", "support", code=1).stderr
    save(dev, "--adopt", "support")
    shown = dev.cfaig("show", "plan.json")
    assert "allowed when it was made: adopt:gateway/support" in shown.stderr
    assert "Refused" not in shown.stdout


def test_another_environment_account_version_or_time_is_refused(dev: Shell) -> None:
    path = save(dev)
    assert "is for environment dev, not for prod" in dev.cfaig("apply", "plan.json", "-e", "prod", code=1).stderr
    account = dev.environ["CLOUDFLARE_ACCOUNT_ID"]
    dev.environ["CLOUDFLARE_ACCOUNT_ID"] = "f" * 32
    assert f"it is for account {account}" in dev.cfaig("apply", "plan.json", code=1).stderr
    dev.environ["CLOUDFLARE_ACCOUNT_ID"] = account
    assert "--expires 3 is no duration" in dev.cfaig("plan", "-o", "x.json", "--expires", "3", code=1).stderr
    assert "between 1m and 30d" in dev.cfaig("plan", "-o", "x.json", "--expires", "31d", code=1).stderr
    assert not (dev.root / "x.json").exists()
    edited(path, format=2)
    assert "has format 2" in dev.cfaig("apply", "plan.json", code=1).stderr


def test_an_edited_plan_is_refused(dev: Shell) -> None:
    path = save(dev)
    edited(path, allow=["delete:gateway/support"])
    for command in ("apply", "show"):
        assert "was changed after it was made" in dev.cfaig(command, "plan.json", code=1).stderr


def test_a_key_seals(dev: Shell) -> None:
    plain = save(dev)
    dev.environ["CFAIG_PLAN_KEY"] = KEY
    assert "is not sealed with a key" in dev.cfaig("apply", plain.name, code=1).stderr
    sealed = save(dev, name="sealed.json")
    assert "seal: hmac-sha256, intact" in dev.cfaig("show", sealed.name).stderr
    dev.environ["CFAIG_PLAN_KEY"] = KEY[::-1].replace("k", "x")
    assert "was changed after it was made" in dev.cfaig("apply", sealed.name, code=1).stderr
    dev.environ["CFAIG_PLAN_KEY"] = ""
    assert "CFAIG_PLAN_KEY is empty" in dev.cfaig("apply", sealed.name, code=1).stderr
    del dev.environ["CFAIG_PLAN_KEY"]
    assert "CFAIG_PLAN_KEY is not set" in dev.cfaig("apply", sealed.name, code=1).stderr
    assert "not checked" in dev.cfaig("show", sealed.name).stderr
    assert KEY not in sealed.read_text()


@pytest.mark.parametrize(
    ("text", "told"),
    [("no JSON", "it is not JSON"), ("[]", "is no saved plan"), ('{"changes": []}', "that is what plan --json prints")],
)
def test_what_is_no_saved_plan(shell: Shell, text: str, told: str) -> None:
    (shell.root / "plan.json").write_text(text)
    assert told in (answer := shell.cfaig("show", "plan.json", code=1)).stderr + answer.stdout
    assert "there is no saved plan prod" in shell.cfaig("apply", "prod", code=1).stderr


@pytest.mark.usefixtures("engine_ready")
@pytest.mark.engine
def test_a_replacement_by_the_engine_has_to_be_allowed(dev: Shell, local_cloudflare: RunningCloudflare) -> None:
    """As it would be for another account, or a field that cannot be changed in place."""
    dev.cfaig("apply", "--yes")
    file = next((dev.root / "state").rglob("dev.json"))
    state = json.loads(file.read_text())
    for resource in state["checkpoint"]["latest"]["resources"]:
        resource["taint"] = resource["type"].endswith(":AiGateway")
    file.write_text(json.dumps(state))
    dev.define("support", SUPPORT.replace("ttl: 1h", "ttl: 2h"))
    local_cloudflare.clear_requests()
    refused = dev.cfaig("apply", "--yes", code=3).stderr
    assert "a change is not allowed; nothing was written\n  replace:gateway/support: " in refused
    assert only_read(local_cloudflare)
    dev.cfaig("apply", "--yes", "--allow", "replace:gateway/support")
    assert "No changes." in dev.cfaig("plan").stdout
