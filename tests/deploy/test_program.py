"""The Pulumi program under the real engine, against the local Cloudflare."""

from __future__ import annotations

import json
import re

import pytest

from tests.deploy.conftest import Deployed

pytestmark = pytest.mark.engine

CHAT = """\
description: Customer support
labels: {team: help}
cache: {ttl: 1h}
rate_limit: {requests: 100, per: 1m}
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o, timeout: 30s}
      - {provider: anthropic, model: claude-sonnet-5, timeout: 20s}
"""
EVERYTHING = """\
description: Everything at once
authentication: true
byok_only: true
retries: {attempts: 3, delay: 500ms, backoff: exponential}
spend_limits:
  rules:
    team: {cost: 5, per: 1h}
    each-user: {cost: 2.5, per: 1d, metadata: {user_id: each}}
otel:
  - {url: "https://otel.example.com", headers: {x-key: "env://OTEL_KEY", x-plain: visible}}
stripe: {authorization: "env://STRIPE_KEY", usage_events: ['{"event": "usage"}']}
providers:
  openai: {key: "env://OPENAI_API_KEY"}
  lab: {base_url: "https://lab.example.com", key: "env://LAB_KEY", headers: {x-lab: "env://LAB_HEADER"}}
domains: [ai.example.com]
routes:
  chat:
    chain:
      - {provider: openai, model: gpt-4o}
      - {provider: lab, model: llama3}
"""


def test_from_nothing_to_everything_and_back(deployed: Deployed) -> None:
    deployed.define("all", EVERYTHING)
    deployed.up()
    deployed.settled()

    resources = deployed.resources()
    assert sorted(resources) == [
        "cfaig:index:CustomDomain::all/ai.example.com",
        "cfaig:index:CustomProvider::lab",
        "cfaig:index:Gateway::all",
        "cfaig:index:ProviderKey::all/custom-lab:default",
        "cfaig:index:ProviderKey::all/openai:default",
        "cfaig:index:Route::all/chat",
        "cfaig:index:SecretsStore::default_secrets_store",
        "cloudflare:index/aiGateway:AiGateway::all",
    ]
    store = resources["cfaig:index:SecretsStore::default_secrets_store"]["outputs"]["storeId"]
    assert resources["cloudflare:index/aiGateway:AiGateway::all"]["inputs"]["storeId"] == store

    deployed.project.pulumi("destroy", "--yes", "--skip-preview")
    assert deployed.cloudflare.result("GET", "/ai-gateway/gateways") == []
    assert deployed.cloudflare.result("GET", "/ai-gateway/custom-providers") == []


def test_secrets_are_never_in_clear_in_the_state_nor_real_ones_in_the_local_one(deployed: Deployed) -> None:
    secrets = {name: f"real-{name.lower()}" for name in ("OTEL_KEY", "STRIPE_KEY", "OPENAI_API_KEY", "LAB_KEY")}
    deployed.project.more_env |= {**secrets, "LAB_HEADER": "real-lab_header"}
    deployed.define("all", EVERYTHING)
    told = deployed.up()
    state = deployed.exported()
    shown = deployed.project.pulumi("stack", "export", "--show-secrets").stdout
    for text in (told, state):
        assert "local-stand-in" not in text
    assert "real-" not in told + state + shown
    assert "local-stand-in-OTEL_KEY" in shown
    assert "local-stand-in-OPENAI_API_KEY" in shown
    gateway = deployed.cloudflare.result("GET", "/ai-gateway/gateways/all")
    assert gateway["otel"][0]["headers"] == {"x-key": "local-stand-in-OTEL_KEY", "x-plain": "visible"}


def test_elsewhere_the_real_secrets_are_used_and_sealed(deployed: Deployed) -> None:
    deployed.project.pulumi("stack", "init", "dev")
    deployed.project.more_env |= {"CLOUDFLARE_ACCOUNT_ID": deployed.cloudflare.account, "OTEL_KEY": "real-otel"}
    deployed.define("g", 'otel: [{url: "https://otel.example.com", headers: {x-key: "env://OTEL_KEY"}}]\n')
    told = deployed.up()
    assert "real-otel" not in told + deployed.exported()
    gateway = deployed.cloudflare.result("GET", "/ai-gateway/gateways/g")
    assert gateway["otel"][0]["headers"] == {"x-key": "real-otel"}
    deployed.settled()


def test_the_stack_tells_how_to_call_each_gateway(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.up()
    url = f"{deployed.cloudflare.root}/v1/{deployed.cloudflare.account}/support"
    told = {"url": url, "compatUrl": f"{url}/compat", "routes": {"chat": "dynamic/chat"}}
    assert deployed.outputs() == {"gateways": {"support": told}}
    component = deployed.resources()["cfaig:index:Gateway::support"]
    assert component["outputs"] == told
    assert component["inputs"] == {"description": "Customer support", "labels": {"team": "help"}}


def test_policies_see_the_labels_of_a_definition(deployed: Deployed) -> None:
    deployed.define("support", CHAT.replace("{team: help}", "{data: personal}"))
    deployed.project.pulumi("stack", "init", "prod")
    deployed.project.more_env |= {"CLOUDFLARE_ACCOUNT_ID": deployed.cloudflare.account}
    told = deployed.project.pulumi("preview", "--policy-pack", "policies", code=None)
    assert told.returncode != 0
    assert "write `zero_data_retention: true` in gateways/support.yaml" in told.stdout


def test_the_state_holds_no_paths_of_this_machine(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.up()
    for resource in deployed.resources().values():
        assert "stackTrace" not in resource
        assert "sourcePosition" not in resource


def test_another_ttl_changes_one_field_and_nothing_else(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.up()
    deployed.cloudflare.clear_requests()
    deployed.define("support", CHAT.replace("ttl: 1h", "ttl: 2h"))
    assert "cacheTtl" in deployed.project.pulumi("preview", "--diff").stdout
    deployed.up()
    changes = [(method, path) for method, path, _ in deployed.cloudflare.requests() if method != "GET"]
    assert changes == [("PUT", "/ai-gateway/gateways/support")]
    deployed.settled()


def test_a_model_in_the_middle_is_one_more_version_of_the_same_route(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.up()
    before = deployed.routes("support")
    more = "      - {provider: google-ai-studio, model: gemini-2.5-flash}\n      - {provider: anthropic"
    deployed.define("support", CHAT.replace("      - {provider: anthropic", more))
    deployed.up()
    assert deployed.routes("support") == before
    assert len(deployed.versions("support", "chat")) == 2
    deployed.settled()


def test_a_renamed_route_keeps_its_id(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.up()
    before = deployed.routes("support")["chat"]
    deployed.define("support", CHAT.replace("  chat:\n", "  talk:\n    renamed_from: chat\n"))
    deployed.up()
    assert deployed.routes("support") == {"talk": before}
    assert len(deployed.versions("support", "talk")) == 1
    deployed.settled()
    deployed.define("support", CHAT.replace("  chat:\n", "  talk:\n"))
    deployed.settled()


def test_a_removed_definition_takes_its_gateway_away(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.define("other", "")
    deployed.up()
    deployed.forget("support")
    deployed.up()
    assert [gateway["id"] for gateway in deployed.cloudflare.result("GET", "/ai-gateway/gateways")] == ["other"]
    deployed.settled()


def test_a_protected_gateway_stays(deployed: Deployed) -> None:
    deployed.define("support", CHAT + "protect: true\n")
    deployed.up()
    protected = {name for name, resource in deployed.resources().items() if resource.get("protect")}
    assert protected == {"cloudflare:index/aiGateway:AiGateway::support", "cfaig:index:Route::support/chat"}
    deployed.forget("support")
    deployed.define("other", "")
    assert "protect" in deployed.up(code=None)
    assert "support" in {gateway["id"] for gateway in deployed.cloudflare.result("GET", "/ai-gateway/gateways")}


BY_HAND = {
    "id": "hand",
    "authentication": True,
    "cache_invalidate_on_update": False,
    "cache_ttl": 300,
    "collect_logs": True,
    "dlp": {"enabled": False, "policies": []},
    "log_management": 100_000,
    "rate_limiting_interval": 0,
    "rate_limiting_limit": 0,
}
ELEMENTS = [
    {"id": "begin", "type": "start", "outputs": {"next": {"elementId": "first"}}},
    {
        "id": "first",
        "type": "model",
        "properties": {"provider": "openai", "model": "gpt-4o", "timeout": 0, "retries": 0},
        "outputs": {"success": {"elementId": "finish"}, "fallback": {"elementId": "finish"}},
    },
    {"id": "finish", "type": "end", "outputs": {}},
]
HAND = "cache: {ttl: 5m}\nroutes: {chat: {chain: [{provider: openai, model: gpt-4o}]}}\n"


def make_by_hand(deployed: Deployed) -> str:
    """A gateway and a route as somebody made them with curl; the route's id."""
    deployed.cloudflare.result("POST", "/ai-gateway/gateways", BY_HAND)
    body = {"name": "chat", "elements": ELEMENTS}
    return str(deployed.cloudflare.result("POST", "/ai-gateway/gateways/hand/routes", body)["id"])


def test_what_was_made_by_hand_is_imported_with_plain_commands(deployed: Deployed) -> None:
    route, account = make_by_hand(deployed), deployed.cloudflare.account
    deployed.define("hand", HAND)
    deployed.project.pulumi("stack", "init", "try")
    deployed.project.more_env |= {"CLOUDFLARE_ACCOUNT_ID": account}
    deployed.project.pulumi("import", "--yes", "cloudflare:index/aiGateway:AiGateway", "hand", f"{account}/hand")
    deployed.project.pulumi("import", "--yes", "cfaig:index:Route", "hand/chat", f"{account}/hand/{route}")
    told = deployed.project.pulumi("preview", "--diff").stdout
    assert re.search(r"\+ 1 to create\n +3 unchanged", told), told  # the component, which is nothing in Cloudflare
    deployed.cloudflare.clear_requests()
    deployed.up()
    assert {method for method, _, _ in deployed.cloudflare.requests()} <= {"GET"}
    assert deployed.routes("hand") == {"chat": route}
    deployed.settled()


def test_what_was_made_by_hand_is_imported_from_a_file(deployed: Deployed) -> None:
    route, account = make_by_hand(deployed), deployed.cloudflare.account
    deployed.define("hand", HAND)
    deployed.project.pulumi("stack", "init", "try")
    deployed.project.more_env |= {"CLOUDFLARE_ACCOUNT_ID": account}
    deployed.project.pulumi("preview", "--import-file", "import.json")
    file = deployed.project.root / "import.json"
    wanted = json.loads(file.read_text())
    ids = {"cloudflare:index/aiGateway:AiGateway": f"{account}/hand", "cfaig:index:Route": f"{account}/hand/chat"}
    for resource in wanted["resources"]:
        if resource["type"] in ids:
            resource["id"] = ids[resource["type"]]
    file.write_text(json.dumps(wanted))
    deployed.project.pulumi("import", "--yes", "--file", "import.json", "--generate-code=false")
    deployed.project.pulumi("preview", "--expect-no-changes")
    deployed.up()
    assert deployed.routes("hand") == {"chat": route}
    deployed.settled()


def test_mistakes_are_told_as_people_read_them(deployed: Deployed) -> None:
    deployed.define("support", CHAT.replace("ttl: 1h", "ttl: soon") + "rate_limits: {}\n")
    told = deployed.project.pulumi("preview", code=None)
    assert told.returncode != 0
    text = told.stdout + told.stderr
    assert "gateways/support.yaml:4:" in text
    assert "rate_limits" in text
    assert "AIG" in text
    assert "Traceback" not in text


def test_a_missing_account_is_told(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.project.pulumi("stack", "init", "dev")
    told = deployed.project.pulumi("preview", code=None)
    assert told.returncode != 0
    assert "no Cloudflare account for the environment dev" in told.stdout
    assert "pulumi config set cfaig:account" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr


def test_the_local_environment_never_goes_to_the_real_cloudflare(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.project.more_env = {"CLOUDFLARE_API_TOKEN": "token", "CLOUDFLARE_BASE_URL": ""}
    told = deployed.project.pulumi("preview", code=None)
    assert told.returncode != 0
    assert "needs the address of the local Cloudflare" in told.stdout
    assert "cfaig local up" in told.stdout


def test_a_missing_secret_is_told_with_its_use(deployed: Deployed) -> None:
    deployed.define("support", 'providers: {openai: {key: "env://NO_SUCH_KEY"}}\n')
    deployed.project.pulumi("stack", "init", "dev")
    deployed.project.more_env |= {"CLOUDFLARE_ACCOUNT_ID": deployed.cloudflare.account}
    told = deployed.project.pulumi("preview", code=None)
    assert told.returncode != 0
    assert "NO_SUCH_KEY" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr


def test_connection_settings_of_the_stack_serve_both_plugins(deployed: Deployed) -> None:
    deployed.define("support", CHAT)
    deployed.project.pulumi("config", "set", "--secret", "cloudflare:apiToken", deployed.cloudflare.token)
    deployed.project.pulumi("config", "set", "cloudflare:baseUrl", deployed.cloudflare.url)
    deployed.project.more_env = {"CLOUDFLARE_API_TOKEN": "wrong", "CLOUDFLARE_BASE_URL": "http://127.0.0.1:9"}
    deployed.up()
    assert list(deployed.routes("support")) == ["chat"]
    assert deployed.cloudflare.token not in deployed.exported()
    deployed.settled()
